"""Retrying: the next attempt of the same restore, and in all attempts together one effect."""

from contextlib import suppress
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, LicenseChoice, RequestedBy, RestoreKind
from shared.errors import (
    AnsweredError,
    NotSentError,
    OutcomeUnknownError,
)
from shared.restore.hold import LEASE
from shared.restore.retry import retry_restore
from shared.restore.steps.sending import IN_DOUBT
from shared.upkeep.poisoned_work import give_up
from tests.builders import (
    ENTERPRISEPACK_ID,
    UPN,
    USER_ID,
    a_deleted_person,
    a_person,
    a_request,
    because,
)
from tests.unit.world.interrupts import PORTS, Interrupt
from tests.unit.world.world import World, code_of

REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")
BY = RequestedBy(Door.HTTP, "Adele", "ade1e")
FORBIDDEN = AnsweredError(status=403, code="Authorization_RequestDenied", message="No.")
LOST = OutcomeUnknownError(because("the answer was lost"))


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


def a_world() -> World:
    """A world with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


async def retry(world: World, record: Record) -> Record:
    """The restore in its next attempt."""
    return await retry_restore(record.id, BY, world.deps)


async def given_up(world: World, *, happened: bool) -> Record:
    """A restore that sent its effect, heard no answer, and was given up by the host."""
    world.directory.fail_next("restore_user", LOST, after_effect=happened)
    record = await world.accept(REQUEST)
    await world.run(record.id)
    stored = await world.storage.ledger.read(record.id)
    assert stored is not None
    await give_up(stored, world.deps)
    ended = await world.record(record.id)
    assert (code_of(ended), ended.steps[0].status) == (Code.GAVE_UP, StepStatus.ATTEMPTING)
    return ended


async def test_a_refused_restore_is_decided_afresh() -> None:
    """The name is free now: the same restore, the second attempt, a second event."""
    world = a_world()
    world.put(a_person(id="00000000-0000-4000-8000-00000000000f"))
    refused = await world.restore(REQUEST)
    assert code_of(refused) is Code.UPN_CONFLICT
    world.directory.purge("00000000-0000-4000-8000-00000000000f")

    again = await retry(world, refused)
    ended = await world.finish(refused.id)

    assert (again.status, again.attempts, again.outcome) == (Status.QUEUED, 2, None)
    assert again.fingerprint == refused.fingerprint
    assert (code_of(ended), ended.attempts) == (Code.USER_RESTORED, 2)
    assert world.directory.restored[USER_ID] == 1
    ids = [event["id"] for event in world.storage.outbox.results]
    assert ids == [f"{refused.id}-1", f"{refused.id}-2"]
    assert "retried" in await world.events(refused.id)


@pytest.mark.parametrize("method", ["active", "skus", "restore_user"])
async def test_a_permission_granted_meanwhile_lets_it_through(method: str) -> None:
    """Refused at a look or at the effect itself, it comes through in the next attempt."""
    world = a_world()
    world.directory.fail_next(method, FORBIDDEN)
    failed = await world.restore(REQUEST)
    assert failed.status in {Status.FAILED, Status.REFUSED}

    await retry(world, failed)

    assert code_of(await world.finish(failed.id)) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1


async def test_a_mailbox_that_was_not_seen_is_looked_for_again() -> None:
    """With all the patience of the first time, and without another change."""
    world = a_world()
    world.directory.mailbox_delay = timedelta(days=2)
    failed = await world.restore(a_request(user=USER_ID))
    assert code_of(failed) is Code.MAILBOX_NOT_SEEN

    await retry(world, failed)

    ended = await world.finish(failed.id)
    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert len(world.effects()) == 1


async def test_a_licence_that_graph_refused_is_assigned_without_a_second_restore() -> None:
    """What is done stays done; only what was refused is sent again."""
    world = World()
    world.put(a_deleted_person(licenses=(), license_states=(), plans=()))
    world.directory.license_changes[USER_ID] = [world.clock.now() - timedelta(days=3)]
    named = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))
    world.directory.fail_next("assign_licenses", FORBIDDEN)
    failed = await world.restore(a_request(user=USER_ID, license=named))
    assert failed.status is Status.FAILED

    await retry(world, failed)
    ended = await world.finish(failed.id)

    assert ended.status is Status.SUCCEEDED
    assert (world.directory.restored[USER_ID], world.directory.assigned[USER_ID]) == (1, 1)


@pytest.mark.parametrize("happened", [True, False], ids=["it happened", "it did not"])
async def test_a_doubt_outlives_the_retry(happened: bool) -> None:  # noqa: FBT001
    """Reads are stale still when the next attempt begins: it looks, waits, and only then sends."""
    world = a_world()
    world.directory.replication_delay = timedelta(seconds=40)
    failed = await given_up(world, happened=happened)
    sent_at = failed.steps[0].started_at
    assert sent_at is not None

    await retry(world, failed)
    looked = await world.run(failed.id)
    ended = await world.finish(failed.id)

    assert looked.waiting is not None
    assert looked.waiting.until == sent_at + IN_DOUBT
    assert code_of(ended) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1
    assert len(world.effects()) == (1 if happened else 2)


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("happened", [True, False], ids=["it happened", "it did not"])
@pytest.mark.parametrize("port", PORTS, ids="-".join)
async def test_a_worker_killed_in_the_second_attempt_changes_nothing_twice(
    port: tuple[str, str],
    happened: bool,  # noqa: FBT001 - a column of the table
    after: bool,  # noqa: FBT001
    nth: int,
) -> None:
    """Killed at any call after a retry in doubt: the restore ends, and one effect took place."""
    world = a_world()
    failed = await given_up(world, happened=happened)
    await retry(world, failed)
    world.clock.advance(timedelta(seconds=90))
    interrupt = Interrupt(world, port, nth, after=after)

    async def act() -> None:
        raise Killed

    interrupt.arm(act)
    with suppress(Killed):
        await world.run(failed.id)
    interrupt.disarm()
    for _ in range(8):
        world.clock.advance(LEASE + timedelta(minutes=5))
        await world.sweep()
        await world.run(failed.id)

    assert code_of(await world.record(failed.id)) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1
    assert not world.storage.unfinished.rows


async def test_a_user_whom_another_restore_holds_is_waited_for() -> None:
    """The end of the first attempt let the user go; the next one asks again before it sends."""
    world = a_world()
    failed = await given_up(world, happened=False)
    world.directory.fail_next("restore_user", NotSentError(because("no way to Graph")))
    other = await world.accept(a_request(user=UPN, idempotency_key="another"))
    await world.run(other.id)
    await retry(world, failed)

    waiting = (await world.run(failed.id)).waiting

    assert waiting is not None
    assert waiting.reason is WaitingFor.USER_LOCK
    await world.finish(other.id)
    await world.finish(failed.id)
    assert world.directory.restored[USER_ID] == 1


async def test_patience_with_graph_begins_anew() -> None:
    """A restore of long ago is not given up at the first fault of its new attempt."""
    world = a_world()
    world.directory.fail_next("active", FORBIDDEN)
    failed = await world.restore(REQUEST)
    world.clock.advance(timedelta(days=40))
    await retry(world, failed)
    world.directory.fail_next("active", NotSentError(because("no way to Graph")))

    assert (await world.run(failed.id)).status is Status.WAITING
