"""Store in the table `callers` what each caller has under way: one partition for each.

PartitionKey   RowKey
<caller>       o-restore-<restore id>   what it has under way
<caller>       o-schedule-<restore id>
<caller>       o-batch-<batch id>
<caller>       checks                   how much it checked in the last minute
"""

from datetime import datetime

from shared.domain.limits import Open
from shared.ledger.tables.entity import etag_of, key, stamp, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Rows
from shared.ports.callers import CheckCount, StoredCheckCount

_CHECKS = "checks"


class TableCallers:
    """The CallerIndex port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def open(self, caller: str, kind: Open, name: str) -> None:
        """File something as under way. One round trip."""
        row = {"PartitionKey": key(caller), "RowKey": _open(kind, name), "name": name}
        await self._rows.put(row)

    async def names(self, caller: str, kind: Open, limit: int) -> tuple[str, ...]:
        """At most `limit` of what the caller has under way. One round trip per 1,000."""
        query = "PartitionKey eq @caller and RowKey ge @first and RowKey lt @end"
        first = _open(kind, "")
        keys = {"caller": key(caller), "first": first, "end": f"{first[:-1]}."}
        found: list[str] = []
        async for page in self._rows.pages(query, keys, "name", at_once=limit):
            found += (text_of(row, "name") for row in page)
            if len(found) >= limit:
                break
        return tuple(found[:limit])

    async def close(self, caller: str, kind: Open, name: str) -> None:
        """It is not under way any more; absent is fine. One round trip."""
        await self._rows.delete(key(caller), _open(kind, name))

    async def checked(self, caller: str) -> StoredCheckCount | None:
        """The caller's last count of checks. One point read."""
        row = await self._rows.get(key(caller), _CHECKS)
        if row is None:
            return None
        minute = datetime.fromisoformat(text_of(row, "minute"))
        checked = CheckCount(minute, int(row["calls"]), int(row["checks"]))
        return StoredCheckCount(checked, etag_of(row.metadata))

    async def count(self, caller: str, before: StoredCheckCount | None, now: CheckCount) -> bool:
        """Replace the count if it is still `before`; False if it is not. One round trip.

        After a lost answer the SDK's second try finds the first one's row: that counts as lost, and
        whoever counts counts once more.
        """
        columns = {"minute": stamp(now.minute), "calls": now.calls, "checks": now.checks}
        row = {"PartitionKey": key(caller), "RowKey": _CHECKS, **columns}
        try:
            if before is None or before.etag is None:
                await self._rows.create(row)
            else:
                await self._rows.replace(row, before.etag)
        except RowStateError:
            return False
        return True


def _open(kind: Open, name: str) -> str:
    return f"o-{kind}-{key(name) if name else ''}"
