"""What people do at the desk, in a browser, on the running service from end to end."""

import csv
import io
from pathlib import Path

import pytest

from infra.local.host.web.easy_auth import PEOPLE
from tests.desk.opened import NARROW, Look
from tests.desk.real.conftest import OpenAs
from tests.desk.real.service import Service
from tests.local_http import ask
from tests.waiting import wait_until

# A view's address, and the roles of which any one opens it.
READ, REQUEST, APPROVE, ADMIN = (
    f"Restore.{name}" for name in ("Read", "Request", "Approve", "Admin")
)
SCREENS = {
    "today": {READ},
    "restore": {REQUEST},
    "restore?user=emma.jansen%40contoso.example": {REQUEST},
    "many": {REQUEST},
    "approvals": {APPROVE},
    "history": {READ},
    "failed": {READ},
    "failed?show=unreadable": {READ},
    "failed?show=refused": {READ},
    "report": {READ},
    "guards": {ADMIN},
    "subscriptions": {READ, REQUEST},
    "status": {ADMIN},
    "erasure": {ADMIN},
    "erasure?user=5eed0001-0000-4000-8000-000000000001": {ADMIN},
}
NOTHING = "Nothing here for you"


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_each_screen_for_each_role(open_as: OpenAs, person: object) -> None:
    """What one may not do is not there; of what is there the service refuses nothing."""
    who = next(it for it in PEOPLE if it is person)
    tab = open_as(who.name)

    for screen, roles in SCREENS.items():
        tab.turn_to(screen)
        assert (tab.heading() == NOTHING) != bool(roles & set(who.roles)), screen
        assert tab.page.locator("main [role=alert]").count() == 0, screen
    assert tab.refused == []
    assert tab.elsewhere == []


def test_a_screen_reader_finds_nothing_amiss(open_as: OpenAs) -> None:
    """No violation that axe-core knows of, on what the service itself says."""
    tab = open_as("Ada Linden")

    for screen in SCREENS:
        tab.open(screen)
        assert tab.violations() == [], screen


@pytest.mark.matrix
@pytest.mark.parametrize("language", ["en-GB", "da-DK"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, 1360])
def test_every_screen_in_every_way(open_as: OpenAs, width: int, scheme: str, language: str) -> None:
    """No violation and nothing cut off, in both colours, both languages, narrow and wide."""
    look = Look(width=width, scheme=scheme, language=language)  # type: ignore[arg-type]
    tab = open_as("Ada Linden", "today", look)

    for screen in SCREENS:
        tab.open(screen)
        assert tab.violations() == [], screen
        assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth"), screen
        assert tab.page.locator("html").get_attribute("lang") == language[:2]
    assert tab.refused == []


def test_somebody_is_brought_back(open_as: OpenAs, service: Service) -> None:
    """From the picture of today to the outcome, with what was done in its journal."""
    tab = open_as("Dirk Wacht", "restore?user=femke.schouten%40contoso.example")
    tab.page.get_by_label("Reason").fill("Back from leave")
    tab.page.get_by_label("Ticket").fill("INC-1")
    tab.page.locator(".send button").click()

    tab.page.get_by_text("Femke Schouten").first.wait_for()
    tab.page.locator("main .one-status", has_text="Done").first.wait_for()
    assert "/restores/" in tab.page.url
    [restore] = service.restores(user="femke.schouten@contoso.example")
    assert (restore["status"], restore["reason"], restore["ticket"]) == (
        "succeeded",
        "Back from leave",
        "INC-1",
    )
    assert tab.refused == []
    assert tab.violations() == []


def test_many_come_back_from_a_file(open_as: OpenAs, service: Service, tmp_path: Path) -> None:
    """Each row is checked before anything is sent; the result is a file of the same rows."""
    rows = "User principal name;reason\r\nthijs.brouwer@contoso.example;HR\r\n=nobody@x.example;HR"
    file = tmp_path / "leavers.csv"
    file.write_bytes(f"sep=;\r\n{rows}\r\n".encode("utf-16"))
    tab = open_as("Dirk Wacht", "many")
    before = len(service.restores())
    tab.page.locator("input[type=file]").set_input_files(file)
    tab.page.wait_for_selector("progress[data-done]", state="attached")
    assert [row.input_value() for row in tab.page.locator(".many-row input[type=text]").all()] == [
        "thijs.brouwer@contoso.example",
        "=nobody@x.example",
    ]
    assert tab.violations() == []
    assert len(service.restores()) == before

    tab.page.locator("button.main").last.click()
    tab.page.wait_for_url("**/many/*")
    wait_until(
        lambda: [
            one
            for one in service.restores(user="thijs.brouwer@contoso.example")
            if one["status"] == "succeeded"
        ],
    )
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="CSV").first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert next(csv.reader(io.StringIO(text)))[:3] == ["index", "user", "status"]
    assert tab.refused == []


