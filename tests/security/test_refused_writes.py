"""Test that a restore ends when storage refuses its data for size or content."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest

from functions.http.restores.start_and_read import start_restore
from functions.queues.requests import take_in
from shared.domain.outcomes import Code, Status
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.errors import StorageRefusedError, StorageUnavailableError
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.reading import said
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World, code_of

MESSAGE: Final = json.dumps({"version": 1, "kind": "user", "user": USER_ID}).encode()

# Each thing that the run of a restore adds to its record, taken for too large.
ADDED: Final[dict[str, Callable[[Record], bool]]] = {
    "the person": lambda record: record.person is not None,
    "the plan": lambda record: bool(record.steps),
    "a step that is done": lambda record: any(step.is_over for step in record.steps),
    "a warning": lambda record: bool(record.warnings),
    "a wait": lambda record: record.waiting is not None,
}


@pytest.mark.parametrize("what", ADDED)
async def test_a_restore_that_outgrows_its_row_ends(what: str) -> None:
    """As given up, told once, at most one change made; and a retry does not change that."""
    world = World()
    world.put(a_deleted_person(proxy_addresses=("SMTP:a@x.org",)))
    world.directory.mailbox_delay = timedelta(minutes=5)
    record = await world.accept(a_request(kind=RestoreKind.MAILBOX, user=USER_ID))
    world.storage.ledger.takes = lambda kept: kept.status.is_final or not ADDED[what](kept)

    ended = await world.finish(record.id)

    assert ended.status.is_final
    assert world.directory.restored.get(USER_ID, 0) <= 1
    assert {event["id"] for event in world.storage.outbox.results} == {f"{record.id}-1"}
    assert world.storage.unfinished.rows == {}


async def test_a_message_whose_restore_is_not_taken_is_kept_as_refused() -> None:
    """The sender is told that it is too large, and the message is done with."""
    world = World()
    world.storage.ledger.takes = lambda record: record.request is None

    await take_in(MESSAGE, "m-1", world.deps)

    (stored,) = world.storage.ledger.records.values()
    assert code_of(stored.record) is Code.INVALID_REQUEST
    assert stored.record.received == MESSAGE.decode()
    assert len(world.storage.outbox.results) == 1


async def test_a_request_that_is_not_taken_is_answered_with_413() -> None:
    """Not with "try again": the same again would be refused, too."""
    with opened(World()) as world:
        world.storage.ledger.takes = lambda _: False
        body = {"kind": "user", "user": USER_ID}
        answer = await start_restore(
            request("POST", "/restores", body, headers=principal("Restore.Request"))
        )

    assert (answer.status_code, content(answer)["code"]) == (413, "body-too-large")
    assert "Retry-After" not in answer.headers


def test_a_refusal_is_no_outage() -> None:
    """Nothing that waits for storage to come back waits for this."""
    assert not issubclass(StorageRefusedError, StorageUnavailableError)


async def test_a_hostile_message_is_kept_in_short() -> None:
    """What is kept of the worst message has some kilobytes: faults, body and all."""
    faults = {f"{number:04d}".ljust(128, "/"): None for number in range(450)}
    world = World()

    await take_in(json.dumps({"version": 1, **faults}).encode(), "m-1", world.deps)

    (stored,) = world.storage.ledger.records.values()
    assert stored.record.status is Status.REFUSED
    assert len(said(stored.record.outcome).message) < 13_000
    assert len((stored.record.received or "").encode()) <= 32 * 1024
