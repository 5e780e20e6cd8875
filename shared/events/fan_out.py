"""Create one delivery of an event for each receiver that is to get it.

The receivers are the caller of the restore, by its callbackUrl, and every subscriber to the event.

    unfinished row ── delivery row ── work message

The unfinished row goes first: without a delivery it is dropped by the worker that looks, and a
delivery without a message is found by it. Published again, after a crash, an event finds its
deliveries under way, or sends once more under the same event id: at least once.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from shared import telemetry
from shared.domain.events.delivery import Delivery, delivery_id
from shared.domain.events.subscription import EventType, Subscription
from shared.events.event_size import fitting
from shared.ports.deps import IntakeDeps, Telling
from shared.restore.accept import QUEUE_GRACE

# In place of a subscription's id.
_CALLBACK = "callback"


class EventFanOut:
    """The EventPublisher port."""

    async def publish(
        self, telling: Telling, deps: IntakeDeps, *, callback_url: str | None
    ) -> None:
        """Have this event sent to the callback URL of its restore and to subscribers.

        Raises:
            StorageUnavailableError: some deliveries may be under way; publishing again is safe.
        """
        if callback_url is not None:
            event = telling.to_owner
            await _post(_delivery(event, callback_url, deps, caller=_asker(event)), deps)
        await fan_out(telling, deps)


async def fan_out(telling: Telling, deps: IntakeDeps) -> None:
    """Create a delivery of this event for every subscriber that wants it.

    A subscriber that gets events of its own restores only is their owner, and reads them as such.

    A subscription that has outlived its time ends here.

    Raises:
        StorageUnavailableError: some deliveries may be under way; fanning out again is safe.
    """
    kind = telling.to_all.get("type")
    if kind not in set(EventType):
        return
    async for kept in deps.subscriptions.to(EventType(str(kind))):
        subscription = kept.value
        if subscription.expires_at <= deps.clock.now():
            telemetry.subscription_died(subscription.id)
            await deps.subscriptions.end(kept)
        elif subscription.wants(telling.to_all):
            sees_all = subscription.subscriber.sees_all
            event = telling.to_all if sees_all else telling.to_owner
            await _post(_subscribed(event, subscription, deps), deps)


async def _post(delivery: Delivery, deps: IntakeDeps) -> None:
    due_at = delivery.due_at + QUEUE_GRACE
    await deps.unfinished.note(delivery.id, due_at, queued_for=delivery.due_at)
    if await deps.deliveries.insert(delivery):
        await deps.outbox.enqueue_work(delivery.id)


def _subscribed(
    event: Mapping[str, object], subscription: Subscription, deps: IntakeDeps
) -> Delivery:
    made = _delivery(event, subscription.wanted.url, deps, caller=subscription.subscriber.id or "")
    id_ = delivery_id(made.event_id, subscription.id)
    return replace(made, id=id_, subscription_id=subscription.id)


def _asker(event: Mapping[str, object]) -> str:
    """The id of the caller who asked for the event's restore; empty if it is not known."""
    data = event.get("data")
    by = data.get("requestedBy") if isinstance(data, Mapping) else None
    return str(by.get("id") or "") if isinstance(by, Mapping) else ""


def _delivery(event: Mapping[str, object], url: str, deps: IntakeDeps, *, caller: str) -> Delivery:
    now = deps.clock.now()
    event_id = str(event["id"])
    return Delivery(
        id=delivery_id(event_id, _CALLBACK),
        event_id=event_id,
        subject=str(event.get("subject", "")),
        url=url,
        # In ASCII, since a name may hold half a character, which has no UTF-8. And no larger than
        # on the queue, so that receivers get the same and the delivery fits into a row.
        body=json.dumps(fitting(event)),
        created_at=now,
        due_at=now,
        caller=caller,
    )
