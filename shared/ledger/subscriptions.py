"""Store subscriptions in the table `subscriptions`, by event type and by caller.

PartitionKey    RowKey             what
subscription    subscription id    the subscription; read by event type
of <caller>     subscription id    whose it is
"""

from collections.abc import AsyncIterator, Sequence

from shared.domain.events.subscription import EventType, Subscription
from shared.ledger.tables.codec import Codec
from shared.ledger.tables.documents import Documents, Place
from shared.ledger.tables.entity import key, text_of
from shared.ledger.tables.gathered import Gathered
from shared.ledger.tables.rows import Row, Rows
from shared.ports.stored import Stored

SUBSCRIPTIONS = Codec(Subscription)
_PARTITION = "subscription"


class TableSubscriptions:
    """The Subscriptions port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._documents = Documents(rows, SUBSCRIPTIONS)
        self._gathered = Gathered(self._read_to)

    async def put(self, subscription: Subscription) -> None:
        """Keep it, in place of what had its id. Three round trips.

        The row by caller goes first: without a subscription it is passed over. And it goes last:
        another host that ends what had this id may just have taken it.
        """
        await self._rows.put(_by_caller(subscription))
        place = _place(subscription.id)
        await self._documents.put(place, subscription, _columns(subscription))
        await self._rows.put(_by_caller(subscription))

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

    async def remove(self, subscription: Subscription) -> None:
        """End it; absent is fine. Three round trips."""
        await self._documents.remove(_place(subscription.id))
        await self._remove_by_caller(subscription)

    async def end(self, kept: Stored[Subscription]) -> None:
        """End it, unless it was written since; absent is fine. Three round trips."""
        if await self._documents.remove_if(_place(kept.value.id), kept):
            await self._remove_by_caller(kept.value)

    async def _remove_by_caller(self, subscription: Subscription) -> None:
        """Remove the row by caller, and put it back for who has subscribed anew meanwhile."""
        row = _by_caller(subscription)
        await self._rows.delete(str(row["PartitionKey"]), str(row["RowKey"]))
        if await self.read(subscription.id) is not None:
            await self._rows.put(row)

    async def of(self, owner: str) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription of this caller; a round trip for each, and one more."""
        query, keys = "PartitionKey eq @caller", {"caller": _partition(owner)}
        async for page in self._rows.pages(query, keys, "RowKey"):
            for row in page:
                kept = await self.read(text_of(row, "RowKey"))
                if kept is not None:
                    yield kept

    async def all(self) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription; one round trip per 1,000."""
        async for page in self._rows.pages("PartitionKey eq @all", {"all": _PARTITION}):
            for row in page:
                yield self._documents.kept(row)

    async def to(self, event: EventType) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription to this kind of event.

        One round trip per 1,000, for all that ask together.
        """
        for kept in await self._gathered.ask(event.value, event):
            yield kept

    async def _read_to(
        self, event: str, _: Sequence[EventType]
    ) -> tuple[Stored[Subscription], ...]:
        query = "PartitionKey eq @all and event eq @event"
        pages = self._rows.pages(query, {"all": _PARTITION, "event": event})
        return tuple([self._documents.kept(row) async for page in pages for row in page])


def _place(subscription_id: str) -> Place:
    return _PARTITION, subscription_id


def _partition(owner: str) -> str:
    return key(f"of {owner}")


def _by_caller(subscription: Subscription) -> Row:
    return {"PartitionKey": _partition(subscription.subscriber.owner), "RowKey": subscription.id}


def _columns(subscription: Subscription) -> dict[str, object]:
    return {"event": subscription.wanted.event.value}
