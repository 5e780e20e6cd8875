"""An end that is told twice: once its caller has it, the restore does not say that it failed.

The end of a restore is told again after a crash, or where two hosts publish it at once; it is the
same event each time.
"""

import pytest

from shared.domain.findings.codes import FindingCode
from shared.domain.records.record import Record
from shared.events.deliver import deliver
from shared.ports.events import DeliveryAnswer, DeliveryReport
from shared.restore.conclude import publish_end
from shared.restore.retry import retry_restore
from tests.chaos.tap import Call, tapped
from tests.unit.world.callbacks import a_world, drive, ended, under_way, warnings
from tests.unit.world.world import ASKED_BY, World

GONE = DeliveryReport(DeliveryAnswer.GONE, "http-410")
TAKEN = DeliveryReport(DeliveryAnswer.DELIVERED, "http-200")


async def told_again(world: World, record: Record) -> None:
    """A publisher of the end that has read it before anything was sent goes on now."""
    await publish_end(record, world.deps)


async def test_what_arrives_after_it_was_given_up_takes_the_warning_back() -> None:
    """The journal keeps both: that it was given up, and that it was taken after all."""
    world = a_world()
    record = await ended(world)
    world.notifier.answer = GONE
    await drive(world)
    given_up = warnings(await world.record(record.id))
    world.notifier.answer = TAKEN

    await told_again(world, record)
    await drive(world)

    last = (await world.storage.ledger.journal(record.id))[-1]
    assert given_up == [FindingCode.CALLBACK_FAILED]
    assert warnings(await world.record(record.id)) == []
    assert last.event == "callback-arrived"
    assert last.detail is not None
    assert under_way(world) == []


async def test_what_was_taken_once_is_not_said_to_have_failed() -> None:
    """A flow that has gone on answers the second call with an error, as Power Automate does."""
    world = a_world()
    record = await ended(world)
    await drive(world)
    world.notifier.answer = GONE

    await told_again(world, record)
    await drive(world)

    assert warnings(await world.record(record.id)) == []


async def test_what_was_taken_is_not_sent_again() -> None:
    """The sweep reads of the restore that its caller has been told."""
    world = a_world()
    record = await ended(world)
    await drive(world)

    await told_again(world, await world.record(record.id))

    assert under_way(world) == []
    assert len(world.notifier.sent) == 1


async def test_the_next_attempt_is_told_anew() -> None:
    """What is noted is the event, and each attempt has one of its own."""
    world = World()
    record = await ended(world)
    await drive(world)
    await retry_restore(record.id, ASKED_BY, world.deps)

    await world.finish(record.id)
    await drive(world)

    assert [sent.event_id for sent in world.notifier.sent] == [f"{record.id}-1", f"{record.id}-2"]


@pytest.mark.parametrize("first", ["ledger.read", "ledger.write"])
async def test_of_an_arrival_and_a_failure_at_once_the_arrival_counts(first: str) -> None:
    """One host has the answer that it was taken while another one gives the same end up."""
    world = a_world()
    record = await ended(world)
    is_over = False

    async def taken_meanwhile(call: Call, *, is_done: bool) -> None:
        nonlocal is_over
        if call.name == first and not is_done and not is_over:
            is_over = True
            await world.storage.deliveries.remove(under_way(world)[0].id)
            await told_again(world, record)
            world.notifier.answer = TAKEN
            await deliver(under_way(world)[0].id, world.deps)

    world.notifier.answer = GONE
    await deliver(under_way(world)[0].id, tapped(world.deps, taken_meanwhile))

    assert is_over
    assert warnings(await world.record(record.id)) == []


@pytest.mark.parametrize("answer", [GONE, TAKEN])
async def test_a_restore_that_cannot_be_read_keeps_no_delivery_going(
    answer: DeliveryReport,
) -> None:
    """Another release wrote it: the event is sent once, and not again by each sweep."""
    world = a_world()
    record = await ended(world)
    world.notifier.answer = answer
    world.storage.ledger.reads = lambda restore_id: restore_id != record.id

    await drive(world)

    assert under_way(world) == []
    assert len(world.notifier.sent) == 1
