"""Tell the host's time and make its random ids; nothing else asks the machine for them.

The clock is a port. Every wait of the host goes through it, so that a test drives half a minute of
retries or ten minutes of a lease without sitting through them.
"""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4  # noqa: TID251 - an id of the host, as random as the real one's


class Clock(Protocol):
    """What time it is, and waiting for it to pass."""

    def now(self) -> datetime:
        """Say what time it is, aware, in UTC: timers of a Linux Functions app run in UTC."""

    async def sleep(self, span: timedelta) -> None:
        """Return when so much time has passed."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Say what time it is on this machine."""
        return datetime.now(tz=UTC)  # noqa: TID251 - this is the clock

    async def sleep(self, span: timedelta) -> None:
        """Wait on the machine's monotonic clock."""
        await asyncio.sleep(span.total_seconds())


async def wait_for(clock: Clock, event: asyncio.Event, span: timedelta) -> bool:
    """Wait for an event, but not longer than that, and say whether it has come."""
    if not event.is_set():
        coming = asyncio.ensure_future(event.wait())
        try:
            await ends_within(clock, coming, span)
        finally:
            coming.cancel()
    return event.is_set()


async def ends_within(clock: Clock, work: asyncio.Future[Any], span: timedelta) -> bool:
    """Wait for work under way, but not longer than that, and say whether it has ended."""
    passing = asyncio.ensure_future(clock.sleep(span))
    waits: set[asyncio.Future[Any]] = {work, passing}
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        passing.cancel()
    return work.done()


async def unless_set[T](event: asyncio.Event, call: Awaitable[T]) -> T | None:
    """Wait for a call, but let go of it, whatever becomes of it, once the event has come."""
    calling = asyncio.ensure_future(call)
    coming = asyncio.ensure_future(event.wait())
    waits: set[asyncio.Future[Any]] = {calling, coming}
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        return calling.result() if calling.done() else None
    finally:
        coming.cancel()
        calling.cancel()


def new_id() -> str:
    """Make an id for an invocation or a hand-made message, as the real host does."""
    return str(uuid4())
