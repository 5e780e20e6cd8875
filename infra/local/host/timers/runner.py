"""Let one of all the hosts of an app run a timer.

They agree by the lease of a blob. Who has it renews it, and gives it back when it stops; the others
ask again every minute, and take over when it has run out. A lease that turns out to be lost is not
handled, and takes the host down. A storage account that cannot be asked is asked again later: the
host runs on without this timer.
Source: azure-webjobs-sdk, SingletonListener.cs, SingletonManager.cs, FunctionListener.cs,
BlobLeaseDistributedLockManager.cs.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from infra.local.host.app.host_json import SingletonSettings
from infra.local.host.clock import Clock, unless_set, wait_for
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.timer_store import OpenTimerStore
from infra.local.host.timers.listener import TimerListener
from infra.local.host.timers.timer import Timer

_LEAST_RENEWAL = timedelta(seconds=1)
_FIRST_RETRY, _LAST_RETRY = timedelta(seconds=2), timedelta(minutes=2)
_logger = logging.getLogger("host.timers")


@dataclass(slots=True)
class TimerRunner:
    """Serves one timer trigger. `unhandled` takes a fault that the real host does not handle."""

    timer: Timer
    open_store: OpenTimerStore
    clock: Clock
    settings: SingletonSettings
    unhandled: Callable[[Exception], None]
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)
    _listener: TimerListener = field(init=False)
    _lease: str | None = None
    _is_away: bool = False

    def __post_init__(self) -> None:
        """Make the listener, which runs only while this host has the lease."""
        self._listener = TimerListener(self.timer, self.open_store, self.clock, self._stop)

    async def serve(self) -> None:
        """Run the timer whenever this host is the one to do so, until `stop` is called."""
        try:
            await self._serve()
        finally:
            self._ended.set()

    async def _serve(self) -> None:
        retry = _FIRST_RETRY
        while not self._stop.is_set():
            try:
                await self._listen_if_free()
                retry = _FIRST_RETRY
                await wait_for(self.clock, self._stop, self.settings.recovery_interval)
            except StorageCallError as fault:
                _logger.error(  # noqa: TRY400 - the fault says all there is
                    "The listener for function 'Functions.%s' was unable to start: %s",
                    self.timer.name,
                    fault,
                )
                await wait_for(self.clock, self._stop, retry)
                retry = min(retry * 2, _LAST_RETRY)

    async def run_now(self, reason: str) -> bool:
        """Run on demand, whoever runs the schedule."""
        return await self._listener.run_now(reason)

    async def stop(self) -> None:
        """Give the lease back at once, and wait for the run that is under way."""
        self._stop.set()
        await self._let_go()
        await self._ended.wait()

    async def _listen_if_free(self) -> None:
        store = await self.open_store()
        period = self.settings.lock_period
        self._lease = await unless_set(self._stop, store.lock(self.timer.name, period))
        if self._stop.is_set():
            await self._let_go()
            return
        if self._lease is None:
            if not self._is_away:
                _logger.info("Timer '%s' is run by another host.", self.timer.name)
            self._is_away = True
            return
        self._is_away = False
        renewing = asyncio.create_task(self._renew(self._lease))
        try:
            await self._listener.listen()
        finally:
            renewing.cancel()
            await self._let_go()

    async def _renew(self, lease: str) -> None:
        wait = usual = self.settings.lock_period / 2
        while not await wait_for(self.clock, self._stop, wait):
            try:
                store = await self.open_store()
                await store.renew(self.timer.name, lease)
                wait = usual
            except StorageCallError as fault:
                if not fault.is_server_side:
                    self.unhandled(fault)
                    return
                _logger.warning("The lease of timer '%s': %s", self.timer.name, fault)
                wait = max(wait / 2, _LEAST_RENEWAL)

    async def _let_go(self) -> None:
        lease, self._lease = self._lease, None
        if lease is None:
            return
        try:
            store = await self.open_store()
            await store.release(self.timer.name, lease)
        except StorageCallError as fault:
            _logger.warning("The lease of timer '%s' runs out: %s", self.timer.name, fault)
