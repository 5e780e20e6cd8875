"""Cancelling: called off with no effect, or too late and said so; never something in between."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.errors import (
    BusyError,
    LeaseLostError,
    NotCancellableError,
    NotSentError,
    OutcomeUnknownError,
    StorageUnavailableError,
)
from shared.restore.cancel import cancel_restore
from shared.restore.hold import LEASE
from tests.builders import NOW, USER_ID, a_deleted_person, a_request, because
from tests.reading import said
from tests.unit.world.interrupts import PORTS, Interrupt
from tests.unit.world.world import World, code_of

REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")
BY = RequestedBy(Door.HTTP, "Adele", "ade1e")
DOWN = StorageUnavailableError("down")


def a_world() -> World:
    """A world with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


async def try_to_cancel(world: World, restore_id: str) -> bool:
    """Whether it was cancelled; False when it was too late."""
    try:
        record = await cancel_restore(restore_id, BY, world.deps)
    except NotCancellableError:
        return False
    assert record.status is Status.CANCELLED
    return True


async def is_left_over(world: World) -> bool:
    """Whether the sweep would still find something to do, ever."""
    return bool([row async for row in world.storage.unfinished.due(NOW + timedelta(days=99))])


async def test_a_queued_restore_is_cancelled() -> None:
    """Ended as such, told to the world, and nothing is left to do."""
    world = a_world()
    record = await world.accept(REQUEST)

    ended = await cancel_restore(record.id, BY, world.deps)

    assert (ended.status, code_of(ended), ended.finished_at) == (Status.CANCELLED, "cancelled", NOW)
    (event,) = world.storage.outbox.results
    assert event["data"]["status"] == "cancelled"  # type: ignore[index]
    assert not await is_left_over(world)
    assert (await world.storage.ledger.journal(record.id))[-1].by == BY
    assert (await world.run(record.id)).status is Status.CANCELLED
    assert world.effects() == []


async def test_a_scheduled_restore_is_cancelled_and_never_wakes() -> None:
    """Its time comes and nothing happens."""
    world = a_world()
    record = await world.accept(a_request(user=USER_ID, not_before=NOW + timedelta(days=3)))
    parked = await world.run(record.id)
    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.SCHEDULE

    assert await try_to_cancel(world, record.id)

    world.clock.advance(timedelta(days=4))
    assert await world.sweep() == 0
    assert (await world.run(record.id)).status is Status.CANCELLED
    assert world.effects() == []


async def test_the_user_is_free_for_another_restore() -> None:
    """A parked restore holds its user; a cancelled one does not."""
    world = a_world()
    world.directory.fail_next("restore_user", NotSentError(because("no way to Graph")))
    record = await world.accept(REQUEST)
    await world.run(record.id)
    assert world.storage.locks.holders == {USER_ID: record.id}

    assert await try_to_cancel(world, record.id)

    assert world.storage.locks.holders == {}
    other = await world.accept(replace(REQUEST, idempotency_key="another"))
    assert code_of(await world.run(other.id)) is Code.USER_RESTORED


async def test_cancelling_again_is_fine_and_changes_nothing() -> None:
    """The answer may have been lost: the same question has the same answer."""
    world = a_world()
    record = await world.accept(REQUEST)
    first = await cancel_restore(record.id, BY, world.deps)
    world.clock.advance(timedelta(minutes=1))

    assert await cancel_restore(record.id, BY, world.deps) == first
    assert (await world.events(record.id)).count("cancelled") == 1
    assert len(world.storage.outbox.results) == 1


async def test_an_ended_restore_is_not_cancellable() -> None:
    """It says how it ended."""
    world = a_world()
    record = await world.restore(REQUEST)

    with pytest.raises(NotCancellableError, match="ended"):
        await cancel_restore(record.id, BY, world.deps)


async def test_an_effect_in_doubt_is_not_cancellable() -> None:
    """Nobody can call off what may have happened."""
    world = a_world()
    world.directory.fail_next("restore_user", OutcomeUnknownError(because("lost")))
    record = await world.accept(REQUEST)
    await world.run(record.id)

    with pytest.raises(NotCancellableError) as refused:
        await cancel_restore(record.id, BY, world.deps)
    assert "a change was sent" in said(refused.value).message


@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("port", PORTS, ids="-".join)
async def test_a_cancel_at_any_call_of_a_worker_has_one_winner(
    port: tuple[str, str],
    nth: int,
    after: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Cancelled and no effect, now or later; or too late, and the restore comes through."""
    world = a_world()
    record = await world.accept(REQUEST)
    answers: list[bool] = []
    interrupt = Interrupt(world, port, nth, after=after)

    async def act() -> None:
        answers.append(await try_to_cancel(world, record.id))

    interrupt.arm(act)
    await world.run(record.id)
    interrupt.disarm()
    ended = await finish_by_sweep(world, record.id)

    if any(answers):
        assert ended.status is Status.CANCELLED
        assert world.effects() == []
        assert (await world.events(record.id))[-1] == "cancelled"
    else:
        assert code_of(ended) is Code.USER_RESTORED
        assert len(world.effects()) == 1
    assert not await is_left_over(world)


async def finish_by_sweep(world: World, restore_id: str) -> Record:
    """Let time pass and the sweep work, until nothing is left to do."""
    for _ in range(6):
        world.clock.advance(LEASE + timedelta(minutes=5))
        await world.sweep()
        await world.run(restore_id)
    return await world.record(restore_id)


@pytest.mark.parametrize("turns", range(0, 40, 3))
async def test_a_cancel_at_the_same_time_as_a_worker_has_one_winner(turns: int) -> None:
    """The two take turns at every round trip, from a different start each time."""
    world = a_world()
    record = await world.accept(REQUEST)

    async def a_little_later() -> bool:
        for _ in range(turns):
            await asyncio.sleep(0)
        return await try_to_cancel(world, record.id)

    cancelled, _ = await asyncio.gather(a_little_later(), world.run(record.id))

    ended = await world.record(record.id)
    assert cancelled == (ended.status is Status.CANCELLED)
    assert len(world.effects()) == (0 if cancelled else 1)


@pytest.mark.parametrize("call", ["locks.release", "outbox.publish_result", "unfinished.forget"])
async def test_an_end_that_could_not_be_published_is_published_by_the_sweep(call: str) -> None:
    """Cancelled is cancelled once it is written; the sweep makes good what is missing."""
    port, method = call.split(".")
    world = a_world()
    world.directory.fail_next("restore_user", NotSentError(because("no way to Graph")))
    record = await world.accept(REQUEST)
    await world.run(record.id)
    getattr(world.storage, port).fail_next(method, DOWN)

    assert await try_to_cancel(world, record.id)

    world.clock.advance(timedelta(minutes=3))
    await world.sweep()
    assert {event["id"] for event in world.storage.outbox.results} == {f"{record.id}-1"}
    assert not await is_left_over(world)


async def test_losing_every_race_is_said_and_nothing_is_written() -> None:
    """Ten workers in a row were faster: ask again."""
    world = a_world()
    record = await world.accept(REQUEST)
    for _ in range(10):
        world.storage.ledger.fail_next("write", LeaseLostError("changed"))

    with pytest.raises(BusyError):
        await cancel_restore(record.id, BY, world.deps)

    assert (await world.record(record.id)).status is Status.QUEUED
