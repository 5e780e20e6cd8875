"""Decide what becomes of a work message that the platform put on the poison queue.

It does so after five runs that failed, or at whose end the worker was dead, within minutes; and
after five whose whole instance died, within the hour. Whether anything is wrong with the restore is
for its record to say:

    ended, or waits for a stated time   it is well, and the message was an old one
    put off already                     so was this one
    a worker holds it                   looked at again when that is over
    its last five claims died           it ends, with the claim after that (see giving_up); or here,
                                        if nobody survives that one either
    any other                           put off for an hour, three times in a row; then it ends

Source: azure-sdk-for-net, QueueListener.cs and QueueProcessor.cs; azure-functions-host,
GrpcWorkerChannel.cs.
"""

from datetime import datetime, timedelta

from shared import telemetry
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.request import is_restore_id
from shared.domain.text import text
from shared.ports.deps import IntakeDeps
from shared.ports.ledger import StoredRecord
from shared.restore.conclude import MESSAGE_GRACE, publish_end
from shared.restore.giving_up import (
    MOST_DIED_CLAIMS,
    MOST_PUT_BACKS,
    PUT_BACK_FOR,
    gave_up,
    is_lost_cause,
)

# A restore that waits is taken up within seconds of its time, and within a minute or two of it if
# its message was lost. One that is later than that is stuck.
LATE_AFTER = timedelta(minutes=5)


async def take_back_work(operation_id: str, deps: IntakeDeps) -> None:
    """Decide what becomes of the restore whose work message was set aside, and write it.

    A delivery or a batch needs nothing: the sweep finds it, and it counts its own dead workers.

    Raises:
        LeaseLostError: a worker took it up this moment; nothing was written.
        UnreadableTextError: another release wrote it; nothing was written.
        StorageUnavailableError: the sweep finds what was not seen to.
    """
    stored = await deps.ledger.read(operation_id) if is_restore_id(operation_id) else None
    now = deps.clock.now()
    if stored is None or _is_well(stored.record, now):
        return
    record = stored.record
    if record.lease is not None and record.is_leased(now):
        await _look_again(record.id, record.lease.expires_at, deps)
    elif is_lost_cause(record):
        await give_up(stored, deps)
    elif record.died_claims >= MOST_DIED_CLAIMS:
        await _look_again(record.id, now, deps)
    elif record.put_backs < MOST_PUT_BACKS:
        await _put_back(stored, deps)
    else:
        await give_up(stored, deps)


def _is_well(record: Record, now: datetime) -> bool:
    is_waiting = record.waiting is not None and now < record.waiting.until + LATE_AFTER
    is_put_off = record.put_off_until is not None and now < record.put_off_until
    return record.status.is_final or is_waiting or is_put_off


async def _look_again(restore_id: str, at: datetime, deps: IntakeDeps) -> None:
    await deps.unfinished.note(restore_id, at + MESSAGE_GRACE, queued_for=at)
    await deps.outbox.enqueue_work(restore_id, at - deps.clock.now())


async def _put_back(stored: StoredRecord, deps: IntakeDeps) -> None:
    """Put the restore off; the sweep queues it when its time has come."""
    now = deps.clock.now()
    until = now + PUT_BACK_FOR
    put_back = stored.record.put_back(until, now)
    detail = text("journal", "put-back", count=put_back.put_backs, most=MOST_PUT_BACKS)
    entry = JournalEntry(now, "put-back", detail)
    await deps.ledger.write(stored, put_back, entry)
    await deps.unfinished.note(put_back.id, until)
    telemetry.put_back(put_back.id, put_back.put_backs)


async def give_up(stored: StoredRecord, deps: IntakeDeps) -> None:
    """End the restore, and publish its end.

    Raises:
        LeaseLostError: a worker took it up this moment; nothing was written.
    """
    now, ending = deps.clock.now(), gave_up(stored.record)
    entry = JournalEntry(now, "settled", ending.text)
    ended = await deps.ledger.write(stored, stored.record.settle(ending, now), entry)
    telemetry.ended(ended.record)
    await publish_end(ended.record, deps)
