"""Plan an undo: lock the person, look, and write down which steps take the restore back."""

from shared.domain.decision import Case, Decision
from shared.domain.licensing.choice import ChosenLicenses
from shared.domain.licensing.known import LicenseSource
from shared.domain.records.progress import LockHolder
from shared.domain.records.record import UNDO_PATIENCE
from shared.domain.text import text
from shared.restore.locking import lock_user
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, StepResult
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
    run.fresh_person = seen.person
    run.note_undo(_decision(seen, run), seen.take_back.by_hand)
    run.note_plan(text("journal", "undo-planned", restore_id=seen.original.id))
    return CONTINUE


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
