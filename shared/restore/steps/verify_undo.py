"""Verify an undo: the licences are off, and the user is among the deleted items."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.decision import StepName
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import Step, StepStatus
from shared.domain.text import text
from shared.domain.undos.moved_on import is_taken_off
from shared.domain.undos.take_back import TakeBack
from shared.restore.deadlines import is_overdue
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Settle, StepResult, wait_for_directory


async def verify_undo(run: Run, step: Step) -> StepResult:
    """Look whether all shows as taken back; wait for it as long as for a restored user."""
    if step.started_at is None:
        step = _begun(run, step)
    if await _is_as_planned(run):
        run.note_ended(step, StepStatus.DONE, text("step", "taken-back"))
        run.only_looks = True
        return CONTINUE
    if not is_overdue(run, step):
        return wait_for_directory(run, text("wait", "taken-back"))
    hours = run.deps.policy.mailbox_deadline / timedelta(hours=1)
    ending = outcome(Code.DIRECTORY_ERROR, "not-taken-back", hours=hours)
    await run.fail_step(step, ending, None)
    return Settle(ending)


def _begun(run: Run, step: Step) -> Step:
    begun = replace(step, started_at=run.now())
    run.note_step(begun)
    return begun


async def _is_as_planned(run: Run) -> bool:
    people, user_id, record = run.deps.people, run.person.id, run.record
    person = await people.active(user_id)
    if record.step(StepName.DELETE_USER) is not None:
        return person is None and await people.deleted(user_id) is not None
    work = TakeBack(licenses=record.licenses, before=record.expected)
    return person is not None and not person.is_blank and is_taken_off(person, work)
