"""Share a wait that Graph ordered with all workers, so that they need not each be refused.

A throttled call counts against the quota like any other. With a hundred restores under way, each
asking once for itself, the quota would be spent on refusals.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from shared.domain.records.progress import WaitingFor
from shared.errors import Quota
from shared.ports.clock import Clock
from shared.ports.throttles import Throttles
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, THROTTLED, Continue, Park
from shared.restore.stagger import comes_back_at

# A worker asks storage for the warnings of others once in this time, not twice in each restore.
# A warning that comes this much later costs a few more refusals at the start of a wait of minutes.
FRESH = timedelta(seconds=1)


class RememberedThrottles:
    """A Throttles port that keeps the answer of another one for a second.

    What this worker notes itself is known at once.
    """

    def __init__(self, throttles: Throttles, clock: Clock) -> None:
        self._throttles, self._clock = throttles, clock
        self._known: dict[Quota, datetime] = {}
        self._good_until = datetime.min.replace(tzinfo=UTC)
        self._first = asyncio.Lock()
        self._has_asked = False

    async def read(self) -> Mapping[Quota, datetime]:
        """The instant at which each quota that was used up is free again."""
        if not self._has_asked:
            await self._ask_first()
        elif not self._good_until - FRESH <= self._clock.now() < self._good_until:
            await self._ask()
        return self._known

    async def _ask_first(self) -> None:
        """Ask for the first time: one caller asks, and the others wait for its answer."""
        async with self._first:
            if not self._has_asked:
                try:
                    await self._ask()
                finally:
                    # If storage is down, the callers do not wait for it one after the other.
                    self._has_asked = True

    async def _ask(self) -> None:
        # A caller that asks while a read is under way gets the previous answer.
        self._good_until = self._clock.now() + FRESH
        for quota, until in (await self._throttles.read()).items():
            self._keep(quota, until)

    async def note(self, quota: Quota, until: datetime) -> None:
        """Store the wait for the other workers, unless a later instant is stored already."""
        self._keep(quota, until)
        await self._throttles.note(quota, until)

    def _keep(self, quota: Quota, until: datetime) -> None:
        self._known[quota] = max(until, self._known.get(quota, until))


async def wait_for_quota(run: Run, quota: Quota) -> Park | Continue:
    """Wait as long as Graph told another worker to, if that concerns this restore too."""
    until = (await run.deps.throttles.read()).get(quota)
    if until is None or until <= run.now():
        return CONTINUE
    return Park(WaitingFor.THROTTLE, comes_back_at(until, quota, run), THROTTLED)
