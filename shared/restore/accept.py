"""Accept: a restore request becomes a restore, once, whatever door it came through.

No call to Graph: intake stays up while Graph is down. The order of the writes is the promise:

1. unfinished row and day row - without a record they are harmless, and the sweep drops them;
2. the record with its first journal entry - from here on the restore exists, and the insert
   decides a race between equal keys;
3. the pointer for requests without a key, then the work message - if this is lost, the sweep finds
   the restore in the unfinished rows and queues it.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared import telemetry
from shared.domain.new_record import open_record
from shared.domain.progress import JournalEntry
from shared.domain.record import Record
from shared.domain.request import (
    RequestedBy,
    RestoreRequest,
    fingerprint,
    private_mark,
    restore_id_for_key,
    restore_id_without_key,
)
from shared.errors import KeyReusedError, StorageUnavailableError
from shared.ports.deps import IntakeDeps
from shared.ports.ledger import StoredRecord

# Power Automate repeats a POST up to four times, 5-45 s apart, after time-outs of up to 2 minutes:
# all of that is over in 15 minutes. Half would cut it short; double would swallow a true second
# order. Source: Power Automate docs, "Error and exception handling".
JOIN_TIME = timedelta(minutes=15)

# A work message is normally taken within seconds. If nothing has come of it after two minutes, the
# sweep queues the restore again; sooner would double the messages of every busy minute.
QUEUE_GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The restore a request stands for, and whether this request was the one that opened it."""

    record: Record
    is_new: bool


async def accept(
    request: RestoreRequest, requested_by: RequestedBy, deps: IntakeDeps, *, private: bool = False
) -> Accepted:
    """The restore of this request: a new one, or the one it repeats.

    `private`: the caller may read its own restores only, so without a key it joins no other's: it
    would be sent to a restore that it is not shown.

    Raises:
        KeyReusedError: the key belongs to another request, or to a restore that this caller is
            not shown; nothing was begun.
        StorageUnavailableError: the restore may exist; the same request again joins it.
    """
    print_ = fingerprint(request)
    order = _Order(request, requested_by, private_mark(print_, requested_by) if private else print_)
    if request.idempotency_key is not None:
        return await _accept_as(restore_id_for_key(request.idempotency_key), order, deps)
    return await _accept_without_key(order, deps)


@dataclass(frozen=True, slots=True)
class _Order:
    """A request, who asks, and the mark under which equal ones without a key find it."""

    request: RestoreRequest
    requested_by: RequestedBy
    mark: str

    def may_join(self, record: Record) -> bool:
        """Whether the caller would be shown this restore."""
        is_private = self.mark != fingerprint(self.request)
        return not is_private or record.requested_by.id == self.requested_by.id


async def _accept_as(restore_id: str, order: _Order, deps: IntakeDeps) -> Accepted:
    known = await deps.ledger.read(restore_id)
    if known is None:
        now = deps.clock.now()
        record = open_record(restore_id, order.request, order.requested_by, now, order.mark)
        record = replace(record, trace=telemetry.trace_id())
        if await _open(record, deps):
            telemetry.accepted(record)
            await _announce(record, deps)
            return Accepted(record, is_new=True)
        known = await deps.ledger.read(restore_id)
        await _take_back(record, known, deps)
    if known is None:
        msg = f"restore {restore_id} was there a moment ago and cannot be read"
        raise StorageUnavailableError(msg)
    if known.record.fingerprint != fingerprint(order.request) or not order.may_join(known.record):
        raise KeyReusedError(restore_id)
    return Accepted(known.record, is_new=False)


async def _accept_without_key(order: _Order, deps: IntakeDeps) -> Accepted:
    now = deps.clock.now()
    pointer = await deps.joins.find(order.mark)
    if pointer is not None:
        known = await deps.ledger.read(pointer.restore_id)
        if known is None:
            # Whoever set the pointer has not opened the restore (yet): both of us do, one wins.
            return await _accept_as(pointer.restore_id, order, deps)
        if is_joinable(known.record, now):
            return Accepted(known.record, is_new=False)
    restore_id = restore_id_without_key(order.mark, now)
    if await deps.joins.point(order.mark, restore_id, replacing=pointer):
        return await _accept_as(restore_id, order, deps)
    winner = await deps.joins.find(order.mark)
    # Somebody equal was faster; whoever of us comes first opens the restore the pointer names.
    return await _accept_as(winner.restore_id if winner is not None else restore_id, order, deps)


def is_joinable(record: Record, now: datetime) -> bool:
    """Whether an equal request without a key is this restore, and not a new order."""
    return not record.status.is_final or now - record.created_at < JOIN_TIME


async def _open(record: Record, deps: IntakeDeps) -> bool:
    entry = JournalEntry(record.created_at, "accepted", by=record.requested_by)
    await asyncio.gather(
        deps.unfinished.note(
            record.id, record.created_at + QUEUE_GRACE, queued_for=record.created_at
        ),
        deps.days.note(record.id, record.created_at),
    )
    return await deps.ledger.insert(record, entry)


async def _take_back(record: Record, known: StoredRecord | None, deps: IntakeDeps) -> None:
    """Take out the row by day that was written for a restore which an equal request opened."""
    if known is None or known.record.created_at == record.created_at:
        return
    with suppress(StorageUnavailableError):
        # Lists pass such a row over, and the cleanup removes it.
        await deps.days.forget(record.id, record.created_at)


async def _announce(record: Record, deps: IntakeDeps) -> None:
    try:
        await asyncio.gather(_point(record, deps), deps.outbox.enqueue_work(record.id))
    except StorageUnavailableError:
        # The restore exists and is readable, so the answer is still "accepted": the sweep finds
        # it among the unfinished ones and queues it.
        return


async def _point(record: Record, deps: IntakeDeps) -> None:
    # A request with a key can be joined by an equal one without; losing this race is harmless.
    pointer = await deps.joins.find(record.join_mark)
    if pointer is None or pointer.restore_id != record.id:
        await deps.joins.point(record.join_mark, record.id, replacing=pointer)
