"""Describe a timer function and how the host starts it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from infra.local.host.timers.schedule import Schedule
from infra.local.host.timers.status import TimerStatus

_KEPT_FROM = timedelta(minutes=1)


class RunTimer(Protocol):
    """Calls a timer function, and says whether it succeeded; it never raises."""

    async def __call__(self, status: TimerStatus | None, reason: str, *, past_due: bool) -> bool:
        """Call it once, with the status that is kept of it, if it is."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer function: its name, its schedule, and how it is called."""

    name: str
    schedule: Schedule
    run_on_startup: bool
    use_monitor: bool | None
    run: RunTimer

    def is_kept(self, now: datetime) -> bool:
        """Tell whether its status is kept: as the binding says, else if it is a minute apart.

        Source: learn.microsoft.com, "Timer trigger for Azure Functions", useMonitor.
        """
        if self.use_monitor is not None:
            return self.use_monitor
        return self.schedule.least_gap(now) >= _KEPT_FROM
