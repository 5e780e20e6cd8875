"""A mailbox that answers although its licence is gone, for as long as a test wants."""

from datetime import timedelta

from tests.unit.world.watched import HOUR, Watched, somebody, the_data, unlicensed

ADA = somebody(1)
MINUTE = timedelta(minutes=1)


async def lingering(world: Watched | None = None) -> Watched:
    """A tenant in which Ada's licence went an hour ago, was looked for twice, and mail goes on."""
    world = world or Watched()
    world.tell(ADA)
    await world.look()
    world.directory.lingering.add(ADA.id)
    world.tell(unlicensed(ADA))
    await world.look()
    await world.look(after=10 * MINUTE)
    return world


async def days(world: Watched, count: float) -> None:
    """Look every four hours for so many days."""
    for _ in range(int(count * 6)):
        await world.look(after=4 * HOUR)


def told(world: Watched) -> list[tuple[object, object, object]]:
    """Threshold, evidence and end of each alert."""
    data = [the_data(one) for one in world.alerts("window-closing")]
    return [(one["threshold"], one["evidence"], one["endsAt"]) for one in data]
