"""What a restore that comes through asks of storage, and that less writing loses nothing."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.errors import StorageUnavailableError
from shared.restore.accept import QUEUE_GRACE
from shared.restore.hold import LEASE
from shared.restore.reading.unsettled import MISSING_LOOKS
from shared.restore.run import claim
from tests.builders import a_deleted_person, a_person, a_request
from tests.unit.world.crashing import DiedError
from tests.unit.world.interrupts import Interrupt
from tests.unit.world.world import World, code_of

DAY = timedelta(days=1)
REQUEST = a_request(kind=RestoreKind.MAILBOX, user=a_deleted_person().id, idempotency_key="k")
WHOLE_STORY = ["accepted", "claimed", "planned", "attempting", "done", "done", "done", "settled"]


def a_world() -> World:
    """A tenant with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


async def test_a_restore_is_written_four_times_and_tells_its_whole_story() -> None:
    """Claimed; planned and about to act; acted; looked twice and ended."""
    world = a_world()
    record = await world.accept(REQUEST)

    ended = await world.run(record.id)

    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert world.storage.ledger.calls["write"] == 4
    assert await world.events(record.id) == WHOLE_STORY
    assert {step.status for step in ended.steps} == {StepStatus.DONE}


async def test_the_lock_of_a_changed_user_stays_behind() -> None:
    """It says who changed the user last, and costs no request."""
    world = a_world()
    record = await world.accept(REQUEST)

    await world.run(record.id)

    assert world.storage.locks.calls["release"] == 0
    assert list(world.storage.locks.holders.values()) == [record.id]


async def test_the_lock_of_a_user_who_is_not_found_is_given_back() -> None:
    """It was taken by id before anybody looked, and the record knows of no person."""
    world = World()
    record = await world.accept(REQUEST)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.USER_NOT_FOUND
    assert ended.person is None
    assert world.storage.locks.calls["take"] == 1 + MISSING_LOOKS
    assert world.storage.locks.holders == {}


async def test_each_step_is_told_once_it_is_written(caplog: pytest.LogCaptureFixture) -> None:
    """And not once more with a later write."""
    caplog.set_level(logging.INFO)
    world = a_world()
    record = await world.accept(REQUEST)

    await world.run(record.id)

    lines = [
        json.loads(text.partition("{")[1] + text.partition("{")[2]) for text in caplog.messages
    ]
    told = [line["step"] for line in lines if line["event"] == "step"]
    assert told == ["restore-user", "verify-user", "verify-mailbox"]


async def test_a_lock_that_could_not_be_given_back_is_by_whoever_tells_the_end() -> None:
    """Storage failed in that moment: the sweep finds an end that was not told, and lets go."""
    world = a_world()
    world.put(a_person())
    record = await world.accept(REQUEST)
    world.storage.locks.fail_next("release", StorageUnavailableError("down"))
    with pytest.raises(StorageUnavailableError):
        await world.run(record.id)

    world.clock.advance(QUEUE_GRACE)
    await world.sweep()

    assert code_of(await world.record(record.id)) is Code.ALREADY_ACTIVE
    assert world.storage.locks.holders == {}
    assert world.storage.unfinished.rows == {}


async def test_who_only_looks_keeps_nobody_waiting() -> None:
    """While it waits for the mailbox, others may change the user, whatever the lock's row says."""
    world = a_world()
    world.directory.mailbox_delay = DAY
    record = await world.accept(REQUEST)
    await world.run(record.id)

    waiting = (await world.record(record.id)).waiting
    assert waiting is not None
    assert waiting.reason is WaitingFor.MAILBOX
    assert list(world.storage.locks.holders.values()) == [record.id]
    other = await world.accept(replace(REQUEST, kind=RestoreKind.USER, idempotency_key="other"))
    assert code_of(await world.run(other.id)) is Code.ALREADY_ACTIVE


async def test_a_worker_that_lost_its_hold_frees_nobody() -> None:
    """It stood still in its look; the lock is the restore's, and whoever goes on has it."""
    world = a_world()
    record = await world.accept(REQUEST)

    async def somebody_goes_on() -> None:
        world.clock.jump(LEASE)
        assert await claim(record.id, world.deps) is not None

    async def changed() -> None:
        Interrupt(world, ("directory", "active"), 1).arm(somebody_goes_on)

    Interrupt(world, ("directory", "restore_user"), 1, after=True).arm(changed)
    await world.run(record.id)

    assert (await world.events(record.id))[-2:] == ["done", "claimed"]
    assert list(world.storage.locks.holders.values()) == [record.id]


async def test_a_look_that_was_not_written_down_is_made_again() -> None:
    """The worker dies between its looks and the end: one effect, and the story is whole."""
    world = a_world()
    record = await world.accept(REQUEST)

    async def die() -> None:
        raise DiedError

    Interrupt(world, ("directory", "mailbox"), 1, after=True).arm(die)
    with pytest.raises(DiedError):
        await world.run(record.id)
    found = await world.record(record.id)
    assert [step.status for step in found.steps] == [StepStatus.DONE, *2 * [StepStatus.PENDING]]

    world.clock.advance(LEASE)
    ended = await world.finish(record.id)

    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert len(world.effects()) == 1
    assert (await world.events(record.id)).count("settled") == 1
