"""Time and names that a test decides on."""

from datetime import datetime, timedelta


class ManualClock:
    """The Clock port: stands still until it is advanced."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Let this much time pass."""
        self._now += by


class TickingClock(ManualClock):
    """A clock on which no two looks show the same instant."""

    def now(self) -> datetime:
        """The present instant, a microsecond after the look before."""
        self.advance(timedelta(microseconds=1))
        return super().now()


class HurryingClock(ManualClock):
    """A clock that is a minute later at each look."""

    def now(self) -> datetime:
        """The present instant, a minute after the look before."""
        self.advance(timedelta(minutes=1))
        return super().now()


class CountingNames:
    """The WorkerNames port: `worker-1`, `worker-2`, ..."""

    def __init__(self) -> None:
        self._count = 0

    def fresh(self) -> str:
        """A name no other worker has had from this object."""
        self._count += 1
        return f"worker-{self._count}"
