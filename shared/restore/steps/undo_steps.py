"""Run the two steps that take a restore back: licences off, and the user deleted again.

Each looks first, also whether the world has moved on since the plan was made, and is sent once.
"""

from datetime import datetime
from functools import partial

from shared.domain import graph_errors
from shared.domain.outcomes import Code, outcome
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus
from shared.domain.undos.moved_on import is_taken_off
from shared.domain.undos.take_back import TakeBack
from shared.errors import AnsweredError
from shared.ports.directory import Done
from shared.restore.run import Run
from shared.restore.run_results import Continue, Settle, StepResult
from shared.restore.steps.missing_user import not_shown
from shared.restore.steps.restore_refused import is_granted
from shared.restore.steps.sending import may_send_now, note_already_done, send
from shared.restore.undoing.look import Undoable, look


async def remove_license(run: Run, step: Step) -> StepResult:
    """Take the licences of the restore off, unless they are off already."""
    person = await _looked_at(run, step)
    if not isinstance(person, Person):
        return person
    if is_taken_off(person, _work(run)):
        return await note_already_done(run, step)
    cleared = await may_send_now(run, step)
    if not isinstance(cleared, Continue):
        return cleared
    at = await note_taking(run)
    return await send(run, step, _send_removal, partial(_not_removed, at=at))


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
    cleared = await may_send_now(run, step)
    if not isinstance(cleared, Continue):
        return cleared
    at = await note_taking(run)
    return await send(run, step, send_deletion, partial(not_deleted, at=at))


async def note_taking(run: Run) -> datetime:
    """File that the service itself takes the person's mailbox away at this instant: no loss."""
    at = run.now()
    await run.deps.watch.taken.note(run.person.id, at)
    return at


async def _looked_at(run: Run, step: Step) -> Person | StepResult:
    """The person: as planned with in this run, or read anew; an end where the world has moved on.

    Once the first change was sent, only the person is read: what was begun is brought to its end.
    """
    fresh, run.fresh_person = run.fresh_person, None
    if fresh is not None:
        return fresh
    if step.status is StepStatus.PENDING and not run.record.was_touched:
        seen = await look(run)
        return seen.person if isinstance(seen, Undoable) else seen
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


async def _not_removed(run: Run, step: Step, error: AnsweredError, *, at: datetime) -> StepResult:
    held = await is_granted(run, error, graph_errors.ASSIGN_PERMISSION)
    ending = graph_errors.why_not_taken_back(error, graph_errors.ASSIGN_PERMISSION, is_granted=held)
    await run.fail_step(step, ending, error.request_id)
    await run.deps.watch.taken.forget(run.person.id, at)
    return Settle(ending)


async def not_deleted(run: Run, step: Step, error: AnsweredError, *, at: datetime) -> StepResult:
    """The end after Graph refused the deletion for good; `at`: when it was filed."""
    held = await is_granted(run, error, graph_errors.RESTORE_PERMISSION)
    ending = graph_errors.why_not_taken_back(
        error, graph_errors.RESTORE_PERMISSION, is_granted=held
    )
    await run.fail_step(step, ending, error.request_id)
    await run.deps.watch.taken.forget(run.person.id, at)
    return Settle(ending)
