"""Spread: those who wait for a shared quota come back one after the other, not all in one second.

Graph counts a refused request like any other, and names the instant at which there is room for
one. Were all to come at that instant, the quota would be spent on refusals: with 300 writes in
place of the 3,000, a third of it was.
"""

from datetime import datetime, timedelta

from shared.restore.run import Run

# A worker fills a quota of writes in two and a half minutes or less, and it comes free as fast as
# it was filled. Half a minute lets a few hundred who wait come back no faster than that; a lone one
# is not kept much longer than it had to wait anyway.
# Source: Microsoft "Microsoft Graph service-specific throttling limits", identity and access.
SPREAD = timedelta(seconds=30)

# Nobody comes back in the first tenth: what is let through late must find room.
_HEAD_START = 0.1

# The first digits of a restore id, which is hexadecimal, and how many texts they can be.
_DIGITS, _PLACES = 4, 65_536


def comes_back_at(free_at: datetime, run: Run) -> datetime:
    """When this restore tries again, for a quota that is free at an instant; the same every time.

    Not past the deadline of its change: then it takes its chance as soon as there is one.
    """
    place = int(run.record.id[:_DIGITS], 16) / _PLACES
    at = free_at + SPREAD * (_HEAD_START + (1 - _HEAD_START) * place)
    deadline = run.record.deadline
    return free_at if deadline is not None and at >= deadline else at
