"""Run the two steps that take a restore back: licences off, and the user deleted again.

Each looks first, also whether the world has moved on since the plan was made, and is sent once.
"""

from datetime import datetime, timedelta

from shared.domain import graph_errors
from shared.domain.decision import StepName
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus
from shared.domain.text import text
from shared.domain.undos.moved_on import is_taken_off
from shared.domain.undos.take_back import TakeBack
from shared.domain.values.json_values import instant
from shared.errors import AnsweredError
from shared.ports.directory import Done
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Continue, Settle, StepResult
from shared.restore.steps.missing_user import not_shown
from shared.restore.steps.restore_refused import is_granted
from shared.restore.steps.sending import Effect, OnRefusal, may_send_now, note_already_done, send
from shared.restore.undoing.look import Undoable, look

# An effect that no look has shown is sent once more within this time; later than that somebody
# may have seen it made, and have put it back.
RESEND_WITHIN = timedelta(minutes=30)

# Between filing what is about to be taken away and noting the attempt.
_FILED_BEFORE = timedelta(minutes=1)


async def remove_license(run: Run, step: Step) -> StepResult:
    """Take the licences of the restore off, unless they are off already."""
    person = await _looked_at(run, step)
    if not isinstance(person, Person):
        return person
    if is_taken_off(person, _work(run)):
        return await note_already_done(run, step)
    return await _take_away(run, step, _send_removal, _not_removed)


async def delete_user(run: Run, step: Step) -> StepResult:
    """Delete the user, unless it is among the deleted items already."""
    person = await run.deps.people.active(run.person.id)
    if person is None:
        deleted = await run.deps.people.deleted(run.person.id)
        if deleted is None:
            return await not_shown(run, step)
        return await note_already_done(run, step)
    seen = await _looked_at(run, step)
    if not isinstance(seen, Person):
        return seen
    return await _take_away(run, step, send_deletion, _not_deleted)


async def note_taking(run: Run) -> datetime:
    """File that the service itself takes the person's mailbox away at this instant: no loss."""
    at = run.now()
    await run.deps.watch.taken.note(run.person.id, at)
    return at


async def forget_unless_sent(run: Run, step: Step, at: datetime) -> None:
    """Take back what was filed at this instant, if nothing was taken away after all.

    Else a loss of the next minutes would be taken for the service's own doing.
    """
    now = run.record.step(step.name)
    if now is not None and now.status in {StepStatus.PENDING, StepStatus.FAILED}:
        await run.deps.watch.taken.forget(run.person.id, at)


async def _take_away(run: Run, step: Step, effect: Effect, on_refusal: OnRefusal) -> StepResult:
    cleared = await may_send_now(run, step)
    if isinstance(cleared, Continue) and step.status is StepStatus.ATTEMPTING:
        cleared = await _may_send_again(run, step)
    if not isinstance(cleared, Continue):
        if isinstance(cleared, Settle) and step.started_at is not None:
            await _forget_attempt(run, step.started_at)
        return cleared
    at = await note_taking(run)
    done = await send(run, step, effect, on_refusal)
    await forget_unless_sent(run, step, at)
    return done


async def _may_send_again(run: Run, step: Step) -> StepResult:
    """Whether an effect that no look has shown is sent once more: soon, and if all is as it was.

    Later than that somebody may have seen it made and have put it back by hand.
    """
    started_at = step.started_at
    if started_at is not None and run.now() >= started_at + RESEND_WITHIN:
        ending = outcome(Code.UNDO_REFUSED, "doubt", at=instant(started_at))
        return await _refuse(run, step, ending)
    seen = await look(run)
    if isinstance(seen, Undoable):
        return CONTINUE
    return await _refuse(run, step, seen.outcome) if isinstance(seen, Settle) else seen


async def _refuse(run: Run, step: Step, ending: Outcome) -> Settle:
    """End it, with what was taken back so far; a retry begins with a look at everything."""
    if step.status is StepStatus.ATTEMPTING:
        await run.undo_attempt(step, text("step", "not-seen"))
    removal = run.record.step(StepName.REMOVE_LICENSE)
    if (
        step.name is StepName.DELETE_USER
        and removal is not None
        and removal.status is StepStatus.DONE
    ):
        ending = outcome(Code.UNDO_REFUSED, "half", user=run.person.user_principal_name)
    return Settle(ending)


async def _forget_attempt(run: Run, started_at: datetime) -> None:
    """Take back what was filed for an attempt of an earlier run, just before it was noted."""
    filed = run.deps.watch.taken.between(started_at - _FILED_BEFORE, started_at + _FILED_BEFORE)
    for name, at in [item async for item in filed]:
        if name == run.person.id:
            await run.deps.watch.taken.forget(name, at)


async def _looked_at(run: Run, step: Step) -> Person | StepResult:
    """The person: as planned with in this run, or read anew; an end where the world has moved on.

    While an effect is in doubt only the person is read: it may show that it was made.
    """
    fresh, run.fresh_person = run.fresh_person, None
    if fresh is not None:
        return fresh
    if step.status is StepStatus.PENDING:
        seen = await look(run)
        if isinstance(seen, Undoable):
            return seen.person
        return await _refuse(run, step, seen.outcome) if isinstance(seen, Settle) else seen
    person = await run.deps.people.active(run.person.id)
    if person is not None:
        return person
    if await run.deps.people.deleted(run.person.id) is not None:
        return Settle(outcome(Code.UNDO_REFUSED, "gone", restore_id=run.record.undoes))
    return await not_shown(run, step)


def _work(run: Run) -> TakeBack:
    record = run.record
    return TakeBack(licenses=record.licenses, before=record.expected)


async def _send_removal(run: Run) -> Done:
    skus = tuple(item.sku_id for item in run.record.licenses)
    return await run.deps.effects.remove_licenses(run.person.id, skus, run.record.expected)


async def send_deletion(run: Run) -> Done:
    """Send the deletion.

    Raises:
        DirectoryError: see the port Effects.
    """
    return await run.deps.effects.delete_user(run.person.id)


async def _not_removed(run: Run, step: Step, error: AnsweredError) -> StepResult:
    held = await is_granted(run, error, graph_errors.ASSIGN_PERMISSION)
    ending = graph_errors.why_not_taken_back(error, graph_errors.ASSIGN_PERMISSION, is_granted=held)
    await run.fail_step(step, ending, error.request_id)
    return Settle(ending)


async def _not_deleted(run: Run, step: Step, error: AnsweredError) -> StepResult:
    held = await is_granted(run, error, graph_errors.RESTORE_PERMISSION)
    ending = graph_errors.why_not_taken_back(
        error, graph_errors.RESTORE_PERMISSION, is_granted=held
    )
    await run.fail_step(step, ending, error.request_id)
    return Settle(ending)
