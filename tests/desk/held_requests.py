"""Hold the requests of a page for an address, as a slow service would, until they may go on."""

from playwright.sync_api import Page, Route


class HeldRequests:
    """The requests of a page whose address fits a pattern; none gets an answer before `let_go`."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._held: list[Route] = []
        self._is_held = True
        page.route(pattern, self._take)

    def let_go(self) -> None:
        """Let those that are held go on, and hold no more."""
        self._is_held = False
        for route in self._held:
            route.continue_()

    def _take(self, route: Route) -> None:
        if self._is_held:
            self._held.append(route)
        else:
            route.continue_()
