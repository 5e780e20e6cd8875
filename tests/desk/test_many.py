"""Many: a list is read, checked within the limits, mended, sent once, and followed."""

import json
import re

from playwright.sync_api import expect

from tests.desk.conftest import OpenDesk
from tests.desk.opened import Desk
from tests.desk.standin.restores import BATCH

LIST = """user;reason
anna.berg@contoso.example;back from leave
jan.dewit@contoso.example;
ana.berg@contoso.example;
;nobody
emma.jansen@contoso.example;
"""


def check(desk: Desk, text: str) -> None:
    """Paste a list and have it checked."""
    desk.page.get_by_label("A list of people").fill(text)
    desk.find("button", "Check the list").click()


def test_each_row_says_how_it_stands_before_anything_is_sent(open_desk: OpenDesk) -> None:
    """Ready, blocked with its reason, or not understood, with the line of the file."""
    desk = open_desk("read+request", "many")
    check(desk, LIST)

    expect(desk.page.get_by_text("2 ready, 2 blocked, 1 not understood")).to_be_visible()
    rows = desk.page.locator(".many-row")
    expect(rows.nth(0)).to_contain_text("Closing")
    expect(rows.nth(1)).to_contain_text("belongs to somebody else now")
    expect(rows.nth(3)).to_contain_text("Nobody is named.")
    assert rows.nth(3).locator(".many-line").inner_text() == "5"
    assert desk.asked("batches", "POST") == []
    assert desk.violations() == []


def test_a_row_is_mended_in_its_cell(open_desk: OpenDesk) -> None:
    """By a near name or by typing; it is checked again at once, also against the other rows."""
    desk = open_desk("read+request", "many")
    check(desk, LIST)

    desk.find("button", "anna.berg@contoso.example").first.click()
    expect(desk.page.get_by_text("2 ready, 1 blocked, 1 not understood")).to_be_visible()
    expect(desk.page.locator(".many-row").nth(2)).to_contain_text("as in line 2")
    field = desk.page.get_by_label("Person of line 5")
    field.fill("bram.bakker@contoso.example")
    field.press("Enter")

    expect(desk.page.get_by_text("3 ready, 1 blocked, 0 not understood")).to_be_visible()


def test_the_keyboard_goes_from_row_to_row(open_desk: OpenDesk) -> None:
    """Up and down lead to the next cell, also to that of a row without a button."""
    desk = open_desk("read+request", "many")
    check(desk, LIST)
    expect(desk.page.get_by_text("2 ready, 2 blocked, 1 not understood")).to_be_visible()
    desk.page.get_by_label("Person of line 2").focus()

    for line in (3, 4, 5):
        desk.page.keyboard.press("ArrowDown")
        expect(desk.page.get_by_label(f"Person of line {line}")).to_be_focused()
    desk.page.keyboard.type("bram.bakker@contoso.example")
    desk.page.keyboard.press("ArrowUp")

    expect(desk.page.get_by_text("3 ready, 2 blocked, 0 not understood")).to_be_visible()
    described = desk.page.get_by_label("Person of line 3").get_attribute("aria-describedby")
    assert described is not None
    heard = " ".join(desk.page.locator(f"#{name}").inner_text() for name in described.split())
    assert "blocked" in heard
    assert "belongs to somebody else now" in heard


def test_blocked_rows_are_left_out_unless_somebody_ticks_them(open_desk: OpenDesk) -> None:
    """The button counts what will be sent; one order, with one key, and reasons kept."""
    desk = open_desk("read+request", "many")
    check(desk, LIST)
    expect(desk.find("button", "Send 2 requests")).to_be_enabled()
    desk.page.get_by_label("send it all the same").first.check()
    desk.page.get_by_label("Reason for all of them").fill("Merger")

    desk.find("button", "Send 3 requests").click()

    expect(desk.page.locator("main h1")).to_have_text("The batch of 3 people has ended")
    made = [one for one in desk.world.restores if one.is_live]
    assert sorted(str(one.reason) for one in made) == ["Merger", "Merger", "back from leave"]
    assert len(desk.asked("batches", "POST")) == 1


