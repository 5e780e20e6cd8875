"""Ports to the stored list of losses: one row for each person, ordered by the end of the window."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.lists.capacity import Need
from shared.domain.lists.loss_cursor import LossCursor
from shared.domain.lists.losses import ListedLoss, LossPlace


@dataclass(frozen=True, slots=True)
class LossGlance:
    """What the list says of one person without its row being read."""

    looked_at: datetime
    deleted_at: datetime | None


class LossList(Protocol):
    """Everybody who lost a mailbox; every method may find storage down."""

    async def put(self, rows: Sequence[ListedLoss], *, are_new: bool = False) -> None:
        """File each person, in place of an earlier row.

        `are_new`: nobody of them is thought to be listed, which spares looks; it need not be true.

        Raises:
            StorageUnavailableError: some may have been filed; filing them again is fine.
        """
        ...

    async def drop(self, user_ids: Iterable[str]) -> None:
        """Take these people out; absent is fine."""
        ...

    async def glance(self, user_ids: Iterable[str]) -> Mapping[str, LossGlance]:
        """Of these people, those who are listed, and as of when."""
        ...

    async def after(self, place: LossPlace, most: int) -> tuple[ListedLoss, ...]:
        """At most so many rows behind the place, in the order of the list."""
        ...

    async def before(self, place: LossPlace, most: int) -> tuple[str, ...]:
        """At most so many people whose rows come before the place: their windows have ended."""
        ...

    def needs_after(self, place: LossPlace) -> AsyncIterator[Sequence[Need]]:
        """The needs of all rows behind the place, one page held at a time."""
        ...

    async def cursor(self) -> LossCursor:
        """How far the list has followed the tenant."""
        ...

    async def note_cursor(self, cursor: LossCursor) -> None:
        """Remember it; of two at once either counts, and what is looked at twice does no harm."""
        ...
