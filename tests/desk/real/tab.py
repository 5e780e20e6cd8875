"""Open the desk of the running service as somebody who signs in."""

from playwright.sync_api import BrowserContext

from tests.desk.opened import Tab


class SignedIn(Tab):
    """A tab with the desk in it, as somebody has it; the way in is the platform's own."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        super().__init__(context, url)
        self.refused: list[str] = []
        self.page.on("response", lambda one: self._answered(one.status, one.url))

    def sign_in(self, name: str, view: str = "") -> None:
        """Come by a link, sign in, and be shown what the link names."""
        self.page.goto(self._address(view))
        self.page.locator("main a.button.main").click()
        self.page.get_by_role("link", name=name).click()
        self.settle()
        # Nobody was known before that.
        self.refused = []

    def open(self, view: str) -> None:
        """Open another view as from a link, and wait until it shows what it has."""
        self.go(view)
        self.settle()

    def go(self, view: str) -> None:
        """Open another view as from a link, and wait for nothing."""
        self.page.goto("about:blank")
        self.page.goto(self._address(view))

    def _address(self, view: str) -> str:
        return f"{self._url}/api/desk{f'#/{view}' if view else ''}"

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.refused.append(f"{status} {url}")
