"""Measure a piece of work: processor time, peak memory, longest block of the loop.

Processor time and traced memory do not depend on what else runs on the machine, wall clocks do.
Milliseconds are those of a machine on which a loop of our own takes so long (`_PACE`): on a slower
one both take longer.
"""

import asyncio
import gc
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from time import process_time

type Work = Callable[[], Awaitable[object]]

# The best of so many runs: whatever disturbs one (a first import, say) makes it dearer, and nothing
# makes it cheaper. A run that is cheap enough needs no other.
_RUNS = 4

# How many milliseconds the loop takes that a machine's speed is measured by.
_PACE = 6.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor time in milliseconds, memory in megabytes above what was held before."""

    milliseconds: float
    megabytes: float


async def cost_of(work: Work, *, enough: float = 0) -> Cost:
    """What this work costs at best; done again only while it takes more than `enough`."""
    return Cost(await time_of(work, enough=enough), await _memory(work))


async def time_of(work: Work, *, enough: float = 0) -> float:
    """The same in milliseconds alone: counting the memory takes ten times as long as the work."""
    return await _best(lambda: _time(work), enough)


async def longest_hold(work: Work, *, enough: float = 0) -> float:
    """For how many milliseconds of processor time nobody else got a turn, at the longest."""
    return await _best(lambda: _longest(work), enough)


async def _best(measure: Callable[[], Awaitable[float]], enough: float) -> float:
    best = await measure()
    if best <= enough:
        return best
    best /= _slower()
    for _ in range(_RUNS - 1):
        if best <= enough:
            break
        best = min(best, await measure() / _slower())
    return best


def _slower() -> float:
    """How many times as long as on that machine everything takes here and now; 1 on a faster."""
    return max(1.0, min(_pace() for _ in range(3)) / _PACE)


def _pace() -> float:
    began = process_time()
    sum(number % 7 for number in range(200_000))
    return (process_time() - began) * 1000


async def _time(work: Work) -> float:
    gc.disable()
    try:
        began = process_time()
        await work()
        return (process_time() - began) * 1000
    finally:
        gc.enable()


async def _memory(work: Work) -> float:
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        await work()
        return (tracemalloc.get_traced_memory()[1] - before) / 1e6
    finally:
        tracemalloc.stop()


async def _longest(work: Work) -> float:
    holds = [0.0]

    async def stand_by() -> None:
        last = process_time()
        while True:
            await asyncio.sleep(0)
            now = process_time()
            holds[0] = max(holds[0], now - last)
            last = now

    other = asyncio.create_task(stand_by())
    await asyncio.sleep(0)
    await work()
    await asyncio.sleep(0)
    other.cancel()
    with suppress(asyncio.CancelledError):
        await other
    return holds[0] * 1000
