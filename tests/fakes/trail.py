"""Imitate the ports of the trail; they pass the same suite as Azure Tables and Blobs."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shared.domain.audit_trail.days import RestoreHead
from shared.domain.audit_trail.items import TrailEntry
from shared.domain.audit_trail.query import TrailQuery
from shared.domain.lists.restores import ListPlace
from shared.domain.records.progress import JournalEntry
from shared.errors import UnreadableTextError
from shared.ports.trail import ChangeNote
from tests.fakes.breakable import Breakable
from tests.fakes.days import InMemoryDays

if TYPE_CHECKING:
    from tests.fakes.ledger import InMemoryLedger


class InMemoryTrail:
    """The TrailEntries port, on the journals of a ledger."""

    def __init__(self, ledger: "InMemoryLedger", days: InMemoryDays) -> None:
        self._ledger, self._days = ledger, days

    async def page(self, query: TrailQuery, limit: int) -> tuple[TrailEntry, ...]:
        """At most `limit` entries behind the query's place, by restore id and number."""
        found = [
            entry
            for _, journal in sorted(self._ledger.journals.items())
            for entry in journal
            if query.holds(entry.at) and _place(entry) > query.place.after
        ]
        return tuple(found[:limit])

    async def head(self, restore_id: str) -> RestoreHead | None:
        """The end of a restore's chain, also of one whose record cannot be read."""
        if not self._ledger.ends(restore_id):
            raise UnreadableTextError(f"the end of restore {restore_id}'s journal is damaged")
        stored = self._ledger.records.get(restore_id)
        if stored is None or stored.head.hash is None:
            return None
        return RestoreHead(restore_id, stored.head, not stored.record.status.is_final)

    async def changed(self) -> AsyncIterator[ChangeNote]:
        """The note of each that was noted."""
        for note in list(self._ledger.changed.values()):
            yield note

    async def settle(self, note: ChangeNote) -> None:
        """Take the note back, if nothing was noted since."""
        if self._ledger.changed.get(note.restore_id) == note:
            del self._ledger.changed[note.restore_id]

    async def created_since(self, since: datetime | None) -> AsyncIterator[str]:
        """The restores of the UTC day of `since` and later."""
        first = "" if since is None else ListPlace(since.astimezone(UTC)).day
        for restore_id, at in sorted(self._days.rows):
            if ListPlace(at).day >= first:
                yield restore_id


class InMemoryProofs(Breakable):
    """The Proofs port; `blobs` by name."""

    def __init__(self) -> None:
        super().__init__()
        self.blobs: dict[str, bytes] = {}

    async def keep(self, name: str, content: bytes) -> bool:
        """Keep a new blob; False if the name is taken."""
        async with self._call("keep"):
            if name in self.blobs:
                return False
            self.blobs[name] = content
            return True

    async def read(self, name: str) -> bytes | None:
        """The content of a blob."""
        async with self._call("read"):
            return self.blobs.get(name)

    async def names(self, start: str) -> AsyncIterator[str]:
        """The names that begin so."""
        async with self._call("names"):
            names = sorted(name for name in self.blobs if name.startswith(start))
        for name in names:
            yield name


def _place(entry: JournalEntry) -> str:
    link = entry.link
    return "" if link is None else f"{link.restore_id}-{link.number:06d}"
