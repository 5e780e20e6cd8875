"""Cancel a restore, unless a change was already sent to the directory.

    worker   read ── claim ── look ── "attempting" ── effect
    cancel        read ──────────── "cancelled"

Why no lease is asked for: "attempting" and "cancelled" each replace the record that was read
before, and of two such writes the ledger takes one. If "cancelled" is first, the worker's write
fails and it sends nothing; if "attempting" is first, this one fails, and the next look sees that
it is too late. No clock has a part in that, so it holds for a worker that sleeps, too.

A lock that a worker took before it wrote down whose it is stays behind as a row without force:
its holder has ended.
"""

from contextlib import suppress

from shared import telemetry
from shared.domain.outcomes import Status
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.request import RequestedBy
from shared.domain.text import text
from shared.errors import (
    BusyError,
    LeaseLostError,
    NotCancellableError,
    RestoreNotFoundError,
    StorageUnavailableError,
)
from shared.ports.deps import IntakeDeps
from shared.ports.ledger import StoredRecord
from shared.restore.accept import QUEUE_GRACE
from shared.restore.conclude import publish_end

# Each lost race means that a worker wrote, and it writes a handful of times before its effect or a
# wait. Half as many tries might not outlast one run; to lose more would take many workers.
_TRIES = 10


async def cancel_restore(restore_id: str, by: RequestedBy, deps: IntakeDeps) -> Record:
    """The restore, cancelled now or before.

    Raises:
        NotCancellableError: a change was sent, or it has ended otherwise; nothing was written.
        BusyError: workers wrote faster than this could; nothing was written.
        RestoreNotFoundError: there is none; nothing was written.
        StorageUnavailableError: it may be cancelled; the same again tells.
    """
    for _ in range(_TRIES):
        stored = await deps.ledger.read(restore_id)
        if stored is None:
            raise RestoreNotFoundError
        if stored.record.status is Status.CANCELLED:
            return stored.record
        _demand_cancellable(stored.record)
        with suppress(LeaseLostError):
            return await _cancel(stored, by, deps)
    raise BusyError


def _demand_cancellable(record: Record) -> None:
    if record.status.is_final:
        raise NotCancellableError(text("not-cancellable", "ended", status=record.status.value))
    if not record.is_cancellable:
        raise NotCancellableError(text("not-cancellable"))


async def _cancel(stored: StoredRecord, by: RequestedBy, deps: IntakeDeps) -> Record:
    now = deps.clock.now()
    cancelled = stored.record.cancel(now)
    # The row of a scheduled restore is due when that is; its end must be published before.
    await deps.unfinished.note(cancelled.id, now + QUEUE_GRACE)
    entry = JournalEntry(now, "cancelled", by=by)
    await deps.ledger.write(stored, cancelled, entry)
    telemetry.ended(cancelled)
    # The restore is cancelled even if these writes fail: the sweep repeats them.
    with suppress(StorageUnavailableError):
        await publish_end(cancelled, deps)
    return cancelled
