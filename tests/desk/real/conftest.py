"""Start the whole landscape once, with the morning's work that `make serve` plays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser

from infra.local.host.web.easy_auth import PEOPLE
from infra.local.landscape import Landscape
from infra.local.serve.scene import SETTINGS, play
from tests.desk.opened import Look
from tests.desk.real.tab import SignedIn
from tests.waiting import wait_until

_SIGNED_IN = {"AUTH_MODE": "entra", "WEBSITE_AUTH_ENABLED": "true"}
_WITHIN_SECONDS = 60
_AT_WORK = {"queued", "running"}

type OpenAs = Callable[..., SignedIn]


@dataclass(frozen=True, slots=True)
class Service:
    """The running service, and how a test looks at it past the page."""

    url: str
    control_url: str

    def restores(self, **query: str) -> list[dict[str, object]]:
        """What the list of restores says, to somebody who may read all."""
        headers = {"X-MS-CLIENT-PRINCIPAL": PEOPLE[0].header}
        url = f"{self.url}/api/restores"
        answer = httpx.get(url, params={"top": "100", **query}, headers=headers, timeout=30)
        answer.raise_for_status()
        value: list[dict[str, object]] = answer.json()["value"]
        return value


@pytest.fixture(scope="package")
def service() -> Iterator[Service]:
    """Give the service once the morning's work has come to rest."""
    with Landscape(settings=_SIGNED_IN | SETTINGS) as landscape:
        running = Service(landscape.host.url, landscape.graph.control_url)
        storage = landscape.azurite.connection_string
        assert list(play(running.url, running.control_url, storage)) == []
        wait_until(lambda: _is_at_rest(running), within_seconds=_WITHIN_SECONDS)
        yield running


def _is_at_rest(running: Service) -> bool:
    found = running.restores()
    return len(found) >= 10 and not any(one["status"] in _AT_WORK for one in found)


@pytest.fixture
def open_as(service: Service, browser: Browser) -> Iterator[OpenAs]:
    """Give a way to sign in as somebody and open a view; at the end no page may have erred."""
    opened: list[SignedIn] = []

    def open_(name: str, view: str = "", look: Look | None = None) -> SignedIn:
        tab = SignedIn(browser, service.url, look or Look())
        opened.append(tab)
        tab.sign_in(name, view)
        return tab

    yield open_
    errors = [error for tab in opened for error in tab.errors]
    for tab in opened:
        tab.close()
    assert errors == []
