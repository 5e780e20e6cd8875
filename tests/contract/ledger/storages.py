"""Share among the storage suites the ports, unused ids and a few values."""

import secrets
from typing import Protocol

from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.ports.audit_log import AuditCursors
from shared.ports.batches import Batches
from shared.ports.callers import CallerIndex
from shared.ports.events import Deliveries, Subscriptions
from shared.ports.guards import GuardMark, Guards
from shared.ports.health import HealthSignals
from shared.ports.ledger import DayIndex, Joins, Ledger, UserLocks
from shared.ports.queues import Outbox, UnfinishedIndex
from shared.ports.seats import SeatQueue
from shared.ports.throttles import Throttles
from shared.ports.trail import Proofs, TrailEntries
from shared.ports.watch import Observations, Watch
from tests.builders import NOW, a_record


class Ports(Protocol):
    """Every storage port, under the names that the use cases know."""

    @property
    def ledger(self) -> Ledger:
        """Records and journals."""
        ...

    @property
    def joins(self) -> Joins:
        """Equal requests."""
        ...

    @property
    def unfinished(self) -> UnfinishedIndex:
        """What the sweep looks at."""
        ...

    @property
    def days(self) -> DayIndex:
        """Restores by day."""
        ...

    @property
    def locks(self) -> UserLocks:
        """One restore at a time for each user."""
        ...

    @property
    def observations(self) -> Observations:
        """What was seen."""
        ...

    @property
    def throttles(self) -> Throttles:
        """What one worker tells the others about Graph's quotas."""
        ...

    @property
    def audit_cursors(self) -> AuditCursors:
        """What was read of the audit log."""
        ...

    @property
    def seats(self) -> SeatQueue:
        """Who waits for a seat."""
        ...

    @property
    def watch(self) -> Watch:
        """What observing remembers."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """Events on their way."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """Who hears of events."""
        ...

    @property
    def callers(self) -> CallerIndex:
        """What each caller has."""
        ...

    @property
    def batches(self) -> Batches:
        """Batches and their items."""
        ...

    @property
    def outbox(self) -> Outbox:
        """The queues."""
        ...

    @property
    def guards(self) -> Guards:
        """Standing orders."""
        ...

    @property
    def guard_mark(self) -> GuardMark:
        """Where the round over them stopped."""
        ...

    @property
    def trail(self) -> TrailEntries:
        """The journals of all restores."""
        ...

    @property
    def proofs(self) -> Proofs:
        """Blobs that are written once."""
        ...

    @property
    def health_signals(self) -> HealthSignals:
        """Heartbeats and gauges."""
        ...


def an_id() -> str:
    """An id like a restore's, that no other test has."""
    return secrets.token_hex(16)


def a_new_record() -> Record:
    """A record that no other test has."""
    return a_record(id=an_id())


def an_entry(event: str = "accepted", worker: str = "") -> JournalEntry:
    """A journal entry of NOW."""
    return JournalEntry(NOW, event, text("journal", "claimed", worker=worker))
