"""What the use cases need from the world, and nothing more. Adapters sit above and implement it.

Every method may raise StorageUnavailableError (storage ports) or a DirectoryError (Graph ports);
shared/errors.py says of each whether an effect may have happened.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.groups import Group
from shared.domain.licensing import Sku
from shared.domain.listing import Place
from shared.domain.person import AssignedLicense, Conflict, Person
from shared.domain.progress import JournalEntry
from shared.domain.record import Record
from shared.domain.snapshot import Observation


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...


class WorkerNames(Protocol):
    """Names for the holders of leases."""

    def fresh(self) -> str:
        """A name no other worker has ever had."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it lies in the ledger; `etag` changes with every write."""

    record: Record
    etag: str


class Ledger(Protocol):
    """The records and their journals; one transaction writes both or neither."""

    async def insert(self, record: Record, entry: JournalEntry) -> bool:
        """Open a record with its first journal entry; False if the id is taken already."""
        ...

    async def read(self, restore_id: str) -> Stored | None:
        """The record, by one point read."""
        ...

    async def write(self, stored: Stored, record: Record, *entries: JournalEntry) -> Stored:
        """Replace the record if it is still the one in `stored`, and append the entries.

        Raises:
            LeaseLostError: the record changed since, or is gone; nothing was written.
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

    async def page(self, place: Place, limit: int) -> tuple[Place, ...]:
        """The restores of the place's own UTC day that come after it, newest first."""
        ...

    async def oldest_day(self) -> str | None:
        """The first day that has a restore, as `Place.day` has it; None if there is none."""
        ...

    async def forget(self, restore_id: str, created_at: datetime) -> None:
        """Take the restore out; absent is fine."""
        ...


class UserLocks(Protocol):
    """One restore at a time may change one user. The holder is a restore, not a worker."""

    async def take(self, user_id: str, restore_id: str) -> str:
        """Try to take the lock; returns the restore id that holds it now."""
        ...

    async def take_over(self, user_id: str, *, holder: str, restore_id: str) -> bool:
        """Take it from `holder`, whose restore has ended; False if it changed hands meanwhile."""
        ...

    async def release(self, user_id: str, restore_id: str) -> None:
        """Let go, if this restore holds it; absent is fine."""
        ...


class Observations(Protocol):
    """What the service itself saw of users' licences before they were lost."""

    async def last(self, user_id: str) -> Observation | None:
        """The last observation of this user."""
        ...

    async def note(self, observation: Observation) -> None:
        """Keep this observation in place of an earlier one."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """An effect took place; Graph's request id, if it gave one."""

    request_id: str | None


class MailboxAnswer(Protocol):
    """Whether a mailbox answers, and of what kind (`userPurpose`)."""

    @property
    def is_there(self) -> bool:
        """The mailbox answered."""
        ...

    @property
    def purpose(self) -> str | None:
        """`user`, `shared`, `room`, `equipment`, ... when it answered."""
        ...


class People(Protocol):
    """Reading users; every hit of a search is to be read again by id before it is acted on."""

    async def active(self, user_id: str) -> Person | None:
        """The active user of this object id."""
        ...

    async def deleted(self, user_id: str) -> Person | None:
        """The soft-deleted user of this object id."""
        ...

    async def active_ids(self, name: str) -> tuple[str, ...]:
        """Object ids of active users by UPN, else by mail address."""
        ...

    async def deleted_ids(self, name: str) -> tuple[str, ...]:
        """Object ids of soft-deleted users whose original UPN, or any address, is this name."""
        ...

    async def conflicts(
        self, person: Person, *, also_upn: str | None
    ) -> tuple[Conflict, ...] | None:
        """Who holds the UPN, the addresses or `also_upn` now; None: Graph will not say."""
        ...


class Tenant(Protocol):
    """Reading what surrounds a user."""

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions."""
        ...

    async def roles_held(self, user_id: str) -> tuple[str, ...] | None:
        """The directory roles a user holds; None where Graph will not say."""
        ...

    async def group(self, group_id: str) -> Group:
        """The group's name, and whether it is deleted; as much of it as Graph shows."""
        ...

    async def verified_domains(self) -> frozenset[str] | None:
        """The tenant's verified domains, in lower case; None where Graph will not say."""
        ...

    async def mailbox(self, user_id: str) -> MailboxAnswer:
        """Whether the mailbox answers.

        Raises:
            AnsweredError: status 403, without the permission to look.
        """
        ...


class Effects(Protocol):
    """The only two calls that change the tenant. Sent once each: no retry anywhere below."""

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore a soft-deleted user."""
        ...

    async def assign_licenses(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Assign these licences to an active user, each with exactly these plans disabled."""
        ...
