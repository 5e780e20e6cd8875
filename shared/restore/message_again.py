"""Repair a restore whose run failed, when its message is delivered again.

    leased by that run     the lease is given back
    parked                 unfinished row and work message once more
    ended                  published once more, if its unfinished row is still there

A run that loses the storage account cannot tidy up behind itself. Without this its message would
find the restore held, waiting or ended, and be dropped, and the restore would stand still until
the sweep comes to it, minutes later.

Why its lease may be taken: the lease names the message, and a message is not shown again before its
run is over. A run whose instance died is over for ten minutes by then. One whose worker the host
lost, or killed for its time, is failed at once, and its message comes back after
`visibilityTimeout` (host.json): that is longer than the worker may live on, and settings/host_json
holds the two together. A write of that run which still arrives carries an old ETag. The leases of
other messages are left alone.
Source: azure-sdk-for-net, QueueListener.cs; azure-functions-host, GrpcWorkerChannel.cs.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.request import is_restore_id
from shared.domain.text import text
from shared.errors import LeaseLostError
from shared.ports.clock import WorkerNames
from shared.ports.deps import Deps
from shared.ports.ledger import StoredRecord
from shared.ports.queues import Unfinished
from shared.restore.advance import advance
from shared.restore.conclude import call_back, publish_end


@dataclass(frozen=True, slots=True)
class WorkMessage:
    """One showing of a work message; `tries` counts them, this one included."""

    message_id: str
    tries: int


@dataclass(frozen=True, slots=True)
class _NamesOfMessage:
    message_id: str
    names: WorkerNames

    def fresh(self) -> str:
        """A name that no other worker has ever had, beginning with the id of the message."""
        return f"{self.message_id}.{self.names.fresh()}"


async def advance_for_message(restore_id: str, turn: WorkMessage, deps: Deps) -> None:
    """Bring the restore of this message as far as it can go now; see `advance`.

    Raises:
        StorageUnavailableError: what is missing is made up for when the message comes back.
    """
    named = replace(deps, names=_NamesOfMessage(turn.message_id, deps.names))
    if turn.tries > 1:
        await _mend(restore_id, turn, named)
    await advance(restore_id, named)


async def _mend(restore_id: str, turn: WorkMessage, deps: Deps) -> None:
    stored = await deps.ledger.read(restore_id) if is_restore_id(restore_id) else None
    if stored is None:
        return
    record = stored.record
    if record.status.is_final:
        row = await deps.unfinished.find(restore_id)
        if _is_untold(record, row):
            await publish_end(record, deps, row=row)
    elif record.waiting is not None and deps.clock.now() < record.waiting.until:
        await call_back(record, deps)
    elif _is_of(turn, record):
        await _give_back(stored, deps)


def _is_untold(record: Record, row: Unfinished | None) -> bool:
    """Whether the end is not published yet; a younger row belongs to an attempt that is beginning.

    A retry writes its row before its record: were that row forgotten, and its message lost, nobody
    would come back to it.
    """
    if row is None or record.finished_at is None:
        return False
    return row.queued_for is None or row.queued_for <= record.finished_at


def _is_of(turn: WorkMessage, record: Record) -> bool:
    owner = record.lease.owner if record.lease is not None else ""
    return bool(turn.message_id) and owner.startswith(f"{turn.message_id}.")


async def _give_back(stored: StoredRecord, deps: Deps) -> None:
    now = deps.clock.now()
    entry = JournalEntry(now, "let-go", text("journal", "message-back"))
    with suppress(LeaseLostError):
        await deps.ledger.write(stored, stored.record.bereaved(now), entry)
