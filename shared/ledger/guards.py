"""Store guards, and where the next round begins, in the table `guards`.

PartitionKey   RowKey      what
guard          guard id    the guard; there are few, and a list reads them by id
mark           mark        behind which guard the next round begins
"""

from azure.data.tables import TableEntity

from shared.domain.guards.guard import Guard
from shared.ledger.records_and_journals import fresh_write_id
from shared.ledger.tables.codec import GUARDS
from shared.ledger.tables.entity import etag_of, join, key, split, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Row, Rows
from shared.ports.guards import StoredGuard

_GUARD = "guard"
_MARK = "mark"


class TableGuards:
    """The Guards port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def insert(self, guard: Guard) -> bool:
        """Add a guard; False if the id is taken. One round trip.

        A taken id costs one more, to see whether it was our own write that took it.
        """
        write_id = fresh_write_id()
        try:
            await self._rows.create(_row(guard, write_id))
        except RowStateError:
            there = await self._find(guard.id)
            return there is not None and text_of(there, "writeId") == write_id
        return True

    async def read(self, guard_id: str) -> StoredGuard | None:
        """The guard, by one point read.

        Raises:
            UnreadableTextError: it was written by a release this one cannot read.
        """
        row = await self._find(guard_id)
        return None if row is None else StoredGuard(GUARDS.decode(join(row)), etag_of(row.metadata))

    async def write(self, stored: StoredGuard, guard: Guard) -> StoredGuard | None:
        """Replace the guard if it is still the one in `stored`; None if it changed or is gone.

        One round trip; a conflict costs one more, to see whether it was our own write that an SDK
        retry ran into.
        """
        write_id = fresh_write_id()
        try:
            return StoredGuard(guard, await self._rows.replace(_row(guard, write_id), stored.etag))
        except RowStateError:
            there = await self._find(guard.id)
            if there is None or text_of(there, "writeId") != write_id:
                return None
            return StoredGuard(guard, etag_of(there.metadata))

    async def remove(self, guard_id: str) -> bool:
        """Take the guard out, whatever it says; False if there was none. Two round trips."""
        if await self._find(guard_id) is None:
            return False
        await self._rows.delete(_GUARD, key(guard_id))
        return True

    async def page(self, after: str, limit: int) -> tuple[str, ...]:
        """At most `limit` ids, in their order, of those behind `after`.

        One round trip as a rule.
        """
        query = "PartitionKey eq @guard and RowKey gt @after"
        found: list[str] = []
        pages = self._rows.pages(query, {"guard": _GUARD, "after": after}, "RowKey", at_once=limit)
        async for page in pages:
            found += [text_of(row, "RowKey") for row in page]
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def _find(self, guard_id: str) -> TableEntity | None:
        return await self._rows.get(_GUARD, key(guard_id))


class TableGuardMark:
    """The GuardMark port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def read(self) -> str:
        """The id of the last guard that was looked at; empty if there is none. One round trip."""
        row = await self._rows.get(_MARK, _MARK)
        return "" if row is None else text_of(row, "guardId")

    async def put(self, guard_id: str) -> None:
        """Begin the next round behind this guard; empty: at the start. One round trip."""
        await self._rows.put({"PartitionKey": _MARK, "RowKey": _MARK, "guardId": guard_id})


def _row(guard: Guard, write_id: str) -> Row:
    return {
        "PartitionKey": _GUARD,
        "RowKey": key(guard.id),
        "writeId": write_id,
        **split(GUARDS.encode(guard)),
    }
