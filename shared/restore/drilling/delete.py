"""Delete the account of a drill: looked at in full before, sent once, and looked at afterwards."""

from functools import partial

from shared.domain import graph_errors
from shared.domain.person import Person
from shared.domain.records.progress import Step
from shared.errors import AnsweredError
from shared.ports.directory import Done
from shared.restore.drilling.look import look
from shared.restore.run import Run
from shared.restore.run_results import Continue, StepResult
from shared.restore.steps.missing_user import not_shown
from shared.restore.steps.sending import may_send_now, note_already_done, send
from shared.restore.steps.undo_steps import not_deleted, note_taking, send_deletion


async def delete_for_drill(run: Run, step: Step) -> StepResult:
    """Delete the account, if it still may be; once it may be deleted, only see whether it is."""
    people, user_id = run.deps.people, run.person.id
    if step.attempts == 0:
        seen = run.fresh_person or await look(run, user_id)
        run.fresh_person = None
        if not isinstance(seen, Person):
            return seen
    elif await people.active(user_id) is None:
        is_gone = await people.deleted(user_id) is not None
        return await (note_already_done if is_gone else not_shown)(run, step)
    cleared = await may_send_now(run, step)
    if not isinstance(cleared, Continue):
        return cleared
    at = await note_taking(run)
    return await send(run, step, _delete, partial(not_deleted, at=at))


async def _delete(run: Run) -> Done:
    """Send the deletion; an account that is not there any more is deleted.

    Reads lag: it may show as active for minutes after a deletion whose answer was lost.
    """
    try:
        return await send_deletion(run)
    except AnsweredError as error:
        if not graph_errors.is_absent(error):
            raise
        return Done(error.request_id)