def test_what_waits_is_approved_by_somebody_else(open_as: OpenAs, service: Service) -> None:
    """Whoever approves sees the plan, and the restore goes on."""
    tab = open_as("Pia Goed", "approvals")
    tab.page.get_by_text("Milan Koster").first.wait_for()

    tab.page.get_by_role("button", name="Approve", exact=True).first.click()
    tab.page.locator("dialog[open] button.main").click()
    tab.page.locator("dialog[open]").wait_for(state="detached")

    [restore] = service.restores(user="milan.koster@contoso.example")
    approval = restore["approval"]
    assert isinstance(approval, dict)
    assert approval["decision"] == "approved"
    assert tab.refused == []


def test_a_guard_is_added_with_its_findings_and_removed(open_as: OpenAs) -> None:
    """The list shows it at once, and no more after the question."""
    tab = open_as("Ada Linden", "guards")
    tab.page.get_by_label("Name, address or object id").fill("kees.prins@contoso.example")
    tab.page.get_by_role("button", name="Add the guard").click()
    card = tab.page.locator("main li, main article", has_text="kees.prins@contoso.example").last
    card.wait_for()
    assert tab.violations() == []

    card.get_by_role("button", name="Remove").click()
    tab.page.locator("dialog[open] button").last.click()
    tab.page.locator("dialog[open]").wait_for(state="detached")
    assert tab.refused == []


def test_a_failed_restore_is_tried_again_and_its_journal_tells(
    open_as: OpenAs, service: Service
) -> None:
    """By the page of failures; nothing but a next attempt of the same restore comes of it."""
    tab = open_as("Ada Linden", "failed")
    tab.page.get_by_role("checkbox").first.check()
    tab.page.locator(".head-row button.main, main button.main").first.click()

    restore = wait_until(lambda: _failed_again(service)) or {}
    tab.open(f"restores/{restore['id']}")
    assert (tab.heading(), restore["attempts"]) == ("Noortje Hoek", 2)
    assert "Another attempt" in tab.main().inner_text()
    assert tab.violations() == []
    assert tab.refused == []


def _failed_again(service: Service) -> dict[str, object] | None:
    [restore] = service.restores(user="noortje.hoek@contoso.example")
    is_over = (restore["status"], restore["attempts"]) == ("failed", 2)
    return restore if is_over else None


def test_a_change_that_another_site_sends_is_refused(open_as: OpenAs, service: Service) -> None:
    """With the session's cookie and without the page's own header nothing is begun."""
    tab = open_as("Dirk Wacht")
    [cookie] = [it for it in tab.page.context.cookies() if it["name"] == "AppServiceAuthSession"]
    jar = {cookie["name"]: cookie["value"]}
    body = {"kind": "mailbox", "user": "emma.jansen@contoso.example"}
    before = len(service.restores())

    foreign = ask("POST", f"{service.url}/api/restores", json=body, cookies=jar)
    me = ask("GET", f"{service.url}/.auth/me", cookies=jar)

    assert (foreign.status_code, foreign.json()["code"]) == (403, "cross-site")
    assert me.json()[0]["user_id"] == "dirk.wacht@contoso.example"
    assert cookie["httpOnly"]
    assert len(service.restores()) == before


def test_whoever_signs_out_is_nobody(open_as: OpenAs, service: Service) -> None:
    """The session ends with it, on the service's side as well."""
    tab = open_as("Ron Lees")
    cookies = {it["name"]: it["value"] for it in tab.page.context.cookies()}

    tab.page.goto(f"{service.url}/.auth/logout?post_logout_redirect_uri=/api/desk")
    tab.page.wait_for_selector("main a.button.main")

    asked = {"Sec-Fetch-Mode": "cors"}
    answer = ask("GET", f"{service.url}/api/me", cookies=cookies, headers=asked)
    assert answer.status_code == 401
