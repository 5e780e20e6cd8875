"""Name the earlier restore that left nothing to do, if one is known and the caller may know it."""

from shared.domain.outcomes import Code, Outcome, Status, outcome
from shared.domain.records.record import Record
from shared.domain.requests.request import Door
from shared.domain.values.json_values import instant
from shared.errors import UnreadableTextError
from shared.restore.locking import last_change
from shared.restore.run import Run

# What is said of an active person by whom nothing is amiss; of another it would sound as if all
# were well that a restore has brought the person back.
_NOTHING_AMISS = frozenset(
    {
        *("", "answers", "license", "perhaps", "shared", "shared-seen"),
        *("shared-unsaid", "user", "user-unlicensed", "without-mailbox", "mail-user"),
    }
)


async def with_doer(run: Run, ending: Outcome) -> Outcome:
    """The outcome with the restore that brought the person back: the caller's own, or another.

    Raises:
        StorageUnavailableError: the earlier restore could not be read.
    """
    if ending.code is not Code.ALREADY_ACTIVE or ending.text.variant not in _NOTHING_AMISS:
        return ending
    doer, seen = await _doer(run), ending.text
    if doer is None or doer.status is not Status.SUCCEEDED or doer.finished_at is None:
        return ending
    at, done_by = instant(doer.finished_at), doer.id
    if _is_own(doer, run.record):
        return outcome(
            Code.ALREADY_ACTIVE, "restored-for-you", seen=seen, at=at, restore_id=done_by
        )
    return outcome(
        Code.ALREADY_ACTIVE, "restored", seen=seen, other_at=at, other_restore_id=done_by
    )


async def _doer(run: Run) -> Record | None:
    """The equal restore that this one repeats, else the one that changed the user last."""
    repeats = run.record.repeats
    try:
        equal = await run.deps.ledger.read(repeats) if repeats else None
    except UnreadableTextError:
        # Another release's restore: nothing is said of it.
        return None
    return equal.record if equal is not None else await last_change(run)


def _is_own(doer: Record, record: Record) -> bool:
    """Whether the caller may know it without Restore.Read; a name on the queue proves nothing."""
    by, before = record.requested_by, doer.requested_by
    doors = {by.door, before.door}
    is_same = by.id is not None and by.id == before.id and doors <= {Door.HTTP, Door.BATCH}
    return is_same or doer.id == record.repeats
