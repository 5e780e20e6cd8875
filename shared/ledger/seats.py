"""Store the queue for seats of each SKU in the table `seatwaiters`.

    PartitionKey   RowKey
    <SKU id>       20261122T093000.000000Z-<restore id>
    <SKU id>       count

Rows of one SKU lie in the order of acceptance, so the head of its queue is the first row.
"""

from datetime import UTC, datetime

from shared.ledger.tables.entity import key, text_of
from shared.ledger.tables.rows import Row, Rows
from shared.ports.seats import SeatCount, SeatPlace

# Sorts after every instant.
_COUNT = "count"


class TableSeatQueue:
    """The SeatQueue port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def join(self, sku_id: str, place: SeatPlace) -> None:
        """Stand in the queue; joining again is fine. One round trip."""
        keys = {"PartitionKey": key(sku_id), "RowKey": _row_key(place)}
        await self._rows.put(keys | _columns(place))

    async def leave(self, sku_id: str, place: SeatPlace) -> None:
        """Leave the queue; absent is fine. One round trip."""
        await self._rows.delete(key(sku_id), _row_key(place))

    async def first(self, sku_id: str, limit: int) -> tuple[SeatPlace, ...]:
        """The first of the queue, at most `limit` of them. One round trip per 1,000."""
        query, parameters = "PartitionKey eq @sku and RowKey lt @count", {"sku": key(sku_id)}
        found: list[SeatPlace] = []
        pages = self._rows.pages(query, parameters | {"count": _COUNT}, at_once=limit)
        async for page in pages:
            found += (_place(row) for row in page)
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def note(self, sku_id: str, count: SeatCount) -> None:
        """Keep this count in place of the one before. One round trip."""
        through = {} if count.through is None else _columns(count.through)
        keys = {"PartitionKey": key(sku_id), "RowKey": _COUNT}
        columns = {"countedAt": count.counted_at.isoformat(), "free": count.free}
        await self._rows.put(keys | columns | through)

    async def last_count(self, sku_id: str) -> SeatCount | None:
        """The count noted last. One point read."""
        row = await self._rows.get(key(sku_id), _COUNT)
        if row is None:
            return None
        through = _place(row) if text_of(row, "restoreId") else None
        counted_at = datetime.fromisoformat(text_of(row, "countedAt"))
        return SeatCount(counted_at, int(row["free"]), through)


def _row_key(place: SeatPlace) -> str:
    stamp = place.accepted_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    return f"{stamp}-{key(place.restore_id)}"


def _columns(place: SeatPlace) -> dict[str, object]:
    return {"restoreId": place.restore_id, "acceptedAt": place.accepted_at.isoformat()}


def _place(row: Row) -> SeatPlace:
    return SeatPlace(datetime.fromisoformat(text_of(row, "acceptedAt")), text_of(row, "restoreId"))
