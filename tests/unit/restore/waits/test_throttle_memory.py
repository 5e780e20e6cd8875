"""A worker asks storage once a second whether Graph made another one wait."""

import asyncio
from datetime import timedelta

import pytest

from shared.errors import Quota, StorageUnavailableError
from shared.restore.throttle import FRESH, RememberedThrottles
from tests.builders import NOW
from tests.fakes.clock import ManualClock
from tests.fakes.ledger import InMemoryThrottles

LATER = NOW + timedelta(minutes=2)


class Desk:
    """Storage that all workers share, a clock, and one worker's memory."""

    def __init__(self) -> None:
        self.clock = ManualClock(NOW)
        self.shared = InMemoryThrottles()
        self.mine = RememberedThrottles(self.shared, self.clock)


async def test_storage_is_asked_once_a_second() -> None:
    """However many restores ask, and each is told: at a start all wait for the first answer."""
    desk = Desk()

    desk.shared.rows[Quota.WRITES] = LATER

    told = await asyncio.gather(*(desk.mine.read() for _ in range(50)))
    desk.clock.advance(FRESH - timedelta(milliseconds=1))
    await desk.mine.read()

    assert desk.shared.calls["read"] == 1
    assert told == 50 * [{Quota.WRITES: LATER}]


async def test_the_warning_of_another_worker_is_heard_after_a_second() -> None:
    """And stays known while storage says nothing new."""
    desk = Desk()
    assert await desk.mine.read() == {}
    await desk.shared.note(Quota.WRITES, LATER)

    desk.clock.advance(FRESH)

    assert await desk.mine.read() == {Quota.WRITES: LATER}
    assert desk.shared.calls["read"] == 2


async def test_its_own_warning_is_known_at_once_and_told() -> None:
    """A worker does not run into the wait that it has just noted itself."""
    desk = Desk()
    await desk.mine.read()

    await desk.mine.note(Quota.REQUESTS, LATER)

    assert await desk.mine.read() == {Quota.REQUESTS: LATER} == desk.shared.rows


async def test_an_earlier_instant_does_not_shorten_the_wait() -> None:
    """Neither one noted here nor one read."""
    desk = Desk()
    await desk.mine.note(Quota.WRITES, LATER)
    await desk.mine.note(Quota.WRITES, NOW)
    desk.shared.rows[Quota.WRITES] = NOW

    desk.clock.advance(FRESH)

    assert await desk.mine.read() == {Quota.WRITES: LATER}


async def test_a_clock_that_was_set_back_does_not_keep_an_old_answer() -> None:
    """It would be good for as long as the clock was set back."""
    desk = Desk()
    await desk.mine.read()
    await desk.shared.note(Quota.WRITES, LATER)

    desk.clock.advance(-timedelta(hours=1))

    assert await desk.mine.read() == {Quota.WRITES: LATER}


async def test_storage_that_does_not_answer_is_asked_again() -> None:
    """Whoever asked is told; a second later the next one asks anew."""
    desk = Desk()
    desk.shared.fail_next("read", StorageUnavailableError("down"))
    with pytest.raises(StorageUnavailableError):
        await desk.mine.read()
    desk.shared.rows[Quota.WRITES] = LATER

    desk.clock.advance(FRESH)

    assert await desk.mine.read() == {Quota.WRITES: LATER}
