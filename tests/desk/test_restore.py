"""Bring back: near names, findings with their way out, the choices that matter, live steps."""

import re

from playwright.sync_api import expect

from tests.desk.conftest import OpenDesk
from tests.desk.opened import Look
from tests.desk.standin.restores import ME, an_id

ANNA = "restore?user=anna.berg%40contoso.example"
JAN = "restore?user=jan.dewit%40contoso.example"
SUCCEEDED, FAILED, WAITING = an_id(11), an_id(8), an_id(6)


def test_near_names_are_proposed_as_one_types(open_desk: OpenDesk) -> None:
    """By keyboard alone: type, down, Enter, and the person is checked."""
    desk = open_desk("read+request", "restore")
    field = desk.find("combobox", "Who")
    expect(field).to_be_focused()

    field.press_sequentially("mik")
    expect(desk.find("option", "Mikkel Holm")).to_be_visible()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    field.press("Enter")

    expect(desk.page.locator(".headline h2")).to_have_text("Mikkel Holm")
    button = desk.find("button", "Restore Mikkel Holm and give back Office 365 E3")
    expect(button).to_be_enabled()


def test_who_may_not_list_is_told_so_and_opens_what_is_their_own(open_desk: OpenDesk) -> None:
    """By its id, as somebody has noted it; whoever may read has the history in its place."""
    own = "Sent from this browser"
    desk = open_desk("read+request", "restore")
    expect(desk.find("heading", own)).not_to_be_visible()

    desk = open_desk("request", "restore")
    expect(desk.find("heading", own)).to_be_visible()
    expect(desk.main()).to_contain_text("To list all restores takes the role Restore.Read.")
    assert desk.violations() == []
    one = next(one for one in desk.world.restores if one.by == ME)
    field = desk.page.get_by_label("Id of a restore")
    field.fill(f" {one.id} ")
    field.press("Enter")

    expect(desk.page.locator("main h1")).to_have_text("Tom Mulder")


def test_whoever_is_opened_by_the_id_is_shown_with_name_and_address(open_desk: OpenDesk) -> None:
    """The field has a number then, as it does from the list of today: nobody knows people by it."""
    desk = open_desk("read+request", "today")

    desk.page.locator(".loss-name").first.click()

    head = desk.page.locator(".headline")
    expect(head.locator("h2")).to_have_text("Reception Aarhus")
    expect(head.locator(".person-address")).to_have_text("reception.aarhus@contoso.example")


def test_a_name_that_nobody_has_leads_to_those_that_are_near(open_desk: OpenDesk) -> None:
    """Also for a caller who may not list: the check alone proposes."""
    desk = open_desk("request", "restore?user=ana.berg")

    expect(desk.main()).to_contain_text("Nobody, active or deleted, is called so.")
    desk.find("button", "Anna Berg").click()
    expect(desk.find("button", re.compile("Give back .* to"))).to_be_enabled()
    assert desk.asked("losses") == []


def test_a_whole_address_is_looked_up_by_a_button(open_desk: OpenDesk) -> None:
    """Whoever may not list gets no proposals to take, and need not know of the key Enter."""
    desk = open_desk("request", "restore")
    assert desk.page.get_by_role("button", name="Look up").count() == 0

    desk.find("combobox", "Who").press_sequentially("anna.berg@contoso.example")
    desk.find("button", "Look up").click()

    expect(desk.find("button", re.compile("Give back .* to"))).to_be_enabled()
    assert desk.page.get_by_role("button", name="Look up").count() == 0


def test_a_part_of_a_name_is_not_told_as_the_person_whom_it_is_like(open_desk: OpenDesk) -> None:
    """The check has found nobody, so nobody's name stands above what it says."""
    desk = open_desk("read+request", "restore?user=mikkel.hol")

    expect(desk.main()).to_contain_text("Nobody, active or deleted, is called so.")
    expect(desk.page.locator("section h2").first).to_have_text("mikkel.hol")


