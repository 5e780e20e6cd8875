"""The UnfinishedIndex port on the table `restoresunfinished`: one row for each restore.

The partition is the first digit of the restore id: sixteen of them share the writes, and a sweep
reads the whole table anyway, which holds nothing but what is unfinished.
"""

from collections.abc import AsyncIterator
from datetime import datetime

from shared.ledger.entity import key, stamp, text_of
from shared.ledger.rows import Rows
from shared.restore.ports import Unfinished


class TableUnfinished:
    """The UnfinishedIndex port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def note(self, restore_id: str, due_at: datetime) -> None:
        """Look at this restore at `due_at`, whatever was noted before. One round trip."""
        partition, row = _keys(restore_id)
        columns = {"restoreId": restore_id, "dueAt": stamp(due_at)}
        await self._rows.put({"PartitionKey": partition, "RowKey": row, **columns})

    async def forget(self, restore_id: str) -> None:
        """Nothing is left to do; absent is fine. One round trip."""
        await self._rows.delete(*_keys(restore_id))

    async def holds(self, restore_id: str) -> bool:
        """Whether there is a row for this restore, due or not. One point read."""
        return await self._rows.get(*_keys(restore_id)) is not None

    async def due(self, now: datetime) -> AsyncIterator[Unfinished]:
        """The rows whose time has come, in no order; one round trip per 1,000 of them."""
        async for page in self._rows.pages("dueAt le @now", {"now": stamp(now)}):
            for row in page:
                due_at = datetime.fromisoformat(text_of(row, "dueAt"))
                yield Unfinished(text_of(row, "restoreId"), due_at)


def _keys(restore_id: str) -> tuple[str, str]:
    return key(restore_id[:1]), key(restore_id)
