"""Read the journals of all restores as one trail, from the table `restores`.

PartitionKey   RowKey        what
restore id     j-000001      an entry; see ../records_and_journals.py
changed        restore id    it changed after its end, and no day's head has that yet
"""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

from azure.data.tables import TableEntity

from shared.domain.audit_trail.days import RestoreHead
from shared.domain.audit_trail.items import TrailEntry, Unreadable
from shared.domain.audit_trail.query import TrailQuery
from shared.domain.outcomes import Status
from shared.errors import UnreadableTextError
from shared.ledger.record_rows import RECORD, head_of
from shared.ledger.records_and_journals import CHANGED
from shared.ledger.tables.codec import ENTRIES
from shared.ledger.tables.entity import etag_of, join, key, stamp, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Rows, removing
from shared.ports.trail import ChangeNote

_FIRST, _END = "j-", "j."


class TableTrail:
    """The TrailEntries port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, restores: Rows, days: Rows) -> None:
        self._restores, self._days = restores, days

    async def page(self, query: TrailQuery, limit: int) -> tuple[TrailEntry, ...]:
        """At most `limit` entries behind the query's place; one round trip per 1,000 as a rule.

        The rest of the place's restore is asked for first, then the restores behind it: one
        question for both would have no first key, and each page would read the table from its
        beginning.
        """
        restore_id, _, number = query.place.after.partition("-")
        found: list[TrailEntry] = []
        if restore_id:
            rest = {"id": key(restore_id), "row": f"{_FIRST}{number}"}
            asked = "PartitionKey eq @id and RowKey gt @row and RowKey lt @end"
            found = await self._entries(asked, rest, query, limit)
        if len(found) < limit:
            asked = "PartitionKey gt @id and RowKey ge @first and RowKey lt @end"
            behind = {"id": key(restore_id) if restore_id else "", "first": _FIRST}
            found += await self._entries(asked, behind, query, limit - len(found))
        return tuple(found)

    async def _entries(
        self, asked: str, keys: Mapping[str, str], query: TrailQuery, limit: int
    ) -> list[TrailEntry]:
        values: dict[str, object] = {**keys, "end": _END}
        if query.since is not None:
            asked += " and at ge @since"
            values["since"] = stamp(query.since)
        if query.until is not None:
            asked += " and at lt @until"
            values["until"] = stamp(query.until)
        found: list[TrailEntry] = []
        async for page in self._restores.pages(asked, values, at_once=limit):
            found += map(entry_in, page)
            if len(found) >= limit:
                break
        return found[:limit]

    async def head(self, restore_id: str) -> RestoreHead | None:
        """The end of a restore's chain, by the columns beside its record. One point read.

        Raises:
            UnreadableTextError: those columns are damaged.
        """
        row = await self._restores.get(key(restore_id), RECORD)
        if row is None:
            return None
        head = head_of(row)
        return None if head.hash is None else RestoreHead(restore_id, head, _may_go_on(row))

    async def changed(self) -> AsyncIterator[ChangeNote]:
        """The note of each that was noted as changed after its end."""
        query, columns = "PartitionKey eq @changed", ("RowKey", "Timestamp", "number")
        async for page in self._restores.pages(query, {"changed": CHANGED}, *columns):
            for row in page:
                # A note of a release before this column has none.
                number = int(row.get("number") or 0)
                yield ChangeNote(text_of(row, "RowKey"), etag_of(row.metadata), number)

    async def settle(self, note: ChangeNote) -> None:
        """Take the note back, if nothing was noted since. One round trip."""
        try:
            await self._restores.submit([removing(CHANGED, key(note.restore_id), note.version)])
        except RowStateError:
            return

    async def created_since(self, since: datetime | None) -> AsyncIterator[str]:
        """The restores accepted on the UTC day of `since` or later; one round trip per 1,000."""
        day = "" if since is None else since.astimezone(UTC).strftime("%Y%m%d")
        query = "PartitionKey ge @day"
        async for page in self._days.pages(query, {"day": day}, "restoreId"):
            for row in page:
                yield text_of(row, "restoreId")


def entry_in(row: TableEntity) -> TrailEntry:
    """The entry of a row."""
    try:
        return ENTRIES.decode(join(row))
    except UnreadableTextError:
        return Unreadable(row["RowKey"], row["PartitionKey"])


def _may_go_on(row: TableEntity) -> bool:
    """Whether the restore has not ended, or is in a status that only another release knows."""
    status = text_of(row, "status")
    return status not in set(Status) or not Status(status).is_final
