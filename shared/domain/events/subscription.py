"""Describe a subscription: a caller's standing request for every event of one type."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from shared.domain.outcomes import Status
from shared.domain.request import RestoreKind

_ID = re.compile(r"[0-9a-f]{32}")

# Flows delete their subscription when they are saved anew, turned off or deleted, and never renew
# one. So this only catches what was forgotten; half a year without a restore is not forgotten.
LIFETIME = timedelta(days=365)

# Each success begins the lifetime anew, and need not be written for less.
_RENEWED_AFTER = timedelta(days=1)

# A week of deliveries that were given up, one after the other: nobody is there.
MOST_FAILING = timedelta(days=7)


class EventType(StrEnum):
    """What can be subscribed to."""

    FINISHED = "restore.finished.v1"
    """A restore has ended."""
    WINDOW_CLOSING = "restore.window-closing.v1"
    """Somebody's window is about to close."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who subscribes: events of all restores if `sees_all`, else of one's own."""

    id: str | None
    sees_all: bool


@dataclass(frozen=True, slots=True)
class SubscriptionRequest:
    """What is subscribed to, and where to send it; an empty filter lets everything through."""

    event: EventType
    url: str = field(repr=False)
    statuses: tuple[Status, ...] = ()
    kinds: tuple[RestoreKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Subscription:
    """A request that is kept until it is ended, or dies. All instants are aware UTC."""

    id: str
    wanted: SubscriptionRequest
    subscriber: Subscriber
    created_at: datetime
    expires_at: datetime
    failing_since: datetime | None = None
    """The oldest event of the present row of those that never arrived."""

    @classmethod
    def begun(cls, wanted: SubscriptionRequest, subscriber: Subscriber, now: datetime) -> Self:
        """A new subscription; the same request of the same subscriber has the same id."""
        return cls(_id(wanted, subscriber), wanted, subscriber, now, now + LIFETIME)

    def wants(self, event: Mapping[str, object]) -> bool:
        """Whether this CloudEvents event is one of those subscribed to."""
        data = event.get("data")
        if event.get("type") != self.wanted.event or not isinstance(data, Mapping):
            return False
        fits_status = not self.wanted.statuses or data.get("status") in self.wanted.statuses
        fits_kind = not self.wanted.kinds or data.get("kind") in self.wanted.kinds
        return fits_status and fits_kind and self._may_see(data)

    def arrived(self, now: datetime) -> Self:
        """One more lifetime; itself where that makes no difference worth a write."""
        renewed = now + LIFETIME
        if self.failing_since is None and renewed - self.expires_at < _RENEWED_AFTER:
            return self
        return replace(self, expires_at=renewed, failing_since=None)

    def failed(self, since: datetime, now: datetime) -> Self | None:
        """An event of `since` never arrived; None: too many in a row, it is dead."""
        failing_since = self.failing_since or since
        if now - failing_since >= MOST_FAILING:
            return None
        return replace(self, failing_since=failing_since)

    def _may_see(self, data: Mapping[str, object]) -> bool:
        asked_by = data.get("requestedBy")
        owner = asked_by.get("id") if isinstance(asked_by, Mapping) else None
        return self.subscriber.sees_all or (owner is not None and owner == self.subscriber.id)


def is_subscription_id(text: str) -> bool:
    """Whether this text could be the id of a subscription at all."""
    return _ID.fullmatch(text) is not None


def _id(wanted: SubscriptionRequest, subscriber: Subscriber) -> str:
    text = f"subscription\n{subscriber.id or ''}\n{wanted.event}\n{wanted.url}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]
