"""Store the waits that Graph ordered in the table `throttles`: one row for each quota.

No ETag: two workers who are throttled in the same moment name nearly the same instant, and a lost
write costs one more 429.
"""

from collections.abc import Mapping
from datetime import datetime

from shared.errors import Quota
from shared.ledger.tables.entity import stamp, text_of
from shared.ledger.tables.rows import Rows

_PARTITION = "graph"


class TableThrottles:
    """The Throttles port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def read(self) -> Mapping[Quota, datetime]:
        """For each quota that was used up lately, when it is free again. One round trip.

        A quota that another release knows, and this one does not, is left out.
        """
        known = {str(quota): quota for quota in Quota}
        found: dict[Quota, datetime] = {}
        async for page in self._rows.pages("PartitionKey eq @graph", {"graph": _PARTITION}):
            for row in page:
                if (quota := known.get(str(row["RowKey"]))) is not None:
                    found[quota] = datetime.fromisoformat(text_of(row, "until"))
        return found

    async def note(self, quota: Quota, until: datetime) -> None:
        """Warn the others, unless a later instant stands there already. Two round trips."""
        row = await self._rows.get(_PARTITION, quota.value)
        if row is None or text_of(row, "until") < stamp(until):
            columns = {"until": stamp(until)}
            await self._rows.put({"PartitionKey": _PARTITION, "RowKey": quota.value, **columns})
