"""The alert of a stuck restore, and what the cleanup forgets of the observed."""

from dataclasses import replace
from datetime import timedelta

from shared.alerts.stuck_restores import STUCK_AFTER
from shared.domain.requests.request import RestoreKind
from shared.pacing import LONGEST_PART
from shared.watch.cleanup import clean_up_observations
from tests.builders import NOW, USER_ID, a_deleted_person, a_request
from tests.fakes.clock import HurryingClock
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, the_data, unlicensed

ADA, BEN = somebody(1), somebody(2)
MINUTE = timedelta(minutes=1)


REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")


async def test_a_restore_that_nobody_takes_up_is_stuck() -> None:
    """Queued again and again to no avail: one alert for the attempt, however long it takes."""
    world = Watched()
    record = await world.accept(REQUEST)

    told_after = None
    for minutes in range(1, 6 * 60):
        world.clock.advance(MINUTE)
        await world.sweep()
        if world.alerts("stuck") and told_after is None:
            told_after = minutes * MINUTE

    (event,) = world.alerts("stuck")
    assert told_after is not None
    assert STUCK_AFTER < told_after <= STUCK_AFTER + 10 * MINUTE
    assert event["subject"] == record.id
    assert the_data(event)["since"] == "2026-11-22T12:00:00Z"
    assert the_data(event)["status"] == "queued"


async def test_a_restore_that_waits_as_stated_is_not_stuck() -> None:
    """A schedule of days ahead is nobody's fault; a wait that is over and forgotten is."""
    world = Watched()
    world.put(a_deleted_person())
    until = NOW + 5 * DAY
    record = await world.accept(replace(REQUEST, not_before=until))
    await world.run(record.id)

    for _ in range(5 * 24):
        world.clock.advance(HOUR)
        await world.sweep()
    early = world.alerts("stuck")
    for _ in range(3 * 60):
        world.clock.advance(MINUTE)
        await world.sweep()

    assert early == []
    (event,) = world.alerts("stuck")
    assert the_data(event)["since"] == "2026-11-27T12:00:00Z"


async def test_what_ended_is_not_stuck() -> None:
    """An end whose event is still to be published is published, not complained of."""
    world = Watched()
    world.put(a_deleted_person())
    record = await world.restore(REQUEST)
    await world.storage.unfinished.note(record.id, NOW)
    world.clock.advance(DAY)

    await world.sweep()

    assert world.alerts("stuck") == []


async def test_cleanup_forgets_who_was_lost_or_gone_long_ago() -> None:
    """Ninety days after the last thing that happened; who is there stays, and so do new marks."""
    world = Watched()
    cyd, dan = somebody(3), somebody(4)
    world.tell(ADA, BEN, cyd, dan)
    await world.look()
    world.tell(unlicensed(ADA), replace(cyd, deleted_at=NOW + HOUR), unlicensed(dan))
    await world.look()
    world.tell(dan)
    await world.look()
    await world.look(after=25 * DAY)
    told = len(world.storage.marks.rows)
    world.clock.advance(64 * DAY)

    early = await clean_up_observations(world.deps)
    world.clock.advance(2 * DAY)
    late = await clean_up_observations(world.deps)

    assert (early, late) == (0, 2)
    assert set(world.storage.observations.kept) == {BEN.id, dan.id}
    assert told == 2
    assert world.storage.marks.rows == set()
    assert world.storage.losses.rows == world.storage.departures.rows == set()


async def test_a_row_that_outlived_its_loss_goes_alone() -> None:
    """A crash left the row of a loss that has ended: the user stays remembered."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    await world.storage.losses.note(ADA.id, NOW)
    world.clock.advance(100 * DAY)

    assert await clean_up_observations(world.deps) == 0
    assert world.seen(ADA).lost_at is None
    assert world.storage.losses.rows == set()


async def test_cleanup_of_the_watch_ends_before_the_host_ends_it() -> None:
    """With more to forget than it has time for, it leaves the rest to the next one."""
    world = Watched(clock=HurryingClock(NOW))
    once = LONGEST_PART // timedelta(minutes=1) + 1
    for number in range(2 * once + 1):
        await world.storage.losses.note(f"nobody-{number}", NOW - 100 * DAY)

    left = []
    for _ in range(3):
        await clean_up_observations(world.deps)
        left.append(len(world.storage.losses.rows))

    assert left == [once + 1, 1, 0]
