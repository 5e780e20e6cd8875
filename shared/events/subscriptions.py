"""Add and remove subscriptions to the events of the service.

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
from shared.errors import SubscriptionNotFoundError, TooManySubscriptionsError
from shared.ports.deps import IntakeDeps

# Each flow has one. Every event reads all subscriptions to it, so nobody may make thousands.
MOST_PER_LISTENER = 100


async def subscribe(
    wanted: SubscriptionRequest, subscriber: Subscriber, deps: IntakeDeps
) -> Subscription:
    """The subscription, with a full lifetime before it and the filters of this request.

    Raises:
        TooManySubscriptionsError: the caller has enough of them; nothing was kept.
        StorageUnavailableError: it may be kept; the same again is the same.
    """
    begun = Subscription.begun(wanted, subscriber, deps.clock.now())
    others = 0
    async for kept in deps.subscriptions.to(wanted.event):
        is_own = kept.value.subscriber.id == subscriber.id and kept.value.id != begun.id
        others += is_own and kept.value.expires_at > begun.created_at
    if others >= MOST_PER_LISTENER:
        raise TooManySubscriptionsError(MOST_PER_LISTENER)
    await deps.subscriptions.put(begun)
    return begun


async def unsubscribe(
    subscription_id: str, may_end: Callable[[Subscriber], bool], deps: IntakeDeps
) -> None:
    """End a subscription; what is on its way to it is dropped.

    Raises:
        SubscriptionNotFoundError: there is none, or none that this caller may end.
        StorageUnavailableError: it may be ended; the same again tells.
    """
    kept = None
    if is_subscription_id(subscription_id):
        kept = await deps.subscriptions.read(subscription_id)
    if kept is None or not may_end(kept.value.subscriber):
        raise SubscriptionNotFoundError
    await deps.subscriptions.remove(subscription_id)
