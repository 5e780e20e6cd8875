"""What the storage suites share: the ports, ids that no other test has, and a few values."""

import secrets
from typing import Protocol

from shared.domain.progress import JournalEntry
from shared.domain.record import Record
from shared.restore import ports, vitals
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
    def unfinished(self) -> ports.UnfinishedIndex:
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
    def outbox(self) -> ports.Outbox:
        """The queues."""
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
