"""Seats while several hosts hand them out: a place that was taken is not lost."""

from datetime import timedelta

from shared.domain.records.progress import WaitingFor
from shared.restore.advance import advance
from tests.chaos.tap import Call, tapped
from tests.unit.restore.waits.test_seats import MINUTE, Office


async def test_a_place_just_taken_is_not_cleared_away_by_who_counts() -> None:
    """The place comes before the record says so: a host that counts in between leaves it alone."""
    office = Office()
    await office.ask()
    office.seats(3)
    newcomer = await office.ask(is_run=False)
    office.world.clock.advance(MINUTE)
    is_counted = False

    async def another_counts(call: Call, *, is_done: bool) -> None:
        nonlocal is_counted
        if call.name == "seats.join" and is_done and not is_counted:
            is_counted = True
            office.world.clock.advance(timedelta(seconds=56))
            await office.ask()

    await advance(newcomer.id, tapped(office.world.deps, another_counts))

    parked = await office.world.record(newcomer.id)
    assert is_counted
    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.SEAT
    assert newcomer.id in office.queue()
