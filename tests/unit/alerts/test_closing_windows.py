"""The alert of a closing window: once for each person, loss and threshold."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.alerts.thresholds import AlertThresholds
from shared.domain.events.subscription import EventType, Subscriber, SubscriptionRequest
from shared.domain.person import AssignedLicense
from shared.errors import StorageUnavailableError
from shared.events.subscriptions import subscribe
from tests.builders import ENTERPRISEPACK_ID, NOW
from tests.unit.world.callbacks import drive
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, the_data, unlicensed

ADA, BEN = somebody(1), somebody(2)
MINUTE = timedelta(minutes=1)


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


async def test_a_lost_licence_that_the_tenant_lists_no_more_is_named() -> None:
    """By its id alone: nobody knows its part number any more."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    await world.look()
    await world.look()
    world.directory.drop_sku(ENTERPRISEPACK_ID)

    await world.look(after=25 * DAY)

    [alert] = world.alerts("window-closing")
    named = {"skuId": ENTERPRISEPACK_ID, "skuPartNumber": None}
    assert the_data(alert)["licenses"] == [named]


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
        ({"licenses": (), "plans": ()}, 1),
        ({"licenses": (), "plans": (), "proxy_addresses": (), "mail": None}, 0),
        ({"user_principal_name": "guest_x.com#EXT#@contoso.com", "licenses": ()}, 0),
        ({"licenses": (), "plans": (), "proxy_addresses": ("SMTP:a@partner.example",)}, 0),
        ({"licenses": (AssignedLicense("nobody-knows"),), "plans": ()}, 1),
    ],
)
async def test_only_who_had_a_mailbox_is_told_of(fields: dict[str, Any], count: int) -> None:
    """By licence, or by an address here (a shared mailbox has no licence); never a guest."""
    world = Watched()
    world.directory.domains = frozenset({"contoso.com"})
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
    world = Watched(alerting=AlertThresholds(mass_count=1000))
    people = [somebody(number, deleted_at=NOW - 25 * DAY) for number in range(250)]
    world.put(*people)

    await world.look()
    await world.look()

    assert {one["subject"] for one in world.alerts()} == {person.id for person in people}
    assert len(world.alerts()) == 250


async def test_a_subscriber_is_sent_the_alert() -> None:
    """Whoever subscribed to closing windows is sent the very event that is on the queue."""
    world = Watched()
    wanted = SubscriptionRequest(EventType.WINDOW_CLOSING, "https://x.logic.azure.com/t?sig=secret")
    await subscribe(wanted, Subscriber("reader", sees_all=True), world.deps)
    world.put(replace(ADA, deleted_at=NOW - 28 * DAY))

    await world.look()
    await drive(world)

    (alert,) = world.alerts("window-closing")
    assert [sent.event_id for sent in world.notifier.sent] == [alert["id"]]
