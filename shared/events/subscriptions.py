"""Add, list and remove subscriptions to the events of the service.

The same request of the same caller is one subscription however often it is made, because flows
repeat a request that they got no answer to.
"""

from collections.abc import Callable

from shared.domain.events.subscription import (
    Subscriber,
    Subscription,
    SubscriptionRequest,
    is_subscription_id,
)
from shared.domain.limits import SUBSCRIPTIONS
from shared.errors import SubscriptionNotFoundError, TooManyError
from shared.ports.deps import IntakeDeps


async def subscribe(
    wanted: SubscriptionRequest, subscriber: Subscriber, deps: IntakeDeps
) -> Subscription:
    """The subscription, with a full lifetime before it and the filters of this request.

    Raises:
        TooManyError: the caller has enough of them; nothing was kept.
        StorageUnavailableError: it may be kept; the same again is the same.
    """
    begun = Subscription.begun(wanted, subscriber, deps.clock.now())
    most = SUBSCRIPTIONS.of(subscriber.requested_by)
    own = [kept.value.id async for kept in deps.subscriptions.of(subscriber.owner)]
    if len(set(own) - {begun.id}) >= most:
        raise TooManyError(SUBSCRIPTIONS.told(most), SUBSCRIPTIONS.retry_after)
    await deps.subscriptions.put(begun)
    return begun


async def list_subscriptions(owner: str | None, deps: IntakeDeps) -> tuple[Subscription, ...]:
    """The subscriptions of this caller, or of everybody, that have not ended; the oldest first.

    Raises:
        StorageUnavailableError: they cannot be reached.
    """
    kept = deps.subscriptions.all() if owner is None else deps.subscriptions.of(owner)
    now = deps.clock.now()
    found = [one.value async for one in kept if one.value.expires_at > now]
    return tuple(sorted(found, key=lambda one: (one.created_at, one.id)))


async def unsubscribe(
    subscription_id: str, may_end: Callable[[Subscriber], bool], deps: IntakeDeps
) -> Subscription:
    """End a subscription, and give it back; what is on its way to it is dropped.

    Raises:
        SubscriptionNotFoundError: there is none, or none that this caller may end.
        StorageUnavailableError: it may be ended; the same again tells.
    """
    kept = None
    if is_subscription_id(subscription_id):
        kept = await deps.subscriptions.read(subscription_id)
    if kept is None or not may_end(kept.value.subscriber):
        raise SubscriptionNotFoundError
    await deps.subscriptions.remove(kept.value)
    return kept.value
