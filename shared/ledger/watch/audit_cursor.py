"""Store the records read from the audit log, and the cursor, in the table `auditchanges`.

    PartitionKey                     RowKey
    20261122120000000000-<worker>    <user id>-20261122T093000.000000Z-<hash of the record's id>
    cursor                            cursor

Rows of one user are next to each other, oldest first, so that one look finds them.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import batched

from azure.data.tables import TableEntity, UpdateMode

from shared.domain.evidence.audit_records import AuditRecord
from shared.domain.lists.loss_cursor import AuditSign
from shared.domain.watch.audit_cursor import AuditCursor
from shared.errors import LeaseLostError
from shared.ledger.records_and_journals import fresh_write_id
from shared.ledger.tables.codec import Codec
from shared.ledger.tables.entity import etag_of, join, key, split, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import TRANSACTION_LIMIT, Row, Rows, deleting
from shared.ports.audit_log import StoredAuditCursor

# Sorts after every generation, whose names begin with a digit.
_TRAIL = "cursor"
_TRAILS = Codec(AuditCursor)
_RECORDS = Codec(AuditRecord)

# A transaction of a hundred of these is below the 4 MiB that one may have.
_LONGEST_RECORD = 12_000

_STAMP = "%Y%m%dT%H%M%S.%fZ"

# Sorts after every instant.
_LAST = "~"


class TableAuditCursors:
    """The AuditCursors port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def load(self) -> StoredAuditCursor:
        """The cursor: how far the log was read. One point read.

        Raises:
            UnreadableTextError: another release wrote it.
        """
        row = await self._rows.get(_TRAIL, _TRAIL)
        if row is None:
            return StoredAuditCursor(AuditCursor(), None)
        return StoredAuditCursor(_TRAILS.decode(join(row)), etag_of(row.metadata))

    async def save(self, stored: StoredAuditCursor, cursor: AuditCursor) -> StoredAuditCursor:
        """Replace the cursor if it is still the one in `stored`.

        One round trip; a conflict costs one more, to see whether it was our own write that an SDK
        retry ran into.

        Raises:
            LeaseLostError: somebody else wrote it; nothing was written.
        """
        write_id = fresh_write_id()
        text = split(_TRAILS.encode(cursor))
        row = {"PartitionKey": _TRAIL, "RowKey": _TRAIL, "writeId": write_id, **text}
        try:
            if stored.etag is None:
                return StoredAuditCursor(cursor, await self._rows.create(row))
            return StoredAuditCursor(cursor, await self._rows.replace(row, stored.etag))
        except RowStateError:
            there = await self._rows.get(_TRAIL, _TRAIL)
            if there is None or text_of(there, "writeId") != write_id:
                raise LeaseLostError("the audit cursor is another worker's now") from None
            return StoredAuditCursor(cursor, etag_of(there.metadata))

    async def add(self, generation: str, records: Sequence[AuditRecord]) -> None:
        """Keep these records; adding one again is fine. One round trip per 100 of them."""
        rows = {str(row["RowKey"]): row for row in (_row(generation, item) for item in records)}
        for some in batched(rows.values(), TRANSACTION_LIMIT, strict=False):
            await self._rows.submit([("upsert", row, {"mode": UpdateMode.REPLACE}) for row in some])

    async def of_user(
        self, generation: str, user_id: str, since: datetime
    ) -> tuple[AuditRecord, ...]:
        """The records of this user since then, oldest first. One round trip.

        Raises:
            UnreadableTextError: another release wrote one.
        """
        query = "PartitionKey eq @generation and RowKey ge @first and RowKey lt @last"
        user = key(user_id)
        parameters = {
            "generation": key(generation),
            "first": f"{user}-{_stamp(since)}",
            "last": f"{user}-{_LAST}",
        }
        async for page in self._rows.pages(query, parameters):
            return tuple(_RECORDS.decode(join(row)) for row in page)
        return ()

    async def signs(self, generation: str) -> AsyncIterator[Sequence[AuditSign]]:
        """The people whose licences changed, and when; from the keys, a thousand per round trip."""
        query, parameters = "PartitionKey eq @generation", {"generation": key(generation)}
        async for page in self._rows.pages(query, parameters, "RowKey"):
            yield [_sign(text_of(row, "RowKey")) for row in page]

    async def remove_before(self, generation: str) -> int:
        """Remove the entries of all generations whose names sort before; returns how many.

        One round trip per 100 of them, and one to find 1,000.
        """
        removed = 0
        query, parameters = "PartitionKey lt @first", {"first": key(generation)}
        async for page in self._rows.pages(query, parameters, "PartitionKey", "RowKey"):
            for some in _transactions(page):
                await self._remove(some)
                removed += len(some)
        return removed

    async def _remove(self, rows: list[TableEntity]) -> None:
        try:
            await self._rows.submit([deleting(row) for row in rows])
        except RowStateError:
            # Somebody else removes them as well, and was faster with one of these.
            for row in rows:
                await self._rows.delete(text_of(row, "PartitionKey"), text_of(row, "RowKey"))


def _transactions(page: list[TableEntity]) -> list[list[TableEntity]]:
    """The rows in lots of one partition and of at most 100."""
    partitions: dict[str, list[TableEntity]] = {}
    for row in page:
        partitions.setdefault(text_of(row, "PartitionKey"), []).append(row)
    return [
        list(some)
        for rows in partitions.values()
        for some in batched(rows, TRANSACTION_LIMIT, strict=False)
    ]


def _row(generation: str, record: AuditRecord) -> Row:
    text = _RECORDS.encode(record)
    if len(text) > _LONGEST_RECORD:
        # What is left is a hint, as of a record that the log itself has cut off.
        text = _RECORDS.encode(replace(record, before=None, after=None))
    name = blake2b(record.id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    row_key = f"{key(record.user_id)}-{_stamp(record.at)}-{name}"
    return {"PartitionKey": key(generation), "RowKey": row_key, **split(text)}


def _sign(row_key: str) -> AuditSign:
    user_id, at, _ = row_key.rsplit("-", 2)
    return AuditSign(user_id, datetime.strptime(at, _STAMP).replace(tzinfo=UTC))


def _stamp(moment: datetime) -> str:
    """An instant that sorts as time does and may stand in a key."""
    return moment.astimezone(UTC).strftime(_STAMP)
