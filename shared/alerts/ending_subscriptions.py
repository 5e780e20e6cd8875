"""Send an alert of each subscription that is about to end: its flow would hear nothing any more."""

from dataclasses import replace

from shared import telemetry
from shared.alerts.alert_events import subscription_event
from shared.domain.events.subscription import Subscription
from shared.errors import LeaseLostError
from shared.ports.deps import IntakeDeps
from shared.ports.stored import Stored


async def warn_of_endings(deps: IntakeDeps) -> int:
    """Send the alert of each subscription that ends soon, once; returns how many were sent.

    Published first, then marked.

    Raises:
        StorageUnavailableError: some were sent; the next cleanup sends the rest.
    """
    now, sent = deps.clock.now(), 0
    async for kept in deps.subscriptions.all():
        if kept.value.ends_soon(now) and not kept.value.is_end_told:
            await deps.outbox.publish_alert(subscription_event(kept.value, now))
            telemetry.alerted("subscription-ending", kept.value.id)
            await _mark(kept, deps)
            sent += 1
    return sent


async def _mark(kept: Stored[Subscription], deps: IntakeDeps) -> None:
    try:
        await deps.subscriptions.write(kept, replace(kept.value, is_end_told=True))
    except LeaseLostError:
        # Subscribed anew, or ended, in this very moment: then there is nothing to mark.
        return
