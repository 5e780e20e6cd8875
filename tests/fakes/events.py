"""Imitate the ports that send events; the storage part passes the suite of Azure Tables."""

from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.domain.batches.batch import Batch, BatchItem
from shared.domain.events.delivery import Delivery
from shared.domain.events.subscription import EventType, Subscription
from shared.errors import LeaseLostError
from shared.ports.events import DeliveryAnswer, DeliveryReport
from shared.ports.stored import Stored
from tests.fakes.breakable import Breakable


class InMemoryDocuments[T](Breakable):
    """Values by id, each replaced only by whoever read it last; `kept` holds them."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Stored[T]] = {}
        self._writes = 0

    def _insert(self, id_: str, value: T) -> bool:
        if id_ in self.kept:
            return False
        self._put(id_, value)
        return True

    def _replace(self, id_: str, kept: Stored[T], value: T) -> Stored[T]:
        there = self.kept.get(id_)
        if there is None or there.etag != kept.etag:
            raise LeaseLostError(f"{id_} is another worker's now")
        return self._put(id_, value)

    def _put(self, id_: str, value: T) -> Stored[T]:
        self._writes += 1
        self.kept[id_] = Stored(value, f"etag-{self._writes}")
        return self.kept[id_]


class InMemoryDeliveries(InMemoryDocuments[Delivery]):
    """The Deliveries port."""

    async def insert(self, delivery: Delivery) -> bool:
        """Keep a new delivery; False if there is one of this id."""
        async with self._call("insert"):
            return self._insert(delivery.id, delivery)

    async def read(self, delivery_id: str) -> Stored[Delivery] | None:
        """The delivery, or None."""
        async with self._call("read"):
            return self.kept.get(delivery_id)

    async def write(self, kept: Stored[Delivery], delivery: Delivery) -> Stored[Delivery]:
        """Put the delivery in place of the one in `kept`, else LeaseLostError."""
        async with self._call("write"):
            return self._replace(delivery.id, kept, delivery)

    async def remove(self, delivery_id: str) -> None:
        """Nothing is left to send; absent is fine."""
        async with self._call("remove"):
            self.kept.pop(delivery_id, None)


class InMemorySubscriptions(InMemoryDocuments[Subscription]):
    """The Subscriptions port."""

    async def put(self, subscription: Subscription) -> None:
        """Keep it, in place of what had its id."""
        async with self._call("put"):
            self._put(subscription.id, subscription)

    async def read(self, subscription_id: str) -> Stored[Subscription] | None:
        """The subscription, or None."""
        async with self._call("read"):
            return self.kept.get(subscription_id)

    async def write(
        self, kept: Stored[Subscription], subscription: Subscription
    ) -> Stored[Subscription]:
        """Put it in place of the one in `kept`, else LeaseLostError."""
        async with self._call("write"):
            return self._replace(subscription.id, kept, subscription)

    async def remove(self, subscription: Subscription) -> None:
        """End it; absent is fine."""
        async with self._call("remove"):
            self.kept.pop(subscription.id, None)

    async def end(self, kept: Stored[Subscription]) -> None:
        """End it, unless it was written since."""
        async with self._call("end"):
            if self.kept.get(kept.value.id) == kept:
                del self.kept[kept.value.id]

    async def of(self, owner: str) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription of this caller."""
        async with self._call("of"):
            found = [one for one in self.kept.values() if one.value.subscriber.owner == owner]
        for one in found:
            yield one

    async def all(self) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription."""
        async with self._call("all"):
            found = list(self.kept.values())
        for one in found:
            yield one

    async def to(self, event: EventType) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription to this kind of event."""
        async with self._call("to"):
            found = [kept for kept in self.kept.values() if kept.value.wanted.event is event]
        for kept in found:
            yield kept


class InMemoryBatches(InMemoryDocuments[Batch]):
    """The Batches port; `rows` of items by batch, fingerprint and first item."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[tuple[str, str, int], tuple[BatchItem, ...]] = {}
        self.days: dict[str, str] = {}

    async def keep_items(self, batch: Batch, first: int, items: Sequence[BatchItem]) -> None:
        """Keep the items from `first` on."""
        async with self._call("keep_items"):
            self.rows[batch.id, batch.fingerprint, first] = tuple(items)

    async def insert(self, batch: Batch) -> bool:
        """Keep a new batch; False if the id is taken already."""
        async with self._call("insert"):
            self.days.setdefault(batch.id, f"{batch.created_at.astimezone(UTC):%Y%m%d}")
            return self._insert(batch.id, batch)

    async def read(self, batch_id: str) -> Stored[Batch] | None:
        """The batch, or None."""
        async with self._call("read"):
            return self.kept.get(batch_id)

    async def write(self, kept: Stored[Batch], batch: Batch) -> Stored[Batch]:
        """Put the batch in place of the one in `kept`, else LeaseLostError."""
        async with self._call("write"):
            return self._replace(batch.id, kept, batch)

    async def items(self, batch: Batch, first: int) -> tuple[BatchItem, ...]:
        """The items from `first` on, as far as their row goes."""
        async with self._call("items"):
            return self.rows[batch.id, batch.fingerprint, first]

    async def before(self, day: datetime) -> AsyncIterator[tuple[str, str]]:
        """(batch id, its day) of each batch of an earlier UTC day."""
        async with self._call("before"):
            limit = f"{day.astimezone(UTC):%Y%m%d}"
            found = [item for item in self.days.items() if item[1] < limit]
        for item in found:
            yield item

    async def remove(self, batch_id: str, day: str) -> None:
        """Delete everything of this batch; absent is fine."""
        async with self._call("remove"):
            self.rows = {place: row for place, row in self.rows.items() if place[0] != batch_id}
            self.kept.pop(batch_id, None)
            if self.days.get(batch_id) == day:
                del self.days[batch_id]


@dataclass(frozen=True, slots=True)
class Sent:
    """One event as a receiver got it."""

    url: str
    event_id: str
    body: str
    caller: str = ""


class FakeNotifier(Breakable):
    """The Notifier port: keeps what was `sent`, and answers as told, else that it arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []
        self.next_answers: deque[DeliveryReport] = deque()
        self.answer = DeliveryReport(DeliveryAnswer.DELIVERED, "http-202")

    async def send(self, url: str, event_id: str, body: str, *, caller: str) -> DeliveryReport:
        """Keep the event, and say what was told to be said."""
        async with self._call("send"):
            self.sent.append(Sent(url, event_id, body, caller))
            return self.next_answers.popleft() if self.next_answers else self.answer
