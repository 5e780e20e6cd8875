"""End a run: settle the restore or park it, in an order of writes that survives a crash.

Settled: record -> lock -> places in queues for seats -> result event -> deliveries -> unfinished
row. The row goes last: while it is there, the sweep repeats what comes before it, and the event
keeps its id, so a reader can tell. A row that was noted since is the next attempt's, and stays.
Parked: record -> unfinished row -> work message. A lost message is found by the row; a row that
was not moved comes due too early, and the early look does no harm. A restore that changes nothing
any more gives back the lock on its user, last of all: a lock that a crash leaves behind is ignored.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from shared import telemetry
from shared.documents.restore import restore_document
from shared.domain.limits import open_as
from shared.domain.outcomes import Outcome
from shared.domain.records.progress import Waiting, WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.keys import keys_of
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.ports.deps import IntakeDeps, Telling
from shared.ports.queues import Unfinished
from shared.restore.deadlines import gives_up_by_itself_at
from shared.restore.drilling.told import tell_drill
from shared.restore.locking import let_go_of_user, release_user
from shared.restore.run import Run
from shared.restore.run_results import HandOver, Park, RunResult, Settle
from shared.restore.steps.seats import leave_queues
from shared.restore.undoing.undone import note_undone
from shared.texts.reader import Reader

# Whoever ends a restore and takes longer than this to tell it leaves the row to the sweep, which
# tells it once more: to write the end takes ten seconds at most (the ledger's DEADLINE), and within
# them no sweep and no retry after it are through.
PROMPTLY = timedelta(seconds=10)

# How long after the due time the sweep believes that the work message was lost.
MESSAGE_GRACE = timedelta(seconds=25)


async def conclude(run: Run, ending: RunResult) -> None:
    """Write down how the run ended and let go.

    Raises:
        LeaseLostError: another worker holds the restore; nothing was written.
        StorageUnavailableError: what was not written yet is made good by the sweep.
    """
    match ending:
        case Settle(outcome=outcome):
            await _settle(run, outcome)
        case Park():
            await _park(run, ending)
        case HandOver():
            await _hand_over(run)


async def publish_end(record: Record, deps: IntakeDeps, *, row: Unfinished | None = None) -> None:
    """Free the user, publish the event, remove the unfinished row; safe to repeat.

    `row`: the unfinished row that led here; None for whoever has ended the restore just now.
    """
    if record.person is not None:
        await release_user(record.person.id, record, deps)
    await _tell_end(record, deps, row)


async def _tell_end(record: Record, deps: IntakeDeps, row: Unfinished | None = None) -> None:
    await leave_queues(record, deps)
    await note_undone(record, deps)
    await tell_drill(record, deps)
    if record.person is not None and record.was_touched:
        await deps.watch.changed.note(record.person.id, record.updated_at)
    telling = Telling(
        to_all=finished_event(record, deps.audience.everybody()),
        to_owner=finished_event(record, deps.audience.owner(record.requested_by)),
    )
    await deps.outbox.publish_result(telling.to_all)
    await deps.publisher.publish(telling, deps, callback_url=_callback_url(record))
    await _close(record, deps)
    if row is not None or not _may_be_overtaken(record, deps):
        await deps.unfinished.forget(record.id, seen=row)


def _may_be_overtaken(record: Record, deps: IntakeDeps) -> bool:
    """Whether others may have told this end, and retried the restore: the row is theirs then."""
    ended_at = record.finished_at
    return record.is_retryable and ended_at is not None and deps.clock.now() - ended_at > PROMPTLY


def _callback_url(record: Record) -> str | None:
    """Where the caller wants to be told, unless this very end was taken there before."""
    if record.request is None or record.told == event_id_of(record):
        return None
    return record.request.callback_url


async def _close(record: Record, deps: IntakeDeps) -> None:
    """Stop counting the restore against its caller's limit."""
    kind = open_as(record)
    if kind is not None:
        await deps.callers.close(keys_of(record.requested_by).owner, kind, record.id)


async def call_back(record: Record, deps: IntakeDeps) -> None:
    """Queue a parked restore for the end of its wait; safe to repeat."""
    waiting = record.waiting
    if waiting is None:
        return
    if waiting.reason is WaitingFor.SCHEDULE:
        await deps.unfinished.note(record.id, waiting.until)
        return
    due_at = waiting.until + MESSAGE_GRACE
    await deps.unfinished.note(record.id, due_at, queued_for=waiting.until)
    await deps.outbox.enqueue_work(record.id, waiting.until - deps.clock.now())


def event_id_of(record: Record) -> str:
    """The id of the event about the end of the record's present attempt."""
    return f"{record.id}-{record.attempts}"


def finished_event(record: Record, reader: Reader) -> Mapping[str, object]:
    """The CloudEvents 1.0 event of a finished restore; the same id each time it is published."""
    return {
        "specversion": "1.0",
        "id": event_id_of(record),
        "source": "/reprieve",
        "type": "restore.finished.v1",
        "subject": record.id,
        "time": instant(record.finished_at),
        "datacontenttype": "application/json",
        "data": restore_document(record, reader),
    }


async def _settle(run: Run, outcome: Outcome) -> None:
    ended = run.record.settle(outcome, run.now())
    await run.save(ended, "settled", outcome.text)
    telemetry.ended(ended)
    if run.locked_user_id is None:
        await publish_end(ended, run.deps)
        return
    await let_go_of_user(run.locked_user_id, run)
    await _tell_end(ended, run.deps)


async def _park(run: Run, park: Park) -> None:
    now = run.now()
    park = replace(park, until=_not_past_deadline(park.until, run))
    gives_up_at = park.gives_up_at or gives_up_by_itself_at(run)
    waiting = Waiting(park.reason, park.until, park.text, park.holder, gives_up_at)
    parked = run.record.park(waiting, now)
    before = run.record.last_wait
    if before is None or parked.waits == 1 or before.cause != waiting.cause:
        detail = text("journal", "parked", until=instant(park.until), wait=park.text)
        await run.save(parked, "parked", detail, request_id=waiting.graph_request_id)
    else:
        await run.save_quietly(parked)
    telemetry.parked(parked)
    await call_back(run.record, run.deps)
    await _free_user(run, is_idle=park.reason is WaitingFor.SEAT)
    if park.quota is not None and park.free_at is not None:
        await run.deps.throttles.note(park.quota, park.free_at)


async def _free_user(run: Run, *, is_idle: bool = False) -> None:
    """Let the user go where nothing more is changed, or not for weeks, as for want of a seat.

    Somebody may ask for another licence meanwhile, of which seats are free. A restore that has
    changed the user keeps it all the same.
    """
    if run.only_looks or is_idle:
        await let_go_of_user(run.person.id, run)


def _not_past_deadline(until: datetime, run: Run) -> datetime:
    """The instant to wake at: no later than the deadline of the next change, to end it on time."""
    step, deadline = run.record.next_step, run.record.deadline
    if step is None or not step.name.is_effect or deadline is None or deadline <= run.now():
        return until
    return min(until, deadline)


async def _hand_over(run: Run) -> None:
    await run.save(run.record.hand_over(run.now()), "handed-over")
    now = run.now()
    await run.deps.unfinished.note(run.record.id, now + MESSAGE_GRACE, queued_for=now)
    await run.deps.outbox.enqueue_work(run.record.id)
    await _free_user(run)
