"""Imitate the list of losses in memory; it passes the same suite as the table."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from shared.domain.lists.capacity import Need
from shared.domain.lists.loss_cursor import LossCursor
from shared.domain.lists.losses import ListedLoss, LossPlace
from shared.ports.losses import LossGlance
from tests.fakes.breakable import Breakable

_NEVER = datetime.max.replace(tzinfo=UTC)


class InMemoryLossList(Breakable):
    """The LossList port; `rows` by user id."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, ListedLoss] = {}
        self.followed = LossCursor()

    async def put(self, rows: Sequence[ListedLoss], *, are_new: bool = False) -> None:
        """File each person, in place of an earlier row."""
        del are_new
        async with self._call("put"):
            self.rows |= {row.id: row for row in rows}

    async def drop(self, user_ids: Iterable[str]) -> None:
        """Take these people out."""
        async with self._call("drop"):
            for user_id in user_ids:
                self.rows.pop(user_id, None)

    async def glance(self, user_ids: Iterable[str]) -> Mapping[str, LossGlance]:
        """Of these people, those who are listed."""
        async with self._call("glance"):
            found = {one: self.rows[one] for one in user_ids if one in self.rows}
        return {one: LossGlance(row.looked_at, row.deleted_at) for one, row in found.items()}

    async def after(self, place: LossPlace, most: int) -> tuple[ListedLoss, ...]:
        """At most so many rows behind the place."""
        async with self._call("after"):
            return tuple(row for row in self._ordered() if _key(row.place) > _key(place))[:most]

    async def before(self, place: LossPlace, most: int) -> tuple[str, ...]:
        """At most so many people whose rows come before the place."""
        async with self._call("before"):
            return tuple(row.id for row in self._ordered() if _key(row.place) < _key(place))[:most]

    async def needs_after(self, place: LossPlace) -> AsyncIterator[Sequence[Need]]:
        """The needs of all rows behind the place."""
        async with self._call("needs_after"):
            rows = [row for row in self._ordered() if _key(row.place) > _key(place)]
        yield [_need(row) for row in rows]

    async def cursor(self) -> LossCursor:
        """How far the list has followed the tenant."""
        async with self._call("cursor"):
            return self.followed

    async def note_cursor(self, cursor: LossCursor) -> None:
        """Remember it."""
        async with self._call("note_cursor"):
            self.followed = cursor

    def _ordered(self) -> list[ListedLoss]:
        return sorted(self.rows.values(), key=lambda row: _key(row.place))


def _key(place: LossPlace) -> tuple[int, datetime, str]:
    return place.rank, place.ends_at or _NEVER, place.user_id


def _need(row: ListedLoss) -> Need:
    return Need(row.needs, row.window.ends_at, row.id if row.lacks_license else "")