def test_blocks_come_first_and_lead_to_the_choice_that_answers_them(open_desk: OpenDesk) -> None:
    """Each block has its fix, its button, and its field; once answered, it is gone."""
    desk = open_desk("read+request+override", JAN)
    button = desk.find("button", "Restore Jan de Wit", exact=True)
    expect(button).to_be_disabled()
    first = desk.page.locator(".finding").first
    assert first.get_attribute("data-severity") == "block"

    desk.find("button", "Give a new name").click()
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("jan2@contoso.example")
    desk.page.get_by_label("Leave out addresses that somebody else has now").check()

    expect(button).to_be_enabled()
    expect(desk.page.locator(".finding[data-severity=block]")).to_have_count(0)


def test_only_choices_that_matter_and_that_one_may_make_are_there(open_desk: OpenDesk) -> None:
    """Without Override no protection can be set aside; without a finding nothing is asked."""
    desk = open_desk("read+request", JAN)
    expect(desk.page.get_by_label("New user name")).to_be_visible()
    assert desk.page.get_by_label("Leave out addresses").count() == 0
    assert desk.page.get_by_label("Use it in any case").count() == 0
    assert desk.page.get_by_role("radio", name="Office 365 E1").count() == 0

    anna = open_desk("read+request", ANNA)
    assert anna.page.get_by_label("New user name").count() == 0
    expect(anna.find("radio", "What was lost: Office 365 E3")).to_be_checked()
    assert anna.find("radio", "Microsoft 365 Business Basic").count() == 0


def test_a_restore_is_sent_once_and_followed_to_its_end(open_desk: OpenDesk) -> None:
    """The button says what happens; steps come live; the outcome has its words."""
    desk = open_desk("read+request", ANNA)
    desk.page.get_by_label("Reason").fill("Removed by mistake")
    desk.page.get_by_label("Ticket").fill("INC-1")

    desk.find("button", "Give back Office 365 E3 to Anna Berg").dblclick()

    expect(desk.page.locator("main h1")).to_have_text("Anna Berg")
    expect(desk.page.locator(".outcome")).to_contain_text("The mailbox is back and answers")
    assert len(desk.asked("restores", "POST")) == 1
    made = desk.world.restores[0]
    assert (made.reason, made.ticket) == ("Removed by mistake", "INC-1")
    assert len(desk.world.keys) == 1
    expect(desk.page.locator("#said")).to_contain_text("The mailbox is back")


def test_what_was_typed_survives_leaving_and_a_reload(open_desk: OpenDesk) -> None:
    """Nothing is lost by looking something up in between."""
    desk = open_desk("read+request", ANNA)
    desk.page.get_by_label("Reason").fill("Half a sentence")

    desk.page.locator("nav.side").get_by_text("History").click()
    desk.page.go_back()
    expect(desk.page.get_by_label("Reason")).to_have_value("Half a sentence")
    desk.page.reload()
    expect(desk.page.get_by_label("Reason")).to_have_value("Half a sentence")


def test_another_kind_or_a_later_time_is_a_choice_behind_a_fold(open_desk: OpenDesk) -> None:
    """The button then says when; the request carries the instant in UTC."""
    desk = open_desk("read+request", "restore?user=emma.jansen%40contoso.example")
    desk.page.get_by_text("Another kind, or later").click()
    desk.page.get_by_label("Not before").fill("2026-12-01T18:00")
    desk.page.get_by_label("Not before").press("Tab")

    desk.find("button", "Restore Emma Jansen today at 18:00").click()
    expect(desk.page.locator("main h1")).to_have_text("Emma Jansen")


def test_a_check_without_an_answer_holds_up_nobody(open_desk: OpenDesk) -> None:
    """The restore checks all of it again, so it can be sent without."""
    desk = open_desk("read+request~broken", ANNA)

    expect(desk.main()).to_contain_text("The ledger cannot be reached.")
    expect(desk.find("button", "without this check")).to_be_enabled()


def test_one_restore_tells_all_that_is_known_of_it(open_desk: OpenDesk) -> None:
    """Steps, evidence, who and why, and the journal with its ids folded away."""
    desk = open_desk("read", f"restores/{SUCCEEDED}")
    text = desk.main().inner_text()

    for words in ("The mailbox is back and answers", "INC-20377", "date of the deletion"):
        assert words in text
    assert desk.page.locator(".moment").count() == 9
    folded = desk.page.locator(".moment").nth(3).locator("details")
    assert not folded.locator("code").first.is_visible()
    folded.locator("summary").click()
    assert folded.get_by_text("7d1c3f0e-52a4-4c0e-9a3e-2f4a8d1b77aa").is_visible()
    assert desk.find("button", "Undo").count() == 0