def test_a_batch_is_followed_and_its_result_is_a_file(open_desk: OpenDesk) -> None:
    """Counts and rows with their words; rows by status; what waits for an approval is told."""
    desk = open_desk("all", f"many/{BATCH}")

    expect(desk.page.get_by_text("2 wait for an approval.")).to_be_visible()
    expect(desk.page.locator(".batch-row").first).to_contain_text("Waits for the approval")
    with desk.page.expect_download() as waiting:
        desk.find("button", "Save as CSV").click()
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbfindex,status\r\n")
    desk.find("button", "Waiting 2").click()
    assert desk.page.url.endswith("?status=waiting")


def test_a_file_of_any_kind_that_excel_saves_is_read(open_desk: OpenDesk) -> None:
    """UTF-16 with tabs, as "Unicode text" has it; anything else says how to save it."""
    desk = open_desk("read+request", "many")
    picker = desk.page.locator("input[type=file]")

    latin = "user;reason\nsøren;x".encode("latin-1")
    picker.set_input_files({"name": "old.csv", "mimeType": "text/csv", "buffer": latin})
    expect(desk.page.get_by_role("alert")).to_contain_text('Save it as "CSV UTF-8"')

    text = "\ufeffuser\treason\r\nsoren.aero@contoso.example\tback\r\n".encode("utf-16-le")
    picker.set_input_files({"name": "list.txt", "mimeType": "text/csv", "buffer": text})
    expect(desk.page.get_by_text("1 ready, 0 blocked, 0 not understood")).to_be_visible()


def test_a_header_that_means_nothing_begins_nothing(open_desk: OpenDesk) -> None:
    """The columns are named as the file does, all at once, and what they may be meant for."""
    desk = open_desk("read+request", "many")
    check(desk, "Mail;Department;Not beforee\nemma.jansen@contoso.example;IT;")

    alert = desk.page.get_by_role("alert")
    expect(alert).to_contain_text(
        "These columns are not known: “Department” and “Not beforee”. Nothing was sent."
    )
    expect(alert).to_contain_text("Did you mean “notBefore” by “Not beforee”?")
    expect(alert).to_contain_text("names under “Which columns are understood”")
    expect(alert).not_to_contain_text("newUserPrincipalName")
    assert desk.page.get_by_label("A list of people").input_value().startswith("Mail;Dep")
    assert desk.violations() == []


