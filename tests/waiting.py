"""Wait in tests for something to become true, with a deadline; never for time to pass."""

import asyncio
import inspect
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any, overload

_POLL_SECONDS = 0.02


@overload
async def eventually[T](check: Callable[[], Awaitable[T]], *, within_seconds: float) -> T: ...
@overload
async def eventually[T](check: Callable[[], T], *, within_seconds: float) -> T: ...
async def eventually(check: Callable[[], Any], *, within_seconds: float) -> Any:
    """Return the first truthy value of `check`, a function or a coroutine function.

    Raises AssertionError with the last value when there was none in time.
    """
    deadline = time.monotonic() + within_seconds
    while True:
        found = check()
        value = await found if inspect.isawaitable(found) else found
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_seconds} s, last value: {value!r}")
        await asyncio.sleep(_POLL_SECONDS)


def wait_until[T](check: Callable[[], T], *, within_seconds: float) -> T:
    """Return the first truthy value of `check`, where no event loop may run.

    Raises AssertionError with the last value when there was none in time.
    """
    deadline, never = time.monotonic() + within_seconds, threading.Event()
    while not (value := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_seconds} s, last value: {value!r}")
        never.wait(_POLL_SECONDS)
    return value
