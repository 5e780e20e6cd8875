"""Observing: one worker's hold on the round of the tenant, and what it counts on the way.

    take_hold ─── lease (5 min) ───▶ others may take it
       │  every page's end renews the lease, and carries the ETag of the write before it

Two runs can overlap (a timer's own lock can be lost): the second finds the lease, or, when it ran
out, the first gets LeaseLostError from its next write and stops. Observations are written under
ETags of their own, so a run that was overtaken cannot put old knowledge over new.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.licensing import Sku
from shared.domain.progress import Lease
from shared.errors import LeaseLostError, StorageUnavailableError
from shared.restore.deps import Deps
from shared.restore.watch_ports import Round, StoredRound

# How long one run goes on beginning pages; the next tick goes on from there. `functionTimeout` is
# ten minutes: a page under way may wait for Graph, and the alerts come after the round.
RUN_TIME = timedelta(minutes=4)

# Longer than a page can take, when each of its users must be read again from a slow Graph; shorter
# than the time between two ticks, so a crash costs no tick.
LEASE = timedelta(minutes=5)

# Reads by id at once: Graph answers a few hundred a second this way, far below its limit of 8,000
# resource units in 10 s. Source: Microsoft "Microsoft Graph service-specific throttling limits".
AT_ONCE = 16


@dataclass(slots=True)
class Tally:
    """What a run did; for its log line."""

    pages: int = 0
    written: int = 0
    losses: int = 0
    doubts: int = 0
    alerts: int = 0


@dataclass(slots=True)
class Hold:
    """The hold of one run on the round."""

    deps: Deps
    owner: str
    stored: StoredRound
    ends_at: datetime
    losses_since: datetime
    """The earliest bound of a loss that was noticed in this run; the present if none was."""
    tally: Tally = field(default_factory=Tally)
    _skus: tuple[Sku, ...] | None = None

    @property
    def round(self) -> Round:
        """The round as last written."""
        return self.stored.round

    @property
    def is_out_of_time(self) -> bool:
        """Whether the rest belongs to the next run."""
        return self.deps.clock.now() >= self.ends_at

    def give_time(self) -> None:
        """A budget of its own for the part that begins now."""
        self.ends_at = self.deps.clock.now() + RUN_TIME / 2

    async def save(self, changed: Round) -> None:
        """Write the round and renew the lease.

        Raises:
            LeaseLostError: another run goes on with it; nothing was written.
        """
        lease = Lease(self.owner, self.deps.clock.now() + LEASE)
        rounds = self.deps.watch.rounds
        self.stored = await rounds.write(self.stored, replace(changed, lease=lease))

    def note_losses(self, bounds: Iterable[datetime]) -> None:
        """Remember how far back the losses of this run reach."""
        self.losses_since = min((self.losses_since, *bounds))

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions, read once in a run."""
        if self._skus is None:
            self._skus = await self.deps.tenant.skus()
        return self._skus


@asynccontextmanager
async def held(deps: Deps) -> AsyncIterator[Hold | None]:
    """The hold, let go at the end; None while another run has it.

    If letting go fails, the lease runs out.
    """
    stored = await deps.watch.rounds.read()
    now = deps.clock.now()
    lease = stored.round.lease
    if lease is not None and now < lease.expires_at:
        yield None
        return
    hold = Hold(deps, deps.names.fresh(), stored, now + RUN_TIME, losses_since=now)
    try:
        await hold.save(stored.round)
    except LeaseLostError:
        yield None
        return
    try:
        yield hold
    finally:
        with suppress(LeaseLostError, StorageUnavailableError):
            await deps.watch.rounds.write(hold.stored, replace(hold.round, lease=None))


class _NotBegunError(Exception):
    """A call was not begun, because one before it had failed."""


async def some_at_once[T](calls: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """The results of these calls in order, with a bounded number under way.

    The first failure is raised when every call under way has ended; the rest is not begun: a Graph
    that hangs costs one time-out, and not one for each user of a page.
    """
    gate, has_failed = asyncio.Semaphore(AT_ONCE), False

    async def through(call: Coroutine[Any, Any, T]) -> T:
        nonlocal has_failed
        async with gate:
            if has_failed:
                call.close()
                raise _NotBegunError
            try:
                return await call
            except BaseException:
                has_failed = True
                raise

    results = await asyncio.gather(*map(through, calls), return_exceptions=True)
    # Calls pass the gate in their order, so one that was not begun comes after the one that failed.
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]
