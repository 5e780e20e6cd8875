"""Ports to send events: stored subscriptions and deliveries, and the notifier.

Every method of a storage port may raise StorageUnavailableError: a write may have arrived.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from shared.domain.events.delivery import Delivery
from shared.domain.events.subscription import EventType, Subscription
from shared.ports.stored import Stored


class Deliveries(Protocol):
    """The events on their way, by delivery id."""

    async def insert(self, delivery: Delivery) -> bool:
        """Keep a new delivery; False if there is one of this id."""
        ...

    async def read(self, delivery_id: str) -> Stored[Delivery] | None:
        """The delivery, by one point read."""
        ...

    async def write(self, kept: Stored[Delivery], delivery: Delivery) -> Stored[Delivery]:
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

    async def read(self, subscription_id: str) -> Stored[Subscription] | None:
        """The subscription, by one point read."""
        ...

    async def write(
        self, kept: Stored[Subscription], subscription: Subscription
    ) -> Stored[Subscription]:
        """Put it in place of the one in `kept`.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        ...

    async def remove(self, subscription: Subscription) -> None:
        """End it; absent is fine."""
        ...

    async def end(self, kept: Stored[Subscription]) -> None:
        """End it, unless it was written since, as by whoever subscribes anew; absent is fine."""
        ...

    def of(self, owner: str) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription of this caller, in no order; its cost follows what the caller has."""
        ...

    def all(self) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription, in no order."""
        ...

    def to(self, event: EventType) -> AsyncIterator[Stored[Subscription]]:
        """Every subscription to this kind of event, in no order."""
        ...


class DeliveryAnswer(StrEnum):
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
class DeliveryReport:
    """The verdict, a code that says why, and how long the receiver asks to be left alone."""

    verdict: DeliveryAnswer
    why: str
    retry_after: timedelta | None = None


class Notifier(Protocol):
    """Sending events to other people's URLs. Never raises for what a receiver or the way does."""

    async def send(self, url: str, event_id: str, body: str, *, caller: str) -> DeliveryReport:
        """Send once; takes seconds at most, whatever the receiver does.

        `caller`: whose URL it is; empty if nobody can tell. One caller has few places at a time.
        """
        ...
