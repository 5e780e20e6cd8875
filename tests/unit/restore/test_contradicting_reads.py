"""Test that no restore is decided by a single contradicting read, fault or old message."""

from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import WaitingFor
from shared.errors import UnreadableTextError
from shared.restore.cleanup import clean_up_restores
from tests.builders import (
    a_deleted_person,
    a_person,
    a_request,
)
from tests.unit.world.people import DAY, MAILBOX, RESTORE
from tests.unit.world.world import World, code_of


async def test_a_user_in_both_lists_is_looked_at_again() -> None:
    """In the minute of a deletion both reads may answer; "already active" would be a lie."""
    world = World()
    world.put(a_person())
    real = world.directory.deleted

    async def blurred(user_id: str) -> object:
        await real(user_id)
        return a_deleted_person()

    world.directory.deleted = blurred  # type: ignore[method-assign, assignment]
    record = await world.accept(MAILBOX)
    parked = await world.run(record.id)
    world.directory.deleted = real  # type: ignore[method-assign]
    world.put(a_deleted_person())

    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.DIRECTORY
    assert code_of(ended) is Code.MAILBOX_RESTORED


async def test_a_hit_that_cannot_be_read_is_looked_at_again() -> None:
    """The index knows the user, the read by id not yet: that is no "not found"."""
    world = World()
    world.put(a_deleted_person())
    real = world.directory.deleted

    async def nothing(user_id: str) -> None:
        await real(user_id)

    world.directory.deleted = nothing  # type: ignore[method-assign]
    record = await world.accept(a_request())
    parked = await world.run(record.id)
    world.directory.deleted = real  # type: ignore[method-assign]

    ended = await world.finish(record.id)

    assert parked.status is Status.WAITING
    assert code_of(ended) is Code.MAILBOX_RESTORED


async def test_a_fault_of_ours_gives_the_lease_back() -> None:
    """The message's next tries find a restore to claim, and nobody died over it."""
    world = World()
    world.put(a_deleted_person())
    record = await world.accept(RESTORE)
    for _ in range(3):
        world.directory.fail_next("skus", ZeroDivisionError())
        with pytest.raises(ZeroDivisionError):
            await world.run(record.id)

    failed = await world.record(record.id)
    assert not failed.is_leased(world.clock.now())
    assert failed.died_claims == 0


async def test_a_record_of_another_release_holds_up_nobody() -> None:
    """The sweep and the cleanup pass it by; the others are looked after."""
    world = World()
    world.put(a_deleted_person())
    await world.accept(RESTORE)
    await world.accept(a_request(user="b@contoso.com"))
    world.storage.outbox.work.clear()
    world.clock.advance(timedelta(minutes=2))
    world.storage.ledger.fail_next("read", UnreadableTextError("v2"))

    assert await world.sweep() == 1
    world.clock.advance(99 * DAY)
    world.storage.ledger.fail_next("read", UnreadableTextError("v2"))
    assert await clean_up_restores(world.deps) == 0
