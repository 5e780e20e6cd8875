"""The subscription as callers see it."""

from shared.domain.events.subscription import Subscription
from shared.domain.values.json_values import Json, instant


def subscription_document(subscription: Subscription, *, self_link: str | None = None) -> Json:
    """The JSON document of a subscription: of its URL the host alone, the rest is a secret."""
    by = subscription.subscriber.requested_by
    return {
        "id": subscription.id,
        "event": subscription.wanted.event.value,
        "host": subscription.host,
        "since": instant(subscription.created_at),
        "expiresAt": instant(subscription.expires_at),
        "requestedBy": {"door": by.door.value, "name": by.name, "id": by.id},
        "links": {"self": self_link},
    }
