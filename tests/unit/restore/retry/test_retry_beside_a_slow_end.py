"""Retrying while a host that publishes the end before stands still: the new attempt keeps its own.

Each case has a host that stands still in the middle of an end, somebody else who brings that end
to its close, and a retry whose attempt holds its user: it has restored it, and waits for a seat.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from shared.domain.outcomes import Code
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.errors import StorageUnavailableError
from shared.restore.advance import advance
from shared.restore.conclude import PROMPTLY
from shared.restore.retry import retry_restore
from shared.upkeep.sweep import sweep
from tests.builders import NOW, USER_ID, a_deleted_person, a_request, a_sku
from tests.chaos.tap import Call, tapped
from tests.unit.world.people import DAY, NAMED
from tests.unit.world.world import ASKED_BY, World, code_of

REQUEST = a_request(kind=RestoreKind.MAILBOX, user=USER_ID, license=NAMED)
PERSON = a_deleted_person(licenses=(), license_states=(), plans=(), deleted_at=NOW - DAY)


def a_world() -> World:
    """A deleted user who lost the licence, and may not have one: the country is not known."""
    world = World()
    world.put(replace(PERSON, usage_location=None))
    world.directory.license_changes = {USER_ID: [world.clock.now() - 2 * DAY]}
    return world


def with_a_country(world: World) -> None:
    """What was missing is there; but no seat is free."""
    world.put(PERSON)
    world.directory.put_sku(a_sku(free_seats=0))


async def with_its_end_untold() -> tuple[World, Record]:
    """A refused restore whose worker lost storage before it freed the user."""
    world = a_world()
    world.storage.locks.fail_next("release", StorageUnavailableError("storage is away"))
    record = await world.accept(REQUEST)
    with pytest.raises(StorageUnavailableError):
        await world.run(record.id)
    refused = await world.record(record.id)
    assert code_of(refused) is Code.USAGE_LOCATION_MISSING
    world.clock.advance(DAY / 24)
    return world, refused


async def retried(restore_id: str, world: World) -> None:
    """Another host retries it, and runs it until it waits with its user locked."""
    with_a_country(world)
    await retry_restore(restore_id, ASKED_BY, world.deps)
    again = await world.run(restore_id)
    assert again.waiting is not None
    assert again.waiting.reason is WaitingFor.SEAT


async def swept_beside(world: World, call_name: str, other: Callable[[], Awaitable[None]]) -> None:
    """A sweep that stands still just before its first such call, while `other` happens."""
    is_over = False

    async def meanwhile(call: Call, *, is_done: bool) -> None:
        nonlocal is_over
        if call.name == call_name and not is_done and not is_over:
            is_over = True
            await other()

    await sweep(tapped(world.deps, meanwhile))
    assert is_over


async def test_a_sweep_that_stood_still_frees_no_user_of_the_next_attempt() -> None:
    """It has read the end of the first attempt; by the time it goes on there is a second one."""
    world, record = await with_its_end_untold()

    async def others() -> None:
        await world.sweep()
        await retried(record.id, world)

    await swept_beside(world, "locks.release", others)

    assert world.storage.locks.holders == {USER_ID: record.id}


async def test_a_sweep_that_stood_still_forgets_no_row_of_the_next_attempt() -> None:
    """That row is all that brings the second attempt back, should its message be lost."""
    world, record = await with_its_end_untold()

    async def others() -> None:
        await world.sweep()
        await retried(record.id, world)

    await swept_beside(world, "unfinished.forget", others)

    assert record.id in world.storage.unfinished.rows


async def test_a_worker_that_stood_still_forgets_no_row_of_the_next_attempt() -> None:
    """It ended the restore itself; the sweep has told the end meanwhile."""
    world = a_world()
    record = await world.accept(REQUEST)
    is_over = False

    async def meanwhile(call: Call, *, is_done: bool) -> None:
        nonlocal is_over
        if call.name == "outbox.publish_result" and not is_done and not is_over:
            is_over = True
            world.clock.advance(DAY / 24)
            await world.sweep()
            await retried(record.id, world)

    await advance(record.id, tapped(world.deps, meanwhile))

    assert is_over
    assert record.id in world.storage.unfinished.rows


async def test_a_worker_that_was_held_up_leaves_its_row_to_the_sweep() -> None:
    """Nobody else was there: the end is told, and the next sweep has nothing left to do after."""
    world = a_world()
    record = await world.accept(REQUEST)

    async def slow(call: Call, *, is_done: bool) -> None:
        if call.name == "outbox.publish_result" and not is_done:
            world.clock.advance(2 * PROMPTLY)

    await advance(record.id, tapped(world.deps, slow))
    told = len(world.storage.outbox.results)
    world.clock.advance(DAY / 24)
    await world.sweep()

    assert told == 1
    assert record.id not in world.storage.unfinished.rows


async def test_nobody_takes_a_user_over_from_an_attempt_that_has_not_ended() -> None:
    """A second restore of the user has seen the first one ended, which then is retried."""
    world, record = await with_its_end_untold()
    other = await world.accept(replace(REQUEST, idempotency_key="other"))
    is_over = False

    async def meanwhile(call: Call, *, is_done: bool) -> None:
        nonlocal is_over
        if call.name == "locks.take_over" and not is_done and not is_over:
            is_over = True
            await world.sweep()
            await retried(record.id, world)

    await advance(other.id, tapped(world.deps, meanwhile))

    waiting = (await world.record(other.id)).waiting
    assert is_over
    assert world.storage.locks.holders == {USER_ID: record.id}
    assert waiting is not None
    assert waiting.reason is WaitingFor.USER_LOCK


async def test_a_retry_whose_message_is_lost_has_a_row_of_its_own() -> None:
    """A sweep saw the row before the record, and took it for the row of the attempt that ended."""
    world, record = await with_its_end_untold()
    await world.sweep()
    world.storage.outbox.fail_next("enqueue_work", StorageUnavailableError("storage is away"))

    async def slow(call: Call, *, is_done: bool) -> None:
        if call.name == "ledger.write" and not is_done:
            world.clock.advance(DAY / 24)
            await world.sweep()

    await retry_restore(record.id, ASKED_BY, tapped(world.deps, slow))

    assert record.id in world.storage.unfinished.rows
