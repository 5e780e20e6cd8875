"""Sweep: what the queues forgot, and what a crash left half done, comes back to life.

Takes in scheduled requests whose time has come, too. Its cost follows the number of unfinished
restores that are due, not the size of the ledger.
"""

from datetime import timedelta

from shared import telemetry
from shared.domain.batch import is_batch_operation
from shared.domain.delivery import is_delivery_id
from shared.domain.record import Record
from shared.errors import UnreadableTextError
from shared.restore.conclude import publish_end
from shared.restore.deps import IntakeDeps
from shared.restore.ports import Unfinished
from shared.restore.warn_stuck import warn_if_stuck

# After the sweep has queued a restore, the next look at it. Under a long backlog the message waits
# in the queue for its turn, and a new one each minute would only make the queue longer.
REQUEUE_AFTER = timedelta(minutes=5)

# A record of a newer release, after a roll-back, is looked at again when that may be over.
UNREADABLE_AFTER = timedelta(hours=1)

# Accepting takes a second. A row that has no record an hour after it came due never will.
ORPHAN_AFTER = timedelta(hours=1)


async def sweep(deps: IntakeDeps) -> int:
    """Look after every unfinished restore that is due; returns how many were queued again.

    A record that this release cannot read is put off, and holds up nobody behind it.

    Raises:
        StorageUnavailableError: some were looked after; the next sweep takes the rest.
    """
    now = deps.clock.now()
    queued = 0
    async for row in deps.unfinished.due(now):
        if is_delivery_id(row.restore_id) or is_batch_operation(row.restore_id):
            queued += await _wake(row.restore_id, deps)
            continue
        try:
            stored = await deps.ledger.read(row.restore_id)
        except UnreadableTextError as error:
            telemetry.failed(f"sweep of restore {row.restore_id}", error)
            await deps.unfinished.note(row.restore_id, now + UNREADABLE_AFTER)
            continue
        record = stored.record if stored is not None else None
        queued += await _look_after(row, record, deps)
    return queued


async def _wake(operation_id: str, deps: IntakeDeps) -> bool:
    """Have a worker look at a delivery or a batch; the worker drops the row if there is nothing."""
    await deps.outbox.enqueue_work(operation_id)
    await deps.unfinished.note(operation_id, deps.clock.now() + REQUEUE_AFTER)
    return True


async def _look_after(row: Unfinished, record: Record | None, deps: IntakeDeps) -> bool:
    now = deps.clock.now()
    if record is None:
        # Accepting stopped before the record was written, so nobody was told it was accepted.
        if now - row.due_at > ORPHAN_AFTER:
            await deps.unfinished.forget(row.restore_id)
        return False
    if record.status.is_final:
        await publish_end(record, deps)
        return False
    if record.lease is not None and record.is_leased(now):
        await deps.unfinished.note(row.restore_id, record.lease.expires_at)
        return False
    await deps.outbox.enqueue_work(row.restore_id)
    await deps.unfinished.note(row.restore_id, now + REQUEUE_AFTER)
    await warn_if_stuck(record, deps)
    return True
