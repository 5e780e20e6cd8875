"""Ports to the tenant's audit log, and to the stored cursor of how far it was read."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.evidence.audit_records import AuditRecord, LogRefusal
from shared.domain.lists.loss_cursor import AuditSign
from shared.domain.watch.audit_cursor import AuditCursor


@dataclass(frozen=True, slots=True)
class AuditLogPage:
    """One page of the log, and the link to the next one if there is one."""

    records: tuple[AuditRecord, ...]
    link: str | None = None


class AuditLog(Protocol):
    """The tenant's audit log, one request for each page."""

    async def changes_since(
        self, since: datetime, link: str | None = None
    ) -> AuditLogPage | LogRefusal:
        """The licence changes of all users since then that came to pass, newest first.

        With `link`, the page it leads to.

        Raises:
            AnsweredError: Graph does not take the link (any more), or refuses for another reason.
        """
        ...

    async def updates_of(
        self, user_id: str, since: datetime, link: str | None = None
    ) -> AuditLogPage | LogRefusal:
        """The other records about this user since then that tell of licences, newest first.

        Raises:
            AnsweredError: Graph does not take the link (any more), or refuses for another reason.
        """
        ...


@dataclass(frozen=True, slots=True)
class StoredAuditCursor:
    """The cursor as it lies in storage; `etag` is None if it was never written."""

    cursor: AuditCursor
    etag: str | None


class AuditCursors(Protocol):
    """What was read of the log, for every worker to look up."""

    async def load(self) -> StoredAuditCursor:
        """How far the log was read."""
        ...

    async def save(self, stored: StoredAuditCursor, cursor: AuditCursor) -> StoredAuditCursor:
        """Replace the cursor if it is still the one in `stored`.

        Raises:
            LeaseLostError: somebody else wrote it; nothing was written.
        """
        ...

    async def add(self, generation: str, records: Sequence[AuditRecord]) -> None:
        """Keep these records; adding one again is fine."""
        ...

    async def of_user(
        self, generation: str, user_id: str, since: datetime
    ) -> tuple[AuditRecord, ...]:
        """The records of this user since then, oldest first, at most a thousand."""
        ...

    def signs(self, generation: str) -> AsyncIterator[Sequence[AuditSign]]:
        """Whose licences were changed, and when, one page held at a time."""
        ...

    async def remove_before(self, generation: str) -> int:
        """Remove the entries of all generations whose names sort before; returns how many."""
        ...
