"""Alerts of closing windows of whom nobody observed: by the audit log, and by the deletion."""

from dataclasses import replace

from shared.domain.observations.observation import Observation
from shared.domain.person import UserPlan
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, the_data, unlicensed

ADA = somebody(1)
SEEN = Observation(ADA.id)
MINUTE = HOUR / 60


def lost_before(days: float) -> Watched:
    """A tenant that was never looked at, in which Ada's licence went so many days ago."""
    world = Watched()
    world.put(unlicensed(ADA))
    world.directory.license_changes[ADA.id] = [NOW - days * DAY]
    return world


async def test_a_licence_that_went_before_the_first_look_is_told_of_at_each_threshold() -> None:
    """Once each, by the log's own instant, from the second look on."""
    world = lost_before(days=20)

    for _ in range(11 * 12):
        await world.look(after=2 * HOUR)

    told = [the_data(one) for one in world.alerts("window-closing")]
    assert [one["threshold"] for one in told] == [7.0, 3.0, 1.0]
    assert {one["evidence"] for one in told} == {"audit"}
    assert {one["startedAt"] for one in told} == {"2026-11-02T12:00:00Z"}
    assert {one["licenses"][0]["skuId"] for one in told} == {ENTERPRISEPACK_ID}


async def test_a_deletion_after_the_licence_went_is_told_of_by_the_earlier_of_the_two() -> None:
    """As after the usual checklist for leavers; never by the deletion, whose 30 days end later."""
    world = lost_before(days=25)
    world.put(replace(unlicensed(ADA), deleted_at=NOW - 20 * DAY))

    for _ in range(12 * 12):
        await world.look(after=2 * HOUR)

    told = [the_data(one) for one in world.alerts("window-closing")]
    assert [one["threshold"] for one in told] == [7.0, 3.0, 1.0]
    assert {one["case"] for one in told} == {"deleted-and-unlicensed"}
    assert {one["endsAt"] for one in told} == {"2026-11-27T12:00:00Z"}


async def test_nothing_is_told_of_a_first_look() -> None:
    """The mailbox may be on its way to become a shared one."""
    world = lost_before(days=25)

    await world.look()
    first = world.alerts()
    await world.look()

    assert first == []
    assert len(world.alerts("window-closing")) == 1


async def test_a_mailbox_that_still_answers_is_told_of_as_such_at_each_threshold_once() -> None:
    """On hold, perhaps: by the log's own instant, from which on it may go."""
    world = lost_before(days=20)
    world.directory.lingering.add(ADA.id)

    for _ in range(13 * 6):
        await world.look(after=4 * HOUR)

    told = [the_data(one) for one in world.alerts("window-closing")]
    assert [one["threshold"] for one in told] == [7.0, 3.0, 1.0]
    assert {one["evidence"] for one in told} == {"mailbox"}
    assert {one["endsAt"] for one in told} == {"2026-12-02T12:00:00Z"}


async def test_nothing_is_told_of_one_that_answers_while_the_reading_is_in_doubt() -> None:
    """Or that was a shared one when it was last seen."""
    for odd in (replace(SEEN, is_doubted=True), replace(SEEN, purpose="shared")):
        world = lost_before(days=25)
        world.directory.lingering.add(ADA.id)
        await world.look()
        world.storage.observations.kept[ADA.id] = odd

        await world.look(after=10 * MINUTE)

        assert world.alerts() == []


async def test_who_shows_a_licence_or_a_mailbox_at_the_second_look_is_not_told_of() -> None:
    """Back again, turned into a shared one, or not read at all."""
    for how in ("licensed", "shared", "blank"):
        world = lost_before(days=25)
        await world.look()
        if how == "licensed":
            world.put(replace(ADA, plans=(UserPlan(EXCHANGE_PLAN_ID),)))
        elif how == "shared":
            world.directory.purposes[ADA.id] = "shared"
        else:
            world.put(replace(unlicensed(ADA), account_enabled=None))

        await world.look()

        assert world.alerts() == [], how


async def test_who_was_observed_is_told_of_by_that_alone() -> None:
    """The log has the same loss a little later: one alert for each threshold, not two."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    world.directory.license_changes[ADA.id] = [world.clock.now() + HOUR / 2]

    for _ in range(31 * 12):
        await world.look(after=2 * HOUR)

    told = [the_data(one)["threshold"] for one in world.alerts("window-closing")]
    assert told == [7.0, 3.0, 1.0]
