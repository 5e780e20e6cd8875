"""History, Failed, Guards, Subscriptions, Approvals, Status and the report."""

import re

from playwright.sync_api import expect

from tests.desk.conftest import OpenDesk
from tests.desk.standin.restores import OTHER, Restore, an_id

# The addresses that do not begin below the name that they belong to.
_BESIDE = """[...document.querySelectorAll("td .person-address")].filter((one) =>
  one.getBoundingClientRect().top < one.parentElement.querySelector(".person-name")
    .getBoundingClientRect().bottom - 1).map((one) => one.textContent)"""


def test_history_is_filtered_by_the_service_and_linked_by_the_address(open_desk: OpenDesk) -> None:
    """Whole days of the reader; the last one belongs to it."""
    desk = open_desk("read", "history")
    desk.page.get_by_label("Status").select_option("cancelled")
    expect(desk.page.locator(".history-row")).to_have_count(1)
    desk.page.get_by_label("From").fill("2026-11-01")
    with desk.page.expect_response(re.compile(r"/api/restores\?.*to=2026-11-30")):
        desk.page.get_by_label("Until").fill("2026-11-30")

    expect(desk.page).to_have_url(re.compile("status=cancelled&from=2026-11-01&to=2026-11-30$"))
    asked = desk.asked("restores")[-1]["query"]
    assert (asked["from"], asked["to"]) == ("2026-10-31T23:00:00.000Z", "2026-11-30T23:00:00.000Z")
    desk.open("history?user=sofie")
    expect(desk.page.locator(".history-row").first).to_contain_text("Sofie Lund")


def test_history_reads_on_as_one_scrolls(open_desk: OpenDesk) -> None:
    """A page at a time; the end says that it is one."""
    desk = open_desk("read", "history")
    world = desk.world
    world.restores += [
        Restore(
            an_id(20_000 + at), f"p{at}@x.example", "succeeded", world.now.replace(year=2025), OTHER
        )
        for at in range(200)
    ]
    desk.open("history")
    expect(desk.page.locator(".read")).to_have_text("100 so far; scroll for more")

    desk.page.locator("[data-active]").first.focus()
    desk.page.keyboard.press("End")
    expect(desk.page.locator(".read")).to_have_text("200 so far; scroll for more")
    desk.page.keyboard.press("End")

    expect(desk.page.locator(".read")).to_have_text("All 276 are shown")


def test_no_key_is_lost_while_rows_leave_and_come(open_desk: OpenDesk) -> None:
    """The list has the focus from the key on until the row that it leads to is in the page."""
    desk = open_desk("read", "history")
    expect(desk.page.locator(".read")).to_have_text("All 76 are shown")
    desk.page.locator("[data-active]").first.focus()
    desk.evaluate(
        """(() => {
            const list = document.querySelector(".long");
            const look = () => (window.isLost ||= !list.contains(document.activeElement));
            new MutationObserver(look).observe(list, { childList: true, subtree: true });
            look();
        })()"""
    )

    desk.page.keyboard.press("End")

    expect(desk.page.locator('[data-index="75"] [data-active]')).to_be_focused()
    assert desk.evaluate("window.isLost") is False


def test_the_list_and_the_trail_go_home_as_files(open_desk: OpenDesk) -> None:
    """The list as a table, the trail as lines that can be checked without the service."""
    desk = open_desk("read", "history")
    with desk.page.expect_download() as listed:
        desk.find("button", "Save as CSV").first.click()
    assert listed.value.suggested_filename == "reprieve-restores.csv"
    assert b"id,createdAt,kind,status" in listed.value.path().read_bytes()

    desk.find("button", "Audit trail").click()
    assert desk.violations() == []
    with desk.page.expect_download() as trail:
        desk.find("button", "NDJSON").click()
    lines = trail.value.path().read_text(encoding="utf-8").splitlines()
    assert all('"previousHash"' in line for line in lines)


def test_failed_are_tried_again_one_or_many(open_desk: OpenDesk) -> None:
    """An Admin selects; what begins again is gone from the list."""
    desk = open_desk("all", "failed")
    expect(desk.page.locator(".failed-row")).to_have_count(3)
    boxes = desk.page.get_by_label("Select for another try")
    boxes.nth(0).check()
    boxes.nth(1).check()

    desk.find("button", "Try 2 again").click()

    expect(desk.page.locator(".failed-row")).to_have_count(1)
    expect(desk.page.locator("#said")).to_have_text("2 restores begin another attempt")
    assert len(desk.asked("restores/retry", "POST")) == 1


