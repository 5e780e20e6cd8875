"""Ports to the time, to short pauses, and to names for workers."""

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...

    async def pause(self, span: timedelta) -> None:
        """Let this much time pass, within an invocation: seconds, and only beside other work."""
        ...


class WorkerNames(Protocol):
    """Names for the holders of leases."""

    def fresh(self) -> str:
        """A name no other worker has ever had."""
        ...
