"""Describe a subscription: a caller's standing request for every event of one type."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from shared.domain.outcomes import Status
from shared.domain.requests.keys import keys_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind

_ID = re.compile(r"[0-9a-f]{32}")

# Flows delete their subscription when they are saved anew, turned off or deleted, and never renew
# one. So this only catches what was forgotten; half a year without a restore is not forgotten. Who
# hears of everybody's restores does so by a role that may have been taken back since: that right
# ends then, and is given anew to whoever subscribes again and still has the role.
LIFETIME = timedelta(days=365)

# Long enough before its end for somebody to notice, and to save a flow anew.
WARNED_BEFORE = timedelta(days=14)

# Each success begins the lifetime anew, and need not be written for less.
_RENEWED_AFTER = timedelta(days=1)

# A week of deliveries that were given up, one after the other: nobody is there.
MOST_FAILING = timedelta(days=7)


class EventType(StrEnum):
    """What can be subscribed to."""

    FINISHED = "restore.finished.v1"
    """A restore has ended."""
    APPROVAL_WANTED = "restore.approval-wanted.v1"
    """A restore waits for somebody's word."""
    WINDOW_CLOSING = "restore.window-closing.v1"
    """Somebody's window is about to close."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A caller who subscribes: to events of all restores if `sees_all`, else of its own."""

    id: str | None
    sees_all: bool
    name: str | None = None

    @property
    def requested_by(self) -> RequestedBy:
        """The caller as it would stand on a restore that it asked for."""
        return RequestedBy(Door.HTTP, self.name, self.id)

    @property
    def owner(self) -> str:
        """The caller as the index by caller has it."""
        return keys_of(self.requested_by).owner


@dataclass(frozen=True, slots=True)
class SubscriptionRequest:
    """A request for events of one type, and the URL to send them to; an empty filter admits all."""

    event: EventType
    url: str = field(repr=False)
    statuses: tuple[Status, ...] = ()
    kinds: tuple[RestoreKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription as stored, until it is ended or expires. All instants are aware UTC."""

    id: str
    wanted: SubscriptionRequest
    subscriber: Subscriber
    created_at: datetime
    expires_at: datetime
    failing_since: datetime | None = None
    """The oldest event of the present row of those that never arrived."""
    is_end_told: bool = False
    """Whether somebody was told that it is about to end."""

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
        """The subscription with a new lifetime; unchanged if fixed or renewed lately."""
        if self.subscriber.sees_all:
            return replace(self, failing_since=None) if self.failing_since is not None else self
        renewed = now + LIFETIME
        if self.failing_since is None and renewed - self.expires_at < _RENEWED_AFTER:
            return self
        return replace(self, expires_at=renewed, failing_since=None, is_end_told=False)

    def failed(self, since: datetime, now: datetime) -> Self | None:
        """The subscription after an event of `since` was given up; None: it ends."""
        failing_since = self.failing_since or since
        if now - failing_since >= MOST_FAILING:
            return None
        return replace(self, failing_since=failing_since)

    def ends_soon(self, now: datetime) -> bool:
        """Whether it is about to end, and has not ended."""
        return now < self.expires_at <= now + WARNED_BEFORE

    @property
    def host(self) -> str:
        """The host that events are sent to; the URL itself holds its owner's secret."""
        return urlsplit(self.wanted.url).hostname or ""

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
