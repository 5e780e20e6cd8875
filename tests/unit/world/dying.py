"""Let several workers die over one restore, each before it wrote anything down."""

from datetime import timedelta

from shared.domain.records.record import Record
from shared.restore.giving_up import MOST_DIED_CLAIMS
from shared.restore.hold import LEASE
from shared.restore.run import claim
from tests.unit.world.world import World


async def die(world: World, restore_id: str, times: int = 1) -> None:
    """Let so many workers claim the restore when it can be claimed, and die."""
    for _ in range(times):
        record = await world.record(restore_id)
        if record.waiting is not None:
            world.clock.advance(max(record.waiting.until - world.clock.now(), timedelta(0)))
        assert await claim(restore_id, world.deps) is not None
        world.clock.advance(LEASE)


async def die_out(world: World, restore_id: str) -> Record:
    """Let as many die as the service sends, and see what the next one makes of the restore."""
    await die(world, restore_id, MOST_DIED_CLAIMS)
    return await world.run(restore_id)
