"""A caller at its limit: what cannot be read counts as under way, and is no error of storage."""

import pytest

from shared.domain.limits import OPEN_LIMITS, Open
from shared.domain.requests.keys import keys_of
from shared.errors import TooManyError
from shared.restore.limits import demand_room
from tests.builders import a_request
from tests.unit.world.world import ASKED_BY, World


async def test_restores_of_another_release_count_against_their_caller() -> None:
    """Nothing says that they have ended: the caller is told of the limit."""
    world = World()
    owner = keys_of(ASKED_BY).owner
    for number in range(OPEN_LIMITS[Open.RESTORE].most):
        await world.storage.callers.open(owner, Open.RESTORE, f"{number:032x}")
    world.storage.ledger.reads = lambda _: False

    with pytest.raises(TooManyError):
        await demand_room(ASKED_BY, Open.RESTORE, world.deps)


async def test_one_that_is_seen_to_have_ended_makes_room() -> None:
    """Its record cannot be read; that it has ended stands beside it."""
    world = World()
    owner = keys_of(ASKED_BY).owner
    ended = await world.restore(a_request(user="nobody@contoso.com"))
    for number in range(OPEN_LIMITS[Open.RESTORE].most - 1):
        await world.storage.callers.open(owner, Open.RESTORE, f"z{number:031x}")
    await world.storage.callers.open(owner, Open.RESTORE, ended.id)
    world.storage.ledger.reads = lambda _: False

    await demand_room(ASKED_BY, Open.RESTORE, world.deps)

    assert (owner, Open.RESTORE, ended.id) not in world.storage.callers.under_way
