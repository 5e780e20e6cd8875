"""Deadlines: every wait has an end, whatever Graph does or does not do."""

from datetime import datetime, timedelta

from shared.domain.decision import StepName
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.progress import Step, StepStatus, WaitingFor
from shared.domain.record import Record
from shared.errors import DirectoryError
from shared.restore.run import Run

# How long a restore may wait for Graph without having seen the person even once. By then every
# window that was open when it was asked for, or was to begin, has closed.
BLIND_WAIT = timedelta(days=30)


def too_late(run: Run) -> Outcome | None:
    """The outcome of a restore whose next change would come too late; None while it would not."""
    deadline = run.record.deadline
    if deadline is None or run.now() < deadline:
        return None
    return closed_meanwhile(run.record, deadline)


def closed_meanwhile(record: Record, ends_at: datetime) -> Outcome:
    """The outcome of a restore that was not through when its window closed."""
    text = f"The window closed at {ends_at:%Y-%m-%dT%H:%M:%SZ}"
    restored = record.step(StepName.RESTORE_USER)
    if restored is not None and restored.status is StepStatus.DONE:
        text += ", after the user was restored and before the licence could be assigned"
    if record.waited_for is WaitingFor.SEAT:
        return outcome(Code.NO_SEAT, f"{text}, and no seat came free before.")
    if record.waited_for is None and not record.was_touched:
        return outcome(Code.WINDOW_CLOSED, f"{text}.")
    reason = f" while the restore waited: {record.waited_for}" if record.waited_for else ""
    return outcome(Code.WINDOW_CLOSED_WHILE_WAITING, f"{text}{reason}.")


def given_up(run: Run, error: DirectoryError) -> Outcome | None:
    """The outcome when Graph has failed us until the end of all patience; None before that."""
    step = run.record.next_step
    if step is None:
        request = run.request
        asked_at = run.record.retried_at or run.record.created_at
        began_at = max(asked_at, request.not_before or asked_at)
        if run.now() - began_at <= BLIND_WAIT:
            return None
        return outcome(Code.GAVE_UP, f"Graph could not be asked for 30 days: {error}")
    if step.name.is_effect:
        return too_late(run)
    if not is_overdue(run, step):
        return None
    text = f"The change was made, and Graph has not let anybody look at it since: {error}"
    return outcome(Code.DIRECTORY_ERROR, text, "Look at the user and the mailbox by hand.")


def is_overdue(run: Run, step: Step) -> bool:
    """Whether a step that only looks has looked for long enough."""
    since = step.started_at
    return since is not None and run.now() - since >= run.deps.policy.mailbox_deadline
