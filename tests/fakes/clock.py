"""Let a test decide the time and the names of workers."""

import asyncio
from datetime import datetime, timedelta


class ManualClock:
    """The Clock port: stands still until it is advanced."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._pauses: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return self._now

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody has paused and is not over it."""
        return bool(self._pauses)

    def advance(self, by: timedelta) -> None:
        """Let this much time pass; whoever paused for less goes on."""
        self._now += by
        for until, over in self._pauses:
            if until <= self._now:
                over.set()

    def jump(self, by: timedelta) -> None:
        """Let time pass of which nobody here notices anything: the process stood still."""
        self._now += by

    async def pause(self, span: timedelta) -> None:
        """Wait until the clock was advanced so far."""
        mine = (self._now + span, asyncio.Event())
        self._pauses.append(mine)
        try:
            await mine[1].wait()
        finally:
            self._pauses.remove(mine)


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
