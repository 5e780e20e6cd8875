"""The work queue when storage goes away: the message comes back, and its restore with it."""

from collections.abc import Awaitable
from datetime import timedelta
from itertools import count

import pytest
from azure.functions.queue import QueueMessage

from functions.queues.work import advance_restore
from shared.domain.outcomes import Code
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.errors import ConfigurationError, NotSentError, StorageUnavailableError
from shared.restore.hold import LEASE
from tests.builders import USER_ID, a_deleted_person, a_request, because
from tests.unit.functions.doors import opened
from tests.unit.world.outage import Outage
from tests.unit.world.world import World, code_of

DOWN = StorageUnavailableError("down")
REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")

# `visibilityTimeout` of host.json.
COMES_BACK_AFTER = timedelta(seconds=30)
MOST_MESSAGES = 20


async def asked(world: World) -> Record:
    """Accept the restore, and take its message off the queue."""
    record = await world.accept(REQUEST)
    world.storage.outbox.work.clear()
    return record


async def show(restore_id: str, *, tries: int = 1, message_id: str = "m-1") -> None:
    """Have the host run the message."""
    body = restore_id.encode()
    await advance_restore(QueueMessage(id=message_id, body=body, dequeue_count=tries))


async def fails(run: Awaitable[None]) -> bool:
    """Whether the host saw the run fail, and so shows its message again."""
    try:
        await run
    except StorageUnavailableError:
        return True
    return False


async def work_off(world: World) -> None:
    """Show every message that is on the queue, each in its time; no sweep comes round."""
    for number in range(MOST_MESSAGES):
        if not world.storage.outbox.work:
            return
        restore_id, delay = world.storage.outbox.work.pop(0)
        world.clock.advance(delay)
        await show(restore_id, message_id=f"later-{number}")
    raise AssertionError(world.storage.outbox.work)


@pytest.mark.parametrize("waits", [False, True], ids=["in one run", "after a wait"])
@pytest.mark.parametrize("after", [False, True], ids=["not written", "answer lost"])
async def test_outage_at_any_call_costs_no_more_than_the_message_s_way_back(
    *, after: bool, waits: bool
) -> None:
    """Storage is gone for the rest of the run, whose lease stands; the message alone heals it."""
    for nth in count(1):
        world = World()
        world.put(a_deleted_person())
        if waits:
            world.directory.fail_next("active", NotSentError(because("no way to Graph")))
        with opened(world):
            record = await asked(world)
            outage = Outage(world, nth, after=after)
            comes_back = await fails(show(record.id))
            outage.end()
            if not outage.is_on:
                return
            if comes_back:
                world.clock.advance(COMES_BACK_AFTER)
                await show(record.id, tries=2)
            await work_off(world)

        assert code_of(await world.record(record.id)) is Code.USER_RESTORED, nth
        assert world.directory.restored[USER_ID] == 1
        assert world.storage.unfinished.rows == {}
        assert {event["id"] for event in world.storage.outbox.results} == {f"{record.id}-1"}


@pytest.mark.parametrize("tries", [1, 2])
async def test_message_comes_back_after_an_outage(rooted: World, tries: int) -> None:
    """What is raised, the host shows again."""
    record = await asked(rooted)
    rooted.storage.ledger.fail_next("read", DOWN)

    with pytest.raises(StorageUnavailableError):
        await show(record.id, tries=tries)


@pytest.mark.parametrize("tries", [3, 4, 5])
async def test_long_outage_does_not_use_up_the_tries(rooted: World, tries: int) -> None:
    """The message goes, and the sweep, which has the restore on its list, queues a new one."""
    record = await asked(rooted)
    rooted.storage.ledger.fail_next("read", DOWN)

    await show(record.id, tries=tries)
    rooted.clock.advance(LEASE)
    await rooted.sweep()
    await work_off(rooted)

    assert code_of(await rooted.record(record.id)) is Code.USER_RESTORED


async def test_wrong_settings_are_the_sweep_s_business(rooted: World) -> None:
    """They are not corrected within half a minute."""
    record = await asked(rooted)
    rooted.storage.ledger.fail_next("read", ConfigurationError(("AUTH_MODE is wrong",)))

    await show(record.id)

    assert record.id in rooted.storage.unfinished.rows


async def test_lease_of_another_message_is_left_alone(rooted: World) -> None:
    """A second message of the restore, shown twice, does not disturb the worker of the first."""
    record = await asked(rooted)
    outage = Outage(rooted, 3, after=False)
    with pytest.raises(StorageUnavailableError):
        await show(record.id)
    outage.end()
    held = await rooted.record(record.id)

    await show(record.id, tries=2, message_id="m-2")
    await show(record.id, tries=2, message_id="m")

    assert held.lease is not None
    assert await rooted.record(record.id) == held


async def test_lease_of_a_message_without_an_id_is_nobody_s(rooted: World) -> None:
    """Two messages that the host gave no id are not one."""
    record = await asked(rooted)
    outage = Outage(rooted, 3, after=False)
    with pytest.raises(StorageUnavailableError):
        await show(record.id, message_id="")
    outage.end()
    held = await rooted.record(record.id)

    await show(record.id, tries=2, message_id="")

    assert held.lease is not None
    assert await rooted.record(record.id) == held


async def test_row_of_an_attempt_that_begins_is_not_the_old_end_s(rooted: World) -> None:
    """A retry writes its row before its record: an old message must not take it for its own."""
    record = await asked(rooted)
    rooted.directory.purge(USER_ID)
    ended = await rooted.finish(record.id)
    assert ended.is_retryable
    told = len(rooted.storage.outbox.results)
    rooted.clock.advance(COMES_BACK_AFTER)
    begun_at = rooted.clock.now()
    await rooted.storage.unfinished.note(record.id, begun_at, queued_for=begun_at)

    await show(record.id, tries=2)

    assert record.id in rooted.storage.unfinished.rows
    assert len(rooted.storage.outbox.results) == told


async def test_wait_whose_message_was_not_sent_gets_one(rooted: World) -> None:
    """Storage went away after the wait was written: the returning message sends its successor."""
    record = await asked(rooted)
    rooted.directory.fail_next("skus", NotSentError(because("down")))
    rooted.storage.outbox.fail_next("enqueue_work", DOWN)
    with pytest.raises(StorageUnavailableError):
        await show(record.id)
    parked = await rooted.record(record.id)

    await show(record.id, tries=2)

    assert parked.waiting is not None
    wait = parked.waiting.until - rooted.clock.now()
    assert rooted.storage.outbox.work == [(record.id, wait)]
    await work_off(rooted)
    assert code_of(await rooted.record(record.id)) is Code.USER_RESTORED
