"""Decide when a dead worker is replaced, and when the host ends with it.

Source: azure-functions-host, RpcFunctionInvocationDispatcher.cs (the third error, each within half
an hour of the one before, ends the host; one restart at a time), WorkerConstants.cs,
WorkerProcessCountOptions.cs (10 s between restarts, 60 s for a start),
WebScriptHostExceptionHandler.cs (a run over its time gets a moment: 2 s, seen in logs of the host).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

_MOST_ERRORS = 3
_FORGOTTEN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class WorkerTimes:
    """How long the host waits for workers.

    Attributes:
        start: for a worker to be ready.
        between_restarts: from a replacement that is ready to the next start.
        after_time_out: for a run that is over its time, before its worker is killed.

    """

    start: timedelta = timedelta(seconds=60)
    between_restarts: timedelta = timedelta(seconds=10)
    after_time_out: timedelta = timedelta(seconds=2)


@dataclass(slots=True)
class WorkerErrors:
    """The errors of workers that count. A worker killed for a run's time-out is none."""

    _times: list[datetime] = field(default_factory=list)

    def are_too_many(self, now: datetime) -> bool:
        """Add one, and tell whether it is the one too many; half an hour of peace clears all."""
        if self._times and now - self._times[-1] > _FORGOTTEN_AFTER:
            self._times.clear()
        self._times.append(now)
        return len(self._times) >= _MOST_ERRORS
