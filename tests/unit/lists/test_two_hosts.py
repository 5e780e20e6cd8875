"""Two hosts keep one list of losses: the older look takes nobody out whom the younger one filed."""

from datetime import timedelta

from shared.lists.loss_reads import LossReads
from shared.lists.relist import relist
from tests.chaos.tap import Call, tapped
from tests.unit.lists.test_losses import ADA, ids, observed
from tests.unit.world.watched import DAY
from tests.unit.world.world import World

SECOND = timedelta(seconds=1)


async def listed_and_well_again() -> World:
    """A person who is in the list still, and has the licence back."""
    world = World()
    observed(world, ADA, world.clock.now() - DAY)
    assert await ids(world) == [ADA.id]
    world.clock.advance(2 * DAY)
    world.put(ADA)
    return world


async def test_who_is_lost_anew_while_an_older_look_is_on_its_way_stays_listed() -> None:
    """One host has read that the person is well; then the licence goes, as the other one files."""
    world = await listed_and_well_again()

    async def lost_anew(call: Call, *, is_done: bool) -> None:
        if call.name == "people.active" and is_done:
            world.clock.advance(SECOND)
            observed(world, ADA, world.clock.now())
            await relist([ADA.id], await LossReads.of(world.deps))
            world.clock.advance(SECOND)

    await relist([ADA.id], await LossReads.of(tapped(world.deps, lost_anew)))

    assert list(world.storage.loss_list.rows) == [ADA.id]


async def test_who_is_well_again_is_taken_out_by_one_of_two() -> None:
    """Both look at the same time, and see the same."""
    world = await listed_and_well_again()

    async def the_other(call: Call, *, is_done: bool) -> None:
        if call.name == "people.active" and is_done:
            await relist([ADA.id], await LossReads.of(world.deps))

    await relist([ADA.id], await LossReads.of(tapped(world.deps, the_other)))

    assert world.storage.loss_list.rows == {}
