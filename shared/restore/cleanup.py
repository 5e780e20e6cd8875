"""Cleanup: what is past its keep time goes, and nothing else. The cost follows what is removed.

A restore that waits needs no cleaning: it wakes at least every half hour, and ends itself when its
window has closed.
"""

from shared import telemetry
from shared.domain.record import Record
from shared.errors import LeaseLostError, UnreadableTextError
from shared.restore.deps import IntakeDeps


async def cleanup(deps: IntakeDeps) -> int:
    """Remove every restore that ended longer ago than the keep time; returns how many.

    The day row goes last: a crash in between is made good by the next cleanup.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    limit = deps.clock.now() - deps.keep
    removed = 0
    async for restore_id, created_at in deps.days.before(limit):
        try:
            stored = await deps.ledger.read(restore_id)
        except UnreadableTextError as error:
            telemetry.failed(f"cleanup of restore {restore_id}", error)
            continue
        if stored is not None:
            record = stored.record
            if record.finished_at is None or record.finished_at > limit:
                continue
            if not await _remove(record, deps):
                continue
            removed += 1
        await deps.days.forget(restore_id, created_at)
    return removed


async def clean_up_batches(deps: IntakeDeps) -> int:
    """Remove every batch that ended longer ago than the keep time; returns how many.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    limit = deps.clock.now() - deps.keep
    removed = 0
    async for batch_id, day in deps.batches.before(limit):
        kept = await deps.batches.read(batch_id)
        if kept is not None:
            finished_at = kept.value.finished_at
            if finished_at is None or finished_at > limit:
                continue
            removed += 1
        await deps.batches.remove(batch_id, day)
    return removed


async def _remove(record: Record, deps: IntakeDeps) -> bool:
    await deps.joins.forget(record.join_mark, record.id)
    try:
        await deps.ledger.remove(record.id)
    except LeaseLostError:
        # It came to life again in this very moment, so it is not past its time.
        return False
    return True
