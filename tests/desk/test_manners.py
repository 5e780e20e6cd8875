"""Test signing in, waits, lost connections and hostile names, and what the page never does."""

import re

from playwright.sync_api import expect

from tests.desk.conftest import OpenDesk
from tests.desk.opened import NARROW, Look


def test_the_platform_signs_in_and_leads_back_to_the_same_view(open_desk: OpenDesk) -> None:
    """The part of the address behind # does not travel through a sign-in by itself."""
    desk = open_desk("all~out", "history?status=failed")
    assert desk.heading() == "Sign in"
    assert desk.violations() == []

    desk.find("link", "Sign in with Microsoft").click()

    expect(desk.page.locator("main h1")).to_have_text("History")
    expect(desk.page).to_have_url(re.compile("#/history\\?status=failed$"))


def test_a_key_is_kept_for_the_tab_and_a_wrong_one_is_told(open_desk: OpenDesk) -> None:
    """Never in the address, never in a store that outlives the tab."""
    desk = open_desk("read+request~keys", "today")
    field = desk.page.get_by_label("Function key")
    field.fill("wrong-key")
    field.press("Enter")
    expect(desk.page.get_by_role("alert")).to_contain_text("This key was not accepted.")

    field.fill("right-key")
    field.press("Enter")
    expect(desk.page.locator(".loss").first).to_be_visible()
    desk.page.reload()
    expect(desk.page.locator(".loss").first).to_be_visible()
    assert "right-key" not in desk.page.url
    assert "right-key" not in desk.evaluate("JSON.stringify({...localStorage})")


def test_signing_out_forgets_the_key(open_desk: OpenDesk) -> None:
    """The next one at this machine begins anew."""
    desk = open_desk("read+request~keys")
    desk.page.get_by_label("Function key").fill("right-key")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".loss").first).to_be_visible()

    desk.find("button", "Function key").click()
    assert desk.violations() == []
    desk.find("button", "Sign out").click()

    expect(desk.page.locator("main h1")).to_have_text("Sign in")
    assert desk.evaluate("sessionStorage.getItem('reprieve.function-key')") is None


def test_a_sign_in_that_ends_meanwhile_loses_nothing(open_desk: OpenDesk) -> None:
    """A bar says so; what was typed stays, also through the sign-in."""
    desk = open_desk("all", "restore?user=anna.berg%40contoso.example")
    desk.page.get_by_label("Reason").fill("Half a sentence")
    desk.world.is_in = False
    desk.find("button", "Give back Office 365 E3").click()

    expect(desk.page.locator(".bar")).to_contain_text("Your sign-in has ended.")
    expect(desk.page.get_by_label("Reason")).to_have_value("Half a sentence")
    desk.find("button", "Sign in again").click()
    expect(desk.page.get_by_label("Reason")).to_have_value("Half a sentence")


def test_every_change_carries_what_another_site_cannot_send(open_desk: OpenDesk) -> None:
    """The double refuses it otherwise, as the service does."""
    desk = open_desk("all", "guards")
    desk.page.locator(".guard").first.get_by_role("button", name="Remove").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Remove").click()

    expect(desk.page.locator(".guard")).to_have_count(2)
    assert [one for one in desk.world.seen if one["status"] == 403] == []


def test_a_lost_connection_is_a_bar_and_what_was_read_stays(open_desk: OpenDesk) -> None:
    """Nothing jumps, nothing is lost, and the bar goes by itself."""
    desk = open_desk("all", "failed")
    rows = desk.page.locator(".failed-row")
    expect(rows).to_have_count(3)
    desk.page.route("**/api/restores?*", lambda route: route.abort())
    desk.find("button", "Refused", exact=True).click()
    expect(desk.page.locator(".bar")).to_contain_text("No connection to the service.")
    desk.page.unroute("**/api/restores?*")
    desk.find("button", "Try again").last.click()

    expect(desk.page.locator(".bar")).to_have_count(0)


def test_a_busy_service_is_asked_again_when_it_says(open_desk: OpenDesk) -> None:
    """429 is told with its seconds, and the page fills by itself."""
    desk = open_desk("read~busy")

    expect(desk.page.locator(".loss").first).to_be_visible()
    assert [one["status"] for one in desk.asked("losses")][:3] == [429, 429, 200]


def test_a_service_that_fails_says_what_and_what_to_do(open_desk: OpenDesk) -> None:
    """From its own problem document, in place of an empty page."""
    desk = open_desk("all~broken", "today")

    assert desk.heading() == "Who can still be saved cannot be read now"
    expect(desk.page.get_by_role("alert").first).to_contain_text("The ledger cannot be reached.")
    expect(desk.page.get_by_role("alert").first).to_contain_text("Look at the storage account.")


