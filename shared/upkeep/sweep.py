"""Queue again every restore that is due but has no message, and start scheduled requests.

Takes in scheduled requests whose time has come, too. Its cost follows the number of unfinished
restores that are due, not the size of the ledger.

In a long backlog a message is not lost, it waits for its turn. A restore is left alone until the
workers have come to messages as young as its own: then its message was taken and led to nothing,
or there is none. Queued again before that, it would stand in the queue twice, and once more every
minute.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from shared import telemetry
from shared.alerts.stuck_restores import STUCK_AFTER, warn_if_stuck
from shared.domain.alerts.report import is_report_operation
from shared.domain.batches.batch import is_batch_operation
from shared.domain.events.delivery import is_delivery_id
from shared.domain.records.record import Record
from shared.domain.watch.second_look import WATCH_ID
from shared.errors import (
    LeaseLostError,
    ReprieveError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.ports.deps import IntakeDeps
from shared.ports.ledger import StoredRecord
from shared.ports.queues import NextInLine, Unfinished
from shared.restore.conclude import MESSAGE_GRACE, publish_end
from shared.restore.giving_up import PUT_BACK_FOR, is_lost_cause, kills_its_workers
from shared.upkeep.poisoned_work import give_up

# After the sweep has queued a restore, the next look at it, at the earliest. Its message may wait
# for its turn then, and is left alone; or its worker has died, too.
REQUEUE_AFTER = timedelta(minutes=1)

# The platform kills an invocation, and every other one of that worker, after ten minutes. What is
# left is due at the next sweep, too, which meets none of those that this one has queued again.
SWEEP_TIME = timedelta(minutes=4)

# From a row to its message on the queue, whose clock is another and counts whole seconds.
SENDING_TIME = timedelta(seconds=10)

# A record of a newer release, after a roll-back, is looked at again when that may be over.
UNREADABLE_AFTER = timedelta(hours=1)

# Accepting takes a second. A row that has no record an hour after it came due never will.
ORPHAN_AFTER = timedelta(hours=1)


async def sweep(deps: IntakeDeps) -> int:
    """Check every unfinished restore that is due; returns how many were queued again.

    What goes wrong with one of them keeps nobody else from being looked after: its row stays due.
    A bug is raised when all others were checked.

    Raises:
        StorageUnavailableError: some were checked; the next sweep takes the rest.
    """
    began = deps.clock.now()
    line = await deps.outbox.work_next()
    queued, bugs = 0, list[Exception]()
    async for row in deps.unfinished.due(began):
        if deps.clock.now() - began > SWEEP_TIME:
            break
        if _waits_its_turn(row, line, began):
            continue
        seen = await _seen_to(row, deps)
        if isinstance(seen, Exception):
            bugs.append(seen)
        else:
            queued += seen
    if bugs:
        raise bugs[0]
    return queued


def _waits_its_turn(row: Unfinished, line: NextInLine, now: datetime) -> bool:
    """Whether the restore's message is still in the queue.

    False for one that stands there too long, so that it is checked and an alert can be sent.
    """
    if row.queued_for is None or now - row.queued_for > STUCK_AFTER:
        return False
    is_behind = line.reached is not None and line.reached < row.queued_for + SENDING_TIME
    return is_behind or row.restore_id in line.restore_ids


async def _seen_to(row: Unfinished, deps: IntakeDeps) -> bool | Exception:
    """Whether the row was queued again; what nobody foresaw is returned."""
    try:
        return await _see_to(row, deps)
    except StorageUnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - raised, if it is a bug, after the other rows
        telemetry.failed(f"sweep of {row.restore_id}", error)
        # One of our own says that somebody else was faster, or that this release cannot read it.
        return False if isinstance(error, ReprieveError) else error


async def _see_to(row: Unfinished, deps: IntakeDeps) -> bool:
    """Queue the restore if it needs it; one that this release cannot read is put off."""
    if _is_no_restore(row.restore_id):
        return await _wake(row.restore_id, deps)
    try:
        stored = await deps.ledger.read(row.restore_id)
    except UnreadableTextError as error:
        telemetry.failed(f"sweep of restore {row.restore_id}", error)
        await deps.unfinished.note(row.restore_id, deps.clock.now() + UNREADABLE_AFTER)
        return False
    return await _look_after(row, stored, deps)


def _is_no_restore(id_: str) -> bool:
    is_of_the_timers = id_ == WATCH_ID or is_report_operation(id_)
    return is_of_the_timers or is_delivery_id(id_) or is_batch_operation(id_)


async def _wake(operation_id: str, deps: IntakeDeps) -> bool:
    """Queue what is no restore; the worker removes the row if there is none."""
    now = deps.clock.now()
    await deps.outbox.enqueue_work(operation_id)
    await deps.unfinished.note(operation_id, now + REQUEUE_AFTER, queued_for=now)
    return True


async def _look_after(row: Unfinished, stored: StoredRecord | None, deps: IntakeDeps) -> bool:
    now = deps.clock.now()
    if stored is None:
        # Accepting stopped before the record was written, so nobody was told it was accepted.
        if now - row.due_at > ORPHAN_AFTER:
            await deps.unfinished.forget(row.restore_id)
        return False
    record = stored.record
    if record.status.is_final:
        await publish_end(record, deps, row=row)
        return False
    await warn_if_stuck(record, deps)
    if record.lease is not None and record.is_leased(now):
        # Only when the lease is over can be told whether its worker has died. A message is there
        # then, and not the next sweep a minute later; a worker that lives is not disturbed by it.
        over_at = record.lease.expires_at
        await deps.outbox.enqueue_work(row.restore_id, over_at - now)
        await deps.unfinished.note(row.restore_id, over_at + MESSAGE_GRACE, queued_for=over_at)
        return False
    if is_lost_cause(record):
        with suppress(LeaseLostError):
            await give_up(stored, deps)
        return False
    await deps.outbox.enqueue_work(row.restore_id)
    await deps.unfinished.note(row.restore_id, now + _again_after(record, now), queued_for=now)
    return True


def _again_after(record: Record, now: datetime) -> timedelta:
    """When to queue it again if nothing comes of it: at growing intervals, at most an hour.

    Each death of a worker costs every restore under way in it one of its tries.
    """
    if kills_its_workers(record):
        return PUT_BACK_FOR
    stands_still_for = now - (record.moved_at or record.created_at)
    return min(max(REQUEUE_AFTER, stands_still_for / 8), PUT_BACK_FOR)
