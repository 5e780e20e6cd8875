"""Subscribers hear of what they asked for and may see; who is gone is forgotten."""

import json
from datetime import datetime, timedelta

import pytest

from shared.alerts.ending_subscriptions import warn_of_endings
from shared.documents.subscription import subscription_document
from shared.domain.events.delivery import PATIENCE
from shared.domain.events.subscription import (
    LIFETIME,
    MOST_FAILING,
    WARNED_BEFORE,
    EventType,
    Subscriber,
    Subscription,
    SubscriptionRequest,
)
from shared.domain.limits import SUBSCRIPTIONS
from shared.domain.outcomes import Status
from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.errors import (
    StorageUnavailableError,
    SubscriptionNotFoundError,
    TooManyError,
)
from shared.events.deliver import deliver
from shared.events.fan_out import fan_out
from shared.events.subscriptions import list_subscriptions, subscribe, unsubscribe
from shared.ports.deps import Telling
from shared.ports.events import DeliveryAnswer, DeliveryReport
from shared.restore.accept import accept
from shared.restore.conclude import finished_event
from shared.upkeep.cleanup import clean_up
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.chaos.tap import Call, tapped
from tests.reading import said
from tests.unit.world.callbacks import drive, under_way, warnings
from tests.unit.world.world import World

DAY = timedelta(days=1)
URL = "https://x.logic.azure.com/t?sig=secret"
ALL = Subscriber("reader", sees_all=True)
OWN = Subscriber("mine", sees_all=False)
FINISHED = SubscriptionRequest(EventType.FINISHED, URL)
CLOSING = {
    "specversion": "1.0",
    "id": "closing-1",
    "type": "restore.window-closing.v1",
    "subject": USER_ID,
    "data": {"user": {"id": USER_ID}},
}


async def subscribed(
    world: World, wanted: SubscriptionRequest = FINISHED, subscriber: Subscriber = ALL
) -> Subscription:
    """A subscription in this world."""
    return await subscribe(wanted, subscriber, world.deps)


async def a_restore(world: World, by: str = "somebody", **fields: object) -> Record:
    """A restore that somebody asked for, at its end."""
    request = a_request(user=USER_ID, **fields)
    accepted = await accept(order_of(request, RequestedBy(Door.HTTP, None, by)), world.deps)
    return await world.finish(accepted.record.id)


def told(world: World) -> list[str]:
    """The ids of the events that were sent."""
    return [sent.event_id for sent in world.notifier.sent]


async def test_each_end_is_sent_to_each_subscriber() -> None:
    """Under one event id, and once for each of them."""
    world = World()
    await subscribed(world)
    await subscribed(world, SubscriptionRequest(EventType.FINISHED, f"{URL}2"))

    record = await a_restore(world)
    await drive(world)

    assert told(world) == [f"{record.id}-1"] * 2
    assert {sent.url for sent in world.notifier.sent} == {URL, f"{URL}2"}
    assert json.loads(world.notifier.sent[0].body) == world.storage.outbox.results[0]
    assert world.storage.unfinished.rows == {}


@pytest.mark.parametrize(
    ("wanted", "subscriber", "hears"),
    [
        (FINISHED, ALL, True),
        (FINISHED, OWN, True),
        (FINISHED, Subscriber("other", sees_all=False), False),
        (FINISHED, Subscriber(None, sees_all=False), False),
        (
            SubscriptionRequest(EventType.FINISHED, URL, statuses=(Status.REFUSED, Status.FAILED)),
            ALL,
            True,
        ),
        (SubscriptionRequest(EventType.FINISHED, URL, statuses=(Status.SUCCEEDED,)), ALL, False),
        (SubscriptionRequest(EventType.FINISHED, URL, kinds=(RestoreKind.MAILBOX,)), ALL, True),
        (SubscriptionRequest(EventType.FINISHED, URL, kinds=(RestoreKind.USER,)), ALL, False),
        (SubscriptionRequest(EventType.WINDOW_CLOSING, URL), ALL, False),
    ],
)
async def test_who_hears_of_a_refused_mailbox_restore(
    wanted: SubscriptionRequest, subscriber: Subscriber, *, hears: bool
) -> None:
    """What was asked for, of what one may see."""
    world = World()
    await subscribed(world, wanted, subscriber)

    await a_restore(world, by="mine")
    await drive(world)

    assert bool(told(world)) is hears


