"""A key may be used anew once its restore is forgotten: the undo of that one is none of this one's.

An undo ends later than its restore, and so is kept longer.
"""

from datetime import timedelta

from shared.domain.outcomes import Code
from shared.domain.records.record import Record
from shared.restore.cleanup import clean_up_restores
from shared.restore.retry import retry_restore
from shared.undo.start import start_undo
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.undo.test_undo import with_deleted
from tests.unit.world.world import ASKED_BY, World, code_of

DAY = timedelta(days=1)
REQUEST = a_request(user=USER_ID, idempotency_key="leaver 17")


async def undone(world: World, original: Record) -> Record:
    """The undo, seen to its end some time after the restore."""
    world.clock.advance(DAY)
    undo = await start_undo(original.id, None, ASKED_BY, world.deps, is_allowed=True)
    return await world.finish(undo.id)


async def used_anew(world: World) -> Record:
    """A restore that was taken back and forgotten, and the next one under its key, asked for."""
    before = await world.restore(REQUEST)
    assert code_of(await undone(world, before)) is Code.UNDONE
    world.clock.advance(89 * DAY + DAY / 2)
    assert await clean_up_restores(world.deps) == 1
    world.put(a_deleted_person(deleted_at=world.clock.now() - DAY))
    again = await world.accept(REQUEST)
    assert (again.id, again.created_at) == (before.id, world.clock.now())
    return again


async def test_the_next_restore_of_the_key_is_taken_back_by_an_undo_of_its_own() -> None:
    """Else it would be told as taken back, and nothing be done."""
    world = with_deleted()
    again = await world.finish((await used_anew(world)).id)

    undo = await undone(world, again)

    assert (undo.undoes, code_of(undo)) == (again.id, Code.UNDONE)
    assert world.directory.deleted_again[USER_ID] == 2
    assert (await world.record(again.id)).undone_by == undo.id


async def test_the_next_restore_of_the_key_can_be_retried() -> None:
    """It was never taken back."""
    world = with_deleted()
    again = await used_anew(world)
    world.directory.roles[USER_ID] = ("Global Administrator",)
    assert code_of(await world.finish(again.id)) is Code.PRIVILEGED_USER
    del world.directory.roles[USER_ID]

    await retry_restore(again.id, ASKED_BY, world.deps)

    assert code_of(await world.finish(again.id)) is Code.MAILBOX_RESTORED
