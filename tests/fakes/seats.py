"""Imitate the queues for seats in memory; they pass the same suite as Azure Tables."""

from collections import defaultdict

from shared.ports.seats import SeatCount, SeatPlace
from tests.fakes.breakable import Breakable


class InMemorySeatQueue(Breakable):
    """The SeatQueue port; `queues` and `counts` by SKU."""

    def __init__(self) -> None:
        super().__init__()
        self.queues: dict[str, set[SeatPlace]] = defaultdict(set)
        self.counts: dict[str, SeatCount] = {}

    async def join(self, sku_id: str, place: SeatPlace) -> None:
        """Stand in the queue."""
        async with self._call("join"):
            self.queues[sku_id].add(place)

    async def leave(self, sku_id: str, place: SeatPlace) -> None:
        """Leave the queue; absent is fine."""
        async with self._call("leave"):
            self.queues[sku_id].discard(place)

    async def first(self, sku_id: str, limit: int) -> tuple[SeatPlace, ...]:
        """The first of the queue."""
        async with self._call("first"):
            return tuple(sorted(self.queues[sku_id])[:limit])

    async def note(self, sku_id: str, count: SeatCount) -> None:
        """Keep this count."""
        async with self._call("note"):
            self.counts[sku_id] = count

    async def last_count(self, sku_id: str) -> SeatCount | None:
        """The count noted last."""
        async with self._call("last_count"):
            return self.counts.get(sku_id)
