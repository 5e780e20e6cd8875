"""Cleanup: what is past its keep time goes, and nothing else. The cost follows what is removed.

A restore that waits needs no cleaning: it wakes at least every half hour, and ends itself when its
window has closed.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from shared import telemetry
from shared.domain.record import Record
from shared.domain.snapshot import Observation
from shared.errors import LeaseLostError, UnreadableTextError
from shared.restore.audit import prune_trail
from shared.restore.deps import IntakeDeps
from shared.restore.observing import AT_ONCE, some_at_once

# Restores have this time, then observations, then batches. After ten minutes (host.json) the host
# ends a function, and its process with it. A removal is six round trips of some milliseconds, so
# tens of thousands of restores go in this time: a ledger of a million loses eleven thousand a day.
LONGEST = timedelta(minutes=3)

_BEGINNING = datetime.min.replace(tzinfo=UTC)


async def cleanup(deps: IntakeDeps) -> int:
    """Remove every restore that ended longer ago than the keep time; returns how many.

    And the entries of the audit log that are of no more use, which are not counted. Stops after
    LONGEST: what is left is the next cleanup's.

    The day row goes last: a crash in between is made good by the next cleanup. A row whose instant
    is not that of its restore was left by an equal request of the same moment, and goes alone.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    began = deps.clock.now()
    limit = began - deps.keep
    removed = 0
    async for rows in _in_lots(deps.days.before(limit)):
        removed += sum(await some_at_once(_clean_up(*row, limit, deps) for row in rows))
        if is_over(began, deps):
            break
    await prune_trail(deps)
    return removed


async def _in_lots[T](rows: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    """The rows in their order, so many at a time as are worked on at once."""
    lot: list[T] = []
    async for row in rows:
        lot.append(row)
        if len(lot) == AT_ONCE:
            yield lot
            lot = []
    yield lot


async def _clean_up(
    restore_id: str, created_at: datetime, limit: datetime, deps: IntakeDeps
) -> bool:
    """Remove what a day row leads to, and the row; whether that was a restore."""
    try:
        stored = await deps.ledger.read(restore_id)
    except UnreadableTextError as error:
        telemetry.failed(f"cleanup of restore {restore_id}", error)
        return False
    record = None if stored is None or stored.record.created_at != created_at else stored.record
    if record is not None and not await _remove_if_past(record, limit, deps):
        return False
    await deps.days.forget(restore_id, created_at)
    return record is not None


async def cleanup_watch(deps: IntakeDeps) -> int:
    """Remove what was observed of users lost or gone longer ago than the keep time; how many.

    The observation goes first, its row last: a crash in between is made good by the next cleanup.
    Whose mailbox came back keeps the observation; only the row that outlived the loss goes.
    Stops after LONGEST: what is left is the next cleanup's.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    began = deps.clock.now()
    limit = began - deps.keep
    watch, removed = deps.watch, 0
    for index in (watch.losses, watch.departures):
        async for user_id, at in index.between(_BEGINNING, limit):
            kept = (await watch.memory.many([user_id])).get(user_id)
            if kept is not None and _is_past(kept.observation, limit):
                await watch.memory.remove(kept)
                removed += 1
            await index.forget(user_id, at)
            if is_over(began, deps):
                return removed
    for index in (watch.marks, watch.doubts):
        async for name, at in index.between(_BEGINNING, limit):
            await index.forget(name, at)
            if is_over(began, deps):
                return removed
    return removed


def is_over(began: datetime, deps: IntakeDeps) -> bool:
    """Whether a part of the cleanup that began then has had its time."""
    return deps.clock.now() - began > LONGEST


def _is_past(observation: Observation, limit: datetime) -> bool:
    """Whether the last thing that happened to the user is longer ago than the keep time."""
    happened = [at for at in (observation.lost_at, observation.gone_at) if at is not None]
    return bool(happened) and max(happened) < limit


async def _remove_if_past(record: Record, limit: datetime, deps: IntakeDeps) -> bool:
    if record.finished_at is None or record.finished_at > limit:
        return False
    await deps.joins.forget(record.join_mark, record.id)
    try:
        await deps.ledger.remove(record.id)
    except LeaseLostError:
        # It came to life again in this very moment, so it is not past its time.
        return False
    return True
