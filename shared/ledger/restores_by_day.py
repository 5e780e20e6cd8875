"""Store the index of restores by day in the table `restoresbyday`.

    PartitionKey   RowKey
    20261122       8204650800000000-<restore id>

The number counts down as time goes on, in microseconds, so that a list of a day begins with its
newest restore without sorting.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from azure.data.tables import TableEntity

from shared.domain.lists.restores import ListPlace
from shared.ledger.tables.entity import key, text_of
from shared.ledger.tables.rows import Rows

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Sixteen digits, so that the text sorts as the number does; enough until the year 2286.
_LAST = 10**16 - 1


class TableDays:
    """The DayIndex port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def note(self, restore_id: str, created_at: datetime) -> None:
        """File the restore under its UTC day; filing it again is fine. One round trip."""
        partition, row = _keys(restore_id, created_at)
        columns = {"restoreId": restore_id, "createdAt": created_at}
        await self._rows.put({"PartitionKey": partition, "RowKey": row, **columns})

    async def before(self, day: datetime) -> AsyncIterator[tuple[str, datetime]]:
        """(restore id, created_at) of every restore of an earlier UTC day, the oldest day first.

        Newest first within a day, as the rows lie; one round trip per 1,000 rows.
        """
        columns = ("PartitionKey", "RowKey", "restoreId")
        query = "PartitionKey lt @day"
        async for page in self._rows.pages(query, {"day": _day(day)}, *columns):
            for row in page:
                yield _entry(row)

    async def page(self, place: ListPlace, limit: int) -> tuple[ListPlace, ...]:
        """The restores of the place's own UTC day that come after it, newest first.

        One round trip as a rule.
        """
        query = "PartitionKey eq @day and RowKey gt @row"
        keys = {"day": place.day, "row": f"{_countdown(place.created_at)}-{place.restore_id}"}
        found: list[ListPlace] = []
        columns = ("PartitionKey", "RowKey", "restoreId")
        async for page in self._rows.pages(query, keys, *columns, at_once=limit):
            for row in page:
                restore_id, created_at = _entry(row)
                found.append(ListPlace(created_at, restore_id))
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def oldest_day(self) -> str | None:
        """The first day that has a restore; None if there is none. One round trip."""
        pages = self._rows.pages("PartitionKey gt @any", {"any": ""}, "PartitionKey", at_once=1)
        async for page in pages:
            if page:
                return text_of(page[0], "PartitionKey")
        return None

    async def forget(self, restore_id: str, created_at: datetime) -> None:
        """Take the restore out; absent is fine. One round trip."""
        await self._rows.delete(*_keys(restore_id, created_at))


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d")


def _keys(restore_id: str, created_at: datetime) -> tuple[str, str]:
    return _day(created_at), f"{_countdown(created_at)}-{key(restore_id)}"


def _countdown(created_at: datetime) -> str:
    return f"{_LAST - (created_at - _EPOCH) // _MICROSECOND:016d}"


def _entry(row: TableEntity) -> tuple[str, datetime]:
    countdown, _, _ = text_of(row, "RowKey").partition("-")
    return text_of(row, "restoreId"), _EPOCH + (_LAST - int(countdown)) * _MICROSECOND
