"""Run one message from the queue to its end, and check what must have become of it."""

from datetime import timedelta

from functions.queues.poison import drain_request
from functions.queues.requests import take_in
from shared.domain.outcomes import Code, Status
from shared.domain.records.received import shown
from shared.domain.records.record import Record
from shared.intake.poison_message import SetAside
from tests.builders import a_deleted_person
from tests.unit.world.world import World, code_of


async def follow_message(body: bytes, *, poisoned: bool) -> Record:
    """Take a message in (or what the host made of it after five crashes), and see it to its end.

    Raises:
        AssertionError: it was lost, doubled or did not end.
        Exception: the door or a use case let something through: the message would be poisoned.
    """
    world = World()
    world.put(a_deleted_person())
    for _ in range(2):
        if poisoned:
            await drain_request(SetAside(body, "message-1"), 1, world.deps)
        else:
            await take_in(body, "message-1", world.deps)

    (restore_id,) = world.storage.ledger.records
    record = await world.finish(restore_id)
    assert record.status.is_final, record
    for _ in range(2):
        world.clock.advance(timedelta(hours=2))
        await world.sweep()
    _demand_told(record, world)
    _demand_kept(record, body)
    return record


def _demand_told(record: Record, world: World) -> None:
    assert world.storage.unfinished.rows == {}, record
    told = {event["id"] for event in world.storage.outbox.results}
    assert told == {f"{record.id}-1"}, record


def _demand_kept(record: Record, body: bytes) -> None:
    """What was not understood is kept as it was; what was, is what it asks for."""
    if record.request is None:
        assert code_of(record) is Code.INVALID_REQUEST, record
        assert record.status is Status.REFUSED, record
        assert record.received == shown(body), record
    else:
        assert record.received is None, record
