"""Spread out the restores that wait for the same quota, so that they return one by one.

Graph counts a refused request like any other, and names the instant at which there is room for one.
If all waiters returned at that instant, most of their requests would be refused and count against
the quota; in a test with a quota of 300 writes a third of it went that way.
"""

from datetime import datetime, timedelta

from shared.errors import Quota
from shared.restore.run import Run

# Those who wait come back over this time. A few hundred of them then ask for no more than comes
# free; a lone one is not kept much longer than it had to wait anyway.
SPREAD = timedelta(seconds=30)

# Between room for one and the first to come back, room for more comes together, and nothing of it
# is lost within the quota's 150 seconds: of 3,000 writes, 200 in this time. Twice as long would
# cost 7 in 100 of the quota more; half of it, and of the spread, brought refusals on a busy
# machine. The quota of requests is counted over ten seconds only, and what is not used in these is
# lost.
# Source: Microsoft "Microsoft Graph service-specific throttling limits", identity and access.
PAUSES = {Quota.WRITES: timedelta(seconds=10), Quota.REQUESTS: timedelta(0)}

# Whoever was refused itself waits as long as Graph said, and little more.
_OWN_SPREAD = timedelta(seconds=8)

# The first digits of a restore id, which is hexadecimal, and how many texts they can be.
_DIGITS, _PLACES = 4, 65_536


def tries_again_at(room_at: datetime, run: Run) -> datetime:
    """When a restore that Graph throttled tries again: near the instant that Graph named."""
    return _unless_too_late(room_at, room_at + _OWN_SPREAD * _place(run), run)


def comes_back_at(room_at: datetime, quota: Quota, run: Run) -> datetime:
    """When a restore that learnt of the throttling tries, for a quota with room at `room_at`."""
    return _unless_too_late(room_at, room_at + PAUSES[quota] + SPREAD * _place(run), run)


def _place(run: Run) -> float:
    """Where in the spread this restore has its place, from 0 to 1; the same at every try."""
    return int(run.record.id[:_DIGITS], 16) / _PLACES


def _unless_too_late(room_at: datetime, at: datetime, run: Run) -> datetime:
    """The instant `at`, or `room_at` itself if `at` would be past the deadline of the change."""
    deadline = run.record.deadline
    return room_at if deadline is not None and at >= deadline else at
