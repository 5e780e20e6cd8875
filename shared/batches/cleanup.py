"""Remove the batches that ended longer ago than the keep time; their restores have their own."""

from shared.pacing import LONGEST_PART, TimeBudget
from shared.ports.deps import IntakeDeps


async def clean_up_batches(deps: IntakeDeps) -> int:
    """Remove every batch that is past its keep time; returns how many.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    budget = TimeBudget.of(LONGEST_PART, deps.clock)
    limit = budget.began_at - deps.keep
    removed = 0
    async for batch_id, day in deps.batches.before(limit):
        if budget.is_spent:
            break
        kept = await deps.batches.read(batch_id)
        if kept is not None:
            finished_at = kept.value.finished_at
            if finished_at is None or finished_at > limit:
                continue
            removed += 1
        await deps.batches.remove(batch_id, day)
    return removed
