"""End a restore that Microsoft Graph refused, and tell whether a permission is missing."""

from http import HTTPStatus

from shared.domain import graph_errors
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import Step
from shared.domain.text import text
from shared.errors import AnsweredError, DirectoryError
from shared.restore.run import Run
from shared.restore.run_results import RunResult, Settle, wait_for_directory


async def restore_refused(run: Run, step: Step, error: AnsweredError) -> RunResult:
    """End the restore, unless the caller has said what to do in this case."""
    renames, asked = run.record.new_name is not None, run.request.new_user_principal_name
    ending = graph_errors.why_not_restored(
        error,
        renames=renames,
        is_granted=await is_granted(run, error, graph_errors.RESTORE_PERMISSION),
    )
    wants_rename = run.request.on_upn_conflict == "rename" and not renames
    if ending.code is Code.UPN_CONFLICT and wants_rename and asked is not None:
        # Taken between our look and our call: the caller has said what to do then.
        run.note_rename(asked)
        await run.undo_attempt(step, text("step", "renaming"))
        return wait_for_directory(run, text("wait", "renaming"))
    if ending.code is Code.ADDRESS_CONFLICT and run.request.on_address_conflict == "drop":
        said = error.why
        ending = outcome(Code.ADDRESS_CONFLICT, "not-dropped", other_said=said)
    await run.fail_step(step, ending, error.request_id)
    return Settle(ending)


async def is_granted(run: Run, error: AnsweredError, permission: str) -> bool:
    """Whether a 403 comes although the permission is in the service's own token.

    Then it is about this person. A token that cannot be had says nothing: the permission is named.
    """
    if error.status != HTTPStatus.FORBIDDEN:
        return False
    try:
        return permission in await run.deps.grants.held()
    except DirectoryError:
        return False
