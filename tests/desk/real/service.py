"""Run the whole landscape with the morning's work that `make serve` plays."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from infra.local.host.web.easy_auth import PEOPLE
from infra.local.landscape import Landscape, start_azurite
from infra.local.serve.scene import SETTINGS, play
from tests.bench.ledger.filled_tables import connection_to, table_service
from tests.local_http import ask, order
from tests.waiting import wait_until

_SIGNED_IN = {"AUTH_MODE": "entra", "WEBSITE_AUTH_ENABLED": "true"}
_WITHIN_SECONDS = 60
_MADE_WITHIN_SECONDS = 300
_PLAYED = 12
_AT_WORK = {"queued", "running"}


@dataclass(frozen=True, slots=True)
class Service:
    """The running service, and how a test looks at it past the page."""

    url: str
    control_url: str
    storage: str = ""

    def restores(self, **query: str) -> list[dict[str, object]]:
        """What the list of restores says, to somebody who may read all."""
        answer = self.ask("GET", "restores", params={"top": "100", **query})
        answer.raise_for_status()
        value: list[dict[str, object]] = answer.json()["value"]
        return value

    def ask(
        self, method: str, path: str, *, who: str = "Ada Linden", **more: Any
    ) -> httpx.Response:
        """The answer of the API to one of the people who may sign in."""
        person = next(one for one in PEOPLE if one.name == who)
        headers = {"X-MS-CLIENT-PRINCIPAL": person.header}
        url = f"{self.url}/api/{path}"
        return ask(method, url, headers=headers, **more)


@contextmanager
def running_service(tenant: dict[str, object] | None = None) -> Iterator[Service]:
    """The service once the morning's work has come to rest; on a tenant of its own it has none.

    Its tables keep their rows in order: Azurite's own look through ten thousand for each new one.
    """
    with (
        start_azurite() as storage,
        table_service("indexed") as tables,
        Landscape(
            azurite=storage,
            settings=_SIGNED_IN
            | SETTINGS
            | {"AzureWebJobsStorage": connection_to(tables.port, storage)},
        ) as landscape,
    ):
        host, graph = landscape.host, landscape.graph
        running = Service(host.url, graph.control_url, storage.connection_string)
        if tenant is None:
            assert list(play(running.url, running.control_url, running.storage)) == []
            wait_until(lambda: _is_at_rest(running), within_seconds=_WITHIN_SECONDS)
        else:
            url = f"{running.control_url}/tenant"
            order(url, tenant, seconds=_MADE_WITHIN_SECONDS)
            observed = f"{running.url}/admin/functions/ObserveTenant"
            order(observed, {}, seconds=_MADE_WITHIN_SECONDS)
        yield running


def _is_at_rest(running: Service) -> bool:
    found = running.restores()
    return len(found) >= _PLAYED and not any(one["status"] in _AT_WORK for one in found)
