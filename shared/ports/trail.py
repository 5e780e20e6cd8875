"""Ports to the trail: the journals of all restores in one, and the blobs that prove them.

Every method may raise StorageUnavailableError: a write may have arrived.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.audit_trail.days import RestoreHead
from shared.domain.audit_trail.items import TrailEntry
from shared.domain.audit_trail.query import TrailQuery


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """That a restore changes after its end; `version` is another one each time it is noted.

    It is noted before the change is written, which may arrive later, or never: `number` is that of
    the last entry of the change.
    """

    restore_id: str
    version: str
    number: int


class TrailEntries(Protocol):
    """The entries of all journals; and which restores changed after their end."""

    async def page(self, query: TrailQuery, limit: int) -> tuple[TrailEntry, ...]:
        """At most `limit` entries behind the query's place, by restore id and number."""
        ...

    async def head(self, restore_id: str) -> RestoreHead | None:
        """The end of a restore's chain; None: it is gone, or has none.

        Also where this release cannot read the record: one that may go on counts as open.

        Raises:
            UnreadableTextError: what stands there of the end is damaged, too.
        """
        ...

    def changed(self) -> AsyncIterator[ChangeNote]:
        """The note of each restore that was noted as changed after its end."""
        ...

    async def settle(self, note: ChangeNote) -> None:
        """Take the note back, if nothing was noted since."""
        ...

    def created_since(self, since: datetime | None) -> AsyncIterator[str]:
        """The restores that were accepted on the UTC day of `since` or later; None: all."""
        ...


class Proofs(Protocol):
    """Blobs that are written once, and that nobody can change or remove for their time."""

    async def keep(self, name: str, content: bytes) -> bool:
        """Keep a new blob; False if the name is taken."""
        ...

    async def read(self, name: str) -> bytes | None:
        """The content of a blob."""
        ...

    def names(self, start: str) -> AsyncIterator[str]:
        """The names that begin so, in their order."""
        ...