async def test_an_alert_goes_to_its_subscribers() -> None:
    """The same way, without a restore behind it."""
    world = World()
    await subscribed(world, SubscriptionRequest(EventType.WINDOW_CLOSING, URL))
    await subscribed(world)

    await fan_out(Telling(CLOSING, CLOSING), world.deps)
    await fan_out(Telling(CLOSING, CLOSING), world.deps)
    await drive(world)

    assert told(world) == ["closing-1"]


async def test_an_event_nobody_can_subscribe_to_goes_nowhere() -> None:
    """Alerts have more types than subscriptions."""
    world = World()
    await subscribed(world)

    stuck = {**CLOSING, "type": "restore.stuck.v1"}
    await fan_out(Telling(stuck, stuck), world.deps)

    assert under_way(world) == []


async def test_the_same_wish_is_one_subscription() -> None:
    """A repeated request changes its filters and begins its lifetime anew."""
    world = World()
    first = await subscribed(world)
    world.clock.advance(30 * DAY)

    again = await subscribed(
        world, SubscriptionRequest(EventType.FINISHED, URL, kinds=(RestoreKind.USER,))
    )

    assert again.id == first.id
    assert again.expires_at == world.clock.now() + LIFETIME
    assert len(world.storage.subscriptions.kept) == 1
    assert (await subscribed(world, subscriber=OWN)).id != first.id


async def test_after_the_end_of_a_subscription_nothing_is_sent() -> None:
    """Not even what was under way to it."""
    world = World()
    subscription = await subscribed(world)
    await a_restore(world)

    await unsubscribe(subscription.id, lambda _: True, world.deps)
    await drive(world)

    assert told(world) == []
    assert world.storage.unfinished.rows == {}
    with pytest.raises(SubscriptionNotFoundError):
        await unsubscribe(subscription.id, lambda _: True, world.deps)


@pytest.mark.parametrize("subscription_id", ["", "x", "0" * 32, "../" + "0" * 29])
async def test_an_unknown_subscription_cannot_be_ended(subscription_id: str) -> None:
    """Whatever the id looks like."""
    with pytest.raises(SubscriptionNotFoundError):
        await unsubscribe(subscription_id, lambda _: True, World().deps)


async def test_another_callers_subscription_is_not_there() -> None:
    """Who may not end it is not told that it exists."""
    world = World()
    subscription = await subscribed(world)

    with pytest.raises(SubscriptionNotFoundError):
        await unsubscribe(subscription.id, lambda subscriber: subscriber == OWN, world.deps)

    assert subscription.id in world.storage.subscriptions.kept


async def test_nobody_may_make_thousands() -> None:
    """Beyond the limit a new one is refused; the same again, and other callers', are not."""
    world = World()
    for number in range(SUBSCRIPTIONS.most):
        await subscribed(world, SubscriptionRequest(EventType.FINISHED, f"{URL}{number}"))

    with pytest.raises(TooManyError) as refused:
        await subscribed(world)
    assert "100 subscriptions" in said(refused.value).message
    await subscribed(world, SubscriptionRequest(EventType.FINISHED, f"{URL}0"))
    await subscribed(world, subscriber=OWN)


async def test_a_subscriber_that_is_gone_for_good_is_forgotten() -> None:
    """410 ends the subscription at once; the restore carries no warning."""
    world = World()
    await subscribed(world)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.GONE, "http-410")
    record = await a_restore(world)

    await drive(world)

    assert len(told(world)) == 1
    assert world.storage.subscriptions.kept == {}
    assert warnings(await world.record(record.id)) == warnings(record)


