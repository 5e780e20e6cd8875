"""Beginning another attempt: once, crash-safe, and only of what has failed or was refused."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.text import text
from shared.errors import (
    AnsweredError,
    BusyError,
    Fault,
    InvalidRequestError,
    NotRetryableError,
    RestoreNotFoundError,
    StorageUnavailableError,
)
from shared.restore.cancel import cancel_restore
from shared.restore.retry import retry_restore
from shared.upkeep.unreadable_messages import refuse_message
from tests.builders import UPN, USER_ID, a_deleted_person, a_request
from tests.unit.world.world import World, code_of

REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")
BY = RequestedBy(Door.HTTP, "Adele", "ade1e")
NO_JSON = InvalidRequestError((Fault("", text("fault", "empty-body")),))
DOWN = StorageUnavailableError("down")
FORBIDDEN = AnsweredError(status=403, code="Authorization_RequestDenied", message="No.")


def a_world() -> World:
    """A world with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


async def retry(world: World, record: Record) -> Record:
    """The restore in its next attempt."""
    return await retry_restore(record.id, BY, world.deps)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "call", ["unfinished.find", "unfinished.note", "ledger.write", "outbox.enqueue_work"]
)
async def test_storage_that_fails_in_a_retry_loses_nothing(call: str, after: bool) -> None:  # noqa: FBT001
    """Not begun, or begun and found by the sweep; and it can be retried again if not begun."""
    world = a_world()
    world.directory.fail_next("active", FORBIDDEN)
    failed = await world.restore(REQUEST)
    world.storage.outbox.work.clear()
    port, method = call.split(".")
    getattr(world.storage, port).fail_next(method, DOWN, after_effect=after)
    with suppress(StorageUnavailableError):
        await retry(world, failed)

    world.clock.advance(timedelta(minutes=3))
    await world.sweep()
    if (await world.record(failed.id)).status.is_final:
        await retry(world, failed)

    assert (failed.id, timedelta(0)) in world.storage.outbox.work
    ended = await world.finish(failed.id)
    assert (code_of(ended), ended.attempts) == (Code.USER_RESTORED, 2)
    assert not world.storage.unfinished.rows


async def test_of_many_retries_at_once_one_begins() -> None:
    """The others are told so, and nothing is tried a third time."""
    world = a_world()
    world.directory.fail_next("active", FORBIDDEN)
    failed = await world.restore(REQUEST)

    answers = await asyncio.gather(
        *(retry(world, failed) for _ in range(5)), return_exceptions=True
    )

    assert sum(isinstance(answer, Record) for answer in answers) == 1
    assert (await world.finish(failed.id)).attempts == 2
    assert world.directory.restored[USER_ID] == 1


async def test_an_end_that_is_not_published_is_published_first() -> None:
    """A retry in the moment of the end would take its event from the world."""
    world = a_world()
    world.directory.fail_next("active", FORBIDDEN)
    world.storage.outbox.fail_next("publish_result", DOWN)
    record = await world.accept(REQUEST)
    with pytest.raises(StorageUnavailableError):
        await world.run(record.id)
    assert (await world.record(record.id)).status is Status.FAILED

    with pytest.raises(BusyError):
        await retry(world, record)
    world.clock.advance(timedelta(minutes=3))
    await world.sweep()

    assert (await retry(world, record)).attempts == 2
    assert len(world.storage.outbox.results) == 1


async def test_what_has_not_failed_is_not_retried() -> None:
    """Unfinished, succeeded, cancelled or never understood: each is told apart."""
    world = a_world()
    record = await world.accept(REQUEST)
    with pytest.raises(NotRetryableError, match=r"^not-retryable$"):
        await retry(world, record)
    await world.finish(record.id)
    with pytest.raises(NotRetryableError, match="succeeded"):
        await retry(world, record)
    other = await world.accept(a_request(user=UPN, idempotency_key="other"))
    await cancel_restore(other.id, BY, world.deps)
    with pytest.raises(NotRetryableError, match="cancelled"):
        await retry(world, other)
    kept = await refuse_message("?", "m-1", NO_JSON, BY, world.deps)
    with pytest.raises(NotRetryableError, match="unreadable"):
        await retry(world, kept)
    with pytest.raises(RestoreNotFoundError):
        await retry_restore("x", BY, world.deps)
