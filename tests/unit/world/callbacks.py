"""Make a restore with a callback and bring it to its end, for tests of events."""

from datetime import timedelta

from shared.domain.events.delivery import Delivery
from shared.domain.records.record import Record
from shared.events.deliver import deliver
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.world.world import World

URL = "https://x.logic.azure.com/1?sig=secret"
REQUEST = a_request(user=USER_ID, idempotency_key="k", callback_url=URL)


def a_world() -> World:
    """A world with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


def under_way(world: World) -> list[Delivery]:
    """The deliveries that are not over."""
    return [kept.value for kept in world.storage.deliveries.kept.values()]


async def ended(world: World) -> Record:
    """The restore, ended, with its callback to be delivered."""
    return await world.restore(REQUEST)


async def drive(world: World, *, most: int = 40) -> None:
    """Deliver whatever is due, letting time pass, until nothing is under way."""
    for _ in range(most):
        deliveries = under_way(world)
        if not deliveries:
            return
        wait = min(it.due_at for it in deliveries) - world.clock.now()
        world.clock.advance(max(wait, timedelta(0)))
        for delivery in deliveries:
            await deliver(delivery.id, world.deps)
    raise AssertionError(under_way(world))


def warnings(record: Record) -> list[str]:
    """The codes of the warnings."""
    return [warning.code for warning in record.warnings]
