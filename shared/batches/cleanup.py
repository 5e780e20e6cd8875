"""Cleanup of batches: what is past its keep time goes. The restores in it have their own time."""

from shared.restore.cleanup import is_over
from shared.restore.deps import IntakeDeps


async def clean_up_batches(deps: IntakeDeps) -> int:
    """Remove every batch that ended longer ago than the keep time; returns how many.

    Stops after LONGEST: what is left is the next cleanup's.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    began = deps.clock.now()
    limit = began - deps.keep
    removed = 0
    async for batch_id, day in deps.batches.before(limit):
        if is_over(began, deps):
            break
        kept = await deps.batches.read(batch_id)
        if kept is not None:
            finished_at = kept.value.finished_at
            if finished_at is None or finished_at > limit:
                continue
            removed += 1
        await deps.batches.remove(batch_id, day)
    return removed
