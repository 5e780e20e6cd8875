"""Alerts: once for each person and threshold, once for each burst, once for each stuck attempt."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.alerting import Alerting
from shared.domain.request import RestoreKind
from shared.errors import AnsweredError, StorageUnavailableError
from shared.restore.cleanup import cleanup_watch
from shared.restore.warn_stuck import STUCK_AFTER
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, a_deleted_person, a_request
from tests.unit.restore.watched import DAY, HOUR, Watched, somebody, unlicensed

ADA, BEN = somebody(1), somebody(2)
MINUTE = timedelta(minutes=1)


def the_data(event: dict[str, object]) -> dict[str, Any]:
    """Return the data of an event."""
    assert isinstance(event["data"], dict)
    return event["data"]


async def test_a_deleted_user_is_told_of_at_each_threshold_once() -> None:
    """Hour after hour for a month: three alerts, then the window is closed."""
    world = Watched()
    world.put(replace(ADA, deleted_at=NOW))

    for _ in range(31 * 12):
        await world.look(after=2 * HOUR)

    alerts = world.alerts("window-closing")
    assert [the_data(one)["threshold"] for one in alerts] == [7.0, 3.0, 1.0]
    assert len({one["id"] for one in alerts}) == 3
    first = alerts[0]
    assert first["subject"] == ADA.id
    assert the_data(first) == {
        "user": {"id": ADA.id, "userPrincipalName": ADA.mail, "displayName": "Megan Bowen"},
        "case": "deleted-user",
        "threshold": 7.0,
        "daysLeft": 6.9166,
        "startedAt": "2026-11-22T12:00:00Z",
        "endsAt": "2026-12-22T12:00:00Z",
        "evidence": "deletedDateTime",
        "licenses": [{"skuId": ENTERPRISEPACK_ID, "skuPartNumber": "ENTERPRISEPACK"}],
    }


async def test_a_lost_licence_is_told_of_at_each_threshold_once() -> None:
    """The licence is the one remembered; the evidence is our own observation."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    world.tell(unlicensed(ADA))

    for _ in range(31 * 12):
        await world.look(after=2 * HOUR)

    alerts = world.alerts("window-closing")
    assert [the_data(one)["threshold"] for one in alerts] == [7.0, 3.0, 1.0]
    data = the_data(alerts[0])
    assert (data["case"], data["evidence"]) == ("license-removed", "observed")
    assert data["startedAt"] == "2026-11-22T13:00:00Z"
    assert data["licenses"][0]["skuId"] == ENTERPRISEPACK_ID


@pytest.mark.parametrize(("left", "threshold"), [(2 * DAY, 3.0), (HOUR, 1.0), (6 * DAY, 7.0)])
async def test_who_is_seen_late_is_told_of_once(left: timedelta, threshold: float) -> None:
    """The tightest threshold that applies, and none of the ones that have gone by."""
    world = Watched()
    world.put(replace(ADA, deleted_at=NOW + MINUTE - 30 * DAY + left))

    await world.look(after=MINUTE)
    await world.look(after=MINUTE)

    assert [the_data(one)["threshold"] for one in world.alerts()] == [threshold]


async def test_licence_first_user_later_closes_by_the_earlier() -> None:
    """The licence went 29 days ago, the user yesterday: one alert, by the loss of the licence."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    await world.look()
    world.tell(replace(unlicensed(ADA), deleted_at=NOW + 28 * DAY))
    await world.look(after=29 * DAY - 3 * HOUR)

    (event,) = world.alerts("window-closing")
    data = the_data(event)
    assert data["case"] == "deleted-and-unlicensed"
    assert data["startedAt"] == "2026-11-22T13:00:00Z"
    assert data["threshold"] == 3.0


@pytest.mark.parametrize("how", ["restored", "licensed again", "purged", "became shared"])
async def test_whose_loss_is_over_is_not_told_of(how: str) -> None:
    """Even if the feed has not said so yet."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    if how == "restored":
        world.tell(replace(ADA, deleted_at=world.clock.now()))
    else:
        world.tell(unlicensed(ADA))
    await world.look()
    if how == "purged":
        world.directory.purge(ADA.id)
    elif how == "became shared":
        world.directory.purposes[ADA.id] = "shared"
    else:
        world.put(ADA)

    await world.look(after=25 * DAY)

    assert world.alerts() == []
    assert how == "purged" or world.seen(ADA).lost_at is None


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 1),
        ({"licenses": (), "enabled_plans": ()}, 1),
        ({"licenses": (), "enabled_plans": (), "proxy_addresses": (), "mail": None}, 0),
        ({"user_principal_name": "guest_x.com#EXT#@contoso.com", "licenses": ()}, 0),
    ],
)
async def test_only_who_had_a_mailbox_is_told_of(fields: dict[str, Any], count: int) -> None:
    """By licence, or by address (a shared mailbox has no licence); never a guest."""
    world = Watched()
    world.put(replace(ADA, deleted_at=NOW - 25 * DAY, **fields))

    await world.look()

    assert len(world.alerts()) == count


async def test_who_is_listed_as_deleted_and_is_back_is_not_told_of() -> None:
    """The list of the deleted lags behind; the user is read by id before anybody is woken."""
    world = Watched()
    world.put(ADA)
    world.feed.lagging.append(replace(ADA, deleted_at=NOW - 25 * DAY))

    await world.look()

    assert world.alerts() == []


async def test_an_alert_whose_mark_was_lost_comes_again_under_the_same_id() -> None:
    """Published first and marked then: at least once, and a reader can tell."""
    world = Watched()
    world.put(replace(ADA, deleted_at=NOW - 25 * DAY))
    world.storage.marks.fail_next("note", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await world.look()
    await world.look(after=HOUR)
    await world.look()

    first, second = world.alerts()
    assert first["id"] == second["id"]


async def test_many_alerts_are_sent_in_batches() -> None:
    """Two hundred and fifty windows close; each is told of once."""
    world = Watched(alerting=Alerting(mass_count=1000))
    people = [somebody(number, deleted_at=NOW - 25 * DAY) for number in range(250)]
    world.put(*people)

    await world.look()
    await world.look()

    assert {one["subject"] for one in world.alerts()} == {person.id for person in people}
    assert len(world.alerts()) == 250


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


async def test_a_burst_that_lasts_for_hours_is_one() -> None:
    """A script deletes a user every two minutes for five hours."""
    world = Watched()
    for number in range(150):
        world.put(somebody(number, deleted_at=NOW + 2 * number * MINUTE))

    # The fake's bin holds deletions that are still to come; they are not asked for yet.
    for _ in range(20):
        await world.look(after=30 * MINUTE)

    assert len(world.alerts("mass-deletion")) == 1


async def test_two_bursts_are_two_alerts() -> None:
    """A day apart; each has its own id."""
    world = Watched(alerting=Alerting(mass_count=5))
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
    world = Watched(alerting=Alerting(mass_count=2))
    await world.look()
    world.put(*(somebody(number, deleted_at=NOW + HOUR + MINUTE) for number in range(2)))
    refusal = AnsweredError(status=403, code="Authorization_RequestDenied", message="no")
    for _ in range(2):
        world.feed.fail_next("deleted_between", refusal)

    await world.look()
    before = world.alerts()
    await world.look()

    assert before == []
    assert len(world.alerts("mass-deletion")) == 1


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

    early = await cleanup_watch(world.deps)
    world.clock.advance(2 * DAY)
    late = await cleanup_watch(world.deps)

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

    assert await cleanup_watch(world.deps) == 0
    assert world.seen(ADA).lost_at is None
    assert world.storage.losses.rows == set()
