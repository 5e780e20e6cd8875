"""Retry a restore that failed or was refused: another attempt under the same id.

The order of the writes is that of accept: the unfinished row, then the record, then the message.
Until the record is written nothing was begun; from then on the sweep finds what is missing.

Why an end that is not published yet is not retried: whoever publishes it frees the user and
forgets the unfinished row last. In the middle of that the new attempt would lose its lock and its
row to the old one, and the event of the old one might never be told.

Why one that is being taken back is not retried: its next attempt would keep the steps that it has
done, and say of what the undo takes away that it is lost again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.limits import open_as
from shared.domain.outcomes import Status
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.keys import keys_of, undo_id
from shared.domain.requests.request import RequestedBy, is_restore_id
from shared.domain.text import text
from shared.errors import (
    BusyError,
    LeaseLostError,
    NotRetryableError,
    RestoreNotFoundError,
    StorageUnavailableError,
    ToldError,
)
from shared.ports.deps import IntakeDeps
from shared.restore.accept import QUEUE_GRACE
from shared.restore.limits import demand_room


async def retry_restore(restore_id: str, by: RequestedBy, deps: IntakeDeps) -> Record:
    """The restore, queued for its next attempt.

    Raises:
        NotRetryableError: it has not failed, and was not refused, or is being taken back; nothing
            was changed.
        BusyError: its end is not published yet, or somebody else changed it; nothing was changed.
        TooManyError: whoever asked for it has too many under way; nothing was changed.
        RestoreNotFoundError: there is none.
        StorageUnavailableError: the attempt may have begun; the restore tells.
    """
    stored = await deps.ledger.read(restore_id) if is_restore_id(restore_id) else None
    if stored is None:
        raise RestoreNotFoundError
    _demand_retryable(stored.record)
    await _demand_not_taken_back(stored.record, deps)
    if await deps.unfinished.find(restore_id) is not None:
        raise BusyError
    now = deps.clock.now()
    again = stored.record.retry(now)
    await _count(stored.record, by, deps)
    await deps.unfinished.note(restore_id, now + QUEUE_GRACE, queued_for=now)
    entry = JournalEntry(now, "retried", text("journal", "attempt", count=again.attempts), by=by)
    try:
        await deps.ledger.write(stored, again, entry)
    except LeaseLostError as error:
        # Another retry, or the cleanup, was faster. Its row is ours as well, so it stays.
        raise BusyError from error
    try:
        await deps.outbox.enqueue_work(restore_id)
    except StorageUnavailableError:
        # The restore is queued, and the sweep finds the row. It is noted anew, since a sweep that
        # saw the first one before the record was written may have taken it for the old attempt's.
        await deps.unfinished.note(restore_id, now + QUEUE_GRACE)
    return again


@dataclass(frozen=True, slots=True)
class RetryAnswer:
    """What became of one of many: queued again, or left as it is for the reason of the error."""

    restore_id: str
    error: ToldError | None = None


async def retry_many(
    restore_ids: Sequence[str], by: RequestedBy, deps: IntakeDeps
) -> tuple[RetryAnswer, ...]:
    """Retry each of them by itself, in this order; one that is refused holds up no other.

    Once storage does not answer, the rest is not tried, and told so: each would wait for it anew.
    """
    answers: list[RetryAnswer] = []
    for restore_id in restore_ids:
        last = answers[-1].error if answers else None
        is_down = isinstance(last, StorageUnavailableError)
        answers.append(
            RetryAnswer(restore_id, last) if is_down else await _try_one(restore_id, by, deps)
        )
    return tuple(answers)


async def _try_one(restore_id: str, by: RequestedBy, deps: IntakeDeps) -> RetryAnswer:
    try:
        await retry_restore(restore_id, by, deps)
    except ToldError as error:
        return RetryAnswer(restore_id, error)
    return RetryAnswer(restore_id)


async def _count(record: Record, by: RequestedBy, deps: IntakeDeps) -> None:
    """Count the restore against its first caller again; a retry by somebody else is not refused."""
    kind, caller = open_as(record), keys_of(record.requested_by).owner
    if kind is None:
        return
    if caller == keys_of(by).owner:
        await demand_room(by, kind, deps)
    await deps.callers.open(caller, kind, record.id)


async def _demand_not_taken_back(record: Record, deps: IntakeDeps) -> None:
    """Refuse while an undo of this attempt is under way, or has ended and is not noted yet."""
    stored = await deps.ledger.read(undo_id(record.id, record.attempts, record.created_at))
    if stored is None or record.undone_by:
        return
    undo = stored.record
    if not undo.status.is_final or undo.status is Status.SUCCEEDED:
        raise NotRetryableError(text("not-retryable", "taken-back", restore_id=undo.id))


def _demand_retryable(record: Record) -> None:
    if record.is_retryable:
        return
    if record.request is None:
        raise NotRetryableError(text("not-retryable", "unreadable"))
    if record.status is Status.CANCELLED:
        raise NotRetryableError(text("not-retryable", "cancelled"))
    if record.status is Status.SUCCEEDED:
        raise NotRetryableError(text("not-retryable", "succeeded"))
    if record.status.is_final:
        raise NotRetryableError(text("not-retryable", "drill"))
    raise NotRetryableError(text("not-retryable", status=record.status.value))
