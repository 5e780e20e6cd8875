"""Somebody else in another tab, a session that ends, a role taken away, two tabs at once."""

from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.desk.conftest import OpenDesk
from tests.desk.opened import Desk
from tests.desk.standin.__main__ import MORNING
from tests.desk.standin.restores import an_id

RUNNING, FAILED = an_id(1), an_id(8)


def come_back(desk: Desk) -> None:
    """Look at the tab again after some minutes elsewhere."""
    desk.page.clock.set_fixed_time(MORNING + timedelta(minutes=5))
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def another_tab(desk: Desk, view: str) -> Page:
    """The same page once more, in the same browser."""
    page = desk.page.context.new_page()
    page.goto(desk.address(view))
    page.wait_for_selector("main h1")
    return page


def test_somebody_who_signed_in_in_another_tab_is_named_before_anything_is_sent(
    open_desk: OpenDesk,
) -> None:
    """The cookie is the browser's: the name and the places follow it, and it is told."""
    desk = open_desk("all", "guards")
    hugo = {"id": "h", "name": "Hugo Balie", "roles": ["Restore.Request"], "authMode": "entra"}
    desk.page.route("**/api/me", lambda route: route.fulfill(json=hugo))

    come_back(desk)

    expect(desk.page.locator(".who-name")).to_have_text("Hugo Balie")
    expect(desk.page.locator("main h1")).to_have_text("Nothing here for you")
    expect(desk.page.locator("#said")).to_have_text("You are signed in as Hugo Balie now.")
    assert desk.page.locator("nav.side a").all_inner_texts() == [
        "Bring back",
        "Many",
        "Subscriptions",
    ]


def test_the_same_person_finds_the_view_as_it_was(open_desk: OpenDesk) -> None:
    """Looking at the tab again opens nothing anew."""
    desk = open_desk("all", "guards")
    desk.page.get_by_label("Name, address or object id").fill("anna")
    desk.page.locator(".guard").first.evaluate("(one) => one.classList.add('seen')")

    with desk.page.expect_response("**/api/me"):
        come_back(desk)
    # What the page does with the answer is done by the time another has come.
    desk.evaluate("fetch(document.location.pathname)")

    assert len(desk.asked("me")) == 2
    assert len(desk.asked("guards")) == 1
    expect(desk.page.locator(".guard.seen")).to_have_count(1)
    expect(desk.page.get_by_label("Name, address or object id")).to_have_value("anna")


def test_a_session_that_ends_is_told_in_words_and_what_was_read_stays(open_desk: OpenDesk) -> None:
    """No bare number, no empty page; signed in elsewhere, the bar goes by itself."""
    desk = open_desk("all", f"restores/{RUNNING}")
    expect(desk.page.locator(".steps li").first).to_be_visible()
    desk.world.is_in = False

    expect(desk.page.locator(".bar")).to_contain_text("Your sign-in has ended.")
    expect(desk.main().get_by_role("alert")).to_contain_text("Nobody is signed in any more")
    expect(desk.page.locator(".steps li").first).to_be_visible()
    assert "401" not in desk.main().inner_text()
    assert desk.violations() == []

    desk.world.is_in = True
    come_back(desk)
    expect(desk.page.locator(".bar")).to_have_count(0)


def test_a_role_that_was_taken_away_takes_its_places_along(open_desk: OpenDesk) -> None:
    """The service's own no stands where it was asked, and what it forbids is there no more."""
    desk = open_desk("all", f"restores/{FAILED}")
    desk.world.scenario = replace(
        desk.world.scenario, roles=("Restore.Read", "Restore.Request", "Restore.Approve")
    )
    desk.find("button", "Try again").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Try again").click()

    expect(dialog.get_by_role("alert")).to_contain_text("That needs Restore.Admin.")
    dialog.get_by_role("button", name="Leave it").click()
    expect(desk.page.locator("nav.side")).not_to_contain_text("Guards")
    expect(desk.page.locator("main h1")).not_to_have_text("Nothing here for you")


def test_two_tabs_decide_one_plan_once(open_desk: OpenDesk) -> None:
    """What the other tab has decided is told here, and nothing happens twice."""
    desk = open_desk("approve", "approvals")
    other = another_tab(desk, "approvals")
    for page in (other, desk.page):
        card = page.locator(".approval", has_text="Jan de Wit")
        card.get_by_role("button", name="Approve").click()
    other.get_by_role("dialog").get_by_role("button", name="Approve").click()
    other.get_by_role("dialog").wait_for(state="detached")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Approve").click()

    expect(dialog.get_by_role("alert")).to_contain_text("It does not wait for an approval.")
    dialog.get_by_role("button", name="Leave it").click()
    decided = [one["status"] for one in desk.world.seen if one["path"].endswith("/approve")]
    assert decided == [202, 409]


def test_two_tabs_keep_what_was_typed_in_each(open_desk: OpenDesk) -> None:
    """A draft belongs to its tab."""
    desk = open_desk("all", "restore?user=anna.berg%40contoso.example")
    desk.page.get_by_label("Reason").fill("Here")
    other = another_tab(desk, "restore?user=anna.berg%40contoso.example")
    other.get_by_label("Reason").fill("There")

    desk.page.reload()
    other.reload()

    expect(desk.page.get_by_label("Reason")).to_have_value("Here")
    expect(other.get_by_label("Reason")).to_have_value("There")