def test_columns_that_nobody_knows_are_left_out_where_somebody_says_so(
    open_desk: OpenDesk,
) -> None:
    """A file of the personnel office has many: nothing of them is sent, nobody edits it."""
    desk = open_desk("read+request", "many")
    text = "Mail;Department;Reason\nemma.jansen@contoso.example;IT;back from leave\n"
    picker = desk.page.locator("input[type=file]")
    picker.set_input_files({"name": "hr.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(desk.page.get_by_role("alert")).to_contain_text("This column is not known: “Department”")

    desk.find("button", "Leave it out and check the list").click()
    with desk.page.expect_request("**/api/batches") as sent:
        desk.find("button", "Send 1 request").click()

    assert json.loads(sent.value.post_data or "{}")["restores"] == [
        {
            "kind": "mailbox",
            "user": "emma.jansen@contoso.example",
            "reason": "back from leave",
        }
    ]


def test_a_header_that_names_nobody_says_what_the_file_has(open_desk: OpenDesk) -> None:
    """No column can be left out then: what is missing is the one with the people."""
    desk = open_desk("read+request", "many")
    check(desk, "Navn;Kontakt\nEmma;emma.jansen@contoso.example")

    alert = desk.page.get_by_role("alert")
    expect(alert).to_contain_text("The first line has “Navn” and “Kontakt”: call the column with")
    assert alert.get_by_role("button").count() == 0


def test_who_is_named_twice_is_seen_before_anything_is_sent(open_desk: OpenDesk) -> None:
    """The second row says so at once, stays behind, and can be sent all the same."""
    desk = open_desk("read+request", "many")
    check(
        desk, "emma.jansen@contoso.example\nanna.berg@contoso.example\nEmma.Jansen@contoso.example"
    )

    expect(desk.main()).to_contain_text("2 ready, 0 blocked, 0 not understood · 1 row named twice")
    again = desk.page.locator(".many-row").nth(2)
    expect(again).to_contain_text("The same address as in line 1")
    expect(again.locator(".many-mark")).to_have_text("named twice")
    expect(desk.find("button", "Send 2 requests")).to_be_enabled()
    assert desk.violations() == []

    again.get_by_label("send it all the same").check()
    expect(desk.find("button", "Send 3 requests")).to_be_enabled()
    again.get_by_label("send it all the same").uncheck()
    field = desk.page.get_by_label("Person of line 3")
    field.fill("bram.bakker@contoso.example")
    field.press("Enter")

    expect(desk.main()).to_contain_text("3 ready, 0 blocked, 0 not understood")
    expect(again).not_to_contain_text("The same address")


def test_a_long_list_is_checked_within_the_limits_of_one_caller(open_desk: OpenDesk) -> None:
    """A few first, then a hundred at once; never more than 600 in the first minute."""
    desk = open_desk("request~many", "many")
    people = [loss.row["userPrincipalName"] for loss in desk.world.losses[:1000]]
    check(desk, "user\n" + "\n".join(people))

    expect(desk.page.get_by_text(re.compile("490 more"))).to_be_visible()
    assert len(desk.asked("checks", "POST")) == 6
    assert desk.page.locator(".many-row").count() < 40
    check_of_too_many = "user\n" + "\n".join(f"p{at}@x.example" for at in range(1001))
    desk.find("button", "Start over").click()
    check(desk, check_of_too_many)
    expect(desk.page.get_by_role("alert")).to_contain_text("1,001 rows; one order takes 1,000")


def test_one_bad_value_does_not_stop_the_check_of_the_others(open_desk: OpenDesk) -> None:
    """A "no" to the whole call names its rows: those are invalid, the rest is asked again."""
    desk = open_desk("read+request", "many")
    check(desk, "user\nanna berg@contoso.example\nemma.jansen@contoso.example\n")

    expect(desk.page.get_by_text("1 ready, 0 blocked, 1 not understood")).to_be_visible()
    expect(desk.page.locator(".many-row").first).to_contain_text("“user” holds a space")


def test_a_pasted_list_survives_a_reload(open_desk: OpenDesk) -> None:
    """It is kept for the tab until it was sent."""
    desk = open_desk("read+request", "many")
    desk.page.get_by_label("A list of people").fill(LIST)

    desk.page.reload()

    expect(desk.page.get_by_label("A list of people")).to_have_value(LIST)


def test_a_batch_that_got_no_answer_is_sent_again_under_the_same_key(open_desk: OpenDesk) -> None:
    """Nobody can tell whether it arrived, so the second sending has to be the same order."""
    desk = open_desk("read+request", "many")
    check(desk, "emma.jansen@contoso.example")
    keys: list[str] = []

    def drop(route: object, request: object) -> None:
        keys.append(json.loads(request.post_data or "{}")["idempotencyKey"])  # type: ignore[attr-defined]
        if len(keys) == 1:
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    desk.page.route("**/api/batches", drop)
    desk.find("button", "Send 1 request").click()
    expect(desk.main()).to_contain_text("nobody can tell yet whether it arrived")
    desk.find("button", "Send 1 request").click()

    expect(desk.page.locator("main h1")).to_contain_text("1 person")
    assert keys[0] == keys[1]
