"""A restore that this release cannot read holds its user, or its place, only while it may go on."""

import pytest

from shared.domain.outcomes import Code
from shared.domain.records.progress import WaitingFor
from shared.ports.seats import SeatPlace
from shared.restore.locking import READS_LAG
from tests.builders import ENTERPRISEPACK_ID, USER_ID, a_deleted_person, a_request
from tests.unit.restore.waits.test_seats import MINUTE, Office
from tests.unit.world.people import world_with
from tests.unit.world.world import World, code_of

AGAIN = a_request(user=USER_ID, idempotency_key="again")


async def held(world: World) -> str:
    """The id of a restore of Megan that has ended and cannot be read, and has the lock on her."""
    record = await world.restore(a_request(user=USER_ID, idempotency_key="first"))
    world.storage.ledger.reads = lambda restore_id: restore_id != record.id
    return record.id


async def test_a_user_is_free_once_the_unreadable_restore_has_ended() -> None:
    """One that is damaged for ever would else lock the user for ever."""
    world = world_with(a_deleted_person())
    await held(world)
    world.clock.advance(READS_LAG)
    record = await world.accept(AGAIN)

    assert code_of(await world.run(record.id)) is Code.ALREADY_ACTIVE


@pytest.mark.parametrize("damaged", [False, True])
async def test_a_user_is_not_free_while_nobody_can_tell(*, damaged: bool) -> None:
    """Right after its end reads may lag behind what it did; and an end that is damaged is none."""
    world = world_with(a_deleted_person())
    restore_id = await held(world)
    if damaged:
        world.clock.advance(10 * READS_LAG)
        world.storage.ledger.ends = lambda one: one != restore_id
    record = await world.accept(AGAIN)

    waiting = (await world.run(record.id)).waiting

    assert waiting is not None
    assert waiting.reason is WaitingFor.USER_LOCK


async def test_a_place_of_an_unreadable_restore_that_has_ended_is_given_up() -> None:
    """It would stand at the head of the queue for ever, and take the turn of those behind it."""
    office = Office()
    ended = await office.world.restore(a_request(user="nobody@contoso.com"))
    place = SeatPlace(ended.created_at, ended.id)
    await office.world.storage.seats.join(ENTERPRISEPACK_ID, place)
    office.world.storage.ledger.reads = lambda restore_id: restore_id != ended.id
    waiting = await office.ask()
    office.seats(1)

    office.world.clock.advance(MINUTE)
    await office.world.run(waiting.id)

    assert ended.id not in office.queue()
