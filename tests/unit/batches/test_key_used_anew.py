"""The key of a batch may be used anew once that is forgotten, also where a restore of it is kept.

A restore that was retried long after its batch had ended is kept longer.
"""

from datetime import timedelta

from shared.batches.cleanup import clean_up_batches
from shared.batches.read import read_batch
from shared.batches.start import start_batch
from shared.domain.batches.batch import Batch
from shared.domain.outcomes import Code
from shared.restore.retry import retry_restore
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.batches.test_feed import an_order, live
from tests.unit.world.world import ASKED_BY, World, code_of

DAY = timedelta(days=1)


async def ended(world: World) -> Batch:
    """A batch about the deleted user, asked for under its key and seen to its end."""
    batch = await start_batch(an_order(a_request(user=USER_ID)), world.deps)
    await live(world)
    return await read_batch(batch.id, world.deps)


async def test_the_next_batch_of_the_key_brings_the_user_back() -> None:
    """Its item is another restore than the one that was retried."""
    world = World()
    world.put(a_deleted_person())
    world.directory.roles[USER_ID] = ("Global Administrator",)
    first = await ended(world)
    restore_id = first.restore_id_of(0) or ""
    assert code_of(await world.record(restore_id)) is Code.PRIVILEGED_USER
    del world.directory.roles[USER_ID]
    world.clock.advance(20 * DAY)
    await retry_restore(restore_id, ASKED_BY, world.deps)
    assert code_of(await world.finish(restore_id)) is Code.MAILBOX_RESTORED
    world.clock.advance(80 * DAY)
    assert await clean_up_batches(world.deps) == 1
    world.put(a_deleted_person(deleted_at=world.clock.now() - DAY))

    again = await ended(world)

    assert (again.id, again.counts()) == (first.id, {"succeeded": 1})
    assert not world.directory.person(USER_ID).is_deleted
    assert world.directory.restored[USER_ID] == 2
