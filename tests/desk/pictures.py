"""Take a picture of every view in every state: `python -m tests.desk.pictures [PART ...]`.

They go into .local/desk-pictures, outside what the repository keeps, to be looked at one by one
after each change of a view; PART keeps to the names that contain one of them.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Protocol

from playwright.sync_api import Browser, sync_playwright

from tests.desk.conftest import FLAGS, NO_BROWSER, Served, find_browser
from tests.desk.opened import NARROW, Desk, Look, new_context
from tests.desk.standin.__main__ import MORNING
from tests.desk.standin.restores import BATCH, an_id
from tests.desk.test_many import LIST, check

OUT = Path(__file__).resolve().parents[2] / ".local" / "desk-pictures"
_SETTLED_MILLISECONDS = 250
_CHECKED_MILLISECONDS = 900


class Named(Protocol):
    """A picture, of whatever it is one: a data class with a name and a look."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def name(self) -> str:
        """What its file is called."""

    @property
    def look(self) -> Look:
        """How the page is looked at."""


def _nothing(_desk: Desk) -> None:
    """The view as it opens."""


_PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of one view; `act` leads there once the view is open."""

    name: str
    scenario: str
    view: str
    act: Callable[[Desk], object] = _nothing
    look: Look = _PLAIN
    whole: bool = True


def _looked_at(desk: Desk) -> None:
    desk.page.locator(".loss").nth(3).hover()
    desk.page.wait_for_timeout(_CHECKED_MILLISECONDS)


def _type_mik(desk: Desk) -> None:
    desk.find("combobox", "Who").press_sequentially("mik")
    desk.page.wait_for_selector("[role=option]")


def _search(desk: Desk) -> None:
    desk.find("combobox", "Find a person").press_sequentially("ber")
    desk.page.wait_for_selector("[role=option]")


def _undo(desk: Desk) -> None:
    desk.find("button", "Undo").click()


def _checked(desk: Desk) -> None:
    check(desk, LIST)
    desk.page.wait_for_selector(".near")


def _guarded(desk: Desk) -> None:
    desk.page.get_by_label("Name, address or object id").fill("olga.petrova@contoso.example")
    desk.find("button", "Add the guard").click()
    desk.page.wait_for_selector(".guard >> nth=3")


def _lost(desk: Desk) -> None:
    desk.page.route("**/api/restores?*", lambda route: route.abort())
    desk.find("button", "Refused", exact=True).click()
    desk.page.wait_for_selector(".bar")


def _open_settings(desk: Desk) -> None:
    desk.page.locator(".who-button").click()


def _open_menu(desk: Desk) -> None:
    desk.find("button", "Menu").click()


def _print(desk: Desk) -> None:
    desk.page.emulate_media(media="print")


_VIEWS = (
    Picture("today", "all", "today"),
    Picture("today-looked-at", "all", "today", _looked_at, whole=False),
    Picture("today-empty", "all~empty", "today"),
    Picture("today-one", "all~one", "today"),
    Picture("today-many", "all~many", "today", whole=False),
    Picture("today-hostile", "all~hostile", "today"),
    Picture("today-loading", "all~hang", "today"),
    Picture("today-failing", "all~broken", "today"),
    Picture("today-reader", "read", "today?verdict=closing"),
    Picture("restore-empty", "all", "restore"),
    Picture("restore-proposals", "all", "restore", _type_mik),
    Picture("restore-ready", "all", "restore?user=anna.berg%40contoso.example"),
    Picture("restore-blocked", "all", "restore?user=jan.dewit%40contoso.example"),
    Picture("restore-unknown-window", "all", "restore?user=lotte.visser%40contoso.example"),
    Picture("restore-near-names", "request", "restore?user=ana.berg"),
    Picture("restore-failing", "read+request~broken", "restore?user=anna.berg%40contoso.example"),
    Picture("one-succeeded", "all", f"restores/{an_id(11)}"),
    Picture("one-running", "all", f"restores/{an_id(1)}"),
    Picture("one-waiting", "all", f"restores/{an_id(6)}"),
    Picture("one-failed", "all", f"restores/{an_id(8)}"),
    Picture("one-approval", "all", f"restores/{an_id(4)}"),
    Picture("one-received", "all", f"restores/{an_id(400)}"),
    Picture("one-not-found", "all", f"restores/{an_id(4242)}"),
    Picture("one-undo", "all", f"restores/{an_id(11)}", _undo, whole=False),
    Picture("one-print", "all", f"restores/{an_id(11)}", _print),
    Picture("many-empty", "all", "many"),
    Picture("many-checked", "all", "many", _checked),
    Picture("batch", "all", f"many/{BATCH}"),
    Picture("approvals", "all", "approvals"),
    Picture("approvals-empty", "all~empty", "approvals"),
    Picture("history", "all", "history"),
    Picture("history-empty", "all~empty", "history"),
    Picture("search", "all", "history", _search, whole=False),
    Picture("failed", "all", "failed"),
    Picture("failed-received", "all", "failed?show=unreadable"),
    Picture("failed-lost-connection", "all", "failed", _lost),
    Picture("report", "all", "report"),
    Picture("report-print", "all", "report", _print),
    Picture("guards", "all", "guards"),
    Picture("guards-added", "all", "guards", _guarded),
    Picture("subscriptions", "all", "subscriptions"),
    Picture("status", "all", "status"),
    Picture("sign-in", "all~out", "today"),
    Picture("sign-in-key", "read+request~keys", "today"),
    Picture("no-role", "none", "today"),
    Picture("settings", "all", "today", _open_settings, whole=False),
)
_MENU = Picture("menu", "all", "today", _open_menu, Look(width=NARROW), whole=False)


def in_every_look[P: Named](views: Iterable[P], has_danish: Callable[[P], bool]) -> list[P]:
    """Every view as it is, narrow and dark; in Danish, wide and narrow, where it opens so."""
    found: list[P] = []
    for view in views:
        looks = {"": view.look}
        if "print" not in view.name:
            looks |= {".narrow": Look(width=NARROW), ".dark": Look(scheme="dark")}
            if has_danish(view):
                looks[".danish"] = Look(language="da-DK", width=1024)
                looks[".danish-narrow"] = Look(language="da-DK", width=NARROW, scheme="dark")
        found += [
            replace(view, name=f"{view.name}{ending}", look=look) for ending, look in looks.items()
        ]
    return found


def pictures() -> list[Picture]:
    """Every view in every look; what is clicked on is found by its English name."""
    by_itself = {"today-looked-at", "settings"}
    views = in_every_look(_VIEWS, lambda one: one.act is _nothing or one.name in by_itself)
    return [*views, _MENU]


def take(picture: Picture, browser: Browser, served: Served) -> None:
    """Open one view and save its picture."""
    served.standin.forget(picture.scenario)
    context = new_context(browser, picture.look)
    context.clock.set_fixed_time(MORNING)
    desk = Desk(context, served.url, served.standin, picture.scenario)
    try:
        desk.open(picture.view)
        picture.act(desk)
        desk.page.wait_for_timeout(_SETTLED_MILLISECONDS)
        desk.page.screenshot(path=OUT / f"{picture.name}.png", full_page=picture.whole)
    finally:
        desk.close()


def take_all[P: Named](
    wanted: Sequence[P], take_one: Callable[[P, Browser], None], folder: Path
) -> int:
    """Take these pictures; 0 all are there, 1 some could not be taken."""
    folder.mkdir(parents=True, exist_ok=True)
    failed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for picture in wanted:
            try:
                take_one(picture, browser)
            except Exception as error:  # noqa: BLE001 - the others are wanted all the same
                failed.append(f"{picture.name}: {error}")
        browser.close()
    print(f"{len(wanted) - len(failed)} pictures in {folder}")  # noqa: T201 - a command talks
    print("\n".join(failed), end="\n" if failed else "")  # noqa: T201
    return 1 if failed else 0


def named[P: Named](all_of: Iterable[P], parts: Sequence[str]) -> list[P]:
    """The pictures whose names contain one of these parts, or all where there is none."""
    return [one for one in all_of if not parts or any(part in one.name for part in parts)]


def is_without_browser() -> bool:
    """Whether there is nothing to take pictures with, which is then said."""
    if find_browser() is not None:
        return False
    print(NO_BROWSER, file=sys.stderr)  # noqa: T201 - a command talks to its person
    return True


def main(parts: Sequence[str]) -> int:
    """Take the pictures; 0 all are there, 1 some could not be taken, 2 no browser."""
    if is_without_browser():
        return 2
    served = Served()
    served.start()
    try:
        wanted = named(pictures(), parts)
        return take_all(wanted, lambda one, browser: take(one, browser, served), OUT)
    finally:
        served.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
