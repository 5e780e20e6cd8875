"""Start the whole landscape once, with the morning's work that `make serve` plays."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.desk.opened import Look
from tests.desk.real.service import Service, running_service
from tests.desk.real.tab import SignedIn

type OpenAs = Callable[..., SignedIn]


@pytest.fixture(scope="package")
def service() -> Iterator[Service]:
    """Give the service once the morning's work has come to rest."""
    with running_service() as running:
        yield running


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
