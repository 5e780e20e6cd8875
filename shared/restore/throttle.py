"""Throttle: a worker that Graph told to wait warns the others, so that they need not all learn it.

A throttled call counts against the quota like any other. With a hundred restores under way, each
asking once for itself, the quota would be spent on refusals.
"""

from shared.domain.progress import WaitingFor
from shared.errors import Quota
from shared.restore.endings import Park
from shared.restore.run import Run
from shared.restore.spread import comes_back_at


async def held_back(run: Run, quota: Quota) -> Park | None:
    """The wait of a restore that another worker's 429 concerns; None when the way is free."""
    until = (await run.deps.throttles.read()).get(quota)
    if until is None or until <= run.now():
        return None
    return Park(WaitingFor.THROTTLE, comes_back_at(until, quota, run))
