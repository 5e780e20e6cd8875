"""What the page says agrees with what the service says, and each of its codes has words."""

import json

from azure.storage.queue import QueueClient

from infra.local.host.web.easy_auth import PEOPLE
from shared.texts.desk import desk_words
from shared.texts.reader import Language
from tests.desk.real.conftest import OpenAs
from tests.desk.real.service import Service
from tests.local_http import ask
from tests.waiting import wait_until

WORDS = desk_words(Language.ENGLISH)


def the_event(service: Service) -> dict[str, object]:
    """The data of a weekly report that is made now."""
    headers = {"X-MS-CLIENT-PRINCIPAL": PEOPLE[0].header}
    url = f"{service.url}/admin/functions/SendWeeklyReport"
    assert ask("POST", url, json={}, headers=headers).is_success
    found = wait_until(lambda: _report(service))
    assert found is not None
    return found


def _report(service: Service) -> dict[str, object] | None:
    with QueueClient.from_connection_string(service.storage, "restore-alerts") as queue:
        events = [json.loads(message.content) for message in queue.peek_messages(32)]
    reports = [event["data"] for event in events if event["type"] == "restore.weekly-report.v1"]
    return reports[-1] if reports else None


def test_the_report_has_the_numbers_of_the_event_and_of_the_capacity(
    open_as: OpenAs, service: Service
) -> None:
    """The same people lost, saved and closing, and the same seats short."""
    event = the_event(service)
    answer = service.ask("GET", "losses/capacity").json()
    capacity, unknown = answer["value"], answer.get("licenseUnknown", 0)
    assert event["seats"] == capacity

    tab = open_as("Ron Lees", "report")

    figures = tab.page.locator(".figures li").all_inner_texts()
    shown = {words: int(count) for count, words in (one.split(maxsplit=1) for one in figures)}
    assert (
        shown["lost and not back yet"],
        shown["brought back"],
        next(count for words, count in shown.items() if "close within a week" in words),
    ) == (event["lost"], event["saved"], event["closing"])
    text = tab.page.locator(".lead-text").inner_text()
    # Whose licence went is known of some people only later, and of some of them never.
    is_counted = unknown == 0 or any(seats["short"] for seats in capacity)
    assert (f"all {event['people']} people back" in text) == is_counted
    assert ("not counted here" in text) == (unknown > 0)
    for seats in capacity:
        assert (f"{seats['short']} more {seats['name']}" in text) == (seats["short"] > 0)
    assert tab.refused == []


def test_no_code_of_a_journal_or_of_the_status_is_shown_bare(service: Service) -> None:
    """Whoever reads it at night is told in words."""
    journals = [
        service.ask("GET", f"restores/{one['id']}/journal").json()["value"]
        for one in service.restores()
    ]
    entries = [entry for journal in journals for entry in journal]
    codes = {f"journal.{entry['what']}" for entry in entries}
    codes |= {f"step.{entry['step']}" for entry in entries if entry["step"]}
    names = [one["name"] for one in service.ask("GET", "status").json()["checks"]]
    codes |= {f"check.{name.split()[0]}" for name in names}
    codes |= {f"check-part.{name.split()[1]}" for name in names if name.startswith("permissions ")}

    assert len(codes) > 20
    assert codes - set(WORDS) == set()
