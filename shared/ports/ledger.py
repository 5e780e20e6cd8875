"""Ports to the ledger of restores: records, journals, joined requests, days and user locks.

Every method may raise StorageUnavailableError: a write may have arrived.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.lists.restores import ListPlace
from shared.domain.records.links import NO_ENTRIES, Head
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it lies in the ledger; `etag` changes with every write."""

    record: Record
    etag: str
    head: Head = NO_ENTRIES
    """The end of its journal's chain."""


class Ledger(Protocol):
    """The records and their journals; one transaction writes both or neither."""

    async def insert(self, record: Record, entry: JournalEntry) -> bool:
        """Open a record with its first journal entry; False if the id is taken already."""
        ...

    async def read(self, restore_id: str) -> StoredRecord | None:
        """The record, by one point read."""
        ...

    async def write(
        self, stored: StoredRecord, record: Record, *entries: JournalEntry
    ) -> StoredRecord:
        """Replace the record if it is still the one in `stored`, and append the entries.

        Raises:
            LeaseLostError: the record changed since, or is gone; nothing was written.
        """
        ...

    async def erase(
        self,
        stored: StoredRecord,
        record: Record,
        left_of: Callable[[JournalEntry], JournalEntry],
        *entries: JournalEntry,
    ) -> StoredRecord:
        """Replace the record, append the entries, and leave of those before what `left_of` says.

        The hashes of entries stand. A journal with nothing to take out, and a record that stays as
        it is, are left alone, and nothing is appended.

        Raises:
            LeaseLostError: the record changed since, or is gone, and nothing was written; or
                another host erases the same at the same time, and is still at it.
        """
        ...

    async def journal(self, restore_id: str) -> tuple[JournalEntry, ...]:
        """The audit trail, oldest first."""
        ...

    async def remove(self, restore_id: str) -> None:
        """Delete the journal, then the record; absent is fine.

        Raises:
            LeaseLostError: the record changed meanwhile, and stays.
        """
        ...


@dataclass(frozen=True, slots=True)
class Join:
    """Which restore an equal request without a key would join."""

    restore_id: str
    etag: str


class Joins(Protocol):
    """Request fingerprint -> the latest restore of an equal request."""

    async def find(self, fingerprint: str) -> Join | None:
        """The pointer, if there is one."""
        ...

    async def point(self, fingerprint: str, restore_id: str, *, replacing: Join | None) -> bool:
        """Set the pointer if it is still `replacing` (None: absent); False if it is not."""
        ...

    async def forget(self, fingerprint: str, restore_id: str) -> None:
        """Remove the pointer if it names this restore; absent is fine."""
        ...


class DayIndex(Protocol):
    """Restores by the day they were accepted, for lists and cleanup."""

    async def note(self, restore_id: str, created_at: datetime) -> None:
        """File the restore under its day; filing it again is fine."""
        ...

    def before(self, day: datetime) -> AsyncIterator[tuple[str, datetime]]:
        """(restore id, created_at) of each restore accepted on an earlier UTC day.

        The oldest day first, and the newest restore of a day first.
        """
        ...

    async def page(self, place: ListPlace, limit: int) -> tuple[ListPlace, ...]:
        """The restores of the place's own UTC day that come after it, newest first."""
        ...

    async def oldest_day(self) -> str | None:
        """The first day that has a restore, as `ListPlace.day` has it; None if there is none."""
        ...

    async def forget(self, restore_id: str, created_at: datetime) -> None:
        """Take the restore out; absent is fine."""
        ...


@dataclass(frozen=True, slots=True)
class LockedBy:
    """One attempt of a restore, as the one that has the lock on a user."""

    restore_id: str
    attempt: int = 0
    """0: not known, as where an ended restore was put back into its lock."""

    def is_up_to(self, other: "LockedBy") -> bool:
        """Whether this is the other attempt, or an earlier one of the same restore."""
        return self.restore_id == other.restore_id and self.attempt <= other.attempt


class UserLocks(Protocol):
    """One restore at a time may change one user. The holder is a restore, not a worker.

    Each attempt of a restore holds it by itself: what is still under way of an attempt that has
    ended leaves the lock of the next one alone.
    """

    async def take(self, user_id: str, by: LockedBy) -> LockedBy:
        """Try to take the lock, also from an earlier attempt of ours; returns who has it now."""
        ...

    async def holder(self, user_id: str) -> str | None:
        """The restore id in the lock, also of a restore that has ended; None if it is free."""
        ...

    async def take_over(self, user_id: str, *, holder: LockedBy, by: LockedBy) -> bool:
        """Take it from `holder`, which has ended; False if it changed hands meanwhile."""
        ...

    async def release(self, user_id: str, by: LockedBy) -> None:
        """Let go, if this attempt holds it, or one before it; absent is fine."""
        ...
