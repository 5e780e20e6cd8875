"""A mailbox that was shared for a time, and is a person's again: it is the same one."""

from collections.abc import Callable

import pytest

from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.restore.preflight import check
from tests.builders import NOW, a_request
from tests.unit.world.watched import DAY, Watched, somebody, unlicensed, watched
from tests.unit.world.world import code_of

ADA = somebody(1, created_at=NOW - 300 * DAY)


async def shared_for(days: int) -> Watched:
    """A tenant where she had a licence, and was then a shared mailbox for so long."""
    world = watched(ADA)
    await world.look()
    world.directory.purposes[ADA.id] = "shared"
    world.directory.lingering.add(ADA.id)
    world.tell(unlicensed(ADA))
    await world.look()
    for _ in range(days):
        await world.look(after=DAY)
    return world


def back(world: Watched, tell: Callable[[Person], None]) -> None:
    """Turn it into a person's again, with a licence."""
    world.directory.purposes[ADA.id] = "user"
    world.directory.lingering.discard(ADA.id)
    tell(ADA)


async def codes(world: Watched) -> list[str]:
    """The findings about her now."""
    return [one.code for one in (await check(a_request(user=ADA.id), world.deps)).findings]


@pytest.mark.parametrize("is_seen", [True, False], ids=["seen by a round", "not seen yet"])
async def test_it_is_no_new_mailbox(*, is_seen: bool) -> None:
    """A shared mailbox needs no licence, so no stretch without one ended it."""
    world = await shared_for(40)
    back(world, world.tell if is_seen else world.put)
    if is_seen:
        await world.look()

    assert await codes(world) == ["already-active"]


async def test_it_is_promised_when_it_is_lost_again() -> None:
    """The mailbox answers for a while, as a person's, and is given back as the one it was."""
    world = await shared_for(40)
    back(world, world.tell)
    await world.look()
    world.directory.lingering.add(ADA.id)
    world.tell(unlicensed(ADA))
    await world.look()
    world.directory.lingering.discard(ADA.id)
    await world.look()

    assert code_of(await world.restore(a_request(user=ADA.id))) is Code.MAILBOX_RESTORED
