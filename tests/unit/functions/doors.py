"""Call the HTTP triggers over a tenant in memory, behind platform authentication."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import azure.functions as func

from shared import bootstrap
from shared.bootstrap import Intake, Root
from shared.ports.deps import Deps
from shared.settings.all_settings import read_settings
from tests.unit.world.world import World

ENTRA = {"AzureWebJobsStorage": "UseDevelopmentStorage=true", "WEBSITE_AUTH_ENABLED": "true"}


class WorldRoot(Root):
    """A root that hands out a world in memory."""

    def __init__(self, world: World) -> None:
        super().__init__(world.clock)
        self.world = world

    async def intake(self) -> Intake:
        """The storage half, and the settings with the world's own choices."""
        settings = replace(read_settings(ENTRA), policy=self.world.policy)
        return Intake(self.world.deps, settings, self.world.clock.now())

    async def deps(self) -> Deps:
        """Everything."""
        return self.world.deps


@contextmanager
def serving(root: bootstrap.Root) -> Iterator[None]:
    """Put this root in place of the service's for as long as the block runs."""
    before = bootstrap.root()
    bootstrap.install(root)
    try:
        yield
    finally:
        bootstrap.install(before)


@contextmanager
def opened(world: World) -> Iterator[World]:
    """Put the world behind the service's root for as long as the block runs."""
    with serving(WorldRoot(world)):
        yield world


def principal(*roles: str, oid: str = "c0ffee") -> dict[str, str]:
    """The platform's header for a caller with these roles."""
    claims = [{"typ": "oid", "val": oid}, *({"typ": "roles", "val": role} for role in roles)]
    header = base64.b64encode(json.dumps({"claims": claims}).encode()).decode()
    return {"x-ms-client-principal": header}


def request(
    method: str,
    path: str,
    body: object = None,
    *,
    headers: dict[str, str] | None = None,
    **route: str,
) -> func.HttpRequest:
    """A request as the host hands it over; bytes as body stay as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return func.HttpRequest(
        method=method,
        url=f"https://reprieve.example/api{path}",
        headers=headers or {},
        params=dict(parse_qsl(urlsplit(path).query)),
        route_params=route,
        body=raw if body is not None else b"",
    )


def content(answer: func.HttpResponse) -> dict[str, object]:
    """The JSON object in an answer."""
    value: dict[str, object] = json.loads(answer.get_body())
    return value