def test_the_journal_goes_home_as_a_file(open_desk: OpenDesk) -> None:
    """For the auditor: a table, with the mark that a spreadsheet needs."""
    desk = open_desk("read", f"restores/{SUCCEEDED}")

    with desk.page.expect_download() as waiting:
        desk.find("button", "Save as CSV").click()

    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbfat,what,step\r\n")
    assert content.count(b"\r\n") == 10


def test_undoing_asks_for_a_reason_and_leads_to_the_undo(open_desk: OpenDesk) -> None:
    """Admin alone; the dialog says what is taken back."""
    desk = open_desk("all", f"restores/{SUCCEEDED}")
    desk.find("button", "Undo").click()
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("the licence is removed, or the user is deleted again")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    assert desk.violations() == []

    dialog.get_by_role("textbox").fill("Wrong person")
    dialog.get_by_role("button", name="Undo").click()

    expect(desk.page.locator(".outcome")).to_contain_text("Taken back.")
    assert desk.world.restores[0].reason == "Wrong person"
    desk.find("link", "undoes another restore").click()
    expect(desk.find("link", "was undone")).to_be_visible()
    assert desk.find("button", "Undo").count() == 0


def test_a_no_to_an_undo_is_told_in_the_dialog(open_desk: OpenDesk) -> None:
    """With the service's own fix; the typed reason stays."""
    desk = open_desk("all", f"restores/{an_id(13)}")
    desk.find("button", "Undo").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Because")
    dialog.get_by_role("button", name="Undo").click()

    expect(dialog).to_contain_text("Undoing is switched off here")
    expect(dialog).to_contain_text("Remove the licence by hand.")
    expect(dialog.get_by_role("textbox")).to_have_value("Because")
    desk.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_an_admin_retries_and_others_ask_anew(open_desk: OpenDesk) -> None:
    """What one may not do is not there."""
    admin = open_desk("all", f"restores/{FAILED}")
    admin.find("button", "Try again").click()
    admin.page.get_by_role("dialog").get_by_role("button", name="Try again").click()
    expect(admin.page.locator(".outcome")).to_contain_text("The mailbox is back")

    other = open_desk("read+request", f"restores/{FAILED}")
    assert other.find("button", "Try again").count() == 0
    other.find("link", "Ask for it anew").click()
    expect(other.page.locator(".headline h2")).to_be_visible()


def test_a_wait_says_for_what_and_until_when(open_desk: OpenDesk) -> None:
    """And how long it waits at most."""
    text = open_desk("read", f"restores/{WAITING}").main().inner_text()

    assert "Waits for a free seat of Office 365 E3" in text
    assert "The service looks again today at 11:46." in text
    assert "It waits at most until the window ends" in text


def test_a_restore_that_is_not_there_says_what_to_do(open_desk: OpenDesk) -> None:
    """The service's own words, and no empty page."""
    desk = open_desk("read", f"restores/{an_id(4242)}")

    expect(desk.main()).to_contain_text("finished ones are kept for 90 days")
    expect(desk.main()).to_contain_text("Look for the person in the history.")


def test_danish_all_the_way_down(open_desk: OpenDesk) -> None:
    """Words of the page and of the service, in one language."""
    desk = open_desk("all", JAN, Look(language="da-DK"))

    text = desk.main().inner_text()
    assert "Navnet jan.dewit@contoso.example tilhører nu en anden." in text
    assert "Giv et nyt navn" in text
    expect(desk.find("button", "Gendan Jan de Wit", exact=True)).to_be_disabled()


def test_the_tab_key_leads_from_the_name_to_the_button_that_sends(open_desk: OpenDesk) -> None:
    """No field keeps the keyboard, although each of them paints the view when it is left."""
    desk = open_desk("all", "restore?user=anna.berg%40contoso.example")
    desk.page.locator("#person").focus()

    for _ in range(20):
        desk.page.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.matches('.send button')"):
            break
    desk.page.keyboard.press("Enter")

    expect(desk.page.locator("main h1")).to_have_text("Anna Berg")
