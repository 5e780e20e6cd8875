"""Delete the account of a drill: looked at in full before, and sent once and never again.

A deletion whose answer was lost is only looked for. One that never shows is not sent anew: by then
somebody may have put the account to use.
"""

from http import HTTPStatus

from shared.domain import graph_errors
from shared.domain.drills.refusals import untouched
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus
from shared.errors import AnsweredError, Quota
from shared.restore.drilling.away import still_active
from shared.restore.drilling.look import look, may_begin
from shared.restore.run import Run
from shared.restore.run_results import Continue, Settle, StepResult
from shared.restore.steps.missing_user import not_shown
from shared.restore.steps.restore_refused import is_granted
from shared.restore.steps.sending import note_already_done, send
from shared.restore.steps.undo_steps import forget_unless_sent, note_taking, send_deletion
from shared.restore.throttle import wait_for_quota


async def delete_for_drill(run: Run, step: Step) -> StepResult:
    """Delete the account, if it still may be; once it may be deleted, only see whether it is."""
    if step.status is not StepStatus.PENDING:
        return await _look_for_deletion(run, step)
    begins = await may_begin(run)
    if not isinstance(begins, Continue):
        return begins
    room = await wait_for_quota(run, Quota.WRITES)
    if not isinstance(room, Continue):
        return room
    seen = run.fresh_person or await look(run)
    run.fresh_person = None
    if not isinstance(seen, Person):
        return seen
    at = await note_taking(run)
    result = await send(run, step, send_deletion, _not_deleted)
    await forget_unless_sent(run, step, at)
    return result


async def _look_for_deletion(run: Run, step: Step) -> StepResult:
    people, user_id = run.deps.people, run.person.id
    if await people.active(user_id) is not None:
        return still_active(run)
    is_gone = await people.deleted(user_id) is not None
    return await (note_already_done if is_gone else not_shown)(run, step)


async def _not_deleted(run: Run, step: Step, error: AnsweredError) -> StepResult:
    ending = untouched(await _why_refused(run, error))
    await run.fail_step(step, ending, error.request_id)
    return Settle(ending)


async def _why_refused(run: Run, error: AnsweredError) -> Outcome:
    permission, said = graph_errors.RESTORE_PERMISSION, error.why
    if error.status != HTTPStatus.FORBIDDEN:
        return outcome(Code.DIRECTORY_ERROR, "drill", said=said)
    if await is_granted(run, error, permission):
        return outcome(Code.OUT_OF_REACH, "drill", permission=permission, said=said)
    return outcome(Code.PERMISSION_MISSING, "drill-delete", permission=permission, said=said)
