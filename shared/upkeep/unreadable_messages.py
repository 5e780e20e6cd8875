"""Messages that do not become a restore in the ordinary way: kept, answered, never lost.

A message that cannot be understood becomes a `refused` restore with its body; one that the host
gave up on ends its restore as `gave-up`. Both are published like any other end.
"""

import asyncio
from datetime import datetime, timedelta

from shared import telemetry
from shared.domain.keys import RestoreOrder, id_without_key, restore_id_for_message
from shared.domain.new_record import open_record, refused_record
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.progress import JournalEntry
from shared.domain.record import Record
from shared.domain.request import RequestedBy, is_restore_id
from shared.ports.deps import IntakeDeps
from shared.restore.accept import QUEUE_GRACE, find_unfinished
from shared.restore.conclude import publish_end

# The queue's clock is not ours, and counts whole seconds.
CLOCK_SKEW = timedelta(seconds=5)


async def refuse_message(
    received: str, message_id: str, why: str, requested_by: RequestedBy, deps: IntakeDeps
) -> Record:
    """A message that asks for nothing we can do, as a refused restore that keeps its body.

    Raises:
        StorageUnavailableError: it may be kept already; the same message again changes nothing.
    """
    ending = outcome(Code.INVALID_REQUEST, why)
    restore_id = restore_id_for_message(message_id)
    record = refused_record(restore_id, received, requested_by, ending, deps.clock.now())
    return await _insert_ended(record, why, deps)


async def give_up_request(
    order: RestoreOrder, deps: IntakeDeps, *, has_own_key: bool
) -> Record | None:
    """Keep a request that the host could not have taken in, as a failed restore.

    None if it was taken in after all: that restore comes to an end of its own. `has_own_key`: the
    copy that the host made has the key that the message had.
    """
    restore_id = order.restore_id or id_without_key(order.mark, deps.clock.now())
    if await deps.ledger.read(restore_id) is not None:
        return None
    if not has_own_key and await find_unfinished(order, deps) is not None:
        return None
    now = deps.clock.now()
    record = open_record(restore_id, order, now)
    return await _insert_ended(record.settle(_gave_up(), now), "the host gave up", deps)


async def give_up_work(restore_id: str, set_aside_at: datetime | None, deps: IntakeDeps) -> None:
    """End a restore whose work message the host gave up on at `set_aside_at`.

    Unless it has ended, is at work, or has come further since then: such a message is old, and its
    restore is well.

    Raises:
        LeaseLostError: a worker took it up this moment; nothing was written.
        UnreadableTextError: another release wrote the restore; nothing was written.
    """
    stored = await deps.ledger.read(restore_id) if is_restore_id(restore_id) else None
    now = deps.clock.now()
    if stored is None or _is_well(stored.record, set_aside_at, now):
        return
    entry = JournalEntry(now, "settled", "failed: gave-up; the host gave up on its message")
    ended = await deps.ledger.write(stored, stored.record.settle(_gave_up(), now), entry)
    telemetry.ended(ended.record)
    await publish_end(ended.record, deps)


def _is_well(record: Record, set_aside_at: datetime | None, now: datetime) -> bool:
    if record.status.is_final or record.is_leased(now):
        return True
    return set_aside_at is not None and record.updated_at > set_aside_at + CLOCK_SKEW


async def _insert_ended(record: Record, why: str, deps: IntakeDeps) -> Record:
    await asyncio.gather(
        deps.unfinished.note(record.id, record.created_at + QUEUE_GRACE),
        deps.days.note(record.id, record.created_at),
    )
    if await deps.ledger.insert(record, JournalEntry(record.created_at, "settled", why)):
        telemetry.ended(record)
    stored = await deps.ledger.read(record.id)
    kept = stored.record if stored is not None else record
    if kept.status.is_final:
        await publish_end(kept, deps)
    return kept


def _gave_up() -> Outcome:
    return outcome(
        Code.GAVE_UP,
        "The service failed on this request several times in a row and the platform set its"
        " message aside.",
    )
