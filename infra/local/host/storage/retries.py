"""Decide when a call to storage is tried again: six tries within half a minute.

The real host's storage client tries at 0, 0.8, 2.4, 5.6, 12 and 24.8 seconds, each wait longer or
shorter by up to a fifth, and gives up with the last answer. It is the client that does this, in
every call of queue triggers, output bindings and timers alike; whoever called then decides.
Source: azure-sdk-for-net, Azure.Core RetryOptions.cs (0.8 s, at most a minute), DelayStrategy.cs
(the fifth), ResponseClassifier.cs (which answers), and Azure.Storage.Common StorageClientOptions.cs
(five retries).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from infra.local.host.clock import Clock
from infra.local.host.storage.faults import StorageCallError

TRIES = 6
_FIRST_WAIT = timedelta(seconds=0.8)
_LONGEST_WAIT = timedelta(minutes=1)
_JITTER = (0.8, 1.2)
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Retries:
    """Makes calls, again where the real client would; `chance` spreads the waits."""

    clock: Clock
    chance: Random

    async def call[T](self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Make the call up to six times. Raises the StorageCallError of the last try."""
        for number in range(1, TRIES):
            try:
                return await attempt()
            except StorageCallError as fault:
                if fault.status is not None and fault.status not in _RETRIED:
                    raise
                await self.clock.sleep(self._wait_after(number))
        return await attempt()

    def _wait_after(self, tries: int) -> timedelta:
        doubled: int = 2 ** (tries - 1)
        return min(_FIRST_WAIT * doubled * self.chance.uniform(*_JITTER), _LONGEST_WAIT)
