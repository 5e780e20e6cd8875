"""How often a call to the storage account is tried, and when it is given up."""

import asyncio
from collections import deque
from random import Random

import pytest

from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.retries import Retries
from tests.unit.local_host.fakes import FakeClock, fault, settle

# Seen with the library of the real host before an emulator that failed, in seconds.
MEASURED = (0, 0.9, 2.6, 6, 12, 27)


class Call:
    """A call that fails as told, then succeeds, and notes when it was tried."""

    def __init__(self, clock: FakeClock, *faults: StorageCallError) -> None:
        self.tried_at: list[float] = []
        self._clock, self._began, self._faults = clock, clock.now(), deque(faults)

    async def __call__(self) -> str:
        """Be tried."""
        self.tried_at.append((self._clock.now() - self._began).total_seconds())
        if self._faults:
            raise self._faults.popleft()
        return "done"


@pytest.mark.parametrize("status", [500, 503, 429, 408, None])
async def test_six_tries_within_half_a_minute(status: int | None) -> None:
    """Each measured try lies where the rule, with a fifth of chance either way, puts it."""
    clock = FakeClock()
    call = Call(clock, *[fault(status)] * 6)
    run = asyncio.create_task(Retries(clock, Random(1)).call(call))  # noqa: S311 - a test
    await clock.pass_seconds(40)

    with pytest.raises(StorageCallError):
        await run
    assert len(call.tried_at) == len(MEASURED)
    for number, (tried, measured) in enumerate(zip(call.tried_at, MEASURED, strict=True)):
        middle = 0.8 * (2**number - 1)
        assert 0.8 * middle <= tried <= 1.2 * middle
        assert 0.8 * middle <= measured <= 1.2 * middle


async def test_call_that_succeeds_is_made_no_more() -> None:
    """The first answer that is none of those faults is the answer."""
    clock = FakeClock()
    call = Call(clock, fault(503), fault(None))
    run = asyncio.create_task(Retries(clock, Random(1)).call(call))  # noqa: S311 - a test
    await clock.pass_seconds(40)

    assert await run == "done"
    assert len(call.tried_at) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 409, 501])
async def test_a_refusal_is_not_tried_again(status: int) -> None:
    """What trying again does not change is tried once: a missing role is told at once."""
    clock = FakeClock()
    call = Call(clock, fault(status))
    run = asyncio.create_task(Retries(clock, Random(1)).call(call))  # noqa: S311 - a test
    await settle()

    with pytest.raises(StorageCallError):
        await run
    assert call.tried_at == [0]
