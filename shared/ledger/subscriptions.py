"""Store subscriptions in the table `subscriptions`, in one partition, read by event type."""

from collections.abc import AsyncIterator

from shared.domain.events.subscription import EventType, Subscription
from shared.ledger.tables.codec import Codec
from shared.ledger.tables.documents import Documents, Place
from shared.ledger.tables.rows import Rows
from shared.ports.stored import Stored

SUBSCRIPTIONS = Codec(Subscription)
_PARTITION = "subscription"


class TableSubscriptions:
    """The Subscriptions port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._documents = Documents(rows, SUBSCRIPTIONS)

    async def put(self, subscription: Subscription) -> None:
        """Keep it, in place of what had its id. One round trip."""
        place = _place(subscription.id)
        await self._documents.put(place, subscription, _columns(subscription))

    async def read(self, subscription_id: str) -> Stored[Subscription] | None:
        """The subscription, by one point read."""
        return await self._documents.read(_place(subscription_id))

    async def write(
        self, kept: Stored[Subscription], subscription: Subscription
    ) -> Stored[Subscription]:
        """Put it in place of the one in `kept`. One round trip, two after a conflict.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        place = _place(subscription.id)
        return await self._documents.replace(place, kept, subscription, _columns(subscription))

    async def remove(self, subscription_id: str) -> None:
        """End it; absent is fine. One round trip."""
        await self._documents.remove(_place(subscription_id))

    async def to(self, event: EventType) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription to this kind of event; one round trip per 1,000."""
        query = "PartitionKey eq @all and event eq @event"
        async for page in self._rows.pages(query, {"all": _PARTITION, "event": event.value}):
            for row in page:
                yield self._documents.kept(row)


def _place(subscription_id: str) -> Place:
    return _PARTITION, subscription_id


def _columns(subscription: Subscription) -> dict[str, object]:
    return {"event": subscription.wanted.event.value}
