"""Remove the restores that ended longer ago than the keep time.

What a cleanup costs follows what it removes, not the size of the ledger.

A restore that waits needs no cleaning: it wakes at its time, which is within the hour unless it
waits for a day of its own (`notBefore`), and ends itself when its window has closed.
"""

from collections.abc import AsyncIterator
from datetime import datetime

from shared import telemetry
from shared.domain.records.record import Record
from shared.errors import LeaseLostError, UnreadableTextError
from shared.pacing import AT_ONCE, LONGEST_PART, TimeBudget, some_at_once
from shared.ports.deps import IntakeDeps
from shared.restore.locking import free_for_good


async def clean_up_restores(deps: IntakeDeps) -> int:
    """Remove every restore that is past its keep time; returns how many.

    The day row goes last: after a crash in between, the next cleanup removes the rest. A row whose
    instant is not that of its restore was left by an equal request of the same moment, and is
    removed alone.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    budget = TimeBudget.of(LONGEST_PART, deps.clock)
    limit = budget.began_at - deps.keep
    removed = 0
    async for rows in _in_lots(deps.days.before(limit)):
        removed += sum(await some_at_once(_clean_up(*row, limit, deps) for row in rows))
        if budget.is_spent:
            break
    return removed


async def _in_lots[T](rows: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    """The rows in their order, in groups of as many as are removed at once."""
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
    """Remove the restore that a day row names, and the row; return whether there was a restore."""
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


async def _remove_if_past(record: Record, limit: datetime, deps: IntakeDeps) -> bool:
    if record.finished_at is None or record.finished_at > limit:
        return False
    await deps.joins.forget(record.join_mark, record.id)
    await free_for_good(record, deps)
    try:
        await deps.ledger.remove(record.id)
    except LeaseLostError:
        # It was retried in this very moment, so it is not past its keep time.
        return False
    return True
