"""A run reads a user's observation once, and a worker asks for the rounds once a second."""

import asyncio
from datetime import timedelta

import pytest

from shared.domain.requests.request import RestoreKind
from shared.errors import StorageUnavailableError
from shared.ports.watch import DeltaRound
from shared.restore.reading.remembered import FRESH, RememberedRounds
from tests.builders import NOW, a_deleted_person, a_person, a_request
from tests.fakes.clock import ManualClock
from tests.fakes.watch import InMemoryDeltaRounds
from tests.unit.world.world import World


class Desk:
    """Storage that all workers share, a clock, and one worker's memory."""

    def __init__(self) -> None:
        self.clock = ManualClock(NOW)
        self.shared = InMemoryDeltaRounds()
        self.mine = RememberedRounds(self.shared, self.clock)

    async def another_round(self) -> None:
        """Somebody writes down how far the tenant was looked through."""
        await self.shared.write(self.shared.stored, DeltaRound(link="next", people=7))


async def test_storage_is_asked_for_the_rounds_once_a_second() -> None:
    """Whatever others write meanwhile, and then it is known."""
    desk = Desk()
    before = await desk.mine.read()
    await desk.another_round()

    desk.clock.advance(FRESH - timedelta(milliseconds=1))
    assert await desk.mine.read() == before
    assert desk.shared.calls["read"] == 1

    desk.clock.advance(timedelta(milliseconds=1))
    assert (await desk.mine.read()).round.people == 7


async def test_those_who_ask_at_once_share_one_answer() -> None:
    """Sixty restores are under way in a worker, and each asks when the second is over."""
    desk = Desk()

    answers = await asyncio.gather(*(desk.mine.read() for _ in range(60)))

    assert desk.shared.calls["read"] == 1
    assert answers == [await desk.shared.read()] * 60


async def test_a_failure_is_not_kept() -> None:
    """Whoever asks next asks storage."""
    desk = Desk()
    desk.shared.fail_next("read", StorageUnavailableError("down"))
    with pytest.raises(StorageUnavailableError):
        await desk.mine.read()

    assert await desk.mine.read() == await desk.shared.read()


async def test_a_clock_that_was_set_back_does_not_keep_old_rounds() -> None:
    """They would be good for as long as the clock was set back."""
    desk = Desk()
    await desk.mine.read()
    await desk.another_round()

    desk.clock.advance(-timedelta(hours=1))

    assert (await desk.mine.read()).round.people == 7


async def test_a_run_reads_the_observation_of_its_user_once() -> None:
    """Before the change; what addresses are missing behind it is told by the same look."""
    world = World()
    world.put(a_deleted_person())
    request = a_request(kind=RestoreKind.MAILBOX, user=a_deleted_person().id, idempotency_key="k")
    record = await world.accept(request)

    await world.run(record.id)

    assert world.storage.observations.calls["last"] == 1


async def test_each_run_reads_it_anew() -> None:
    """Another run may come days later, and others observe meanwhile."""
    world = World()
    world.put(a_person())
    for idempotency_key in ("k", "m"):
        request = a_request(user=a_person().id, idempotency_key=idempotency_key)
        await world.run((await world.accept(request)).id)

    assert world.storage.observations.calls["last"] == 2
