"""Write the log line of every restore that waits for its day again, once a day.

Such a restore says once that it waits, and a query of the last days would not find it. Whatever
waits for anything else wakes within an hour, and says so each time.
"""

from datetime import timedelta

from shared import telemetry
from shared.domain.records.progress import WaitingFor
from shared.errors import UnreadableTextError
from shared.pacing import TimeBudget
from shared.ports.deps import IntakeDeps

# The last part of a cleanup, which has ten minutes in all (host.json); thousands of restores are
# told of in this time.
LONGEST_TELLING = timedelta(seconds=30)


async def tell_of_schedules(deps: IntakeDeps) -> int:
    """Say of each of them how long it still waits; returns how many there are.

    One read for each.

    Raises:
        StorageUnavailableError: some were told of; the next run tells of all again.
    """
    budget, told = TimeBudget.of(LONGEST_TELLING, deps.clock), 0
    async for row in deps.unfinished.due(budget.began_at + deps.retention):
        if row.due_at <= budget.began_at or row.queued_for is not None:
            continue
        if budget.is_spent:
            break
        told += await _tell(row.restore_id, deps)
    return told


async def _tell(restore_id: str, deps: IntakeDeps) -> bool:
    try:
        stored = await deps.ledger.read(restore_id)
    except UnreadableTextError as error:
        telemetry.failed(f"line of restore {restore_id}", error)
        return False
    waiting = stored.record.waiting if stored is not None else None
    if stored is None or waiting is None or waiting.reason is not WaitingFor.SCHEDULE:
        return False
    telemetry.parked(stored.record, deps.clock.now())
    return True
