"""Plan an undo: lock the person, look, and write down which steps take the restore back.

Why the restore is written as it stands before the plan is made: a retry of it looks first whether
an undo is under way, and replaces the version that it has read. So of a retry and an undo that meet
one finds the other one there, and no attempt goes on with steps that are being taken back.
"""

from shared.domain.decision import Case, Decision
from shared.domain.licensing.chosen import ChosenLicenses
from shared.domain.licensing.known import LicenseSource
from shared.domain.records.progress import LockHolder
from shared.domain.records.record import UNDO_PATIENCE
from shared.domain.text import text
from shared.errors import LeaseLostError
from shared.restore.locking import lock_user
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, StepResult, wait_for_directory
from shared.restore.undoing.look import Undoable, look


async def plan_undo(run: Run) -> StepResult | LockHolder:
    """The undo planned, a wait, its end, or who else holds the person.

    Raises:
        LeaseLostError: another worker holds the undo; nothing was written.
        DirectoryError: the person could not be read.
    """
    if run.locked_user_id is None:
        holder = await lock_user(run.person.id, run)
        if holder is not None:
            return holder
    seen = await look(run)
    if not isinstance(seen, Undoable):
        return seen
    if not await _is_held_from_retries(seen, run):
        return wait_for_directory(run, text("wait", "unsettled"))
    run.fresh_person = seen.person
    run.note_undo(_decision(seen, run), seen.take_back.by_hand)
    run.note_plan(text("journal", "undo-planned", restore_id=seen.original.id))
    return CONTINUE


async def _is_held_from_retries(seen: Undoable, run: Run) -> bool:
    """Whether the restore is still as it was seen; who retries it from now on finds the undo."""
    try:
        await run.deps.ledger.write(seen.stored, seen.original)
    except LeaseLostError:
        return False
    return True


def _decision(seen: Undoable, run: Run) -> Decision:
    work = seen.take_back
    return Decision(
        case=seen.original.case or Case.ACTIVE,
        plan=work.steps,
        licenses=ChosenLicenses(work.licenses, LicenseSource.PRESENT) if work.licenses else None,
        license_names=work.names,
        expected=work.before,
        deadline=run.now() + UNDO_PATIENCE,
    )
