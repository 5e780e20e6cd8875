"""Today: the sentence, the picture of time, filters, and what is told of one person."""

import re

import pytest
from playwright.sync_api import expect

from tests.desk.conftest import OpenDesk
from tests.desk.held_requests import HeldRequests
from tests.desk.opened import Look
from tests.desk.standin.people import MANY

# One page of a hundred, the others as large as they may be.
PAGES = 1 + -(-(MANY - 100) // 999)


def test_it_opens_with_one_sentence_about_who_is_next(open_desk: OpenDesk) -> None:
    """How many windows close soon, whose is the first, and when, in the reader's zone."""
    desk = open_desk("read", "today")

    assert desk.heading() == (
        "3 windows close within three days; the first, Reception Aarhus, tomorrow at 09:38."
    )


def test_the_sentence_fits_nobody_and_one(open_desk: OpenDesk) -> None:
    """No plural for one, and no picture of nobody."""
    assert open_desk("read~one", "today").heading() == (
        "One window closes within three days: Anna Berg, on Thursday at 13:58."
    )
    nobody = open_desk("read~empty", "today")
    assert nobody.heading() == "Nobody has lost a mailbox that can still be saved."
    assert nobody.page.locator(".picture").count() == 0


def test_danish_readers_have_it_in_danish(open_desk: OpenDesk) -> None:
    """The page's own words and the service's follow the browser's language."""
    desk = open_desk("all", "today", Look(language="da-DK"))

    heading = "3 opbevaringsperioder udløber inden for tre dage; den første,"  # codespell:ignore
    assert desk.heading().startswith(heading)
    assert "Venter på en ledig licens" in desk.main().inner_text()  # codespell:ignore


def test_rows_stand_by_the_end_of_the_window_and_say_it_in_words(open_desk: OpenDesk) -> None:
    """Soonest first; the verdict is a word beside its mark; unknown windows stand last."""
    desk = open_desk("read", "today")
    rows = desk.page.locator(".loss")

    assert "Reception Aarhus" in rows.first.inner_text()
    assert re.search(r"Closing\s+25 hours left\s+ends tomorrow at 09:38", rows.first.inner_text())
    desk.page.locator(".long").first.press("End")
    expect(desk.page.locator(".loss", has_text="Lotte Visser")).to_contain_text("Unknown")
    expect(desk.page.locator(".loss", has_text="Sofie Lund")).to_contain_text("Not lost yet")


def test_utc_is_told_on_hover_and_goes_into_copies(open_desk: OpenDesk) -> None:
    """Times are the reader's own on the screen, and everybody's in what is sent on."""
    desk = open_desk("read", "today")
    time = desk.page.locator("h1 time")

    assert time.get_attribute("title") == "2026-12-02 08:38 UTC"
    desk.page.locator("h1").select_text()
    desk.page.keyboard.press("ControlOrMeta+c")
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "3 windows close within three days; the first, Reception Aarhus, 2026-12-02 08:38 UTC."
    )


def test_filters_stand_in_the_address_and_a_link_brings_them_back(open_desk: OpenDesk) -> None:
    """Search, verdict and case narrow the picture; a colleague opens the same."""
    desk = open_desk("read", "today")

    desk.find("searchbox", "Name, address or licence").fill("HOLM")
    expect(desk.page.locator(".loss")).to_have_count(1)
    expect(desk.page.locator(".found")).to_have_text("1 of 14")
    assert desk.page.url.endswith("#/today?find=HOLM")

    desk.open("today?verdict=closing&case=license-removed")
    expect(desk.page.locator(".loss")).to_have_count(1)
    desk.open("today?day=2026-12-03")
    expect(desk.page.locator(".loss")).to_have_text(re.compile("Anna Berg"))
    desk.open("today?find=nobody")
    desk.find("button", "Show everybody").click()
    expect(desk.page.locator(".loss").first).to_be_visible()


def test_a_click_on_a_day_shows_whose_windows_end_then(open_desk: OpenDesk) -> None:
    """The counts above the axis are a filter, and a list of days does the same by keyboard."""
    desk = open_desk("read", "today")

    desk.page.locator(".count").first.click()
    expect(desk.page.locator(".loss")).to_have_count(1)
    days = desk.find("combobox", "Day on which the window ends")
    expect(days).to_have_value("2026-12-02")
    days.select_option("2026-12-03")
    expect(desk.page.locator(".loss")).to_have_text(re.compile("Anna Berg"))


def test_the_keyboard_walks_the_picture_and_opens_a_person(open_desk: OpenDesk) -> None:
    """Arrows move, one tab stop leads in, Enter brings back; what would block is told."""
    desk = open_desk("all", "today")

    desk.page.locator("[data-active]").first.focus()
    for _ in range(3):
        desk.page.keyboard.press("ArrowDown")
    panel = desk.page.locator(".close-up")
    expect(panel).to_contain_text("Jan de Wit")
    expect(panel).to_contain_text("belongs to somebody else now")
    assert len(desk.asked("checks", "POST")) == 1

    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("main h1")).to_have_text("Bring back")
    expect(desk.page.locator(".headline h2")).to_have_text("Jan de Wit")


