"""Store restores in the table `restores`: a record and its journal share one partition.

    PartitionKey   RowKey      what
    restore id     record      the record; ETag of every claim, length of the journal
    restore id     j-000001    the first journal entry, and so on

Both are written in one entity-group transaction, so the audit trail cannot disagree with the
state. Each entry carries the hash of the one before, and the record the last one: the chain costs
no round trip, since the version of a record that was read tells the end of its journal.

Why every write carries a `writeId` of its own: when an answer is lost, the SDK sends the
transaction again, and the second try collides with our own first. Whoever wrote the row that
stands there now can only be told by a mark that no other write bears. A mark derived from the
content would not do: of two workers that write the same thing, both would take themselves for the
winner.
"""

import secrets
from collections.abc import Callable, Sequence
from itertools import batched

from azure.data.tables import TableEntity

from shared.domain.records.chain import chained
from shared.domain.records.links import NO_ENTRIES, Head
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.errors import LeaseLostError
from shared.ledger.record_rows import RECORD, record_row, stored_in, version_of
from shared.ledger.tables.codec import ENTRIES, RECORDS
from shared.ledger.tables.entity import Version, etag_of, join, key, split, stamp, text_of
from shared.ledger.tables.faults import RowState, RowStateError
from shared.ledger.tables.fitting import fitted
from shared.ledger.tables.rows import (
    TRANSACTION_LIMIT,
    Operation,
    Row,
    Rows,
    creating,
    deleting,
    replacing,
)
from shared.ports.ledger import StoredRecord

CHANGED = "changed"
"""The partition of the restores that changed after their end: the next day's heads have them."""

# A hundred entries and a record still fit into one transaction of 4 MiB.
_LARGEST_ENTRY = 16 * 1024

# Two removals of the same restore take rows from under each other; the second round finds the
# rest, or nothing. More rounds would mean that somebody writes to it.
_REMOVAL_ROUNDS = 3


def fresh_write_id() -> str:
    """A mark that no other write bears."""
    return secrets.token_hex(8)


def fresh_salt() -> str:
    """A salt for one personal value of one journal entry."""
    return secrets.token_hex(32)


