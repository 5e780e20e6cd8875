"""Throttle: a worker that Graph told to wait warns the others, so that they need not all learn it.

A throttled call counts against the quota like any other. With a hundred restores under way, each
asking once for itself, the quota would be spent on refusals.
"""

from datetime import timedelta

from shared.domain.progress import WaitingFor
from shared.errors import Quota
from shared.restore.endings import Park
from shared.restore.run import Run

# Those who were warned come back spread over this time, not all in the same second: 3,000 writes
# fit into 150 seconds, so 400 who wait are no more than Graph takes in these twenty.
# Source: Microsoft "Microsoft Graph service-specific throttling limits", identity and access.
SPREAD = timedelta(seconds=20)

# The first digits of a restore id, which is hexadecimal, and how many texts they can be.
_DIGITS, _PLACES = 4, 65_536


async def held_back(run: Run, quota: Quota) -> Park | None:
    """The wait of a restore that another worker's 429 concerns; None when the way is free."""
    until = (await run.deps.throttles.read()).get(quota)
    if until is None or until <= run.now():
        return None
    return Park(WaitingFor.THROTTLE, until + SPREAD * _place(run.record.id))


def _place(restore_id: str) -> float:
    """Where in the spread this restore has its place, from 0 to 1; the same at every try."""
    return int(restore_id[:_DIGITS], 16) / _PLACES
