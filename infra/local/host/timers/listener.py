"""Run a timer by its schedule, one run at a time, and make up once for missed runs.

What was due while no host ran it is found in the status that is kept of it: one run at once, as
past due, however many occurrences were missed. A run longer than the interval delays the next,
which follows at once. A failed run is logged and the schedule moves on.
Source: azure-webjobs-sdk-extensions, TimerListener.cs.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.local.host.clock import Clock, wait_for
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.timer_store import OpenTimerStore
from infra.local.host.timers.status import (
    TimerStatus,
    read_status,
    status_after,
    status_at_start,
)
from infra.local.host.timers.timer import Timer

# A machine's clock may be set while we wait: look again at least so often.
_LONGEST_SLEEP = timedelta(seconds=60)
_logger = logging.getLogger("host.timers")


@dataclass(slots=True)
class TimerListener:
    """Runs one timer for as long as this host is the one that does."""

    timer: Timer
    open_store: OpenTimerStore
    clock: Clock
    stop: asyncio.Event

    async def listen(self) -> None:
        """Run until the stop. Raises StorageCallError when the kept status cannot be read."""
        now = self.clock.now()
        is_kept = self.timer.is_kept(now)
        kept = await self._kept() if is_kept else None
        status = status_at_start(self.timer.schedule, kept, now)
        if is_kept and status != kept:
            await self._keep(status)
        if status.next < now:
            status = await self._run(status, now, is_kept=is_kept, past_due=True)
        elif self.timer.run_on_startup:
            status = await self._run(status, now, is_kept=is_kept)
        while not await self._is_stopped_before(status.next):
            at = max(self.clock.now(), status.next)
            status = await self._run(status, at, is_kept=is_kept)

    async def run_now(self, reason: str) -> bool:
        """Run on demand: beside a run of the schedule, if there is one, and not noted in it."""
        try:
            kept = await self._kept() if self.timer.is_kept(self.clock.now()) else None
        except StorageCallError:
            kept = None
        return await self.timer.run(kept, reason, past_due=False)

    async def _run(
        self, status: TimerStatus, at: datetime, *, is_kept: bool, past_due: bool = False
    ) -> TimerStatus:
        if past_due:
            _logger.info(
                "Trigger Details: UnscheduledInvocationReason: IsPastDue, OriginalSchedule: %s",
                status.next.isoformat(),
            )
        reason = f"Timer fired at {self.clock.now().isoformat()}"
        await self.timer.run(status if is_kept else None, reason, past_due=past_due)
        after = status_after(self.timer.schedule, at)
        if is_kept:
            await self._keep(after)
        return after

    async def _kept(self) -> TimerStatus | None:
        store = await self.open_store()
        text = await store.read(self.timer.name)
        return None if text is None else read_status(text)

    async def _keep(self, status: TimerStatus) -> None:
        """Keep a status as well as may be: a timer runs on without."""
        try:
            store = await self.open_store()
            await store.write(self.timer.name, status.to_json())
        except StorageCallError as fault:
            _logger.error(  # noqa: TRY400 - the fault says all there is
                "Function '%s' failed to update the timer trigger status: %s",
                self.timer.name,
                fault,
            )

    async def _is_stopped_before(self, due: datetime) -> bool:
        while (left := due - self.clock.now()) > timedelta(0):
            if await wait_for(self.clock, self.stop, min(left, _LONGEST_SLEEP)):
                break
        return self.stop.is_set()
