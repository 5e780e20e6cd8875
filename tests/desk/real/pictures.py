"""Take a picture of every view on the running service: `python -m tests.desk.real.pictures`.

With `--url` on the one that `make serve` runs, else on a landscape of its own with the same
morning's work. They go into .local/desk-pictures/service; PART keeps to the names that contain one.
`--keep` takes those that stand in README and the guide, and puts them in their place.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tests.desk.opened import Look, new_context
from tests.desk.pictures import OUT, in_every_look, is_without_browser, named, take_all
from tests.desk.real.service import Service, running_service
from tests.desk.real.tab import SignedIn

_FOLDER = OUT / "service"
_PLACE = Path(__file__).resolve().parents[3] / ".github" / "pictures"
_SETTLED_MILLISECONDS = 900
_LIST = "user,reason\nwouter.dam@contoso.example,HR\nruben.vos@contoso.example,HR\nnobody,HR"
_PLAIN = Look()


def _nothing(_tab: SignedIn) -> None:
    """The view as it opens."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One view as one person has it; `view` may name a restore by the name of its person."""

    name: str
    view: str
    who: str = "Ada Linden"
    act: Callable[[SignedIn], object] = _nothing
    look: Look = _PLAIN
    whole: bool = True


def _click(name: str) -> Callable[[SignedIn], object]:
    return lambda tab: tab.find("button", name).first.click()


def _print(tab: SignedIn) -> None:
    tab.page.emulate_media(media="print")


def _checked(tab: SignedIn) -> None:
    tab.page.locator("textarea").first.fill(_LIST)
    tab.find("button", "Check the list").click()
    tab.page.wait_for_selector("progress[data-done]", state="attached")


def _hovered(tab: SignedIn) -> None:
    tab.page.locator(".loss").nth(3).hover()
    tab.page.wait_for_timeout(1_500)


_VIEWS = (
    Picture("today", "today"),
    Picture("today-looked-at", "today", act=_hovered, whole=False),
    Picture("restore", "restore"),
    Picture("restore-ready", "restore?user=ruben.vos%40contoso.example"),
    Picture("restore-blocked", "restore?user=milan.koster%40contoso.example"),
    Picture("restore-licence", "restore?user=tom.mulder%40contoso.example"),
    Picture("restore-unknown", "restore?user=lotte.smit%40contoso.example"),
    Picture("restore-shared", "restore?user=info.desk%40contoso.example"),
    Picture("restore-nobody", "restore?user=emma.janse"),
    Picture("many", "many"),
    Picture("many-checked", "many", act=_checked),
    Picture("approvals", "approvals"),
    Picture("approvals-ask", "approvals", act=_click("Approve all"), whole=False),
    Picture("history", "history"),
    Picture("history-trail", "history", act=_click("Audit trail"), whole=False),
    Picture("one-done", "restores/wouter.dam"),
    Picture("one-undo", "restores/wouter.dam", act=_click("Undo"), whole=False),
    Picture("one-print", "restores/wouter.dam", act=_print),
    Picture("one-failed", "restores/noortje.hoek"),
    Picture("one-seat", "restores/pim.vries"),
    Picture("one-approval", "restores/milan.koster"),
    Picture("one-scheduled", "restores/info.desk"),
    Picture("failed", "failed"),
    Picture("failed-unreadable", "failed?show=unreadable"),
    Picture("failed-refused", "failed?show=refused"),
    Picture("report", "report"),
    Picture("report-print", "report", act=_print),
    Picture("guards", "guards"),
    Picture("subscriptions", "subscriptions"),
    Picture("status", "status"),
    Picture("erasure", "erasure?user=5eed0001-0000-4000-8000-000000000001"),
    Picture(
        "erasure-ask",
        "erasure?user=5eed0001-0000-4000-8000-000000000001",
        act=_click("Erase this person"),
        whole=False,
    ),
    Picture("approver", "approvals", who="Petra Ja"),
    Picture("administrator", "guards", who="Bas Beheer"),
    Picture("helpdesk", "restore", who="Hugo Balie"),
    Picture("no-role", "today", who="Nemo Niets"),
)


_KEPT = (
    Picture("desk-today", "today", whole=False),
    Picture("desk-today-dark", "today", look=Look(scheme="dark"), whole=False),
    Picture("desk-restore", "restore?user=lotte.smit%40contoso.example"),
    Picture("desk-many", "many", act=_checked, whole=False),
    Picture("desk-approvals", "approvals", who="Petra Ja", whole=False),
)


def pictures() -> list[Picture]:
    """Every view in every look; what is clicked on is found by its English name."""
    return in_every_look(_VIEWS, lambda one: one.act in {_nothing, _hovered})


def take(picture: Picture, browser: Browser, service: Service, folder: Path) -> None:
    """Sign in, open one view and save its picture."""
    tab = SignedIn(new_context(browser, picture.look), service.url)
    try:
        tab.sign_in(picture.who, _address(picture.view, service))
        picture.act(tab)
        tab.page.wait_for_timeout(_SETTLED_MILLISECONDS)
        tab.page.screenshot(path=folder / f"{picture.name}.png", full_page=picture.whole)
    finally:
        tab.close()


def _address(view: str, service: Service) -> str:
    """The address of a view; a restore named by its person's name is the newest one of theirs."""
    place, _, name = view.partition("/")
    if not name:
        return view
    [restore, *_] = service.restores(user=f"{name}@contoso.example")
    return f"{place}/{restore['id']}"


@contextmanager
def _service(url: str | None) -> Iterator[Service]:
    if url is not None:
        yield Service(url, "")
        return
    with running_service() as service:
        yield service


def main(argv: Sequence[str]) -> int:
    """Take the pictures; 0 all are there, 1 some could not be taken, 2 no browser."""
    parser = argparse.ArgumentParser(prog="tests.desk.real.pictures", description=__doc__)
    parser.add_argument("--url", help="of a service that runs, as make serve prints it")
    parser.add_argument("--keep", action="store_true", help="those of README and the guide")
    parser.add_argument("part", nargs="*", help="only the pictures whose names contain one")
    given = parser.parse_args(argv)
    if is_without_browser():
        return 2
    wanted = named(_KEPT if given.keep else pictures(), given.part)
    folder = _PLACE if given.keep else _FOLDER
    with _service(given.url) as service:
        return take_all(wanted, lambda one, browser: take(one, browser, service, folder), folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
