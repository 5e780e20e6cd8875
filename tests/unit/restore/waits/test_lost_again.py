"""A user who is lost anew while the restore is verified, and reads that only look like it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreRequest
from shared.restore.steps.lost_again import LOST_AFTER
from tests.builders import NOW, USER_ID, a_deleted_person
from tests.unit.world.people import ASSIGN, BOTH, MAILBOX, SHARED, UNLICENSED, world_with
from tests.unit.world.watched import unlicensed
from tests.unit.world.world import World, code_of

A_DAY = timedelta(days=1)


def deleted_now(world: World) -> None:
    """Somebody deletes the user."""
    world.put(replace(world.directory.person(USER_ID), deleted_at=world.clock.now()))


def unlicensed_now(world: World) -> None:
    """Somebody takes the licence away."""
    world.put(unlicensed(world.directory.person(USER_ID)))


async def verifying(world: World, request: RestoreRequest) -> Record:
    """The restore, with everything done, and waiting for a mailbox that takes its time."""
    world.directory.mailbox_delay = A_DAY
    record = await world.run((await world.accept(request)).id)
    assert record.waiting is not None
    assert record.waiting.reason is WaitingFor.MAILBOX
    return record


@pytest.mark.parametrize("lose", [deleted_now, unlicensed_now])
@pytest.mark.parametrize(
    ("person", "request_"),
    [(a_deleted_person(), MAILBOX), (UNLICENSED, ASSIGN), (SHARED, BOTH)],
    ids=["restored", "licensed", "both"],
)
async def test_a_user_lost_again_ends_the_restore(
    person: Person, request_: RestoreRequest, lose: Callable[[World], None]
) -> None:
    """Within minutes, and not after a day of waiting for a mailbox that cannot come."""
    world = world_with(person)
    record = await verifying(world, request_)
    made = world.effects()
    lose(world)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.LOST_AGAIN
    assert ended.outcome is not None
    assert ended.outcome.text.variant == ("license" if lose is unlicensed_now else "")
    assert ended.steps[-1].status is StepStatus.FAILED
    assert world.clock.now() - NOW < timedelta(minutes=15)
    assert world.effects() == made


@pytest.mark.parametrize("lose", [deleted_now, unlicensed_now])
async def test_one_stale_read_is_not_believed(lose: Callable[[World], None]) -> None:
    """A replica that is behind for as long as reads lag, and then shows the user as it is."""
    world = world_with(a_deleted_person())
    record = await verifying(world, MAILBOX)
    well = world.directory.person(USER_ID)
    world.clock.advance(timedelta(minutes=1))
    lose(world)
    doubted = await world.run(record.id)
    world.clock.advance(LOST_AFTER - timedelta(seconds=1))
    await world.run(record.id)
    world.put(well)

    ended = await world.finish(record.id)

    assert doubted.waiting is not None
    assert doubted.waiting.reason is WaitingFor.DIRECTORY
    assert code_of(ended) is Code.MAILBOX_RESTORED


async def test_the_deletion_that_was_undone_may_show_for_long() -> None:
    """It has the instant of the first one, however long reads lag."""
    world = world_with(a_deleted_person())
    world.directory.replication_delay = timedelta(hours=1)

    assert code_of(await world.restore(MAILBOX)) is Code.MAILBOX_RESTORED


async def test_a_read_without_properties_is_no_loss() -> None:
    """While the mailbox is waited for, nothing read is not nothing there either."""
    world = world_with(a_deleted_person())
    record = await verifying(world, MAILBOX)
    world.put(replace(unlicensed(world.directory.person(USER_ID)), account_enabled=None))
    world.clock.advance(timedelta(minutes=30))

    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.MAILBOX


async def test_a_user_deleted_again_before_it_was_verified() -> None:
    """Between the restore and the first look at it."""
    world = world_with(a_deleted_person())
    world.directory.replication_delay = timedelta(seconds=20)
    record = await world.accept(MAILBOX)
    await world.run(record.id)
    world.clock.advance(timedelta(seconds=21))
    deleted_now(world)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.LOST_AGAIN
    assert len(world.effects()) == 1