async def test_a_subscriber_that_is_not_there_for_a_while_is_told_afterwards() -> None:
    """A receiver that is being deployed answers 404: neither event nor subscription is lost."""
    world = World()
    subscription = await subscribed(world)
    missing = DeliveryReport(DeliveryAnswer.MISSING, "http-404")
    world.notifier.next_answers.extend([missing] * 6)
    record = await a_restore(world)

    await drive(world)

    assert set(told(world)) == {f"{record.id}-1"}
    assert len(told(world)) == 7
    assert subscription.id in world.storage.subscriptions.kept


async def test_a_subscriber_that_is_not_there_for_a_day_is_forgotten() -> None:
    """Nobody who deploys takes that long: the flow is gone and did not say so."""
    world = World()
    await subscribed(world)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.MISSING, "http-404")
    record = await a_restore(world)

    await drive(world)

    assert world.clock.now() - record.created_at >= PATIENCE
    assert world.storage.subscriptions.kept == {}


async def test_a_subscriber_that_fails_for_a_week_is_forgotten() -> None:
    """One day of failures is a bad day; a week of them is nobody."""
    world = World()
    subscription = await subscribed(world)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.FAILED, "http-500")
    days = 0
    while subscription.id in world.storage.subscriptions.kept:
        days += 1
        await a_restore(world, ticket=str(days))
        await drive(world)

    assert days == MOST_FAILING // DAY


@pytest.mark.parametrize("subscriber", [ALL, OWN])
async def test_one_success_wipes_the_failures_out(subscriber: Subscriber) -> None:
    """And begins the lifetime of one's own events anew; the right to hear of all has an end."""
    world = World()
    subscription = await subscribed(world, subscriber=subscriber)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.FAILED, "http-500")
    await a_restore(world, by="mine")
    await drive(world)
    failing = world.storage.subscriptions.kept[subscription.id].value
    assert failing.failing_since is not None

    world.notifier.answer = DeliveryReport(DeliveryAnswer.DELIVERED, "http-200")
    await a_restore(world, by="mine", ticket="2")
    await drive(world)

    well = world.storage.subscriptions.kept[subscription.id].value
    ends = subscription.expires_at if subscriber.sees_all else world.clock.now() + LIFETIME
    assert (well.failing_since, well.expires_at) == (None, ends)


@pytest.mark.parametrize(("subscriber", "hears"), [(ALL, False), (OWN, True)])
async def test_a_role_that_was_taken_back_is_worth_a_year(
    subscriber: Subscriber, *, hears: bool
) -> None:
    """Who heard of everybody's restores by a role hears of none after it, delivered or not."""
    world = World()
    await subscribed(world, subscriber=subscriber)
    for day in range(0, LIFETIME.days, 73):
        await a_restore(world, by="mine", ticket=str(day))
        await drive(world)
        world.clock.advance(73 * DAY)
    world.clock.advance(DAY)
    before = len(told(world))

    await a_restore(world, by="mine", ticket="last")
    await drive(world)

    assert before == len(range(0, LIFETIME.days, 73))
    assert len(told(world)) == before + hears
    assert bool(world.storage.subscriptions.kept) is hears


async def test_an_end_is_told_of_once_two_weeks_before() -> None:
    """With who it belongs to and where it leads, and without the secret in its URL."""
    world = World()
    subscription = await subscribed(world, subscriber=ALL)
    told_at: list[datetime] = []
    for _ in range(LIFETIME.days + 5):
        before = len(world.storage.outbox.alerts)
        await clean_up(world.deps)
        told_at += [world.clock.now()] * (len(world.storage.outbox.alerts) - before)
        world.clock.advance(DAY)

    assert told_at == [subscription.expires_at - WARNED_BEFORE]
    alert = world.storage.outbox.alerts[0]
    assert alert["type"] == "restore.subscription-ending.v1"
    assert alert["data"] == subscription_document(subscription)
    assert alert["subject"] == subscription.id
    assert "x.logic.azure.com" in json.dumps(alert)
    assert "secret" not in json.dumps(alert)


