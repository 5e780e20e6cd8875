"""The desk in a browser, on the double of the API.

A machine without a browser fails at once, with one sentence; `--without-browser` leaves these tests
out, and the run says so at its end. `--desk-matrix` adds every screen in every way.
"""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.desk.kept_contexts import KeptContexts
from tests.desk.opened import Desk, Look
from tests.desk.standin.__main__ import MORNING
from tests.desk.standin.server import Standin
from tests.doubles.listening import listening

HERE = Path(__file__).parent
# The shell first, which is made for this: the same tests take a third less of the processor in it.
BROWSERS = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
)
_ELSEWHERE = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
)
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_BROWSER = (
    "The desk's tests need Chrome, Edge or Chromium (on Debian: apt-get install"
    " chromium-headless-shell);"
    " --without-browser leaves them out."
)
_LEFT_OUT = pytest.StashKey[int]()

type OpenDesk = Callable[..., Desk]


def find_browser() -> str | None:
    """The browser of this machine that the tests open."""
    on_path = (shutil.which(name) for name in BROWSERS)
    elsewhere = (str(path) for path in _ELSEWHERE if path.exists())
    return next((found for found in (*on_path, *elsewhere) if found), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for, and fail where there is no browser."""
    here = [item for item in items if HERE in item.path.parents]
    wanted = bool(config.getoption("--desk-matrix"))
    matrix = [item for item in here if item.get_closest_marker("matrix") and not wanted]
    opening = [item for item in here if "browser" in getattr(item, "fixturenames", ())]
    dropped = list(matrix)
    if config.getoption("--without-browser"):
        dropped += [item for item in opening if item not in matrix]
        config.stash[_LEFT_OUT] = len(opening)
    elif opening and find_browser() is None:
        raise pytest.UsageError(NO_BROWSER)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say at the end that the page was not looked at."""
    count = config.stash.get(_LEFT_OUT, 0)
    if count:
        terminalreporter.write_line(
            f"The desk was not opened: {count} tests were left out (--without-browser).",
            yellow=True,
        )


class Served:
    """The double, served from a thread of its own."""

    def __init__(self) -> None:
        self.standin = Standin(MORNING)
        self.url = ""
        self._loop = asyncio.new_event_loop()
        application = self.standin.application()
        # An answer that never comes ends with the tab that waits for it.
        self._listening = listening(application, handler_cancellation=True, shutdown_seconds=0.1)
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Listen on a free port."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    def stop(self) -> None:
        """Close every connection."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> None:
        self.url = f"http://127.0.0.1:{await self._listening.__aenter__()}"

    async def _close(self) -> None:
        await self._listening.__aexit__(None, None, None)


@pytest.fixture(scope="package")
def served() -> Iterator[Served]:
    """Give the double of the API, with the page beside it."""
    running = Served()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Give the browser of this machine, with a profile that is empty.

    It ends with this folder: Playwright's event loop would be in the way of everybody else's.
    """
    with sync_playwright() as playwright:
        path = find_browser()
        opened = playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), chromium_sandbox=False
        )
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def contexts(served: Served, browser: Browser) -> Iterator[KeptContexts]:
    """Give contexts for pages of the double, each empty when it is taken."""
    kept = KeptContexts(browser, served.url, MORNING)
    yield kept
    kept.close()


@pytest.fixture
def open_desk(served: Served, contexts: KeptContexts) -> Iterator[OpenDesk]:
    """Give a way to open the desk in a scenario; at the end no page may have erred."""
    opened: list[Desk] = []
    taken: list[tuple[Look, BrowserContext]] = []

    def open_(scenario: str, view: str = "", look: Look | None = None) -> Desk:
        served.standin.forget(scenario)
        taken.append((look or Look(), contexts.take(look or Look())))
        desk = Desk(taken[-1][1], served.url, served.standin, scenario)
        opened.append(desk)
        desk.open(view)
        return desk

    yield open_
    errors = [error for desk in opened for error in desk.errors]
    for one in taken:
        contexts.give_back(*one)
    assert errors == []
