"""Update a subscription after a delivery arrived or failed; end it when its receiver is gone.

A lost race is ignored: the winner has just renewed the subscription, or ended it.
"""

from contextlib import suppress

from shared import telemetry
from shared.domain.events.delivery import Delivery
from shared.domain.events.subscription import Subscription
from shared.errors import LeaseLostError
from shared.ports.deps import IntakeDeps
from shared.ports.events import DeliveryAnswer
from shared.ports.stored import Stored

# An address that is not there for a whole day of tries is a flow that is not there. A receiver that
# is being deployed answers 404 as well, for some minutes.
_NOBODY = {DeliveryAnswer.GONE, DeliveryAnswer.MISSING}


async def is_wanted(delivery: Delivery, deps: IntakeDeps) -> bool:
    """Whether the delivery is still wanted; one to a callback always is."""
    if delivery.subscription_id is None:
        return True
    kept = await deps.subscriptions.read(delivery.subscription_id)
    return kept is not None and kept.value.expires_at > deps.clock.now()


async def note_arrival(delivery: Delivery, deps: IntakeDeps) -> None:
    """Note that the subscriber answered."""
    kept = await _subscription_of(delivery, deps)
    if kept is not None:
        await _write(kept, kept.value.arrived(deps.clock.now()), deps)


async def note_failure(delivery: Delivery, verdict: DeliveryAnswer, deps: IntakeDeps) -> None:
    """Note that an event was given up; end the subscription if its receiver is gone.

    Who has subscribed anew since the event is not judged by it: a flow that was turned off and on
    again has the same address.
    """
    kept = await _subscription_of(delivery, deps)
    if kept is None or kept.value.created_at > delivery.created_at:
        return
    failed = kept.value.failed(delivery.created_at, deps.clock.now())
    if failed is None or verdict in _NOBODY:
        telemetry.subscription_died(kept.value.id)
        await deps.subscriptions.end(kept)
        return
    await _write(kept, failed, deps)


async def _subscription_of(delivery: Delivery, deps: IntakeDeps) -> Stored[Subscription] | None:
    if delivery.subscription_id is None:
        return None
    return await deps.subscriptions.read(delivery.subscription_id)


async def _write(kept: Stored[Subscription], changed: Subscription, deps: IntakeDeps) -> None:
    if changed is kept.value:
        return
    with suppress(LeaseLostError):
        await deps.subscriptions.write(kept, changed)
