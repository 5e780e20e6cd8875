"""Define what timers need of storage: a lock each, and a schedule status.

Every call may raise StorageCallError, after as many tries as the real host's.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol


class TimerStore(Protocol):
    """Locks and texts of the timers of one app, by the name of the function."""

    async def lock(self, timer: str, period: timedelta) -> str | None:
        """Take the lock of a timer for that long, and give its lease; None if another has it."""

    async def renew(self, timer: str, lease: str) -> None:
        """Keep the lock for another period."""

    async def release(self, timer: str, lease: str) -> None:
        """Give the lock back."""

    async def read(self, timer: str) -> str | None:
        """Give the text kept for a timer, or None."""

    async def write(self, timer: str, text: str) -> None:
        """Keep a text for a timer."""

    async def close(self) -> None:
        """Close the connections."""


# Gives the one store of a host; the first call may take a moment.
type OpenTimerStore = Callable[[], Awaitable[TimerStore]]
