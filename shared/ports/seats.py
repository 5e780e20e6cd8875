"""Ports to the queue for seats, in which restores wait in the order in which they asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class SeatPlace:
    """A restore's place in the queue for a SKU: whoever was accepted earlier is ahead."""

    accepted_at: datetime
    restore_id: str


@dataclass(frozen=True, slots=True)
class SeatCount:
    """The free seats as counted once, and whose turn it is: everybody's up to `through`."""

    counted_at: datetime
    free: int
    through: SeatPlace | None = None


class SeatQueue(Protocol):
    """The restores that wait for a seat, by SKU, and the last count of its free seats."""

    async def join(self, sku_id: str, place: SeatPlace) -> None:
        """Stand in the queue; joining again is fine."""
        ...

    async def leave(self, sku_id: str, place: SeatPlace) -> None:
        """Leave the queue; absent is fine."""
        ...

    async def first(self, sku_id: str, limit: int) -> tuple[SeatPlace, ...]:
        """The first of the queue, at most `limit` of them."""
        ...

    async def note(self, sku_id: str, count: SeatCount) -> None:
        """Keep this count in place of the one before."""
        ...

    async def last_count(self, sku_id: str) -> SeatCount | None:
        """The count noted last."""
        ...
