"""Look whether the world is still as a restore has left it, before anything of it is taken back."""

from dataclasses import dataclass

from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.domain.undos.moved_on import UndoLook, moved_on
from shared.domain.undos.sign_ins import SignInLook
from shared.domain.undos.take_back import TakeBack, take_back_of
from shared.errors import UnreadableTextError
from shared.ports.ledger import StoredRecord
from shared.restore.locking import READS_LAG, changed_at, last_change
from shared.restore.run import Run
from shared.restore.run_results import Park, Settle, wait_for_directory

# A user who shows nowhere may be on the move between the two lists: reads lag. Looks so often
# before what the restore brought back is said to be gone; together they take a minute.
_SETTLING_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Undoable:
    """The restore whose work is taken back, that work, and the person as read just now."""

    stored: StoredRecord
    take_back: TakeBack
    person: Person

    @property
    def original(self) -> Record:
        """The restore whose work is taken back."""
        return self.stored.record


async def look(run: Run) -> Undoable | Park | Settle:
    """What is to be taken back, a wait, or the end where the world has moved on; under the lock.

    Raises:
        DirectoryError: the person could not be read.
        StorageUnavailableError: the restore could not be read.
    """
    try:
        stored = await run.deps.ledger.read(run.record.undoes)
    except UnreadableTextError:
        return Settle(outcome(Code.UNDO_REFUSED, "unreadable", restore_id=run.record.undoes))
    if stored is None:
        return Settle(outcome(Code.UNDO_REFUSED, "forgotten", restore_id=run.record.undoes))
    original = stored.record
    if not original.status.is_final or original.person is None or original.undone_by:
        return Settle(_another(original))
    before = await _last_change_of_others(run)
    at = changed_at(before) if before is not None else None
    if at is not None and run.now() < at + READS_LAG:
        return wait_for_directory(
            run, text("wait", "unsettled"), at_least=at + READS_LAG - run.now()
        )
    return await _seen(run, stored, before.id if before is not None else "")


async def _last_change_of_others(run: Run) -> Record | None:
    before = await last_change(run)
    return None if before is None or before.id == run.record.id else before


def _another(original: Record) -> Outcome:
    other = original.undone_by or original.id
    return outcome(Code.UNDO_REFUSED, "restore", restore_id=original.id, other_restore_id=other)


async def _seen(run: Run, stored: StoredRecord, last_changed_by: str) -> Undoable | Park | Settle:
    original = stored.record
    person = await run.deps.people.active(run.person.id)
    is_unclear = person is None or person.is_blank
    if is_unclear and run.record.waits < _SETTLING_LOOKS:
        return wait_for_directory(run, text("wait", "not-shown"))
    take_back = take_back_of(original)
    seen = await _look_at(run, None if is_unclear else person, last_changed_by)
    ending = moved_on(original, take_back, seen)
    if ending is not None or person is None:
        return Settle(ending or outcome(Code.UNDO_REFUSED, "gone", restore_id=original.id))
    if not seen.sign_in.is_told:
        run.warn(FindingCode.AUDIT_NOT_CHECKED, "sign-ins", permission="AuditLog.Read.All")
    return Undoable(stored, take_back, person)


async def _look_at(run: Run, person: Person | None, last_changed_by: str) -> UndoLook:
    if person is None:
        return UndoLook(None, SignInLook(), last_changed_by=last_changed_by)
    sign_in = await run.deps.people.last_sign_in(person.id)
    roles: tuple[str, ...] = ()
    if run.deps.policy.protect_privileged:
        roles = (await run.deps.tenant.roles_held(person.id, is_deleted=False)).names
    return UndoLook(person, sign_in, roles, await run.deps.tenant.skus(), last_changed_by)
