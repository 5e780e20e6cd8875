"""Limit how much runs at once, let several wait for one thing, and give each part its time."""

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

# Reads by id at once: Graph answers a few hundred a second this way, far below its limit of 8,000
# resource units in 10 s. Source: Microsoft "Microsoft Graph service-specific throttling limits".
AT_ONCE = 16

# Restores have this time in the cleanup, then observations, then batches; losses and the lines of
# schedules have less. After ten minutes (host.json) the host ends a function, and its process with
# it. A removal is six round trips of some milliseconds, so tens of thousands of restores go in this
# time: a ledger of a million loses eleven thousand a day.
LONGEST_PART = timedelta(minutes=2.5)


class _Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class TimeBudget:
    """The time that one part of a timer has; what is left after it is the next run's."""

    clock: _Clock
    began_at: datetime
    span: timedelta

    @classmethod
    def of(cls, span: timedelta, clock: _Clock) -> "TimeBudget":
        """A budget of so much time, from now on."""
        return cls(clock, clock.now(), span)

    @property
    def is_spent(self) -> bool:
        """Whether the time is over."""
        return self.clock.now() - self.began_at > self.span


def begun_for_several[T](work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """The work, begun for all who wait for it behind `asyncio.shield`.

    A failure is told to each of them. If all were cancelled it is nobody's, and not complained of.
    """
    task = asyncio.create_task(work)
    task.add_done_callback(_look_at)
    return task


def _look_at[T](task: asyncio.Task[T]) -> None:
    if not task.cancelled():
        task.exception()


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
