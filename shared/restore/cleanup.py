"""Cleanup: what is past its keep time goes, and nothing else. The cost follows what is removed.

A restore that waits needs no cleaning: it wakes at least every half hour, and ends itself when its
window has closed.
"""

from shared.restore.deps import IntakeDeps


async def cleanup(deps: IntakeDeps) -> int:
    """Remove every restore that ended longer ago than the keep time; returns how many.

    The day row goes last: a crash in between is made good by the next cleanup.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    limit = deps.clock.now() - deps.keep
    removed = 0
    async for restore_id, created_at in deps.days.before(limit):
        stored = await deps.ledger.read(restore_id)
        if stored is not None:
            record = stored.record
            if record.finished_at is None or record.finished_at > limit:
                continue
            await deps.joins.forget(record.fingerprint, restore_id)
            await deps.ledger.remove(restore_id)
            removed += 1
        await deps.days.forget(restore_id, created_at)
    return removed
