"""The schemas of the descriptions against real documents of the product: they say all, and true."""

import json

import azure.functions as func
import pytest

from functions.http_health import get_health
from functions.http_restores import start_restore
from functions.replies import list_reply, restore_reply
from shared.domain.document import restore_document
from shared.domain.outcomes import Code, outcome
from shared.domain.preflight import preflight_document
from shared.errors import InvalidRequestError
from shared.intake.requests import parse_http
from shared.restore.check import check
from shared.restore.conclude import finished_event
from tests.builders import NOW, a_record
from tests.unit.connector.described import faults
from tests.unit.restore.situations import SITUATIONS

# Far more than the steps of any restore.
MOST_STAGES = 12


def asked(path: str = "restores") -> func.HttpRequest:
    """A request to this path."""
    return func.HttpRequest("GET", f"https://host.example/api/{path}", body=b"")


@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_restore_is_described_at_every_stage(name: str) -> None:
    """Accepted, after each run, and at its end."""
    situation = SITUATIONS[name]
    world = situation.world()
    record = await world.accept(situation.request)

    for _ in range(MOST_STAGES):
        assert faults("Restore", restore_document(record, self_link="https://h/x")) == []
        if record.status.is_final:
            break
        record = await world.run(record.id)


@pytest.mark.parametrize("code", list(Code))
def test_every_outcome_is_described(code: Code) -> None:
    """As the door answers it."""
    reply = restore_reply(a_record().settle(outcome(code, "m"), NOW), asked(), NOW)

    assert faults("Restore", json.loads(reply.get_body())) == []


def test_a_message_that_was_not_understood_is_described() -> None:
    """A restore without a request: no kind, no user, and what was received."""
    record = a_record(request=None, received="{")

    document = restore_document(record)

    assert (document["kind"], document["user"], document["received"]) == (None, None, "{")
    assert faults("Restore", document) == []


def test_a_list_is_described_with_and_without_more() -> None:
    """The last page has no nextLink."""
    for more in (None, "top=1&skipToken=x"):
        reply = list_reply([a_record()], more, asked())

        assert faults("RestoreList", json.loads(reply.get_body())) == []


def test_the_event_of_an_end_is_described() -> None:
    """As it lies on the queue, and as a trigger is sent it."""
    event = finished_event(a_record().settle(outcome(Code.NO_SEAT, "m"), NOW))

    assert faults("RestoreFinished", event) == []


@pytest.mark.parametrize("name", SITUATIONS)
async def test_a_preflight_is_described(name: str) -> None:
    """Whatever it finds."""
    situation = SITUATIONS[name]

    preflight = await check(situation.request, situation.world().deps)

    assert faults("Preflight", preflight_document(preflight)) == []


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
        ({"kind": "mailbx", "user": "a@b.example"}, False),
        ({"kind": "mailbox"}, False),
        ({"kind": "mailbox", "user": "a@b.example", "usr": 1}, False),
        ({"kind": "mailbox", "user": "a@b.example", "dryRun": "yes"}, False),
        ({"kind": "mailbox", "user": "a@b.example", "idempotencyKey": ""}, False),
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
