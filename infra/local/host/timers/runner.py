"""A timer trigger: one run at a time, the next after the one before.

A run longer than the interval delays the next; however many occurrences it swallowed, one run
catches up. A failed run is logged and the schedule moves on. The real host keeps Last and Next
in a blob (`useMonitor`), so that it can call once for what it missed while it was down: here
they live in memory, a restarted host waits for its next occurrence.
Source: azure-webjobs-sdk-extensions TimerListener.cs.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from infra.local.host.clock import utc_now
from infra.local.host.queues.lease import wait_for
from infra.local.host.timers.schedule import Schedule
from infra.local.host.worker.data import timer_request

# asyncio waits on the monotonic clock, the schedule is on the wall: look again at least so often.
_LONGEST_SLEEP = timedelta(seconds=60)

type RunTimer = Callable[[Any, str], Awaitable[bool]]


@dataclass(slots=True)
class TimerRunner:
    """Serves one timer trigger.

    `run` calls the function with its timer request and a reason, and says whether it succeeded.
    """

    schedule: Schedule
    run_on_startup: bool
    run: RunTimer
    _last: datetime | None = None
    _updated: datetime | None = None
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self) -> None:
        """Run at every occurrence until `stop` is called."""
        if self.run_on_startup:
            await self._tick("Timer fired at startup")
        due = self.schedule.next_after(utc_now())
        while not await self._stopped_before(due):
            started = utc_now()
            await self._tick(f"Timer fired at {started.isoformat()}")
            due = self.schedule.next_after(started)

    async def run_now(self, reason: str) -> bool:
        """Run outside the schedule, never beside a run of this timer."""
        return await self._tick(reason)

    async def stop(self) -> None:
        """Start no more runs and wait for the one that is under way."""
        self._stop.set()
        async with self._busy:
            return

    async def _tick(self, reason: str) -> bool:
        async with self._busy:
            if self._stop.is_set():
                return False
            started = utc_now()
            next_at = self.schedule.next_after(started)
            request = timer_request(
                last=self._last, next_at=next_at, updated_at=self._updated, past_due=False
            )
            succeeded = await self.run(request, reason)
            self._last = self._updated = started
            return succeeded

    async def _stopped_before(self, due: datetime) -> bool:
        while (left := due - utc_now()) > timedelta(0):
            if await wait_for(self._stop, min(left, _LONGEST_SLEEP)):
                break
        return self._stop.is_set()
