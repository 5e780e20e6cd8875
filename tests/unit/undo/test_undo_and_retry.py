"""A restore taken back by one host and retried through another: one of the two, never both."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code
from shared.domain.records.record import Record
from shared.errors import BusyError, NotRetryableError, NotUndoableError
from shared.restore.advance import advance
from shared.restore.retry import retry_restore
from shared.undo.start import start_undo
from tests.builders import USER_ID, a_request
from tests.chaos.tap import Call, tapped
from tests.unit.undo.test_undo import HOUR, with_deleted
from tests.unit.world.world import ASKED_BY, World, code_of


async def brought_back(world: World) -> Record:
    """A restore that has brought the user back and failed all the same: its mailbox is not seen."""
    world.policy = replace(world.policy, mailbox_deadline=timedelta(minutes=5))
    world.directory.mailbox_delay = timedelta(days=2)
    failed = await world.restore(a_request(user=USER_ID))
    assert code_of(failed) is Code.MAILBOX_NOT_SEEN
    world.clock.advance(HOUR)
    return failed


class Meeting:
    """One of the two at work, and the other one in the middle of it: before the nth call."""

    def __init__(self, nth: int) -> None:
        self.world = with_deleted()
        self._nth, self.calls = nth, 0
        self.is_retried = False
        self.deps = tapped(self.world.deps, self._hook)

    async def _hook(self, call: Call, *, is_done: bool) -> None:
        del call
        self.calls += not is_done
        if not is_done and self.calls == self._nth:
            await self.other()

    async def other(self) -> None:
        """What the other host does."""
        raise NotImplementedError

    async def retry(self, restore_id: str) -> None:
        """Retry the restore, if it can be retried now."""
        with suppress(NotRetryableError, BusyError):
            await retry_restore(restore_id, ASKED_BY, self.deps)
            self.is_retried = True

    async def undo(self, restore_id: str) -> Record:
        """Ask for the undo, and see it to its end."""
        undo = await start_undo(restore_id, "a slip", ASKED_BY, self.world.deps, is_allowed=True)
        for _ in range(5):
            await advance(undo.id, self.deps)
            undo = await self.world.record(undo.id)
            if undo.status.is_final:
                return undo
            self.world.clock.advance(timedelta(minutes=3))
        raise AssertionError(undo)

    async def demand_one_truth(self, restore_id: str, undo_id: str) -> None:
        """The restore was retried, or it was taken back and says so; the sweep has no trouble."""
        await self.world.sweep()
        undo, restore = await self.world.record(undo_id), await self.world.record(restore_id)
        is_taken_back = code_of(undo) is Code.UNDONE
        assert is_taken_back is self.world.directory.person(USER_ID).is_deleted, self._nth
        told = {event["id"] for event in self.world.storage.outbox.results}
        assert f"{undo_id}-1" in told, self._nth
        if self.is_retried and restore.attempts == 2 and is_taken_back:
            # After it was noted: all is decided afresh.
            assert restore.steps == (), self._nth
        elif is_taken_back:
            assert (restore.undone_by, restore.attempts) == (undo_id, 1), self._nth
        else:
            assert (code_of(undo), restore.attempts) == (Code.UNDO_REFUSED, 2), self._nth


class _RetryMeetsUndo(Meeting):
    original: Record

    async def other(self) -> None:
        await self.retry(self.original.id)


class _UndoMeetsRetry(Meeting):
    original: Record
    undone: Record | None = None

    async def other(self) -> None:
        with suppress(NotUndoableError):
            self.undone = await self.undo(self.original.id)


async def test_a_retry_at_any_call_of_the_undo() -> None:
    """Refused as long as the undo is under way; once that is noted, all is decided afresh."""
    nth = 0
    while True:
        nth += 1
        meeting = _RetryMeetsUndo(nth)
        meeting.original = await brought_back(meeting.world)
        undo = await meeting.undo(meeting.original.id)
        await meeting.demand_one_truth(meeting.original.id, undo.id)
        if meeting.calls < nth:
            break
    assert nth > 20


async def test_an_undo_at_any_call_of_the_retry() -> None:
    """Whichever writes the restore first goes on, and the other one is told that it came late."""
    nth, refused = 0, 0
    while True:
        nth += 1
        meeting = _UndoMeetsRetry(nth)
        meeting.original = await brought_back(meeting.world)
        await meeting.retry(meeting.original.id)
        if meeting.calls < nth:
            break
        if meeting.undone is None:
            # The attempt had begun before.
            assert meeting.is_retried
            continue
        refused += not meeting.is_retried
        await meeting.demand_one_truth(meeting.original.id, meeting.undone.id)
    assert refused


async def test_an_undo_under_way_is_named() -> None:
    """Whoever retries is told which undo to wait for."""
    world = with_deleted()
    original = await brought_back(world)
    undo = await start_undo(original.id, None, ASKED_BY, world.deps, is_allowed=True)

    with pytest.raises(NotRetryableError) as refused:
        await retry_restore(original.id, ASKED_BY, world.deps)

    assert refused.value.text.variant == "taken-back"
    assert refused.value.text.param("restore_id") == undo.id


async def test_a_retry_that_had_begun_before_the_undo() -> None:
    """It saw no undo, and writes when that is about to change something: it comes too late."""
    meeting = Meeting(0)
    world, original = meeting.world, await brought_back(meeting.world)
    has_read, may_write = asyncio.Event(), asyncio.Event()

    async def hold_retry(call: Call, *, is_done: bool) -> None:
        if call.name == "ledger.write" and not is_done:
            has_read.set()
            await may_write.wait()

    async def let_it_write(call: Call, *, is_done: bool) -> None:
        if call.name == "effects.delete_user" and not is_done:
            may_write.set()
            with pytest.raises(BusyError):
                await retrying

    retrying = asyncio.create_task(
        retry_restore(original.id, ASKED_BY, tapped(world.deps, hold_retry))
    )
    await has_read.wait()
    meeting.deps = tapped(world.deps, let_it_write)
    undo = await meeting.undo(original.id)

    assert retrying.done()
    await meeting.demand_one_truth(original.id, undo.id)
