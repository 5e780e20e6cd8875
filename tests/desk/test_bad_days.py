"""A service that fails midway, a gateway that answers for it, and a page that did not load."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.desk.conftest import OpenDesk
from tests.desk.opened import Desk, Look
from tests.desk.standin.restores import an_id

RUNNING, DONE = an_id(1), an_id(11)
_FAULT = {
    "title": "Not now",
    "status": 503,
    "detail": "The ledger cannot be reached.",
    "code": "storage-unavailable",
    "fix": "Look at the storage account.",
    "errors": [],
}


def _gateway(route: Route) -> None:
    route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")


def _fault(route: Route) -> None:
    route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(_FAULT))


@pytest.mark.parametrize("answer", [_gateway, _fault, Route.abort])
def test_a_restore_without_a_clear_answer_is_sent_again_as_the_same(
    open_desk: OpenDesk, answer: Callable[[Route], None]
) -> None:
    """Whoever presses the button twice has asked once, whatever came between."""
    desk = open_desk("all", "restore?user=anna.berg%40contoso.example")
    keys: list[str | None] = []

    def first_lost(route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) == 1:
            answer(route)
        else:
            route.fallback()

    desk.page.route("**/api/restores", first_lost)
    send = desk.find("button", "Give back Office 365 E3")
    send.click()
    expect(desk.main().get_by_role("alert")).to_be_visible()
    send.click()

    expect(desk.page.locator("main h1")).to_have_text("Anna Berg")
    assert len(keys) == 2
    assert keys[0] == keys[1] is not None


def test_a_restore_that_is_followed_stays_in_sight_while_the_service_fails(
    open_desk: OpenDesk,
) -> None:
    """The reason stands above it, with what to do."""
    desk = open_desk("all", f"restores/{RUNNING}")
    expect(desk.page.locator(".steps li").first).to_be_visible()
    desk.page.route(f"**/api/restores/{RUNNING}", _fault)

    alert = desk.main().get_by_role("alert")
    expect(alert).to_contain_text("Look at the storage account.")
    expect(desk.page.locator(".steps li").first).to_be_visible()
    assert desk.violations() == []


def test_a_view_whose_file_did_not_come_is_not_called_a_newer_version(open_desk: OpenDesk) -> None:
    """Only a page of another version is one."""
    desk = open_desk("all", "today")
    desk.page.route("**/views/status.js", lambda route: route.abort())
    desk.page.locator("nav.side").get_by_text("Status").click()

    expect(desk.page.locator(".bar")).to_contain_text("A part of this page did not load.")
    desk.errors.clear()


def test_a_page_that_never_came_to_life_says_so(open_desk: OpenDesk) -> None:
    """No script of ours runs then: the words stand in the page, in both languages."""
    desk = open_desk("all", "today")
    expect(desk.page.locator("#late")).to_be_hidden()
    desk.page.route("**/words/en.json", lambda route: route.abort())

    desk.page.reload()

    late = desk.page.locator("#late")
    expect(late).to_contain_text("The desk has not loaded yet.")
    late.wait_for(state="visible")
    desk.errors.clear()


def test_seconds_that_pass_are_seen_and_not_heard(open_desk: OpenDesk) -> None:
    """A voice that counts would drown everything else."""
    desk = open_desk("read~busy", "history")
    desk.page.goto(desk.address("today"))

    bar = desk.page.locator(".bar")
    expect(bar.locator("[aria-hidden=true]")).to_contain_text("Asking again in")
    expect(bar.locator(".off-screen")).to_have_text(
        "The service is busy. It is asked again by itself."
    )


def told(desk: Desk, words: str) -> None:
    """Have the finished restore end with these words."""

    def answer(route: Route) -> None:
        document: dict[str, Any] = route.fetch().json()
        document["outcome"]["message"] = words
        route.fulfill(json=document)

    desk.page.route(f"**/api/restores/{DONE}", answer)
    desk.open(f"restores/{DONE}")


@pytest.mark.parametrize(
    ("language", "seen"),
    [("en-GB", "Over since 29 Oct, 13:34 now."), ("da-DK", "Over since 29. okt., 13.34 now.")],
)
def test_times_in_the_services_sentences_are_the_readers_own(
    open_desk: OpenDesk, language: Any, seen: str
) -> None:
    """Two zones side by side would cost somebody an hour; UTC is told on hover and in copies."""
    desk = open_desk("all", "restore", Look(language=language))
    told(desk, "Over since 2026-10-29 12:34 UTC now.")

    message = desk.page.locator(".outcome-message")
    expect(message).to_have_text(seen)
    expect(message.locator("time")).to_have_attribute("title", "2026-10-29 12:34 UTC")
    expect(desk.page.locator("#said")).to_have_text(seen)
