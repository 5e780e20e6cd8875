"""Note on a restore that has ended whether its caller was told, by the callback that it named.

An end may be told more than once: after a crash, or by two hosts at once; it is the same event
each time. What counts is whether it was taken once: a receiver that has gone on may answer the
second call with an error. So the restore keeps that it was taken, is not told again, and says that
the callback failed only while nobody has taken it.

A restore in its next attempt is left alone: its worker's hold would break, and that attempt has a
callback of its own. One that this release cannot read is left as it is, and the log has it.
"""

from collections.abc import Callable

from shared import telemetry
from shared.domain.events.delivery import Delivery
from shared.domain.findings.codes import FindingCode
from shared.domain.records.progress import JournalEntry, Warning_
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.errors import LeaseLostError, UnreadableTextError
from shared.events.not_told import not_told
from shared.ports.deps import IntakeDeps
from shared.ports.events import DeliveryReport
from shared.restore.conclude import event_id_of

# Each lost race means that somebody else wrote the restore, which has ended: a retry, or a second
# delivery. Neither goes on for long.
_TRIES = 5

type _Change = tuple[Record, tuple[JournalEntry, ...]]


async def note_told(delivery: Delivery, deps: IntakeDeps) -> None:
    """Keep that the caller has the event; a warning that says otherwise is taken back.

    Raises:
        StorageUnavailableError: it may be kept; the event is sent again.
    """

    def told(record: Record) -> _Change | None:
        if record.told == delivery.event_id:
            return None
        entry = JournalEntry(
            deps.clock.now(), "callback-arrived", text("journal", "callback-arrived")
        )
        return record.told_of(delivery.event_id), (entry,) if _is_warned(record) else ()

    await _write(delivery, told, deps)


async def note_given_up(delivery: Delivery, report: DeliveryReport, deps: IntakeDeps) -> None:
    """Say on the restore that its caller was not told, unless it was by another delivery.

    Raises:
        StorageUnavailableError: it may say so.
    """

    def warned(record: Record) -> _Change | None:
        if record.told == delivery.event_id or _is_warned(record):
            return None
        why = text("journal", "callback-failed", why=report.why)
        entry = JournalEntry(deps.clock.now(), FindingCode.CALLBACK_FAILED.value, why)
        return record.warned(Warning_(not_told(delivery.tries, report.why))), (entry,)

    await _write(delivery, warned, deps)


async def _write(
    delivery: Delivery, changed: Callable[[Record], _Change | None], deps: IntakeDeps
) -> None:
    for _ in range(_TRIES):
        try:
            stored = await deps.ledger.read(delivery.subject)
        except UnreadableTextError as error:
            telemetry.failed(f"callback of restore {delivery.subject}", error)
            return
        if stored is None or not _ended_as(stored.record, delivery):
            return
        change = changed(stored.record)
        if change is None:
            return
        record, entries = change
        try:
            await deps.ledger.write(stored, record, *entries)
        except LeaseLostError:
            continue
        return


def _ended_as(record: Record, delivery: Delivery) -> bool:
    return record.status.is_final and event_id_of(record) == delivery.event_id


def _is_warned(record: Record) -> bool:
    return any(item.code == FindingCode.CALLBACK_FAILED for item in record.warnings)
