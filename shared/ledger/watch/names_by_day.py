"""Store names by the day of an instant in the table `observeddays`.

    PartitionKey     RowKey
    losses-20261122  2026-11-22T10:07:00.000000+00:00-<name>

A look at some days reads their rows and no others, so the cost follows the time asked for.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from itertools import batched

from shared.ledger.tables.entity import key, stamp, text_of
from shared.ledger.tables.gathered import GatheredRows
from shared.ledger.tables.rows import TRANSACTION_LIMIT, Operation, Row, Rows, putting


class TableDateIndex:
    """The DateIndex port; several share a table, each under its own `kind`.

    StorageUnavailableError: a write may have arrived.
    """

    def __init__(self, rows: Rows, kind: str) -> None:
        self._rows = rows
        self._gathered = GatheredRows(rows)
        self._kind = kind

    async def note(self, name: str, at: datetime) -> None:
        """File the name under the instant; filing it again is fine.

        One round trip, for all that file under one day at that moment.
        """
        await self._gathered.put(self._row(name, at))

    async def note_all(self, names: Iterable[tuple[str, datetime]]) -> None:
        """File each name under its instant; one round trip for a hundred of a day."""
        by_day: dict[object, dict[object, Operation]] = defaultdict(dict)
        for name, at in names:
            row = self._row(name, at)
            by_day[row["PartitionKey"]][row["RowKey"]] = putting(row)
        for rows in by_day.values():
            for some in batched(rows.values(), TRANSACTION_LIMIT, strict=False):
                await self._rows.submit(some)

    async def holds(self, name: str, at: datetime) -> bool:
        """Whether it is filed under just this instant. One point read."""
        return await self._rows.get(*self._keys(name, at)) is not None

    async def between(
        self, since: datetime, until: datetime
    ) -> AsyncIterator[tuple[str, datetime]]:
        """The names from `since` on and before `until`; one round trip per 1,000 of those days."""
        query = "PartitionKey ge @first and PartitionKey le @last and at ge @since and at lt @until"
        parameters = {
            "first": self._partition(since),
            "last": self._partition(until),
            "since": stamp(since),
            "until": stamp(until),
        }
        async for page in self._rows.pages(query, parameters, "name", "at"):
            for row in page:
                yield text_of(row, "name"), datetime.fromisoformat(text_of(row, "at"))

    async def forget(self, name: str, at: datetime) -> None:
        """Take it out; absent is fine. One round trip."""
        await self._rows.delete(*self._keys(name, at))

    def _partition(self, at: datetime) -> str:
        moment = at.astimezone(UTC)
        # strftime writes the year 1 as "1" on some systems, which sorts after 2026.
        return f"{self._kind}-{moment.year:04d}{moment:%m%d}"

    def _row(self, name: str, at: datetime) -> Row:
        partition, row = self._keys(name, at)
        return {"PartitionKey": partition, "RowKey": row, "name": name, "at": stamp(at)}

    def _keys(self, name: str, at: datetime) -> tuple[str, str]:
        return self._partition(at), key(f"{stamp(at)}-{name}")