def test_places_are_kept_while_data_loads(open_desk: OpenDesk) -> None:
    """The frame and the heading stand at once; grey lines stand where rows will be."""
    desk = open_desk("all~hang", "today")

    expect(desk.page.locator("main h1")).to_have_text("Looking who can still be saved …")
    expect(desk.page.locator(".picture .skeleton")).to_be_visible()
    assert desk.violations() == []


def test_names_that_are_meant_to_harm_are_text(open_desk: OpenDesk) -> None:
    """Markup, scripts, formulas and control characters from the directory are shown, never run."""
    desk = open_desk("all~hostile")
    for view in ("today", "history", "report", "approvals", "guards", "failed"):
        desk.open(view)
        assert desk.evaluate("window.hacked") is None
        assert desk.evaluate("document.querySelectorAll('main img, main script').length") == 0
    desk.open("today")
    expect(desk.page.get_by_text("<script>window.hacked=1</script>").first).to_be_visible()
    wide = desk.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide


def test_hostile_names_in_the_address_are_text_too(open_desk: OpenDesk) -> None:
    """A link that somebody sends can name anything."""
    payload = "%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E"
    desk = open_desk("all")
    for view in (
        f"restore?user={payload}",
        f"history?user={payload}",
        f"restores/{payload}",
        payload,
    ):
        desk.open(view)
        assert desk.evaluate("window.hacked") is None


def test_nothing_is_asked_of_anybody_else(open_desk: OpenDesk) -> None:
    """Every request goes to this service, and no cookie or store holds a name."""
    desk = open_desk("all")
    for view in ("today", "restore", "many", "history", "guards", "status", "report"):
        desk.open(view)

    assert desk.elsewhere == []
    assert "contoso" not in desk.evaluate("JSON.stringify({...localStorage})")


def test_a_version_that_was_replaced_says_so(open_desk: OpenDesk) -> None:
    """A module of an old version is gone: the page asks to be loaded again."""
    desk = open_desk("all", "today")
    desk.page.route("**/views/status.js", lambda route: route.fulfill(status=404))
    desk.page.route("**/api/desk", lambda route: route.fulfill(body="desk/newer/app.js"))
    desk.page.locator("nav.side").get_by_text("Status").click()

    expect(desk.page.locator(".bar")).to_contain_text("A newer version of this page is there.")
    desk.errors.clear()


def test_a_fault_of_the_page_is_said(open_desk: OpenDesk) -> None:
    """An answer of a shape that nobody expects leaves no view waiting in silence."""
    desk = open_desk("all", "today")
    desk.page.route("**/api/status", lambda route: route.fulfill(json={"checks": 5}))
    desk.page.locator("nav.side").get_by_text("Status").click()

    expect(desk.page.locator(".bar")).to_contain_text("Something in this page went wrong.")
    desk.errors.clear()


def test_a_second_visit_asks_for_the_page_alone(open_desk: OpenDesk) -> None:
    """All other files are kept for good under their version: none comes over the wire again."""
    desk = open_desk("all", "today")
    fetched = (
        "performance.getEntriesByType('resource').filter((one) => one.transferSize > 0"
        " && one.name.includes('/api/desk/')).map((one) => one.name)"
    )

    desk.page.reload()
    desk.settle()

    assert desk.evaluate(fetched) == []


def test_language_and_colours_are_chosen_and_remembered(open_desk: OpenDesk) -> None:
    """By the reader, against the browser; without a flash of the other colour."""
    desk = open_desk("all", "today", Look(width=NARROW))
    desk.page.locator(".who-button").click()
    desk.page.get_by_label("Language").select_option("da")
    expect(desk.page.locator("main h1")).to_contain_text("opbevaringsperioder udløber")
    desk.page.locator(".who-button").click()
    desk.page.get_by_label("Farver").select_option("dark")
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")

    desk.page.reload()
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(desk.page.locator("html")).to_have_attribute("lang", "da")
    assert desk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 21, 24)"


def test_the_skip_link_leads_past_the_places(open_desk: OpenDesk) -> None:
    """The first stop of the tab key."""
    desk = open_desk("all", "history")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")

    expect(desk.page.locator("main")).to_be_focused()
    assert desk.page.url.endswith("#/history")


def test_another_view_begins_at_its_top_and_has_the_focus(open_desk: OpenDesk) -> None:
    """A screen reader goes on in the view, and the tab's title names it."""
    desk = open_desk("all", "today")
    desk.page.locator("nav.side").get_by_text("Guards").click()

    expect(desk.page.locator("main h1")).to_have_text("Guards")
    expect(desk.page.locator("main")).to_be_focused()
    expect(desk.page).to_have_title("Guards · Reprieve")
