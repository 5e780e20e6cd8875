"""Run a guard in a World: order it, let the timer look, and follow its restores."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.guards.guard import Guard, GuardAct, GuardOrder, guard_id_for
from shared.domain.outcomes import Status
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.guards.orders import add_guard
from shared.guards.rounds import GuardRound, keep_guards
from tests.builders import UPN, USER_ID, a_person
from tests.unit.world.people import world_with
from tests.unit.world.world import World

HOUR = timedelta(hours=1)
BY = RequestedBy(Door.HTTP, "Boss", "b055")
ORDER = GuardOrder(UPN, RestoreKind.MAILBOX, GuardAct.AT_ONCE, reason="the board", ticket="T-1")


def an_order(**fields: object) -> GuardOrder:
    """An order to guard Megan's mailbox, at once, by name."""
    return replace(ORDER, **fields)  # type: ignore[arg-type]


async def guard(world: World, order: GuardOrder = ORDER) -> str:
    """Order a guard; gives its id."""
    return (await add_guard(order, BY, world.deps)).guard.id


async def tick(world: World, after: timedelta = HOUR) -> GuardRound:
    """One run of the timer, some time after the last, and the second look that it asks for."""
    first = await one_look(world, after)
    if first.again_at is None:
        return first
    second = await one_look(world, first.again_at - world.clock.now())
    looked_at, begun = first.looked_at, first.begun + second.begun
    return GuardRound(second.place, looked_at, begun, stopped=second.stopped)


async def one_look(world: World, after: timedelta = HOUR) -> GuardRound:
    """One run of the timer, and no second look."""
    world.clock.advance(after)
    return await keep_guards(world.deps)


def seen(world: World, order: GuardOrder = ORDER) -> Guard:
    """The guard as it lies in its table."""
    return world.storage.guards.rows[guard_id_for(order)].guard


def begun(world: World) -> list[Record]:
    """Every restore the timer has taken in, oldest first."""
    records = [stored.record for stored in world.storage.ledger.records.values()]
    return [record for record in records if record.requested_by.door is Door.TIMER]


async def finish_all(world: World) -> None:
    """See every restore to its end."""
    for record in begun(world):
        if record.status not in {Status.SUCCEEDED, Status.REFUSED, Status.FAILED}:
            await world.finish(record.id)


async def a_watched_world(order: GuardOrder = ORDER, **fields: object) -> World:
    """Megan, guarded, and seen well once."""
    world = world_with(a_person(), **fields)
    await guard(world, order)
    await tick(world)
    return world


def delete(world: World) -> None:
    """Have Megan deleted now."""
    world.put(replace(world.directory.person(USER_ID), deleted_at=world.clock.now()))
