"""Keep browser contexts from one test to the next, each as empty as a new one.

A new context starts a process that reads all of the page's code once more, which costs as much as
what a test then looks at.
"""

from datetime import UTC, datetime

from playwright.sync_api import Browser, BrowserContext, Page

from tests.desk.opened import Look, new_context

_MOST = 4

# What a test could leave behind for the next one: a store, a cookie, the time.
_LEFT = "[localStorage.length, document.cookie, Date.now()]"


class KeptContexts:
    """Contexts of one browser for the pages of one origin, where it is always `now`, if given."""

    def __init__(self, browser: Browser, origin: str, now: datetime | None = None) -> None:
        self._browser, self._origin, self._now = browser, origin, now
        self._free: list[tuple[Look, BrowserContext]] = []

    def take(self, look: Look) -> BrowserContext:
        """A context of this look with nothing in it; nobody else has it meanwhile."""
        found = next((kept for kept in self._free if kept[0] == look), None)
        if found is not None:
            self._free.remove(found)
            return found[1]
        context = new_context(self._browser, look)
        if self._now is not None:
            context.clock.set_fixed_time(self._now)
        # A page with nothing in it, which stays: the process lives on with it.
        first, address = context.new_page(), f"{self._origin}/nothing"
        first.route(address, lambda route: route.fulfill(body="", content_type="text/plain"))
        first.goto(address)
        return context

    def give_back(self, look: Look, context: BrowserContext) -> None:
        """Empty a context and keep it; what does not become as new is closed."""
        first, *others = context.pages
        for page in others:
            page.close()
        context.clear_cookies()
        session = context.new_cdp_session(first)
        session.send("Network.clearBrowserCache")
        everything = {"origin": self._origin, "storageTypes": "all"}
        session.send("Storage.clearDataForOrigin", everything)
        session.detach()
        first.evaluate("localStorage.clear()")
        if not self._is_as_new(first):
            context.close()
            return
        self._free.append((look, context))
        if len(self._free) > _MOST:
            self._free.pop(0)[1].close()

    def _is_as_new(self, page: Page) -> bool:
        *stored, now = page.evaluate(_LEFT)
        is_then = self._now is None or datetime.fromtimestamp(now / 1_000, UTC) == self._now
        return is_then and stored == [0, ""]

    def close(self) -> None:
        """Close those that nobody has."""
        while self._free:
            self._free.pop()[1].close()
