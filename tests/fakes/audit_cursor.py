"""Imitate the audit cursor in memory; it passes the same suite as Azure Tables."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from shared.domain.evidence.audit_records import AuditRecord
from shared.domain.lists.loss_cursor import AuditSign
from shared.domain.watch.audit_cursor import AuditCursor
from shared.errors import LeaseLostError
from shared.ports.audit_log import StoredAuditCursor
from tests.fakes.breakable import Breakable


class InMemoryAuditCursors(Breakable):
    """The AuditCursors port; `stored` and `entries` by generation."""

    def __init__(self) -> None:
        super().__init__()
        self.stored = StoredAuditCursor(AuditCursor(), None)
        self.entries: dict[str, set[AuditRecord]] = {}
        self._writes = 0

    async def load(self) -> StoredAuditCursor:
        """How far the log was read."""
        async with self._call("load"):
            return self.stored

    async def save(self, stored: StoredAuditCursor, cursor: AuditCursor) -> StoredAuditCursor:
        """Replace the cursor if it is still the one in `stored`, else LeaseLostError."""
        async with self._call("save"):
            if self.stored.etag != stored.etag:
                raise LeaseLostError("the audit cursor is another worker's now")
            self._writes += 1
            self.stored = StoredAuditCursor(cursor, f"etag-{self._writes}")
            return self.stored

    async def add(self, generation: str, records: Sequence[AuditRecord]) -> None:
        """Keep these records."""
        async with self._call("add"):
            self.entries.setdefault(generation, set()).update(records)

    async def of_user(
        self, generation: str, user_id: str, since: datetime
    ) -> tuple[AuditRecord, ...]:
        """The records of this user since then, oldest first."""
        async with self._call("of_user"):
            entries = self.entries.get(generation, set())
        found = (item for item in entries if item.user_id == user_id and item.at >= since)
        return tuple(sorted(found, key=lambda item: (item.at, item.id)))

    async def signs(self, generation: str) -> AsyncIterator[Sequence[AuditSign]]:
        """Whose licences were changed, and when."""
        async with self._call("signs"):
            entries = sorted(self.entries.get(generation, set()), key=lambda one: one.at)
        yield [AuditSign(one.user_id, one.at) for one in entries]

    async def remove_before(self, generation: str) -> int:
        """Remove the entries of all generations whose names sort before."""
        async with self._call("remove_before"):
            old = [name for name in self.entries if name < generation]
            return sum(len(self.entries.pop(name)) for name in old)