def test_a_mailbox_that_still_answers_is_not_called_lost(open_desk: OpenDesk) -> None:
    """Beside the picture it says when the licence went."""
    desk = open_desk("read", "today?find=sofie")

    desk.page.locator("[data-active]").first.focus()
    panel = desk.page.locator(".close-up")
    expect(panel).to_contain_text("Licence lost")
    expect(panel.get_by_text("Lost", exact=True)).to_have_count(0)


def test_a_slash_leads_to_the_search_from_anywhere(open_desk: OpenDesk) -> None:
    """A name typed there opens Bring back with that person."""
    desk = open_desk("all", "history")

    desk.page.keyboard.press("/")
    desk.page.keyboard.type("anna.berg@contoso.example")
    desk.page.keyboard.press("Enter")

    expect(desk.page.locator(".headline h2")).to_have_text("Anna Berg")


def test_a_reader_searches_the_picture_instead(open_desk: OpenDesk) -> None:
    """Who may not restore is led to whom they may see."""
    desk = open_desk("read", "history")

    desk.find("combobox", "Find a person").fill("holm")
    desk.page.keyboard.press("Enter")

    expect(desk.page.locator(".loss")).to_have_count(1)


def test_the_search_shows_whom_it_finds_and_leads_to_the_one_that_fits(
    open_desk: OpenDesk,
) -> None:
    """A part of a name is enough; of several the reader chooses, and nobody goes in a circle."""
    desk = open_desk("all", "history")
    field = desk.find("combobox", "Find a person")
    field.press_sequentially("ber")
    proposals = desk.page.get_by_role("option")
    expect(proposals.first).to_contain_text("Anna Berg")
    assert desk.violations() == []

    field.fill("sofie")
    field.press("Enter")
    expect(desk.page.locator(".headline h2")).to_have_text("Sofie Lund")
    expect(field).to_have_value("")

    field.fill("contoso")
    field.press("Enter")
    expect(proposals.nth(1)).to_be_visible()
    expect(desk.page.locator(".headline h2")).to_have_text("Sofie Lund")
    field.press("ArrowDown")
    field.press("Enter")
    expect(desk.page.locator(".headline h2")).not_to_have_text("Sofie Lund")


def test_ten_thousand_people_are_a_picture_at_once(open_desk: OpenDesk) -> None:
    """The first page is shown while the others come, and only the rows in sight are in the page."""
    desk = open_desk("read~many", "history")
    held = HeldRequests(desk.page, "**/api/losses?*skipToken*")
    desk.page.goto("about:blank")
    desk.page.goto(desk.address("today"))
    desk.page.wait_for_selector(".loss")

    expect(desk.page.locator(".figures b").first).to_have_text("100+")
    expect(desk.page.locator(".picture-foot .read")).to_have_text("100 people read so far …")
    held.let_go()
    expect(desk.page.locator(".figures b").first).to_have_text(f"{MANY:,}")
    assert desk.page.locator(".loss").count() < 40
    assert len(desk.asked("losses")) == PAGES
    desk.page.locator("[data-active]").first.focus()
    desk.page.keyboard.press("End")
    expect(desk.page.locator(".loss", has_text="Lotte Visser")).to_be_visible()
    desk.find("searchbox", "Name, address or licence").fill("greta dahl")
    expect(desk.page.locator(".found")).to_have_text(re.compile(r"^\d+ of 10,000$"))


def test_what_works_waits_and_failed_is_told_below(open_desk: OpenDesk) -> None:
    """Each with its reason and its next step, and a link to all of it."""
    desk = open_desk("read", "today")
    text = desk.main().inner_text()

    for words in (
        "Waits for a free seat of Office 365 E3; two others asked first.",
        "looks again today at 11:46",
        "Have an administrator grant it, then try again.",
        "3 more Office 365 E3 would bring all of them back.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("short", "view", "words"),
    [
        (3, "today", "3 more Office 365 E3 would bring back all whose licence is known."),
        (0, "today", "2 people need a seat that is not counted here"),
        (3, "report", "you need at least 3 more Office 365 E3. 2 people need a seat"),
        (0, "report", "2 people need a seat that is not counted here"),
    ],
)
def test_seats_that_nobody_can_count_yet_are_no_comfort(
    open_desk: OpenDesk, short: int, view: str, words: str
) -> None:
    """As long as a licence is not known, no sum brings all of them back."""
    desk = open_desk("read", "history")
    sku = {"skuId": "x", "name": "Office 365 E3", "needed": 9, "free": 6, "short": short}
    document = {"value": [sku], "licenseUnknown": 2}
    desk.page.route("**/api/losses/capacity", lambda route: route.fulfill(json=document))

    desk.page.goto(desk.address(view))

    expect(desk.main()).to_contain_text(words)
    for comfort in ("bring all of them back", "seats enough"):
        expect(desk.main()).not_to_contain_text(comfort)
