"""Store user locks in the table `userlocks`: a row is a lock and names the attempt that has it.

No mark of the single write is needed here: the holder is an attempt of a restore, so a row that
names us is ours whichever try wrote it. A row of a release before the column `attempt` is nobody's
in particular: every attempt of its restore may free it.
"""

from contextlib import suppress

from azure.data.tables import TableEntity

from shared.errors import StorageUnavailableError
from shared.ledger.tables.entity import etag_of, key, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Row, Rows
from shared.ports.ledger import LockedBy

_ROW = "lock"

# A lock that is let go between our two looks is tried again; one that is let go this often in a
# row is not a lock but a fault.
_ROUNDS = 5


class TableLocks:
    """The UserLocks port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def take(self, user_id: str, by: LockedBy) -> LockedBy:
        """Try to take the lock, also from an earlier attempt of ours; returns who has it now.

        One round trip; two if it is held, and three if by an earlier attempt.
        """
        for _ in range(_ROUNDS):
            with suppress(RowStateError):
                await self._rows.create(_row(user_id, by))
                return by
            row = await self._held(user_id)
            if row is None:
                continue
            holder = _holder(row)
            if holder.restore_id != by.restore_id or holder.attempt >= by.attempt:
                return holder
            # Written anew, so that nobody who has read the row may free it or take it over.
            with suppress(RowStateError):
                await self._rows.replace(_row(user_id, by), etag_of(row.metadata))
                return by
        raise StorageUnavailableError("a user lock comes and goes too fast to be taken")

    async def holder(self, user_id: str) -> str | None:
        """The restore id in the lock, also of a restore that has ended. One round trip."""
        row = await self._held(user_id)
        return None if row is None else text_of(row, "restoreId")

    async def take_over(self, user_id: str, *, holder: LockedBy, by: LockedBy) -> bool:
        """Take it from `holder`, which has ended; False if it changed hands meanwhile.

        Two round trips. A lock that nobody holds any more has changed hands too: take it anew.
        """
        row = await self._held(user_id)
        if row is None or _holder(row) not in {holder, by}:
            return False
        try:
            await self._rows.replace(_row(user_id, by), etag_of(row.metadata))
        except RowStateError:
            row = await self._held(user_id)
            return row is not None and _holder(row) == by
        return True

    async def release(self, user_id: str, by: LockedBy) -> None:
        """Let go, if this attempt holds it, or one before it; absent is fine. Two round trips."""
        row = await self._held(user_id)
        if row is not None and _holder(row).is_up_to(by):
            await self._rows.delete_if(row)

    async def _held(self, user_id: str) -> TableEntity | None:
        return await self._rows.get(key(user_id), _ROW)


def _row(user_id: str, by: LockedBy) -> Row:
    keys = {"PartitionKey": key(user_id), "RowKey": _ROW}
    return {**keys, "restoreId": by.restore_id, "attempt": by.attempt}


def _holder(row: TableEntity) -> LockedBy:
    return LockedBy(text_of(row, "restoreId"), int(row.get("attempt", 0)))
