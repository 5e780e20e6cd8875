"""The UserLocks and Observations ports, by user id: in memory and on Azure Tables."""

import asyncio
from datetime import timedelta

import pytest

from shared.domain.person import AssignedLicense
from shared.ports.ledger import LockedBy
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, an_observation
from tests.contract.ledger.storages import Ports, an_id

HOUR = timedelta(hours=1)
ODD_IDS = ["a/b", "a\\b", "a#b", "a?b", "a\nb", "a'b", "a%2Fb", "ä", "😀", "", "x" * 2000]


async def test_a_lock_has_one_holder_at_a_time(storage: Ports) -> None:
    """Taken, refused, released, taken by the next; taking one's own again is fine."""
    user = an_id()
    assert await storage.locks.take(user, LockedBy("first", 1)) == LockedBy("first", 1)
    assert await storage.locks.take(user, LockedBy("first", 1)) == LockedBy("first", 1)
    assert await storage.locks.take(user, LockedBy("second", 1)) == LockedBy("first", 1)

    await storage.locks.release(user, LockedBy("second", 1))
    assert await storage.locks.take(user, LockedBy("second", 1)) == LockedBy("first", 1)

    await storage.locks.release(user, LockedBy("first", 1))
    await storage.locks.release(user, LockedBy("first", 1))
    assert await storage.locks.take(user, LockedBy("second", 1)) == LockedBy("second", 1)


async def test_the_holder_is_told_to_who_takes_nothing(storage: Ports) -> None:
    """None before it is taken and after it was let go."""
    user = an_id()
    before = await storage.locks.holder(user)
    await storage.locks.take(user, LockedBy("first", 1))
    held = await storage.locks.holder(user)
    await storage.locks.release(user, LockedBy("first", 1))

    assert (before, held, await storage.locks.holder(user)) == (None, "first", None)


@pytest.mark.parametrize("rivals", [2, 20])
async def test_of_many_takers_one_holds(storage: Ports, rivals: int) -> None:
    """Every rival is told the same holder."""
    user = an_id()

    told = await asyncio.gather(
        *(storage.locks.take(user, LockedBy(str(at), 1)) for at in range(rivals))
    )

    assert len(set(told)) == 1


async def test_a_dead_holder_is_followed_by_one(storage: Ports) -> None:
    """Of many that take over, one wins; who names the wrong holder, or none, does not."""
    user = an_id()
    await storage.locks.take(user, LockedBy("dead", 1))
    assert not await storage.locks.take_over(user, holder=LockedBy("other", 1), by=LockedBy("x", 1))
    assert not await storage.locks.take_over(
        an_id(), holder=LockedBy("dead", 1), by=LockedBy("x", 1)
    )

    heirs = [str(number) for number in range(5)]
    won = await asyncio.gather(
        *(
            storage.locks.take_over(user, holder=LockedBy("dead", 1), by=LockedBy(heir, 1))
            for heir in heirs
        )
    )

    assert won.count(True) == 1
    winner = heirs[won.index(True)]
    assert await storage.locks.take(user, LockedBy("late", 1)) == LockedBy(winner, 1)
    assert await storage.locks.take_over(user, holder=LockedBy("dead", 1), by=LockedBy(winner, 1))


async def test_an_attempt_that_is_over_frees_no_later_one(storage: Ports) -> None:
    """Each attempt takes the lock for itself; a later one frees what an earlier one left."""
    user, first, second = an_id(), LockedBy("mine", 1), LockedBy("mine", 2)
    await storage.locks.take(user, first)

    assert await storage.locks.take(user, second) == second
    assert await storage.locks.take(user, first) == second
    await storage.locks.release(user, first)
    assert await storage.locks.holder(user) == "mine"
    assert not await storage.locks.take_over(user, holder=first, by=LockedBy("other", 1))

    await storage.locks.take_over(user, holder=second, by=LockedBy("mine"))
    await storage.locks.release(user, second)
    assert await storage.locks.holder(user) is None


@pytest.mark.parametrize("user", ODD_IDS)
async def test_no_id_is_too_odd_for_a_key(storage: Ports, user: str) -> None:
    """Characters that keys forbid, and ids that are too long, are told apart all the same."""
    user = f"{an_id()}{user}"
    assert await storage.locks.take(user, LockedBy("mine", 1)) == LockedBy("mine", 1)
    assert await storage.locks.take(f"{user}.", LockedBy("other", 1)) == LockedBy("other", 1)
    assert await storage.locks.take(user, LockedBy("late", 1)) == LockedBy("mine", 1)

    await storage.unfinished.note(user, NOW)
    assert [row async for row in storage.unfinished.due(NOW) if row.restore_id == user]
    await storage.unfinished.forget(user)
    assert not [row async for row in storage.unfinished.due(NOW) if row.restore_id == user]


async def test_the_last_observation_is_kept(storage: Ports) -> None:
    """As it was noted, in place of the one before."""
    user = f"{USER_ID}-{an_id()}"
    e3 = AssignedLicense(ENTERPRISEPACK_ID, ("p",))
    first = an_observation(user, e3, groups={ENTERPRISEPACK_ID: "group"})
    second = an_observation(user, e3, lost_at=NOW + timedelta(microseconds=1))
    assert await storage.observations.last(user) is None

    await storage.observations.note(first)
    assert first == await storage.observations.last(user)
    await storage.observations.note(second)

    assert second == await storage.observations.last(user)
