"""Ten thousand losses, names that are meant to harm, and a service that is slow or fails."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from tests.desk.held_requests import HeldRequests
from tests.desk.opened import NARROW, Look, new_context
from tests.desk.real.conftest import OpenAs
from tests.desk.real.service import Service, running_service
from tests.desk.real.tab import SignedIn
from tests.desk.real.test_in_the_browser import SCREENS
from tests.local_http import ask, order
from tests.waiting import wait_until

LOST = 10_000
# Each question for the list goes on with it for half a minute.
_LISTED_WITHIN_SECONDS = 300
_SKU = "6fd2c87f-b296-42f0-b197-1e91e994b900"
_PLAN = {"servicePlanId": "efb87545-963c-4e0d-99df-69c6916d9eb0", "servicePlanName": "EXCHANGE"}
_HOSTILE = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "=HYPERLINK(1)\r\n\u202eevil",
    "${window.hacked=1}",
    "x" * 250,
)

pytestmark = pytest.mark.matrix


def _person(number: int) -> dict[str, object]:
    name = _HOSTILE[number] if number < len(_HOSTILE) else f"Person {number:05}"
    return {
        "id": f"{number * 2654435761 % 2**32:08x}-0000-4000-8000-{number:012x}",
        "userPrincipalName": _name_of(number),
        "displayName": name,
        # The hostile ones end first: they stand on top.
        "deletedDaysAgo": 29 - (number * 28 / LOST),
        "licenses": [_SKU],
    }


@pytest.fixture(scope="module")
def crowded() -> Iterator[Service]:
    """Give the service over a tenant that has lost ten thousand people."""
    tenant: dict[str, object] = {
        "domains": [{"id": "contoso.example", "isDefault": True}],
        "skus": [{"skuId": _SKU, "skuPartNumber": "ENTERPRISEPACK", "servicePlans": [_PLAN]}],
        "users": [],
        "deletedUsers": [_person(number) for number in range(LOST)],
        "size": "L",
    }
    with running_service(tenant) as running:
        wait_until(lambda: _listed(running) == LOST, within_seconds=_LISTED_WITHIN_SECONDS)
        yield running


def _listed(service: Service) -> int:
    try:
        capacity = service.ask("GET", "losses/capacity")
    except httpx.ReadTimeout:
        # The list of all of them is still being made.
        return 0
    return sum(seats["needed"] for seats in capacity.json()["value"]) if capacity.is_success else 0


@pytest.fixture
def crowd(crowded: Service, browser: Browser) -> Iterator[SignedIn]:
    """Give a tab of somebody who may do everything there."""
    tab = SignedIn(new_context(browser, Look()), crowded.url)
    yield tab
    assert tab.errors == []
    tab.close()


def test_ten_thousand_losses_are_there_at_once_and_scroll(
    crowd: SignedIn,
) -> None:
    """The first rows before the others have come; only what is seen is in the page."""
    crowd.sign_in("Ada Linden", "status")
    held = HeldRequests(crowd.page, "**/api/losses?*skipToken*")
    crowd.go("today")
    crowd.page.wait_for_selector(".loss")
    held.let_go()
    crowd.page.get_by_text(f"{LOST:,}").first.wait_for()
    crowd.page.locator(".long").first.press("End")
    crowd.page.locator(".loss", has_text=f"Person {LOST - 1:05}").wait_for()
    assert crowd.page.locator(".loss").count() < 60
    assert crowd.violations() == []


def test_names_that_are_meant_to_harm_are_text(crowd: SignedIn, crowded: Service) -> None:
    """On every screen, in proposals, a question and a title: shown, and never run."""
    restores = [_brought_back(crowded, number) for number in (0, 1)]
    guard = {
        "user": _name_of(1),
        "kind": "mailbox",
        "act": "when-closing",
        "reason": _HOSTILE[0],
        "ticket": _HOSTILE[1],
    }
    assert crowded.ask("POST", "guards", json=guard).status_code == 201
    crowd.sign_in("Ada Linden", "today")
    crowd.page.get_by_text("${window.hacked=1}").first.wait_for()
    places = [*SCREENS, *(f"restores/{one}" for one in restores), f"restore?user={_name_of(2)}"]
    for view in places:
        crowd.open(view)
        _is_harmless(crowd, view)

    crowd.open(f"restores/{restores[1]}")
    assert crowd.page.title().startswith("<img src=x onerror=window.hacked=1>")
    crowd.find("button", "Undo").click()
    crowd.page.locator("dialog", has_text="<img src=x onerror=window.hacked=1>").wait_for()
    _is_harmless(crowd, "the question")
    crowd.open("restore")
    crowd.page.locator("#person").press_sequentially("hacked")
    crowd.page.locator("[role=option]").first.wait_for()
    _is_harmless(crowd, "the proposals")


def _name_of(number: int) -> str:
    return f"person{number:05}@contoso.example"


def _brought_back(service: Service, number: int) -> str:
    """The id of a restore that has ended well, of a person whose name is known by now."""
    words = {"reason": _HOSTILE[0], "ticket": _HOSTILE[1]}
    request = {"kind": "user", "user": _name_of(number), **words}
    answer = service.ask("POST", "restores", json=request)
    assert answer.status_code == 202, answer.text
    place = f"restores/{answer.json()['id']}"
    ended = wait_until(lambda: _succeeded(service, place), within_seconds=60)
    assert ended is not None
    assert ended["user"]["displayName"] == _HOSTILE[number]
    return str(ended["id"])


def _succeeded(service: Service, place: str) -> dict[str, Any] | None:
    restore: dict[str, Any] = service.ask("GET", place).json()
    return restore if restore["status"] == "succeeded" else None


def _is_harmless(tab: SignedIn, view: str) -> None:
    assert tab.evaluate("window.hacked") is None, view
    strange = "document.querySelectorAll('main img, main script, dialog img').length"
    assert tab.evaluate(strange) == 0, view
    assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth"), view


@pytest.mark.parametrize("screen", SCREENS)
def test_a_slow_line_only_takes_longer(open_as: OpenAs, screen: str) -> None:
    """Over a telephone's line each screen arrives whole, and nothing is refused."""
    tab = open_as("Ada Linden")
    session = tab.page.context.new_cdp_session(tab.page)
    line = {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": -1}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)

    tab.open(screen)

    assert tab.page.locator("main [role=alert]").count() == 0
    assert tab.refused == []


def test_a_directory_that_fails_is_told_with_what_to_do(open_as: OpenAs, service: Service) -> None:
    """The service's own words where it says no; the rest of the page goes on."""
    faults = f"{service.control_url}/faults"
    tab = open_as("Ada Linden", "restore")
    fault = {"path": "users", "status": 500, "times": 500}
    order(faults, fault)
    try:
        tab.page.locator("#person").fill("person.unheard@contoso.example")
        tab.page.locator("#person").press("Enter")
        alert = tab.page.locator("main [role=alert]")
        alert.wait_for(timeout=120_000)
        assert alert.locator(".fix").inner_text()
        assert tab.violations() == []
    finally:
        ask("DELETE", faults).raise_for_status()


def test_a_person_is_brought_back_by_keyboard_alone(open_as: OpenAs, service: Service) -> None:
    """From the picture of time to the end of the restore, without a mouse."""
    tab = open_as("Dirk Wacht", "today", Look(width=NARROW))
    keyboard = tab.page.keyboard
    keyboard.press("/")
    keyboard.type("bram.dekker@contoso.example")
    keyboard.press("Enter")
    tab.page.locator(".send button").wait_for()
    for _ in range(40):
        if tab.evaluate("document.activeElement.matches('.send button')"):
            break
        keyboard.press("Tab")
    keyboard.press("Enter")

    tab.page.locator("main .one-status", has_text="Done").wait_for()
    [restore] = service.restores(user="bram.dekker@contoso.example")
    assert restore["status"] == "succeeded"
