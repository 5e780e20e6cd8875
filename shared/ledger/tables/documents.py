"""Store rows that each hold one document: insert once, replace under the ETag last read.

Every write carries a `writeId` of its own, as in records_and_journals.py: after a lost answer it
alone can tell our own write from another's.
"""

from collections.abc import Mapping

from azure.data.tables import TableEntity

from shared.errors import LeaseLostError
from shared.ledger.records_and_journals import fresh_write_id
from shared.ledger.tables.codec import Codec
from shared.ledger.tables.entity import etag_of, join, key, split, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Row, Rows, removing
from shared.ports.stored import Stored

type Place = tuple[str, str]
"""Partition and row key, before escaping."""


class Documents[T]:
    """One class of documents in one table; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows, codec: Codec[T]) -> None:
        self._rows, self._codec = rows, codec

    async def insert(
        self, place: Place, value: T, columns: Mapping[str, object] | None = None
    ) -> bool:
        """Keep a new document; False if the place is taken. One round trip, two if it is."""
        row = self._row(place, value, columns)
        try:
            await self._rows.create(row)
        except RowStateError:
            return await self._is_ours(place, row)
        return True

    async def put(
        self, place: Place, value: T, columns: Mapping[str, object] | None = None
    ) -> None:
        """Keep the document in place of whatever is there. One round trip."""
        await self._rows.put(self._row(place, value, columns))

    async def read(self, place: Place) -> Stored[T] | None:
        """The document, by one point read.

        Raises:
            UnreadableTextError: it was written by a release this one cannot read.
        """
        row = await self._get(place)
        return None if row is None else self.kept(row)

    async def replace(
        self, place: Place, kept: Stored[T], value: T, columns: Mapping[str, object] | None = None
    ) -> Stored[T]:
        """Put the document in place of the one in `kept`. One round trip, two after a conflict.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        row = self._row(place, value, columns)
        try:
            return Stored(value, await self._rows.replace(row, kept.etag))
        except RowStateError as error:
            there = await self._get(place)
            if there is None or text_of(there, "writeId") != row["writeId"]:
                raise LeaseLostError(f"{place[1]} is another worker's now") from error
            return Stored(value, etag_of(there.metadata))

    async def remove(self, place: Place) -> None:
        """Delete the document whatever it says; absent is fine. One round trip."""
        await self._rows.delete(*_keys(place))

    async def remove_if(self, place: Place, kept: Stored[T]) -> bool:
        """Delete the document if it is still the one in `kept`; False if it is not. One round trip.

        After a lost answer the SDK's second try finds nothing there: then it is False, too.
        """
        try:
            await self._rows.submit([removing(*_keys(place), kept.etag)])
        except RowStateError:
            return False
        return True

    def kept(self, row: TableEntity) -> Stored[T]:
        """The document in a row that was read."""
        return Stored(self._codec.decode(join(row)), etag_of(row.metadata))

    async def _get(self, place: Place) -> TableEntity | None:
        return await self._rows.get(*_keys(place))

    async def _is_ours(self, place: Place, row: Row) -> bool:
        there = await self._get(place)
        return there is not None and text_of(there, "writeId") == row["writeId"]

    def _row(self, place: Place, value: T, columns: Mapping[str, object] | None) -> Row:
        partition, row = _keys(place)
        return {
            "PartitionKey": partition,
            "RowKey": row,
            "writeId": fresh_write_id(),
            **(columns or {}),
            **split(self._codec.encode(value)),
        }


def _keys(place: Place) -> tuple[str, str]:
    return key(place[0]), key(place[1])
