"""Two restores of one user, one of which waits for a seat: it holds nobody up; one is enough."""

from datetime import timedelta

from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import LicenseChoice
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_request,
    a_sku,
    an_observation,
)
from tests.unit.world.people import DAY, MAILBOX, UNLICENSED
from tests.unit.world.world import World, code_of

P1_ID = "4b9405b0-7788-4568-add1-99614e613b69"
MINUTE = timedelta(minutes=1)
PLAN_1 = a_request(user=USER_ID, license=LicenseChoice(sku_ids=(P1_ID,)))


def seats(world: World, *, e3: int = 0, plan_1: int = 0) -> None:
    """So many seats are free now."""
    world.directory.put_sku(a_sku(free_seats=e3))
    plans = (EXCHANGE_PLAN_ID,)
    one = a_sku(sku_id=P1_ID, part_number="EXCHANGE", plan_ids=plans, free_seats=plan_1)
    world.directory.put_sku(one)


async def lost(*, is_deleted: bool = False) -> World:
    """A tenant in which somebody lost E3, and no seat is free."""
    world = World()
    gone = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 3 * DAY)
    await world.storage.observations.note(gone)
    bare = {"licenses": (), "license_states": (), "plans": ()}
    world.put(a_deleted_person(**bare) if is_deleted else UNLICENSED)
    seats(world)
    return world


async def until(world: World, record: Record, *, minutes: int) -> Record:
    """The restore, so many minutes later."""
    return await world.finish(record.id, until=world.clock.now() + minutes * MINUTE)


async def test_another_licence_is_given_while_one_waits_for_its_seat() -> None:
    """As the warning of the waiting one says to do; and that one then ends, and gives nothing."""
    world = await lost()
    first = await until(world, await world.accept(MAILBOX), minutes=40)
    seats(world, plan_1=1)

    second = await world.restore(PLAN_1)
    seats(world, e3=1)
    first = await world.finish(first.id)

    assert [code_of(one) for one in (second, first)] == [Code.MAILBOX_RESTORED] * 2
    assert FindingCode.LICENSE_LEFT_OUT in {one.code for one in first.warnings}
    assert [one.sku_id for one in world.directory.person(USER_ID).licenses] == [P1_ID]


async def test_of_two_that_wait_for_seats_one_gives_a_licence() -> None:
    """The seats come free in the same minute, and a read lags behind the first change."""
    world = await lost()
    first = await until(world, await world.accept(MAILBOX), minutes=10)
    second = await until(world, await world.accept(PLAN_1), minutes=10)
    seats(world, e3=1, plan_1=1)
    assert code_of(await world.finish(second.id)) is Code.MAILBOX_RESTORED
    licensed = world.directory.person(USER_ID)
    world.put(UNLICENSED)

    waiting = await world.run(first.id)
    world.put(licensed)
    ended = await world.finish(first.id)

    assert waiting.waited_for is WaitingFor.DIRECTORY
    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert world.directory.assigned[USER_ID] == 1


async def test_equal_restores_that_wait_for_a_seat_take_one() -> None:
    """The other one is told by what it sees, once reads show it."""
    world = await lost()
    first = await until(world, await world.accept(MAILBOX), minutes=10)
    again = a_request(user=USER_ID, ticket="again")
    second = await until(world, await world.accept(again), minutes=10)
    world.directory.replication_delay = 100 * timedelta(seconds=1)
    seats(world, e3=2)

    await world.run(first.id)
    await world.run(second.id)
    ended = [await world.finish(one.id) for one in (first, second)]

    assert [code_of(one) for one in ended] == [Code.MAILBOX_RESTORED] * 2
    assert world.effects().count(f"assign_licenses {USER_ID}") == 2
    assert world.directory.assigned[USER_ID] == 1


async def test_a_restore_that_has_changed_the_user_keeps_it() -> None:
    """The user is back, and the licence waits: who follows would not know what was done."""
    world = await lost(is_deleted=True)
    await until(world, await world.accept(MAILBOX), minutes=60)
    seats(world, plan_1=1)

    second = await world.run((await world.accept(PLAN_1)).id)

    assert second.waited_for is WaitingFor.USER_LOCK
