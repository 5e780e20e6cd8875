"""Make the rows of restores that ended long ago, as the ledger's own adapters write them.

A ledger of a million restores cannot be filled through the emulator's door in a working day. Here
the adapters write into memory, and the rows go into the emulator behind its door; a test holds that
they are those that an adapter leaves there.
"""

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shared.domain.outcomes import Code, Status, outcome
from shared.domain.records.links import NO_ENTRIES
from shared.domain.records.new_record import open_record
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.keys import keys_of, order_of
from shared.domain.requests.request import (
    Door,
    RequestedBy,
    RestoreKind,
    RestoreRequest,
)
from shared.ledger.joins import TableJoins
from shared.ledger.records_and_journals import TableLedger
from shared.ledger.restores_by_day import TableDays
from shared.ledger.tables.entity import Version
from shared.ledger.tables.rows import Operation, Row, Rows
from shared.ports.ledger import StoredRecord

# Restores of this many days; less than the keep time, so that none of them is due.
DAYS = 80

ASKED_BY = RequestedBy(Door.HTTP, name="Service Desk", id="c0ffee00-0000-4000-8000-000000000001")
_ENDING = outcome(Code.USER_RESTORED)
_NEW_ETAG = 'W/"1"'


class RowsInMemory(Rows):
    """A table that takes rows and gives none back, for an adapter that only writes."""

    def __init__(self) -> None:
        self.rows: dict[tuple[object, object], Row] = {}

    async def create(self, row: Row) -> str:
        """Add a row."""
        await self.put(row)
        return _NEW_ETAG

    async def put(self, row: Row) -> None:
        """Put the row in place of whatever is there."""
        self.rows[row["PartitionKey"], row["RowKey"]] = row

    async def submit(self, operations: Sequence[Operation]) -> list[Mapping[str, object]]:
        """Put all rows; none of the operations deletes."""
        for operation in operations:
            await self.put(operation[1])
        return [{"etag": _NEW_ETAG}] * len(operations)


def ended(number: int, now: datetime) -> Record:
    """The restore of this number, one to 80 days old."""
    return ended_at(
        f"old-{number}", now - timedelta(days=1 + number % DAYS, seconds=number % 80_000)
    )


def ended_at(name: str, at: datetime) -> Record:
    """A restore of this name that ended well, in the moment it was asked for."""
    request = RestoreRequest(RestoreKind.MAILBOX, f"{name}@contoso.com", idempotency_key=name)
    return open_record(keys_of(ASKED_BY).restore_id(name), order_of(request, ASKED_BY), at).settle(
        _ENDING, at
    )


def not_ended(record: Record) -> Record:
    """The same restore before its end: a change after the end is noted in a row of its own."""
    return replace(record, status=Status.QUEUED)


def history(record: Record) -> tuple[JournalEntry, JournalEntry]:
    """The first and the last entry of its journal."""
    at = record.created_at
    accepted = JournalEntry(at, "accepted", by=record.requested_by)
    return accepted, JournalEntry(at, "finished", _ENDING.text)


async def lines(records: Iterable[Record]) -> AsyncIterator[str]:
    """The rows of these restores, each as a JSON line: the name of its table, then its columns."""
    for record in records:
        tables = {name: RowsInMemory() for name in ("restores", "restoresbyday", "restorejoins")}
        restores, by_day, joins = tables.values()
        # As if a record had been there without a journal: the same rows as those of an insert and
        # a write, for one encoding of the record less.
        opened = StoredRecord(not_ended(record), str(Version(_NEW_ETAG, NO_ENTRIES)))
        await TableLedger(restores).write(opened, record, *history(record))
        await TableDays(by_day).note(record.id, record.created_at)
        await TableJoins(joins).point(record.join_mark, record.id, replacing=None)
        for name, table in tables.items():
            for row in table.rows.values():
                yield json.dumps([name, _on_the_wire(row)], separators=(",", ":"))


def _on_the_wire(row: Row) -> dict[str, object]:
    """The columns as table storage takes them."""
    columns: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, datetime):
            columns[f"{name}@odata.type"] = "Edm.DateTime"
            columns[name] = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        else:
            columns[name] = value
    return columns
