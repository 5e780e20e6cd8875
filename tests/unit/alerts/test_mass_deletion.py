"""The alert of mass deletion: once for each burst, never for deletions of long ago."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.alerts.thresholds import AlertThresholds
from shared.errors import AnsweredError
from tests.builders import NOW
from tests.fakes.changes import a_row
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, the_data, unlicensed

ADA, BEN = somebody(1), somebody(2)
MINUTE = timedelta(minutes=1)


def a_crowd(count: int) -> list[Any]:
    """Return so many users."""
    return [somebody(number) for number in range(count)]


@pytest.mark.parametrize("how", ["deleted", "unlicensed", "both"])
async def test_a_mass_deletion_is_told_of_once(how: str) -> None:
    """Twenty users within the hour, deleted or without their licence; a day of runs, one alert."""
    world, crowd = Watched(), a_crowd(20)
    world.tell(*crowd)
    await world.look()
    at = world.clock.now() + 5 * MINUTE
    cut = {"deleted": 20, "unlicensed": 0, "both": 10}[how]
    gone = [replace(person, deleted_at=at) for person in crowd[:cut]]
    world.tell(*gone, *map(unlicensed, crowd[cut:]))

    for _ in range(24):
        await world.look()

    (event,) = world.alerts("mass-deletion")
    data = the_data(event)
    assert data["count"] == 20
    assert data["deletedUsers"]["count"] == cut
    assert data["licensesRemoved"]["count"] == 20 - cut


async def test_a_mass_removal_that_reads_were_slow_to_show_is_told_of() -> None:
    """All twenty are doubtful for a day; noticed at last, by an old bound, they are a burst."""
    world, crowd = Watched(), a_crowd(20)
    world.tell(*crowd)
    await world.look()
    world.feed.add_round(tuple(a_row(unlicensed(person)) for person in crowd))
    await world.look()
    doubtful = world.alerts()
    world.put(*map(unlicensed, crowd))
    await world.look(after=DAY)
    await world.look()

    assert doubtful == []
    assert len(world.alerts("mass-deletion")) == 1


async def test_a_burst_that_lasts_for_hours_is_one() -> None:
    """A script deletes a user every two minutes for five hours."""
    world = Watched()
    for number in range(150):
        world.put(somebody(number, deleted_at=NOW + 2 * number * MINUTE))

    # The fake's bin holds deletions that are still to come; they are not asked for yet.
    for _ in range(20):
        await world.look(after=30 * MINUTE)

    assert len(world.alerts("mass-deletion")) == 1


@pytest.mark.parametrize("runs_before", [0, 2])
async def test_licences_lost_in_a_burst_of_deletions_are_told_of(runs_before: int) -> None:
    """Five are deleted and told of; of forty in the same hour the second look comes later."""
    world, crowd = Watched(alerting=AlertThresholds(mass_count=5)), a_crowd(45)
    world.tell(*crowd)
    await world.look()
    at = world.clock.now() + 5 * MINUTE
    world.tell(*(replace(person, deleted_at=at) for person in crowd[:5]))
    for _ in range(runs_before):
        await world.look(after=12 * MINUTE)
    world.tell(*map(unlicensed, crowd[5:]))

    for _ in range(12):
        await world.look(after=12 * MINUTE)

    first, second = (the_data(event) for event in world.alerts("mass-deletion"))
    assert (first["deletedUsers"]["count"], first["licensesRemoved"]["count"]) == (5, 0)
    assert second["licensesRemoved"]["count"] == 40
    assert len({event["id"] for event in world.alerts("mass-deletion")}) == 2


async def test_few_licences_in_a_burst_that_was_told_of_are_no_other_one() -> None:
    """Four are not five: what was told of stays told of."""
    world, crowd = Watched(alerting=AlertThresholds(mass_count=5)), a_crowd(9)
    world.tell(*crowd)
    await world.look()
    at = world.clock.now() + 5 * MINUTE
    world.tell(*(replace(person, deleted_at=at) for person in crowd[:5]))
    world.tell(*map(unlicensed, crowd[5:]))

    for _ in range(12):
        await world.look(after=12 * MINUTE)

    assert len(world.alerts("mass-deletion")) == 1


async def test_mailboxes_that_answer_at_the_same_time_are_no_burst() -> None:
    """Of people who lost their licences one after the other, and were all asked in one run."""
    world, crowd = Watched(), a_crowd(24)
    everybody = (*crowd, *(somebody(number) for number in range(100, 400)))
    world.tell(*everybody)
    await world.look()
    for person in crowd:
        world.directory.lingering.add(person.id)
        world.tell(unlicensed(person))
        await world.look(after=6 * HOUR)

    for _ in range(35):
        await world.look(after=10 * MINUTE)
        await world.look(after=DAY)

    assert world.alerts("mass-deletion") == []


async def test_two_bursts_are_two_alerts() -> None:
    """A day apart; each has its own id."""
    world = Watched(alerting=AlertThresholds(mass_count=5))
    for number in range(12):
        day = DAY if number >= 6 else 0 * DAY
        world.put(somebody(number, deleted_at=NOW + day + number * MINUTE))

    for _ in range(30):
        await world.look()

    assert len({one["id"] for one in world.alerts("mass-deletion")}) == 2


async def test_few_or_old_deletions_are_no_burst() -> None:
    """Nineteen within the hour, and hundreds of last week found in the first run."""
    world = Watched()
    old = [somebody(number, deleted_at=NOW - 7 * DAY) for number in range(300)]
    new = [somebody(1000 + number, deleted_at=NOW) for number in range(19)]
    world.put(*old, *new)

    await world.look(after=MINUTE)
    await world.look()

    assert world.alerts("mass-deletion") == []


async def test_a_bin_that_cannot_be_read_marks_nothing() -> None:
    """403 while the burst is looked for: it is told of when Graph answers again."""
    world = Watched(alerting=AlertThresholds(mass_count=2))
    await world.look()
    world.put(*(somebody(number, deleted_at=NOW + HOUR + MINUTE) for number in range(2)))
    refusal = AnsweredError(status=403, code="Authorization_RequestDenied", message="no")
    for _ in range(3):
        world.feed.fail_next("deleted_between", refusal)

    await world.look()
    before = world.alerts()
    await world.look()

    assert before == []
    assert len(world.alerts("mass-deletion")) == 1
