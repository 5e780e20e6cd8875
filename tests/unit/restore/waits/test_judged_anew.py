"""A restore that waits until its window ends is looked at once more before it is ended."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.outcomes import Code
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.window import Evidence
from tests.builders import NOW, USER_ID, a_request, a_sku, an_observation
from tests.unit.world.people import DAY, MAILBOX, NAMED, UNLICENSED
from tests.unit.world.world import World, code_of

ENDS = timedelta(days=2)
LOST_AT = NOW + ENDS - 30 * DAY


async def just_before(world: World, restore_id: str, at: datetime) -> Record:
    """Nobody looks for some days; then it is a minute before this."""
    world.clock.advance(at - timedelta(minutes=1) - world.clock.now())
    return await world.run(restore_id)


async def waiting_for_a_seat(**fields: object) -> tuple[World, Record]:
    """Megan, seen with a licence 28 days ago, and no seat."""
    world = World()
    world.put(UNLICENSED)
    world.directory.put_sku(a_sku(free_seats=0))
    world.directory.license_changes[USER_ID] = [LOST_AT]
    record = await world.run((await world.accept(replace(MAILBOX, license=NAMED, **fields))).id)  # type: ignore[arg-type]
    assert record.waiting is not None
    assert record.waiting.reason is WaitingFor.SEAT
    assert record.deadline == LOST_AT + 30 * DAY
    return world, record


async def test_a_seat_that_never_came() -> None:
    """Nothing new at the end: no seat, at the end and not later."""
    world, record = await waiting_for_a_seat()
    await just_before(world, record.id, LOST_AT + 30 * DAY)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.NO_SEAT
    assert timedelta(0) <= world.clock.now() - (LOST_AT + 30 * DAY) < timedelta(minutes=2)
    assert world.directory.assigned[USER_ID] == 0


async def test_a_mailbox_that_still_answers_at_the_end_of_the_window() -> None:
    """Something keeps it: nothing is lost yet, and the restore waits on."""
    world, record = await waiting_for_a_seat()
    world.directory.lingering.add(USER_ID)
    await just_before(world, record.id, LOST_AT + 30 * DAY)
    over = await world.finish(record.id, until=LOST_AT + 30 * DAY + timedelta(minutes=20))
    assert over.window is not None
    assert over.window.evidence is Evidence.MAILBOX
    world.directory.put_sku(a_sku(free_seats=1))

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.LICENSE_RESTORED
    assert ended.outcome is not None
    assert ended.outcome.text.variant == "still-there"


async def test_a_mailbox_that_answers_for_ever_is_not_waited_with_for_ever() -> None:
    """Without an end a restore waits for thirty days from when it was asked for."""
    world, record = await waiting_for_a_seat()
    world.directory.lingering.add(USER_ID)

    await just_before(world, record.id, LOST_AT + 30 * DAY)
    await world.finish(record.id, until=LOST_AT + 30 * DAY + timedelta(minutes=20))
    await just_before(world, record.id, NOW + 30 * DAY)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.NO_SEAT
    assert timedelta(0) <= world.clock.now() - NOW - 30 * DAY < timedelta(hours=1)


async def test_a_fact_that_came_while_it_waited_moves_the_window() -> None:
    """The service has seen the licence later than the log told: there are days left."""
    world, record = await waiting_for_a_seat()
    world.directory.license_changes.clear()
    later = LOST_AT + 5 * DAY
    await world.storage.observations.note(an_observation(seen_at=later, lost_at=later))
    await just_before(world, record.id, LOST_AT + 30 * DAY)
    over = await world.finish(record.id, until=LOST_AT + 30 * DAY + timedelta(minutes=20))
    assert over.deadline is not None
    assert over.deadline > LOST_AT + 30 * DAY
    world.directory.put_sku(a_sku(free_seats=1))

    assert code_of(await world.finish(record.id)) in {Code.MAILBOX_RESTORED, Code.LICENSE_RESTORED}


async def test_thirty_days_count_from_the_request() -> None:
    """Not from when the plan was made."""
    world = World()
    world.put(UNLICENSED)
    world.directory.put_sku(a_sku(free_seats=0))
    request = a_request(kind=MAILBOX.kind, user=USER_ID, license=NAMED, accept_unknown_window=True)
    record = await world.accept(request)
    world.clock.advance(timedelta(minutes=10))

    planned = await world.finish(record.id, until=NOW + timedelta(hours=1))

    assert planned.deadline == record.created_at + 30 * DAY