def test_who_may_not_retry_sees_no_way_to(open_desk: OpenDesk) -> None:
    """The reasons are there all the same."""
    desk = open_desk("read", "failed")

    assert desk.page.get_by_label("Select for another try").count() == 0
    assert desk.find("button", "Try again").count() == 0
    expect(desk.main()).to_contain_text("Have an administrator grant it, then try again.")


def test_a_message_that_nobody_understood_is_shown_as_it_came(open_desk: OpenDesk) -> None:
    """With the reason and what to do; its text is text."""
    desk = open_desk("all", "failed?show=unreadable")
    expect(desk.page.locator(".failed-row")).to_have_count(1)
    desk.page.get_by_text("What was received").click()

    expect(desk.page.locator("pre")).to_contain_text('"user": "anna.berg@contoso.example"')
    assert desk.page.get_by_label("Select for another try").count() == 0


def test_a_guard_that_would_be_refused_today_says_so_at_once(open_desk: OpenDesk) -> None:
    """Added all the same; its findings stand beside it, and it can be removed."""
    desk = open_desk("all", "guards")
    expect(desk.page.locator(".guard")).to_have_count(3)
    desk.page.get_by_label("Name, address or object id").fill("olga.petrova@contoso.example")
    desk.find("button", "Add the guard").click()

    expect(desk.main()).to_contain_text("is guarded, but a restore would be refused today")
    expect(desk.main()).to_contain_text("holds an administrator's role")
    expect(desk.page.locator(".guard")).to_have_count(4)
    assert desk.violations() == []

    desk.page.locator(".guard").first.get_by_role("button", name="Remove").click()
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Guard olga.petrova@contoso.example no more?")
    dialog.get_by_role("button", name="Remove").click()
    expect(desk.page.locator(".guard")).to_have_count(3)


def test_a_subscription_to_a_host_that_is_not_allowed_says_which_may(open_desk: OpenDesk) -> None:
    """The service's own words at the field's form; an allowed one is listed."""
    desk = open_desk("read+request", "subscriptions")
    expect(desk.page.locator(".guard")).to_have_count(1)
    address = desk.page.get_by_label("Address")
    address.fill("https://evil.example/hook")
    desk.find("button", "Subscribe").click()
    expect(desk.page.get_by_role("alert")).to_contain_text(
        "“Address” evil.example is not a host that CALLBACK_HOSTS allows"
    )

    address.fill("https://prod-1.logic.azure.com/hook")
    desk.find("button", "Subscribe").click()
    expect(desk.page.locator(".guard")).to_have_count(2)
    expect(address).to_have_value("")


def test_who_may_only_request_hears_of_own_restores(open_desk: OpenDesk) -> None:
    """What is about people needs the role to read, and is not offered."""
    desk = open_desk("request", "subscriptions")

    assert desk.page.get_by_label("Event").locator("option").all_inner_texts() == [
        "A restore has ended"
    ]


def test_whom_a_refused_name_could_mean_is_chosen_where_it_says_so(open_desk: OpenDesk) -> None:
    """The fix points to a list of people, and there it is, with a way to bring one of them back."""
    desk = open_desk("read+request", "failed?show=refused")
    anna = next(one.row for one in desk.world.losses if one.row["displayName"] == "Anna Berg")
    for refused in [one for one in desk.world.restores if one.status == "refused"][:2]:
        refused.outcome = "ambiguous-user"
        refused.candidates = ({name: anna[name] for name in ("id", "userPrincipalName", "case")},)
    desk.page.reload()

    row = desk.page.locator(".failed-row").first
    expect(row).to_contain_text("Did you mean")
    assert desk.violations() == []
    row.get_by_role("button", name="anna.berg@contoso.example").click()

    expect(desk.page.locator(".headline h2")).to_have_text("Anna Berg")


