"""Imitate the index of restores by day; it passes the same suite as Azure Tables."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from shared.domain.lists.restores import ListPlace
from tests.fakes.breakable import Breakable


class InMemoryDays(Breakable):
    """The DayIndex port; `rows` of (restore id, created at)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: set[tuple[str, datetime]] = set()

    async def note(self, restore_id: str, created_at: datetime) -> None:
        """File the restore under its day; filing it again is fine."""
        async with self._call("note"):
            self.rows.add((restore_id, created_at))

    async def before(self, day: datetime) -> AsyncIterator[tuple[str, datetime]]:
        """Every restore of an earlier UTC day: the oldest day first, newest first within it."""
        async with self._call("before"):
            places = [ListPlace(created_at, restore_id) for restore_id, created_at in self.rows]
            first = ListPlace(day).day
        for place in sorted(places, key=lambda place: (place.day, *_newest_first(place))):
            if place.day < first:
                yield place.restore_id, place.created_at

    async def page(self, place: ListPlace, limit: int) -> tuple[ListPlace, ...]:
        """The restores of the place's own UTC day that come after it, newest first."""
        async with self._call("page"):
            rows = [ListPlace(created_at, restore_id) for restore_id, created_at in self.rows]
        rows.sort(key=_newest_first)
        after = _newest_first(place)
        same_day = [row for row in rows if row.day == place.day and _newest_first(row) > after]
        return tuple(same_day[:limit])

    async def oldest_day(self) -> str | None:
        """The first day that has a restore; None if there is none."""
        async with self._call("oldest_day"):
            return min((ListPlace(at).day for _, at in self.rows), default=None)

    async def forget(self, restore_id: str, created_at: datetime) -> None:
        """Take the restore out; absent is fine."""
        async with self._call("forget"):
            self.rows.discard((restore_id, created_at))


def _newest_first(place: ListPlace) -> tuple[timedelta, str]:
    return datetime.max.replace(tzinfo=UTC) - place.created_at, place.restore_id
