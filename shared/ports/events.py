"""What telling callers needs from the world; ports.py has the rest.

Every method of a storage port may raise StorageUnavailableError: a write may have arrived.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from shared.domain.batch import Batch, BatchItem
from shared.domain.delivery import Delivery
from shared.domain.subscription import EventType, Subscription


@dataclass(frozen=True, slots=True)
class Kept[T]:
    """A value as it lies in storage; `etag` changes with every write."""

    value: T
    etag: str


class Deliveries(Protocol):
    """The events on their way, by delivery id."""

    async def insert(self, delivery: Delivery) -> bool:
        """Keep a new delivery; False if there is one of this id."""
        ...

    async def read(self, delivery_id: str) -> Kept[Delivery] | None:
        """The delivery, by one point read."""
        ...

    async def write(self, kept: Kept[Delivery], delivery: Delivery) -> Kept[Delivery]:
        """Put the delivery in place of the one in `kept`.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        ...

    async def remove(self, delivery_id: str) -> None:
        """Nothing is left to send; absent is fine."""
        ...


class Subscriptions(Protocol):
    """Who is to hear of events, by subscription id."""

    async def put(self, subscription: Subscription) -> None:
        """Keep it, in place of what had its id."""
        ...

    async def read(self, subscription_id: str) -> Kept[Subscription] | None:
        """The subscription, by one point read."""
        ...

    async def write(
        self, kept: Kept[Subscription], subscription: Subscription
    ) -> Kept[Subscription]:
        """Put it in place of the one in `kept`.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        ...

    async def remove(self, subscription_id: str) -> None:
        """End it; absent is fine."""
        ...

    def to(self, event: EventType) -> AsyncIterator[Kept[Subscription]]:
        """Every subscription to this kind of event, in no order."""
        ...


class Batches(Protocol):
    """The batches and their items; the items are kept first and never change."""

    async def keep_items(self, batch: Batch, first: int, items: Sequence[BatchItem]) -> None:
        """Keep the items from `first` on, in one row."""
        ...

    async def insert(self, batch: Batch) -> bool:
        """Keep a new batch; False if the id is taken already."""
        ...

    async def read(self, batch_id: str) -> Kept[Batch] | None:
        """The batch, by one point read."""
        ...

    async def write(self, kept: Kept[Batch], batch: Batch) -> Kept[Batch]:
        """Put the batch in place of the one in `kept`.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        ...

    async def items(self, batch: Batch, first: int) -> tuple[BatchItem, ...]:
        """The items from `first` on, as far as their row goes."""
        ...

    def before(self, day: datetime) -> AsyncIterator[tuple[str, str]]:
        """(batch id, its day) of each batch of an earlier UTC day."""
        ...

    async def remove(self, batch_id: str, day: str) -> None:
        """Delete the items, the batch, and its day at last; absent is fine."""
        ...


class Verdict(StrEnum):
    """What a receiver made of an event."""

    DELIVERED = "delivered"
    MISSING = "missing"
    """404: there is nobody at this address now."""
    GONE = "gone"
    """410: there will be nobody at this address any more."""
    FAILED = "failed"
    """Anything else: it may have arrived."""
    BUSY = "busy"
    """Nothing was sent: this instance has too many deliveries under way."""


@dataclass(frozen=True, slots=True)
class Told:
    """The verdict, a code that says why, and how long the receiver asks to be left alone."""

    verdict: Verdict
    why: str
    retry_after: timedelta | None = None


class Notifier(Protocol):
    """Sending events to other people's URLs. Never raises for what a receiver or the way does."""

    async def send(self, url: str, event_id: str, body: str) -> Told:
        """Send once; takes seconds at most, whatever the receiver does."""
        ...
