"""Store the index of unfinished restores in the table `restoresunfinished`.

One partition, so that the rows of restores that end together are deleted together: it takes 2,000
rows a second, a hundred times what a tenant's limit lets begin and end. A sweep reads the whole
table anyway, which holds nothing but what is unfinished.
Source: Microsoft, "Scalability and performance targets for Table storage".
"""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

from azure.data.tables import TableEntity

from shared.ledger.tables.entity import etag_of, key, stamp, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.gathered import GatheredRows
from shared.ledger.tables.rows import Rows, removing
from shared.ports.queues import Unfinished

_PARTITION = "unfinished"


class TableUnfinished:
    """The UnfinishedIndex port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._gathered = GatheredRows(rows)

    async def note(
        self, restore_id: str, due_at: datetime, *, queued_for: datetime | None = None
    ) -> None:
        """Look at this restore at `due_at`, whatever was noted before. One round trip."""
        partition, row = _keys(restore_id)
        columns = {"restoreId": restore_id, "dueAt": stamp(due_at)}
        if queued_for is not None:
            columns["queuedFor"] = stamp(queued_for)
        await self._rows.put({"PartitionKey": partition, "RowKey": row, **columns})

    async def forget(self, restore_id: str, *, seen: Unfinished | None = None) -> None:
        """Nothing is left to do; absent is fine. One round trip, for all that end together.

        `seen`: leave a row that was noted since; a round trip of its own.
        """
        if seen is None:
            await self._gathered.delete(*_keys(restore_id))
            return
        with suppress(RowStateError):
            await self._rows.submit((removing(*_keys(restore_id), seen.version),))

    async def find(self, restore_id: str) -> Unfinished | None:
        """The row of this restore, due or not. One point read."""
        row = await self._rows.get(*_keys(restore_id))
        return None if row is None else _unfinished(row)

    async def due(self, now: datetime) -> AsyncIterator[Unfinished]:
        """The rows whose time has come, in no order; one round trip per 1,000 of them."""
        async for page in self._rows.pages("dueAt le @now", {"now": stamp(now)}):
            for row in page:
                yield _unfinished(row)


def _unfinished(row: TableEntity) -> Unfinished:
    due_at = datetime.fromisoformat(text_of(row, "dueAt"))
    # A row of a release before this column has none.
    queued_for = datetime.fromisoformat(text_of(row, "queuedFor")) if "queuedFor" in row else None
    return Unfinished(text_of(row, "restoreId"), due_at, queued_for, etag_of(row.metadata))


def _keys(restore_id: str) -> tuple[str, str]:
    return _PARTITION, key(restore_id)
