"""Know whom the stored records of the audit log name: of the others there is nothing to read."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.domain.lists.loss_cursor import AuditSign
from shared.ports.audit_log import AuditCursors

# One look at the names costs as much as a dozen such questions, or five times that for a long log.
_WORTH_A_LOOK = 50
_LONGEST_LOOK = 5_000


@dataclass(slots=True)
class NamedInLog:
    """The names of one generation of records, read once a call has asked for many people.

    A record that comes later is a sign that nobody has looked into yet: its person is read again.
    """

    cursors: AuditCursors
    generation: str
    _names: set[str] | None = None
    _asked: int = 0
    """How many people were asked for, or are about to be."""
    _has_looked: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def expect(self, people: int) -> None:
        """Count people who are about to be asked for: of many the names are read at once.

        Raises:
            StorageUnavailableError: the names could not be read.
        """
        async with self._turn:
            await self._count(people)

    def is_unnamed(self, user_id: str) -> bool:
        """Whether there are surely no records of this person; never a round trip."""
        # Another name than a GUID may be written otherwise in a key.
        is_plain = user_id.isascii() and user_id.replace("-", "").isalnum()
        return self._names is not None and is_plain and user_id not in self._names

    async def may_name(self, user_id: str) -> bool:
        """Whether there may be records of this person; nearly always without a round trip.

        Raises:
            StorageUnavailableError: the names could not be read.
        """
        async with self._turn:
            await self._count(1)
        return not self.is_unnamed(user_id)

    def learn(self, signs: Iterable[AuditSign]) -> None:
        """Take in the names of records that were read since."""
        if self._names is not None:
            self._names.update(sign.user_id for sign in signs)

    async def _count(self, people: int) -> None:
        self._asked += people
        if self._asked >= _WORTH_A_LOOK and not self._has_looked:
            self._has_looked = True
            self._names = await self._read()

    async def _read(self) -> set[str] | None:
        """All names; None: the log is too long to be worth it."""
        names: set[str] = set()
        count = 0
        async for page in self.cursors.signs(self.generation):
            names.update(sign.user_id for sign in page)
            count += len(page)
            if count > _LONGEST_LOOK:
                return None
        return names
