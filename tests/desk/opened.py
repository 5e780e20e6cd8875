"""Open the desk in a browser as one reader has it: screen, language and colours."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    expect,
)

from tests.desk.standin.server import Standin
from tests.desk.standin.world import World

AXE = Path(__file__).resolve().parents[2] / "infra/desk/node_modules/axe-core/axe.min.js"
WIDE, NARROW = 1360, 360
_TALL = 900

# What takes a tenth of a second takes seconds on a machine that does other work as well.
_PATIENCE_MILLISECONDS = 60_000
expect.set_options(timeout=_PATIENCE_MILLISECONDS)

# A refusal is an answer; the browser writes it down as if it were a fault of the page.
_REFUSED = "Failed to load resource"

_BEING_READ = ".skeleton, .checking, .waiting-line"


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader looks at the page."""

    width: int = WIDE
    scheme: Literal["light", "dark"] = "light"
    language: Literal["en-GB", "da-DK"] = "en-GB"
    scale: float = 1
    motion: Literal["no-preference", "reduce"] = "reduce"


def new_context(browser: Browser, look: Look) -> BrowserContext:
    """A profile of its own, as empty as that of somebody who was never here."""
    context = browser.new_context(
        viewport={"width": look.width, "height": _TALL},
        color_scheme=look.scheme,
        locale=look.language,
        timezone_id="Europe/Copenhagen",
        reduced_motion=look.motion,
        device_scale_factor=look.scale,
        accept_downloads=True,
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


class Tab:
    """One tab of a reader, and what has gone wrong in it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._url, self._context = url, context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(_PATIENCE_MILLISECONDS)
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url))

    def find(self, role: Any, name: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        """Something by its role and its name, as a screen reader finds it."""
        return self.page.get_by_role(role, name=name, exact=exact)

    def main(self) -> Locator:
        """The view."""
        return self.page.locator("main")

    def heading(self) -> str:
        """The heading of the view."""
        return self.page.locator("main h1").inner_text()

    def evaluate(self, expression: str) -> Any:
        """A value of the page, past its policy: that would forbid Playwright's own way."""
        session = self._context.new_cdp_session(self.page)
        found = session.send(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True},
        )
        session.detach()
        if "exceptionDetails" in found:
            raise AssertionError(found["exceptionDetails"])
        return found["result"].get("value")

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands."""
        self.evaluate(AXE.read_text(encoding="utf-8"))
        text = self.evaluate("axe.run(document).then((found) => JSON.stringify(found.violations))")
        return [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in json.loads(text)
            for node in one["nodes"]
        ]

    def turn_to(self, view: str) -> None:
        """Open another view as by a link of the page, and wait until it shows what it has."""
        self.evaluate(
            "document.querySelector('main .view').dataset.left = '';"
            f"location.hash = {json.dumps(f'#/{view}')}"
        )
        self.page.wait_for_selector("main .view:not([data-left]) h1")
        self.settle()

    def settle(self) -> None:
        """Wait for a heading, and for all that is being read."""
        self.page.wait_for_selector("main h1")
        self.page.wait_for_selector(_BEING_READ, state="detached")

    def close(self) -> None:
        """Close the tab, with all of its context."""
        self._context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_REFUSED):
            self.errors.append(message.text)

    def _request(self, url: str) -> None:
        if not url.startswith((self._url, "about:", "blob:")):
            self.elsewhere.append(url)


class Desk(Tab):
    """One tab with the desk in it, on the double of the API."""

    def __init__(self, context: BrowserContext, url: str, standin: Standin, scenario: str) -> None:
        super().__init__(context, url)
        self._standin, self._scenario = standin, scenario

    @property
    def world(self) -> World:
        """The tenant behind the page."""
        return self._standin.world(self._scenario)

    def address(self, view: str = "") -> str:
        """The address of a view, such as `history?status=failed`."""
        return f"{self._url}/s/{self._scenario}/api/desk{f'#/{view}' if view else ''}"

    def open(self, view: str = "") -> None:
        """Open a view as from a link, and wait until it shows what it has."""
        self.page.goto("about:blank")
        self.page.goto(self.address(view))
        self.settle()

    def settle(self) -> None:
        """Wait for a heading, and for all that is being read, unless no answer ever comes."""
        if self.world.scenario.manner == "hang":
            self.page.wait_for_selector("main h1")
        else:
            super().settle()

    def asked(self, path: str, method: str = "GET") -> list[dict[str, Any]]:
        """What the page has asked of one path, in order."""
        return [one for one in self.world.seen if (one["path"], one["method"]) == (path, method)]
