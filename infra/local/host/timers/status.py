"""Describe the stored status of a timer, and decide after a pause whether a run was missed.

Source: azure-webjobs-sdk-extensions, ScheduleMonitor.cs (CheckPastDueAsync), ScheduleStatus.cs,
StorageScheduleMonitor.cs.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from infra.local.host.timers.schedule import Schedule

# .NET's least time: what the real host writes for "never".
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TimerStatus:
    """When a timer ran last, is due next, and when that was worked out."""

    last: datetime
    next: datetime
    updated: datetime

    def to_json(self) -> str:
        """Write it as the real host keeps it."""
        times = {"Last": self.last, "Next": self.next, "LastUpdated": self.updated}
        return json.dumps({name: at.isoformat() for name, at in times.items()})


def read_status(text: str) -> TimerStatus | None:
    """Read a kept status; None when it is none, which counts as never kept."""
    try:
        kept = json.loads(text)
        last, due, updated = (_instant(kept[name]) for name in ("Last", "Next", "LastUpdated"))
    except (ValueError, KeyError, TypeError):
        return None
    return TimerStatus(last, due, updated)


def status_after(schedule: Schedule, at: datetime) -> TimerStatus:
    """Give the status of a timer that ran at that time."""
    return TimerStatus(at, schedule.next_after(at), at)


def status_at_start(schedule: Schedule, kept: TimerStatus | None, now: datetime) -> TimerStatus:
    """Give the status that a starting host goes by: the kept one, unless the schedule changed.

    It is past due when its `next` is over: one call makes up for all that was missed. A schedule
    that changed is never past due at once.
    """
    if kept is None:
        return TimerStatus(NEVER, schedule.next_after(now), now)
    since = kept.last if kept.last > NEVER else kept.updated
    expected = schedule.next_after(since)
    if kept.next == expected:
        return kept
    if now > expected:
        expected, since = schedule.next_after(now), now
    return TimerStatus(NEVER, expected, since)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