class TableLedger:
    """The Ledger port. Every method may raise StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def insert(self, record: Record, entry: JournalEntry) -> bool:
        """Open a record with its first journal entry; False if the id is taken. One round trip.

        A taken id costs one more, to see whether it was our own write that took it.
        """
        write_id = fresh_write_id()
        _, text = fitted(record, RECORDS)
        journal, head = _journal_rows(record, NO_ENTRIES, (entry,), write_id)
        rows = [record_row(record, text, head, write_id), *journal]
        try:
            await self._rows.submit([creating(row) for row in rows])
        except RowStateError:
            # The first entry never changes, the record may have been claimed since.
            first = await self._rows.get(key(record.id), _entry_key(1))
            return first is not None and text_of(first, "writeId") == write_id
        return True

    async def read(self, restore_id: str) -> StoredRecord | None:
        """The record, by one point read.

        Raises:
            UnreadableTextError: it was written by a release this one cannot read.
        """
        row = await self._rows.get(key(restore_id), RECORD)
        return None if row is None else stored_in(row)

    async def write(
        self, stored: StoredRecord, record: Record, *entries: JournalEntry
    ) -> StoredRecord:
        """Replace the record if it is still the one in `stored`, and append the entries.

        What comes back is what was written: texts too long for a row are cut. At most 99 entries
        at a time. One round trip; a conflict costs one more, to see whether it was our own write
        that changed the record. A restore that had ended is noted as changed before, which costs
        one, too.

        Raises:
            LeaseLostError: the record changed since, or is gone; nothing was written, unless an
                answer was lost and another worker has already written over it.
        """
        return await self._write(stored, record, entries)

    async def _write(
        self,
        stored: StoredRecord,
        record: Record,
        entries: Sequence[JournalEntry],
        more: Sequence[Operation] = (),
    ) -> StoredRecord:
        version = Version.parse(stored.etag)
        if version is None:
            raise LeaseLostError(f"restore {record.id} was never read")
        if stored.record.status.is_final and entries:
            number = version.head.number + len(entries)
            note = {"PartitionKey": CHANGED, "RowKey": key(record.id), "number": number}
            await self._rows.put(note)
        write_id = fresh_write_id()
        record, text = fitted(record, RECORDS)
        journal, head = _journal_rows(record, version.head, entries, write_id)
        update = replacing(record_row(record, text, head, write_id), version.etag)
        try:
            answers = await self._rows.submit([update, *map(creating, journal), *more])
        except RowStateError as error:
            return await self._recognised(record, write_id, error)
        return StoredRecord(record, str(Version(etag_of(answers[0]), head)), head)

    async def erase(
        self,
        stored: StoredRecord,
        record: Record,
        left_of: Callable[[JournalEntry], JournalEntry],
        *entries: JournalEntry,
    ) -> StoredRecord:
        """Replace the record, append the entries, and leave of those before what `left_of` says.

        The record, what is appended and the first entries go in one transaction, the others in
        transactions of a hundred behind it: after a crash in between, the same again does the rest.

        Raises:
            LeaseLostError: the record changed since, or is gone, and nothing was written; or
                another host erases the same at the same time, and is still at it.
        """
        rows = await self._left(record.id, left_of)
        if not rows and record == stored.record:
            return stored
        with_record = TRANSACTION_LIMIT - 1 - len(entries)
        written = await self._write(stored, record, entries, rows[:with_record])
        for some in batched(rows[with_record:], TRANSACTION_LIMIT, strict=False):
            try:
                await self._rows.submit(some)
            except RowStateError as error:
                raise LeaseLostError(f"restore {record.id} is erased by another as well") from error
        return written

    async def journal(self, restore_id: str) -> tuple[JournalEntry, ...]:
        """The audit trail, oldest first; one round trip per 1,000 entries."""
        query = "PartitionKey eq @id and RowKey ge @first and RowKey lt @end"
        keys = {"id": key(restore_id), "first": "j-", "end": "j."}
        pages = self._rows.pages(query, keys)
        return tuple([ENTRIES.decode(join(row)) async for page in pages for row in page])

    async def remove(self, restore_id: str) -> None:
        """Delete the journal, then the record; absent is fine.

        The record goes in one transaction with the last 99 entries: two round trips as a rule.

        Raises:
            LeaseLostError: the record changed meanwhile, and stays; entries before the last 99
                are gone.
        """
        for _ in range(_REMOVAL_ROUNDS):
            try:
                await self._remove(restore_id)
            except RowStateError as error:
                if error.state is RowState.CHANGED:
                    raise LeaseLostError(f"restore {restore_id} changed meanwhile") from error
            else:
                return
        raise LeaseLostError(f"restore {restore_id} changes while it is removed")

    async def _remove(self, restore_id: str) -> None:
        query = "PartitionKey eq @id"
        columns = ("PartitionKey", "RowKey", "Timestamp")
        pages = self._rows.pages(query, {"id": key(restore_id)}, *columns)
        rows = [row async for page in pages for row in page]
        # `j-...` sorts before `record`, so the record is in the last batch.
        for batch in _batches(rows):
            operations = [deleting(row, unchanged=row["RowKey"] == RECORD) for row in batch]
            await self._rows.submit(operations)

    async def _left(
        self, restore_id: str, left_of: Callable[[JournalEntry], JournalEntry]
    ) -> list[Operation]:
        """What replaces the entries of which something goes."""
        query = "PartitionKey eq @id and RowKey ge @first and RowKey lt @end"
        keys = {"id": key(restore_id), "first": "j-", "end": "j."}
        found: list[Operation] = []
        async for page in self._rows.pages(query, keys):
            for row in page:
                entry = ENTRIES.decode(join(row))
                left = left_of(entry)
                if left.link is not None and left.link != entry.link:
                    write_id = text_of(row, "writeId")
                    new = _journal_row(restore_id, left.link.number, left, write_id)
                    found.append(replacing(new, etag_of(row.metadata)))
        return found

    async def _recognised(
        self, record: Record, write_id: str, error: RowStateError
    ) -> StoredRecord:
        row = await self._rows.get(key(record.id), RECORD)
        if row is None or text_of(row, "writeId") != write_id:
            raise LeaseLostError(f"restore {record.id} is another worker's now") from error
        version = version_of(row)
        return StoredRecord(record, str(version), version.head)


def _batches(rows: Sequence[TableEntity]) -> list[tuple[TableEntity, ...]]:
    # The short batch comes first, so that the last one is full: the more entries go in one
    # transaction with the record, the better.
    short = len(rows) % TRANSACTION_LIMIT
    first = [tuple(rows[:short])] if short else []
    return [*first, *batched(rows[short:], TRANSACTION_LIMIT, strict=True)]


def _journal_rows(
    record: Record, head: Head, entries: Sequence[JournalEntry], write_id: str
) -> tuple[list[Row], Head]:
    """The rows of further entries, and the end of the chain behind them."""
    kept = (fitted(entry, ENTRIES, _LARGEST_ENTRY)[0] for entry in entries)
    rows: list[Row] = []
    for entry, last in chained(record, head, kept, fresh_salt):
        rows.append(_journal_row(record.id, last.number, entry, write_id))
        head = last
    return rows, head


def _journal_row(restore_id: str, number: int, entry: JournalEntry, write_id: str) -> Row:
    return {
        "PartitionKey": key(restore_id),
        "RowKey": _entry_key(number),
        "at": stamp(entry.at),
        "event": entry.event,
        "writeId": write_id,
        **split(ENTRIES.encode(entry)),
    }


def _entry_key(number: int) -> str:
    return f"j-{number:06d}"
