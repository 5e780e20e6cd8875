"""Accept a restore request: one request becomes one restore, whichever way it came in.

No call to Graph: intake stays up while Graph is down. The order of the writes is the promise:

1. unfinished row, day row, rows by caller - without a record they are harmless, and dropped later;
2. the record with its first journal entry - from here on the restore exists, and the insert
   decides a race between equal keys;
3. the pointer for requests without a key, then the work message - if this is lost, the sweep finds
   the restore in the unfinished rows and queues it.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from shared import telemetry
from shared.domain.limits import open_as
from shared.domain.outcomes import Status
from shared.domain.records.new_record import open_record
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.keys import RestoreOrder, id_without_key, keys_of
from shared.domain.requests.request import fingerprint
from shared.errors import KeyReusedError, StorageUnavailableError, UnreadableTextError
from shared.ports.deps import IntakeDeps
from shared.ports.ledger import StoredRecord
from shared.restore.limits import demand_room
from shared.restore.locking import ended_unread_at

# A work message is normally taken within seconds. If nothing has come of it by then, the sweep
# queues the restore again, unless its message stands in the queue. So this, the lease and the
# minute between two sweeps are how long a dead worker holds a restore up.
QUEUE_GRACE = timedelta(seconds=25)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The restore a request stands for, and whether this request was the one that opened it."""

    record: Record
    is_new: bool


@dataclass(frozen=True, slots=True)
class _OverUnread:
    """An equal restore has ended, and this release cannot read how."""


async def accept(order: RestoreOrder, deps: IntakeDeps) -> Accepted:
    """The restore of this order: a new one, or the one it repeats.

    Without a key it repeats an equal one of the same caller that has not ended. One that has ended
    is never joined: whoever asks again wants to know how it is now.

    Raises:
        KeyReusedError: the key belongs to another request of this caller; nothing was begun.
        TooManyError: a caller over HTTP has too many under way; nothing was begun.
        UnreadableTextError: another release wrote what it repeats; nothing was begun.
        StorageUnavailableError: the restore may exist; the same request again joins it.
    """
    if order.restore_id is not None:
        return await _accept_as(order.restore_id, order, deps)
    return await _accept_without_key(order, deps)


async def find_unfinished(order: RestoreOrder, deps: IntakeDeps) -> Record | None:
    """The restore that this order would join if it came without a key."""
    pointer = await deps.joins.find(order.mark)
    before = None if pointer is None else await _before(pointer.restore_id, deps)
    return before if isinstance(before, Record) and not before.status.is_final else None


async def _accept_as(restore_id: str, order: RestoreOrder, deps: IntakeDeps) -> Accepted:
    known = await deps.ledger.read(restore_id)
    if known is None:
        opened = open_record(restore_id, order, deps.clock.now())
        record = replace(opened, trace=telemetry.trace_id())
        kind = open_as(record)
        if kind is not None:
            await demand_room(record.requested_by, kind, deps)
        if await _open(record, deps):
            telemetry.accepted(record)
            await _announce(record, order, deps)
            return Accepted(record, is_new=True)
        known = await deps.ledger.read(restore_id)
        await _take_back(record, known, deps)
    if known is None:
        msg = f"restore {restore_id} was there a moment ago and cannot be read"
        raise StorageUnavailableError(msg)
    if known.record.fingerprint != fingerprint(order.request):
        raise KeyReusedError(restore_id)
    return Accepted(known.record, is_new=False)


async def _accept_without_key(order: RestoreOrder, deps: IntakeDeps) -> Accepted:
    pointer = await deps.joins.find(order.mark)
    if pointer is not None:
        before = await _before(pointer.restore_id, deps)
        if before is None:
            # Whoever set the pointer has not opened the restore yet: both try, and one wins.
            return await _accept_as(pointer.restore_id, order, deps)
        if isinstance(before, Record):
            if not before.status.is_final:
                return Accepted(before, is_new=False)
            order = replace(order, repeats=_done_by(before))
    restore_id = id_without_key(order.mark, deps.clock.now())
    if await deps.joins.point(order.mark, restore_id, replacing=pointer):
        return await _accept_as(restore_id, order, deps)
    winner = await deps.joins.find(order.mark)
    # An equal request was faster; the first of the two opens the restore that the pointer names.
    return await _accept_as(winner.restore_id if winner is not None else restore_id, order, deps)


async def _before(restore_id: str, deps: IntakeDeps) -> Record | _OverUnread | None:
    """The equal restore before this one.

    Raises:
        UnreadableTextError: another release wrote it, and it may go on; or nobody can tell.
    """
    try:
        known = await deps.ledger.read(restore_id)
    except UnreadableTextError:
        if await ended_unread_at(restore_id, deps) is None:
            raise
        return _OverUnread()
    return None if known is None else known.record


def _done_by(record: Record) -> str:
    """The id of the restore that had already done this one's work; empty if that is not known."""
    has_done_it = record.status is Status.SUCCEEDED and record.was_touched
    return record.id if has_done_it else record.repeats


async def _open(record: Record, deps: IntakeDeps) -> bool:
    entry = JournalEntry(record.created_at, "accepted", by=record.requested_by)
    await asyncio.gather(
        deps.unfinished.note(
            record.id, record.created_at + QUEUE_GRACE, queued_for=record.created_at
        ),
        deps.days.note(record.id, record.created_at),
        _count(record, deps),
    )
    return await deps.ledger.insert(record, entry)


async def _count(record: Record, deps: IntakeDeps) -> None:
    """Count the restore against the limit of the caller that asked for it, if there is one."""
    kind = open_as(record)
    if kind is not None:
        await deps.callers.open(keys_of(record.requested_by).owner, kind, record.id)


async def _take_back(record: Record, known: StoredRecord | None, deps: IntakeDeps) -> None:
    """Remove the row by day of this request, whose restore an equal request has opened already."""
    if known is None or known.record.created_at == record.created_at:
        return
    with suppress(StorageUnavailableError):
        # Lists pass such a row over, and the cleanup removes it.
        await deps.days.forget(record.id, record.created_at)


async def _announce(record: Record, order: RestoreOrder, deps: IntakeDeps) -> None:
    try:
        await asyncio.gather(_point(record, order, deps), deps.outbox.enqueue_work(record.id))
    except StorageUnavailableError:
        # The restore exists and is readable, so the answer is still "accepted": the sweep finds
        # it among the unfinished ones and queues it.
        return


async def _point(record: Record, order: RestoreOrder, deps: IntakeDeps) -> None:
    """Let an equal request without a key join this one; losing a race for it is harmless."""
    if order.restore_id is None:
        # The pointer has led to this id since before the record was opened.
        return
    if await deps.joins.point(record.join_mark, record.id, replacing=None):
        return
    pointer = await deps.joins.find(record.join_mark)
    if pointer is not None and pointer.restore_id != record.id:
        await deps.joins.point(record.join_mark, record.id, replacing=pointer)