async def test_who_subscribes_anew_has_another_year_and_another_warning() -> None:
    """The warning of the last end is not held against it."""
    world = World()
    first = await subscribed(world)
    world.clock.advance(LIFETIME - DAY)
    assert await warn_of_endings(world.deps) == 1

    second = await subscribed(world)

    assert second.expires_at == first.expires_at + LIFETIME - DAY
    assert await warn_of_endings(world.deps) == 0
    world.clock.advance(LIFETIME - DAY)
    assert await warn_of_endings(world.deps) == 1


async def test_callers_see_their_own() -> None:
    """The oldest first; those that have ended are not there."""
    world = World()
    first = await subscribed(world)
    world.clock.advance(DAY)
    second = await subscribed(world, SubscriptionRequest(EventType.FINISHED, f"{URL}2"))
    other = await subscribed(world, subscriber=OWN)

    assert await list_subscriptions(ALL.owner, world.deps) == (first, second)
    assert await list_subscriptions(OWN.owner, world.deps) == (other,)
    assert set(await list_subscriptions(None, world.deps)) == {first, second, other}
    world.clock.advance(LIFETIME - DAY)
    assert await list_subscriptions(ALL.owner, world.deps) == (second,)


async def test_a_forgotten_subscription_dies_of_age() -> None:
    """A year without one event that arrived: removed by the next event, which is not sent."""
    world = World()
    await subscribed(world)
    world.clock.advance(LIFETIME)

    await a_restore(world)
    await drive(world)

    assert told(world) == []
    assert world.storage.subscriptions.kept == {}


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("port", "method"),
    [
        ("subscriptions", "to"),
        ("subscriptions", "read"),
        ("subscriptions", "write"),
        ("deliveries", "insert"),
    ],
)
async def test_a_crash_loses_no_subscriber(port: str, method: str, *, after_effect: bool) -> None:
    """Whatever is lost, the sweep brings the event to everybody."""
    world = World()
    world.put(a_deleted_person())
    await subscribed(world)
    await subscribed(world, SubscriptionRequest(EventType.FINISHED, f"{URL}2"))
    world.clock.advance(2 * DAY)
    getattr(world.storage, port).fail_next(
        method, StorageUnavailableError("down"), after_effect=after_effect
    )
    record = await world.accept(a_request(user=USER_ID))

    for _ in range(30):
        taken, world.storage.outbox.work[:] = list(world.storage.outbox.work), []
        for operation_id, _delay in taken:
            try:
                if operation_id == record.id:
                    await world.run(operation_id)
                else:
                    await deliver(operation_id, world.deps)
            except StorageUnavailableError:
                continue
        world.clock.advance(timedelta(minutes=6))
        await world.sweep()

    assert {sent.url for sent in world.notifier.sent} == {URL, f"{URL}2"}
    assert under_way(world) == []
    assert world.storage.unfinished.rows == {}


async def test_an_old_event_ends_no_younger_subscription() -> None:
    """The flow was off, answered 410, and subscribed anew while that answer was on its way."""
    world = World()
    first = await subscribed(world)
    await a_restore(world)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.GONE, "http-410")
    world.clock.advance(timedelta(seconds=1))
    anew = await subscribed(world)

    await drive(world)

    assert anew.id == first.id
    assert [one.id for one in await list_subscriptions(None, world.deps)] == [anew.id]


@pytest.mark.parametrize("ends_by", ["its time", "a receiver that is gone"])
async def test_who_subscribes_anew_as_it_ends_is_not_dropped(ends_by: str) -> None:
    """Another host has read the old one, and would remove it in the next moment."""
    world = World()
    await subscribed(world)
    record = await a_restore(world)
    if ends_by == "its time":
        world.clock.advance(LIFETIME)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.GONE, "http-410")

    async def renew(call: Call, *, is_done: bool) -> None:
        if call.name in {"subscriptions.end", "subscriptions.remove"} and not is_done:
            await subscribed(world)

    deps = tapped(world.deps, renew)
    if ends_by == "its time":
        event = finished_event(record, world.audience.everybody())
        await fan_out(Telling(event, event), deps)
    else:
        (delivery,) = under_way(world)
        await deliver(delivery.id, deps)

    (kept,) = await list_subscriptions(None, world.deps)
    assert kept.expires_at == world.clock.now() + LIFETIME
