"""List every kind of caller over HTTP, with settings and headers for each."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import azure.functions as func

from shared import bootstrap
from shared.bootstrap import Intake, Root
from shared.ports.deps import Deps
from shared.settings.all_settings import read_settings
from tests.unit.listed import functions
from tests.unit.world.world import World

READ, REQUEST, OVERRIDE, APPROVE, ADMIN = (
    "Restore.Read",
    "Restore.Request",
    "Restore.Override",
    "Restore.Approve",
    "Restore.Admin",
)
ROLES: Final = (READ, REQUEST, OVERRIDE, APPROVE, ADMIN)
ROLE_SETS: Final = tuple(
    frozenset(some) for size in range(len(ROLES) + 1) for some in combinations(ROLES, size)
)
"""All thirty-two: nobody implies anybody."""

USER_ID: Final = "5e0f6b1c-0000-4000-8000-00000000000a"
APP_ID: Final = "5e0f6b1c-0000-4000-8000-00000000000b"

_STORAGE = {"AzureWebJobsStorage": "UseDevelopmentStorage=true"}
ENTRA: Final = {**_STORAGE, "WEBSITE_AUTH_ENABLED": "true"}
ENTRA_WITHOUT_PLATFORM: Final = {**_STORAGE, "WEBSITE_AUTH_ENABLED": "false"}
ENTRA_UNSAID: Final = _STORAGE
KEYS: Final = {**_STORAGE, "AUTH_MODE": "keys"}
KEYS_BEHIND_PLATFORM: Final = {**KEYS, "WEBSITE_AUTH_ENABLED": "true"}

# As a v2 token names its claims, and as App Service maps them.
_SHORT = {"id": "oid", "app": "azp", "role": "roles"}
_LONG = {
    "id": "http://schemas.microsoft.com/identity/claims/objectidentifier",
    "app": "appid",
    "role": "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
}


@dataclass(frozen=True)
class Asker:
    """A kind of caller, and the claim names under which the platform tells of it."""

    id: str
    id_claim: str
    role_claim: str

    def headers(self, roles: frozenset[str]) -> dict[str, str]:
        """The platform's header for this caller with these roles."""
        claims = [(self.id_claim, self.id), *((self.role_claim, role) for role in sorted(roles))]
        return principal([{"typ": kind, "val": value} for kind, value in claims])


ASKERS: Final[Mapping[str, Asker]] = {
    "user, short claims": Asker(USER_ID, _SHORT["id"], _SHORT["role"]),
    "user, long claims": Asker(USER_ID, _LONG["id"], _LONG["role"]),
    "app, short claims": Asker(APP_ID, _SHORT["app"], _SHORT["role"]),
    "app, long claims": Asker(APP_ID, _LONG["app"], _LONG["role"]),
}


def principal(claims: object) -> dict[str, str]:
    """The platform's header with these claims."""
    text = json.dumps({"auth_typ": "aad", "claims": claims}).encode()
    return {"x-ms-client-principal": base64.b64encode(text).decode()}


class _WorldRoot(Root):
    def __init__(self, world: World, settings: Mapping[str, str]) -> None:
        super().__init__(world.clock)
        self._world, self._settings = world, read_settings(settings)

    async def intake(self) -> Intake:
        """The storage half."""
        return Intake(self._world.deps, self._settings, self._world.clock.now())

    async def deps(self) -> Deps:
        """Everything."""
        return self._world.deps


@contextmanager
def service(world: World, settings: Mapping[str, str]) -> Iterator[None]:
    """Run the service on this world and with these settings."""
    before = bootstrap.root()
    bootstrap.install(_WorldRoot(world, settings))
    try:
        yield
    finally:
        bootstrap.install(before)


async def call(
    operation: str,
    headers: Mapping[str, str],
    body: object,
    route: Mapping[str, str],
    params: Mapping[str, str] | None = None,
) -> func.HttpResponse:
    """The answer of this operation's own function, as the host would call it."""
    request = func.HttpRequest(
        "POST" if body is not None else "GET",
        "https://host.example/api/x",
        headers=dict(headers),
        params=dict(params or {}),
        route_params=dict(route),
        body=body if isinstance(body, bytes) else _json(body),
    )
    answer: func.HttpResponse = await functions()[operation].get_user_function()(request)
    return answer


def _json(body: object) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def problem(answer: func.HttpResponse) -> str | None:
    """The code of a problem document; None for any other answer."""
    if answer.mimetype != "application/problem+json":
        return None
    return str(json.loads(answer.get_body())["code"])
