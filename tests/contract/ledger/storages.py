"""What the storage suites share: the ports, ids that no other test has, and a few values."""

import secrets
from typing import Protocol

from shared.domain.progress import JournalEntry
from shared.domain.record import Record
from shared.restore import (
    audit_ports,
    caller_ports,
    guard_ports,
    ports,
    queue_ports,
    seat_ports,
    throttle_ports,
    vitals,
    watch_ports,
)
from tests.builders import NOW, a_record


class Ports(Protocol):
    """Every storage port, under the names that the use cases know."""

    @property
    def ledger(self) -> ports.Ledger:
        """Records and journals."""
        ...

    @property
    def joins(self) -> ports.Joins:
        """Equal requests."""
        ...

    @property
    def unfinished(self) -> queue_ports.UnfinishedIndex:
        """What the sweep looks at."""
        ...

    @property
    def days(self) -> ports.DayIndex:
        """Restores by day."""
        ...

    @property
    def locks(self) -> ports.UserLocks:
        """One restore at a time for each user."""
        ...

    @property
    def observations(self) -> ports.Observations:
        """What was seen."""
        ...

    @property
    def throttles(self) -> throttle_ports.Throttles:
        """What one worker tells the others about Graph's quotas."""
        ...

    @property
    def audit_trail(self) -> audit_ports.AuditTrail:
        """What was read of the audit log."""
        ...

    @property
    def seats(self) -> seat_ports.SeatQueue:
        """Who waits for a seat."""
        ...

    @property
    def watch(self) -> watch_ports.Watch:
        """What observing remembers."""
        ...

    @property
    def deliveries(self) -> caller_ports.Deliveries:
        """Events on their way."""
        ...

    @property
    def subscriptions(self) -> caller_ports.Subscriptions:
        """Who hears of events."""
        ...

    @property
    def batches(self) -> caller_ports.Batches:
        """Batches and their items."""
        ...

    @property
    def outbox(self) -> queue_ports.Outbox:
        """The queues."""
        ...

    @property
    def guards(self) -> guard_ports.Guards:
        """Standing orders."""
        ...

    @property
    def guard_mark(self) -> guard_ports.GuardMark:
        """Where the round over them stopped."""
        ...

    @property
    def vitals(self) -> vitals.Vitals:
        """Heartbeats and gauges."""
        ...


def an_id() -> str:
    """An id like a restore's, that no other test has."""
    return secrets.token_hex(16)


def a_new_record() -> Record:
    """A record that no other test has."""
    return a_record(id=an_id())


def an_entry(event: str = "accepted", detail: str = "") -> JournalEntry:
    """A journal entry of NOW."""
    return JournalEntry(NOW, event, detail)
