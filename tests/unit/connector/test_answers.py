"""The schemas of the descriptions against real documents of the product: they say all, and true."""

import json
from datetime import timedelta

import azure.functions as func
import pytest

from functions.http.health import get_health
from functions.http.replies import list_reply, restore_reply
from functions.http.restores.start_and_read import start_restore
from shared.documents.preflight import preflight_document
from shared.documents.restore import restore_document
from shared.domain.outcomes import Code, Status, outcome
from shared.errors import InvalidRequestError
from shared.intake.requests import parse_http
from shared.intake.subscriptions import parse_subscription
from shared.restore.conclude import finished_event
from tests.builders import NOW, a_deleted_person, a_record
from tests.reading import EVERYBODY
from tests.table.on_fakes import OnFakes
from tests.table.play import preflight, run
from tests.table.row import Row
from tests.table.rows.all import ON_FAKES
from tests.unit.connector.described import faults
from tests.unit.world.watched import Watched

_RENAMED = {"onUpnConflict": "rename"}


def asked(path: str = "restores") -> func.HttpRequest:
    """A request to this path."""
    return func.HttpRequest("GET", f"https://host.example/api/{path}", body=b"")


@pytest.mark.parametrize("row", ON_FAKES, ids=lambda row: row.name)
async def test_every_situation_is_described(row: Row) -> None:
    """The restore accepted, after each run and at its end; and its preflight, whatever it finds."""
    directory = OnFakes(row)
    await directory.load()

    told = await preflight(row, directory) if row.door == "http" else None
    played = await run(row, directory)

    for record in played.history:
        assert faults("Restore", restore_document(record, EVERYBODY, self_link="https://h/x")) == []
    if told is not None and told.preflight is not None:
        assert faults("Preflight", preflight_document(told.preflight, EVERYBODY)) == []


@pytest.mark.parametrize("code", list(Code))
def test_every_outcome_is_described(code: Code) -> None:
    """As the door answers it."""
    reply = restore_reply(a_record().settle(outcome(code), NOW), asked(), EVERYBODY, NOW)

    assert faults("Restore", json.loads(reply.get_body())) == []


def test_a_message_that_was_not_understood_is_described() -> None:
    """A restore without a request: no kind, no user, and what was received."""
    record = a_record(request=None, received="{")

    document = restore_document(record, EVERYBODY)

    assert (document["kind"], document["user"], document["received"]) == (None, None, "{")
    assert faults("Restore", document) == []


def test_a_list_is_described_with_and_without_more() -> None:
    """The last page has no nextLink."""
    for more in (None, "top=1&skipToken=x"):
        reply = list_reply([a_record()], more, asked(), EVERYBODY)

        assert faults("RestoreList", json.loads(reply.get_body())) == []


def test_the_event_of_an_end_is_described() -> None:
    """As it lies on the queue, and as a trigger is sent it."""
    event = finished_event(a_record().settle(outcome(Code.NO_SEAT), NOW), EVERYBODY)

    assert faults("RestoreFinished", event) == []


async def test_the_alert_of_a_closing_window_is_described() -> None:
    """As it lies on the queue, and as a trigger is sent it."""
    world = Watched()
    world.put(a_deleted_person(deleted_at=NOW - timedelta(days=28)))

    await world.look()

    (alert,) = world.alerts("window-closing")
    assert faults("WindowClosing", alert) == []


async def test_a_problem_is_described() -> None:
    """The error document, with its list of faults."""
    reply = await start_restore(func.HttpRequest("POST", "https://h/api/restores", body=b"{"))

    assert reply.mimetype == "application/problem+json"
    assert faults("Problem", json.loads(reply.get_body())) == []


async def test_the_health_is_described() -> None:
    """Status and version."""
    reply = await get_health(asked("health"))

    assert faults("Health", json.loads(reply.get_body())) == []


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("Health", {"status": "ok"}),
        ("Health", {"status": "ok", "version": "1", "more": 1}),
        ("Health", {"status": "good", "version": "1"}),
        ("Restore", {"id": 1}),
    ],
)
def test_a_lie_is_found(name: str, document: object) -> None:
    """A missing field, an unknown one, another value or type."""
    assert faults(name, document) != []


@pytest.mark.parametrize(
    ("body", "is_right"),
    [
        ({"kind": "mailbox", "user": "a@b.example"}, True),
        ({"kind": "mailbox", "user": "a@b.example", "license": {"skuPartNumbers": ["E3"]}}, True),
        ({"kind": "mailbox", "user": "a@b.example", "reason": None}, True),
        ({"kind": "mailbox", "user": "a@b.example", "dryRun": None}, True),
        ({"kind": "user", "user": "a@b.example", "onUpnConflict": None}, True),
        (
            {"kind": "user", "user": "a", "license": {"skuIds": None, "skuPartNumbers": ["E3"]}},
            True,
        ),
        ({"kind": "mailbox", "user": None}, False),
        ({"kind": "user", "user": "a", **_RENAMED, "newUserPrincipalName": " a@b.example "}, True),
        ({"kind": "user", "user": "a", **_RENAMED, "newUserPrincipalName": "a@example"}, False),
        ({"kind": "user", "user": "a", **_RENAMED, "newUserPrincipalName": "somebody"}, False),
        ({"kind": "mailbx", "user": "a@b.example"}, False),
        ({"kind": "mailbox"}, False),
        ({"kind": "mailbox", "user": "a@b.example", "usr": 1}, False),
        ({"kind": "mailbox", "user": "a@b.example", "dryRun": "yes"}, False),
        ({"kind": "mailbox", "user": "a@b.example", "idempotencyKey": ""}, True),
    ],
)
def test_the_schema_of_a_request_judges_as_the_door_does(body: object, *, is_right: bool) -> None:
    """What the description allows is accepted, and the other way round."""
    assert is_right == (faults("RestoreRequest", body) == [])
    if is_right:
        parse_http(json.dumps(body).encode(), header_key=None)
        return
    with pytest.raises(InvalidRequestError):
        parse_http(json.dumps(body).encode(), header_key=None)


@pytest.mark.parametrize("status", Status)
def test_the_schema_of_a_subscription_names_the_ends_alone(status: Status) -> None:
    """Nobody is told of a restore that has not ended, so nobody is invited to ask for it."""
    body = {
        "notificationUrl": "https://prod.logic.azure.com/in",
        "event": "restore.finished.v1",
        "statuses": [status],
        "kinds": None,
    }

    assert status.is_final == (faults("SubscriptionRequest", body) == [])
    if not status.is_final:
        with pytest.raises(InvalidRequestError):
            parse_subscription(json.dumps(body).encode(), callback_hosts=["*.logic.azure.com"])
        return
    parse_subscription(json.dumps(body).encode(), callback_hosts=["*.logic.azure.com"])
