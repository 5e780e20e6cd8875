"""Start the whole landscape once, with the morning's work that `make serve` plays."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.desk.kept_contexts import KeptContexts
from tests.desk.opened import Look
from tests.desk.real.service import Service, running_service
from tests.desk.real.tab import SignedIn

type OpenAs = Callable[..., SignedIn]


@pytest.fixture(scope="package")
def service() -> Iterator[Service]:
    """Give the service once the morning's work has come to rest."""
    with running_service() as running:
        yield running


@pytest.fixture(scope="package")
def contexts(service: Service, browser: Browser) -> Iterator[KeptContexts]:
    """Give contexts for pages of the service, each empty when it is taken: nobody is signed in."""
    kept = KeptContexts(browser, service.url)
    yield kept
    kept.close()


@pytest.fixture
def open_as(service: Service, contexts: KeptContexts) -> Iterator[OpenAs]:
    """Give a way to sign in as somebody and open a view; at the end no page may have erred."""
    opened: list[SignedIn] = []
    taken: list[tuple[Look, BrowserContext]] = []

    def open_(name: str, view: str = "", look: Look | None = None) -> SignedIn:
        taken.append((look or Look(), contexts.take(look or Look())))
        tab = SignedIn(taken[-1][1], service.url)
        opened.append(tab)
        tab.sign_in(name, view)
        return tab

    yield open_
    errors = [error for tab in opened for error in tab.errors]
    for one in taken:
        contexts.give_back(*one)
    assert errors == []