def test_an_approval_of_what_would_be_refused_reads_as_on_the_form(open_desk: OpenDesk) -> None:
    """Whoever decides reads what was asked for, by the label that it had for whoever asked."""
    desk = open_desk("approve", "approvals")
    asked = next(one for one in desk.world.restores if one.approval and not one.batch_id)
    asked.approval = {**(asked.approval or {}), "wantedFor": ["override"]}
    desk.page.reload()
    card = desk.page.locator(".approval").first

    expect(card).to_contain_text(
        "Why it waits: a request to go on where it would otherwise be refused."
    )
    expect(card).to_contain_text("(“Bring back all the same”: also if")
    expect(card).not_to_contain_text("acceptRehire")


def test_an_approval_shows_the_plan_and_sends_its_hash(open_desk: OpenDesk) -> None:
    """One's own request cannot be approved; another's leaves the list once it is."""
    desk = open_desk("all", "approvals")
    assert desk.heading() == "4 restores wait for your decision"
    own = desk.page.locator(".approval", has_text="Tom Mulder")
    expect(own).to_contain_text("You asked for this yourself: somebody else has to decide.")
    assert own.get_by_role("button").count() == 0

    other = desk.page.locator(".approval", has_text="Jan de Wit")
    expect(other).to_contain_text("Why it waits: a name or address in use.")
    # What the API says of it, which names what the codes do not.
    expect(other).to_contain_text("Waits for the approval of somebody else.")
    expect(other.locator(".plan li")).to_have_text(
        ["Restore the user", "See that the user is back", "See that the mailbox answers"]
    )
    other.get_by_role("button", name="Approve").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Approve").click()

    expect(desk.page.locator("main h1")).to_have_text("3 restores wait for your decision")
    # The button is gone: the keyboard goes on in the view, not at the top of the page.
    expect(desk.page.locator("main")).to_be_focused()


def test_a_plan_that_has_changed_is_not_approved(open_desk: OpenDesk) -> None:
    """The dialog says so; nothing happens by the old look."""
    desk = open_desk("approve", "approvals")
    waiting = next(one for one in desk.world.restores if one.approval and not one.batch_id)
    waiting.approval = {**(waiting.approval or {}), "planHash": "another"}
    card = desk.page.locator(".approval").first
    card.get_by_role("button", name="Approve").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Approve").click()

    expect(dialog).to_contain_text("The plan is another by now.")
    expect(dialog).to_contain_text("Look at it again, then decide.")


def test_rejecting_needs_a_reason(open_desk: OpenDesk) -> None:
    """Whoever asked reads it."""
    desk = open_desk("approve", "approvals")
    desk.page.locator(".approval").first.get_by_role("button", name="Reject").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Reject").click()
    expect(dialog).to_be_visible()
    assert [one for one in desk.world.seen if one["path"].endswith("/reject")] == []

    dialog.get_by_role("textbox").fill("Left for good")
    dialog.get_by_role("button", name="Reject").click()
    expect(dialog).to_have_count(0)


def test_all_of_a_batch_is_decided_at_once(open_desk: OpenDesk) -> None:
    """By the hash over all its plans."""
    desk = open_desk("all", "approvals")
    desk.find("button", "Approve all").click()
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Approve all 2 restores of this batch?")
    dialog.get_by_role("button", name="Approve").click()

    expect(desk.page.locator("main h1")).to_have_text("2 restores wait for your decision")


def test_status_puts_first_what_needs_attention(open_desk: OpenDesk) -> None:
    """With the service's own fix."""
    desk = open_desk("admin", "status")

    assert desk.heading() == "Something needs attention"
    first = desk.page.locator(".finding").first
    expect(first).to_contain_text("AuditLog.Read.All is missing")
    expect(first).to_contain_text("Privileged Role Administrator")


def test_the_report_has_the_numbers_of_the_service_on_one_page(open_desk: OpenDesk) -> None:
    """The sentence about seats is of the numbers of the capacity; addresses stand below names."""
    desk = open_desk("read", "report")
    text = desk.main().inner_text()

    assert "To bring all 14 people back, you need 3 more Office 365 E3." in text
    assert "The week from Tuesday 24 November to Tuesday 1 December" in text
    # Of whoever has lost nothing yet no window ends.
    assert "1970" not in text
    assert desk.page.evaluate(_BESIDE) == []
    desk.page.emulate_media(media="print")
    assert not desk.page.locator("nav.side").is_visible()
    assert not desk.find("button", "Print").is_visible()
    assert desk.page.locator(".report-part").first.is_visible()
