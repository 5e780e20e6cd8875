"""Store batches in the table `batches`: a batch and its items share one partition.

PartitionKey   RowKey                        what
batch id       batch                         the batch and how its items stand
batch id       i-<fingerprint>-0050          the items from the fiftieth on, as they were sent
day-20261122   batch id                      for the cleanup
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.domain.batches.batch import Batch, BatchItem
from shared.errors import StorageUnavailableError
from shared.ledger.tables.codec import Codec
from shared.ledger.tables.documents import Documents, Place
from shared.ledger.tables.entity import key, text_of
from shared.ledger.tables.rows import Rows
from shared.ports.stored import Stored


@dataclass(frozen=True, slots=True)
class Chunk:
    """The items of one row."""

    items: tuple[BatchItem, ...]


BATCHES = Codec(Batch)
CHUNKS = Codec(Chunk)
_ROW = "batch"


class TableBatches:
    """The Batches port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._batches = Documents(rows, BATCHES)
        self._chunks = Documents(rows, CHUNKS)

    async def keep_items(self, batch: Batch, first: int, items: Sequence[BatchItem]) -> None:
        """Keep the items from `first` on, in one row. One round trip."""
        await self._chunks.put(_chunk(batch, first), Chunk(tuple(items)))

    async def insert(self, batch: Batch) -> bool:
        """Keep a new batch; False if the id is taken. Two round trips, three if it is.

        The row for the cleanup goes first: without a batch it is dropped there.
        """
        day = _day(batch.created_at)
        await self._rows.put({"PartitionKey": day, "RowKey": key(batch.id)})
        return await self._batches.insert((batch.id, _ROW), batch)

    async def read(self, batch_id: str) -> Stored[Batch] | None:
        """The batch, by one point read."""
        return await self._batches.read((batch_id, _ROW))

    async def write(self, kept: Stored[Batch], batch: Batch) -> Stored[Batch]:
        """Put the batch in place of the one in `kept`. One round trip, two after a conflict.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        return await self._batches.replace((batch.id, _ROW), kept, batch)

    async def items(self, batch: Batch, first: int) -> tuple[BatchItem, ...]:
        """The items from `first` on, as far as their row goes, by one point read."""
        kept = await self._chunks.read(_chunk(batch, first))
        if kept is None:
            raise StorageUnavailableError(f"items of batch {batch.id} cannot be read")
        return kept.value.items

    async def before(self, day: datetime) -> AsyncIterator[tuple[str, str]]:
        """(batch id, day) of each batch of an earlier UTC day; one round trip per 1,000."""
        query = "PartitionKey ge @first and PartitionKey lt @day"
        parameters = {"first": "day-", "day": _day(day)}
        async for page in self._rows.pages(query, parameters, "PartitionKey", "RowKey"):
            for row in page:
                yield text_of(row, "RowKey"), text_of(row, "PartitionKey")

    async def remove(self, batch_id: str, day: str) -> None:
        """Delete the items, the batch, and its row for the cleanup at last; absent is fine."""
        query = "PartitionKey eq @id"
        pages = self._rows.pages(query, {"id": key(batch_id)}, "PartitionKey", "RowKey")
        names = [text_of(row, "RowKey") async for page in pages for row in page]
        for name in sorted(names, key=lambda name: name == _ROW):
            await self._rows.delete(key(batch_id), name)
        await self._rows.delete(day, key(batch_id))


def _chunk(batch: Batch, first: int) -> Place:
    return batch.id, f"i-{batch.fingerprint[:16]}-{first:04d}"


def _day(moment: datetime) -> str:
    return f"day-{moment.astimezone(UTC):%Y%m%d}"
