"""Store user locks in the table `userlocks`: a row is a lock and names the restore that has it.

No mark of the single write is needed here: the holder is a restore, so a row that names us is ours
whichever try wrote it.
"""

from azure.data.tables import TableEntity

from shared.errors import StorageUnavailableError
from shared.ledger.tables.entity import etag_of, key, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Row, Rows

_ROW = "lock"

# A lock that is let go between our two looks is tried again; one that is let go this often in a
# row is not a lock but a fault.
_ROUNDS = 5


class TableLocks:
    """The UserLocks port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def take(self, user_id: str, restore_id: str) -> str:
        """Try to take the lock; returns the restore id that holds it now.

        One round trip; two if it is held.
        """
        for _ in range(_ROUNDS):
            try:
                await self._rows.create(_row(user_id, restore_id))
            except RowStateError:
                holder = await self._held(user_id)
                if holder is not None:
                    return text_of(holder, "restoreId")
            else:
                return restore_id
        raise StorageUnavailableError("a user lock comes and goes too fast to be taken")

    async def holder(self, user_id: str) -> str | None:
        """The restore id in the lock, also of a restore that has ended. One round trip."""
        row = await self._held(user_id)
        return None if row is None else text_of(row, "restoreId")

    async def take_over(self, user_id: str, *, holder: str, restore_id: str) -> bool:
        """Take it from `holder`, whose restore has ended; False if it changed hands meanwhile.

        Two round trips. A lock that nobody holds any more has changed hands too: take it anew.
        """
        row = await self._held(user_id)
        if row is None or text_of(row, "restoreId") not in {holder, restore_id}:
            return False
        try:
            await self._rows.replace(_row(user_id, restore_id), etag_of(row.metadata))
        except RowStateError:
            row = await self._held(user_id)
            return row is not None and text_of(row, "restoreId") == restore_id
        return True

    async def release(self, user_id: str, restore_id: str) -> None:
        """Let go, if this restore holds it; absent is fine. Two round trips."""
        row = await self._held(user_id)
        if row is not None and text_of(row, "restoreId") == restore_id:
            await self._rows.delete_if(row)

    async def _held(self, user_id: str) -> TableEntity | None:
        return await self._rows.get(key(user_id), _ROW)


def _row(user_id: str, restore_id: str) -> Row:
    return {"PartitionKey": key(user_id), "RowKey": _ROW, "restoreId": restore_id}
