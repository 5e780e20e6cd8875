"""Decide when a wait has lasted too long, and with which outcome the restore then ends."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.decision import StepName
from shared.domain.drills.refusals import untouched
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.records.progress import Step, StepStatus, WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.domain.text import Text, cause_of, text
from shared.domain.values.json_values import instant
from shared.errors import DirectoryError
from shared.restore.run import Run

# How long a restore may wait for Graph without having seen the person even once. By then every
# window that was open when it was asked for, or was to begin, has closed.
BLIND_WAIT = timedelta(days=30)

_WAITED: dict[WaitingFor, Text] = {
    WaitingFor.SCHEDULE: text("waited", "schedule"),
    WaitingFor.APPROVAL: text("waited", "approval"),
    WaitingFor.THROTTLE: text("waited", "throttle"),
    WaitingFor.DIRECTORY: text("waited", "directory"),
    WaitingFor.MAILBOX: text("waited", "mailbox"),
    WaitingFor.USER_LOCK: text("waited", "user-lock"),
}


def too_late(run: Run) -> Outcome | None:
    """The outcome of a restore whose next change would come too late; None while it would not."""
    deadline = run.record.deadline
    if deadline is None or run.now() < deadline:
        return None
    return closed_meanwhile(run.record, deadline)


def closed_meanwhile(record: Record, ends_at: datetime) -> Outcome:
    """The outcome of a restore that was not finished when its window closed."""
    if record.kind is RestoreKind.DRILL and not record.is_away:
        return not_begun()
    if record.undoes:
        return outcome(Code.GAVE_UP, "undo", until=instant(ends_at), restore_id=record.undoes)
    return replace(_closed(record, instant(ends_at)), before=before_the_end(record))


def not_begun() -> Outcome:
    """The outcome of a drill that could not begin in its time: it is not made up for."""
    return untouched(outcome(Code.GAVE_UP, "drill"))


def before_the_end(record: Record) -> Text | None:
    """What a restore has changed that then failed: the user may be back without its licence."""
    restored = record.step(StepName.RESTORE_USER)
    is_back = restored is not None and restored.status is StepStatus.DONE
    return text("before", "user-restored") if is_back else None


def _closed(record: Record, ended: str) -> Outcome:
    if record.approval is not None and record.approval.is_open:
        return outcome(Code.NOT_APPROVED, "too-late", until=ended)
    if record.waited_for is WaitingFor.SEAT:
        names = tuple(map(record.name_of, record.seat_queues))
        return outcome(Code.NO_SEAT, until=ended, licenses=names)
    if record.waited_for is not None:
        waited, wait = _WAITED[record.waited_for], record.last_wait
        if wait is not None and wait.graph_request_id is not None:
            why = cause_of(wait.text)
            return outcome(
                Code.WINDOW_CLOSED_WHILE_WAITING, "said", until=ended, waited=waited, why=why
            )
        return outcome(Code.WINDOW_CLOSED_WHILE_WAITING, until=ended, waited=waited)
    if record.was_touched:
        return outcome(Code.WINDOW_CLOSED_WHILE_WAITING, "at-work", until=ended)
    return outcome(Code.WINDOW_CLOSED, "just-now", until=ended)


def given_up(run: Run, error: DirectoryError) -> Outcome | None:
    """The outcome once Graph has failed for as long as the restore may wait; None before that."""
    step = run.record.next_step
    if step is None:
        request = run.request
        asked_at = run.record.retried_at or run.record.created_at
        began_at = max(asked_at, request.not_before or asked_at)
        if run.now() - began_at <= BLIND_WAIT:
            return None
        return outcome(Code.GAVE_UP, "blind", why=error.why)
    if step.name is StepName.DELETE_USER and run.record.is_away:
        # The deadline is that of the deletion. What may be deleted is looked for, and comes back.
        return None
    if step.name.is_effect:
        return too_late(run)
    if not is_overdue(run, step):
        return None
    return outcome(Code.DIRECTORY_ERROR, "not-looked", why=error.why)


def gives_up_by_itself_at(run: Run) -> datetime | None:
    """Until when it may wait where it stands: for its next change, or for its look at one.

    None: nothing is planned yet, so that nobody knows of a window.
    """
    step = run.record.next_step
    if step is None or step.name.is_effect:
        return run.record.deadline
    return (step.started_at or run.now()) + run.deps.policy.mailbox_deadline


def is_overdue(run: Run, step: Step) -> bool:
    """Whether a step that only reads has waited for as long as it may."""
    since = step.started_at
    return since is not None and run.now() - since >= run.deps.policy.mailbox_deadline
