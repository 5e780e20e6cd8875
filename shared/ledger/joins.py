"""Store which restore a request without a key joins, in the table `restorejoins`."""

from azure.data.tables import TableEntity

from shared.ledger.records_and_journals import fresh_write_id
from shared.ledger.tables.entity import etag_of, key, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Rows
from shared.ports.ledger import Join

_ROW = "join"


class TableJoins:
    """The Joins port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def find(self, fingerprint: str) -> Join | None:
        """The pointer, if there is one. One round trip."""
        row = await self._find(fingerprint)
        return None if row is None else Join(text_of(row, "restoreId"), etag_of(row.metadata))

    async def point(self, fingerprint: str, restore_id: str, *, replacing: Join | None) -> bool:
        """Set the pointer if it is still `replacing` (None: absent); False if it is not.

        One round trip; a conflict costs one more, to see whether it was our own write that an SDK
        retry ran into.
        """
        write_id = fresh_write_id()
        columns = {"restoreId": restore_id, "writeId": write_id}
        row = {"PartitionKey": key(fingerprint), "RowKey": _ROW, **columns}
        try:
            if replacing is None:
                await self._rows.create(row)
            else:
                await self._rows.replace(row, replacing.etag)
        except RowStateError:
            there = await self._find(fingerprint)
            return there is not None and text_of(there, "writeId") == write_id
        return True

    async def forget(self, fingerprint: str, restore_id: str) -> None:
        """Remove the pointer if it names this restore; absent is fine. Two round trips."""
        row = await self._find(fingerprint)
        if row is not None and text_of(row, "restoreId") == restore_id:
            await self._rows.delete_if(row)

    async def _find(self, fingerprint: str) -> TableEntity | None:
        return await self._rows.get(key(fingerprint), _ROW)
