"""Lock a user, so that only one restore at a time changes that user.

A lock is held by a restore, not by a worker, so a crash needs no time-out: the next worker of that
restore still has the lock. A lock of a restore that has ended, or changes nothing more, is void,
whatever the row says.
"""

from datetime import timedelta

from shared.domain.progress import LockHolder
from shared.errors import UnreadableTextError
from shared.ports.deps import Deps
from shared.restore.run import Run

# Most restores change their user within seconds, so a second one need not wait long; one that
# waits for a seat holds its user for days.
LOCK_WAITS = tuple(timedelta(seconds=s) for s in (15, 15, 30, 60, 120, 300))


async def lock_user(user_id: str, run: Run) -> LockHolder | None:
    """Lock the user for this restore; return who else holds the lock, or None.

    It is taken over from a restore that has ended.
    """
    deps, restore_id = run.deps, run.record.id
    holder_id = await deps.locks.take(user_id, restore_id)
    if holder_id != restore_id:
        holder = await _at_work(holder_id, deps)
        if holder is not None:
            return holder
        if not await deps.locks.take_over(user_id, holder=holder_id, restore_id=restore_id):
            return LockHolder(holder_id)
    run.locked_user_id = user_id
    return None


async def let_go_of_user(user_id: str, run: Run) -> None:
    """Release the lock, after it is written that the restore has ended or will change nothing more.

    Not before: a worker that lost its hold would take the lock from the one that goes on.
    """
    await run.deps.locks.release(user_id, run.record.id)
    run.locked_user_id = None


async def _at_work(holder_id: str, deps: Deps) -> LockHolder | None:
    try:
        stored = await deps.ledger.read(holder_id)
    except UnreadableTextError:
        # Another release's restore: nothing says that it has ended.
        return LockHolder(holder_id)
    if stored is None or stored.record.status.is_final or stored.record.only_looks:
        return None
    return LockHolder(holder_id, stored.record.requested_by.id)
