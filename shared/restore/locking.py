"""The user lock: one restore at a time may change one user.

The holder is a restore, not a worker, so a crash needs no time-out here: whoever drives the holder
on still has the lock, and a holder that has ended, or only looks, has none, whatever the row says.
"""

from datetime import timedelta

from shared.errors import UnreadableTextError
from shared.ports.deps import Deps
from shared.restore.run import Run

# Most restores change their user within seconds, so a second one need not wait long; one that
# waits for a seat holds its user for days.
LOCK_WAITS = tuple(timedelta(seconds=s) for s in (15, 15, 30, 60, 120, 300))


async def lock_user(user_id: str, run: Run) -> bool:
    """Whether this restore holds the user's lock now; taken over from a restore that has ended."""
    deps, restore_id = run.deps, run.record.id
    holder = await deps.locks.take(user_id, restore_id)
    if holder != restore_id:
        if await _is_at_work(holder, deps):
            return False
        if not await deps.locks.take_over(user_id, holder=holder, restore_id=restore_id):
            return False
    run.locked_user_id = user_id
    return True


async def let_go_of_user(user_id: str, run: Run) -> None:
    """Give the lock back, once it is written that the restore has ended, or only looks.

    Not before: a worker that lost its hold would take the lock from the one that goes on.
    """
    await run.deps.locks.release(user_id, run.record.id)
    run.locked_user_id = None


async def _is_at_work(holder: str, deps: Deps) -> bool:
    try:
        other = await deps.ledger.read(holder)
    except UnreadableTextError:
        # Another release's restore: nothing says that it has ended.
        return True
    return other is not None and not other.record.status.is_final and not other.record.only_looks
