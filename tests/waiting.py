"""Wait in tests for something to become true, with a deadline; never for time to pass."""

import asyncio
import inspect
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, overload

# Soon at first; a check may cost as much as what it waits for, so it is made ever less often.
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.02, 0.25
_LONGER = 1.25

# What takes a second takes far longer on a small machine that does other work as well; whatever
# comes sooner is not waited for.
_PATIENCE_SECONDS = 60


@overload
async def eventually[T](check: Callable[[], Awaitable[T]], *, within_seconds: float = ...) -> T: ...
@overload
async def eventually[T](check: Callable[[], T], *, within_seconds: float = ...) -> T: ...
async def eventually(check: Callable[[], Any], *, within_seconds: float = _PATIENCE_SECONDS) -> Any:
    """Return the first truthy value of `check`, a function or a coroutine function.

    Raises AssertionError with the last value when there was none in time.
    """
    deadline, pauses = time.monotonic() + within_seconds, _pauses()
    while True:
        found = check()
        value = await found if inspect.isawaitable(found) else found
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_seconds} s, last value: {value!r}")
        await asyncio.sleep(next(pauses))


def wait_until[T](check: Callable[[], T], *, within_seconds: float = _PATIENCE_SECONDS) -> T:
    """Return the first truthy value of `check`, where no event loop may run.

    Raises AssertionError with the last value when there was none in time.
    """
    deadline, never, pauses = time.monotonic() + within_seconds, threading.Event(), _pauses()
    while not (value := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_seconds} s, last value: {value!r}")
        never.wait(next(pauses))
    return value


def _pauses() -> Iterator[float]:
    pause = _FIRST_PAUSE_SECONDS
    while True:
        yield pause
        pause = min(pause * _LONGER, _LONGEST_PAUSE_SECONDS)
