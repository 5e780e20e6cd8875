"""Write the row of a record, and read it again, or alone what stands beside the record."""

from datetime import datetime

from azure.data.tables import TableEntity

from shared.domain.records.links import Head
from shared.domain.records.record import Record
from shared.errors import UnreadableTextError
from shared.ledger.tables.codec import RECORDS
from shared.ledger.tables.entity import Version, etag_of, join, key, split, stamp, text_of
from shared.ledger.tables.rows import Row
from shared.ports.ledger import StoredRecord

RECORD = "record"
"""The row of the record, in the partition of its restore."""


def record_row(record: Record, text: str, head: Head, write_id: str) -> Row:
    """The row of a record, `text` being the record as it is kept."""
    return {
        "PartitionKey": key(record.id),
        "RowKey": RECORD,
        "status": record.status.value,
        "kind": record.request.kind.value if record.request else "",
        "updatedAt": record.updated_at,
        "journalLength": head.number,
        "head": head.hash or "",
        "headAt": stamp(head.at) if head.at is not None else "",
        "writeId": write_id,
        **split(text),
    }


def stored_in(row: TableEntity) -> StoredRecord:
    """The record in a row.

    Raises:
        UnreadableTextError: it was written by a release this one cannot read.
    """
    version = version_of(row)
    return StoredRecord(RECORDS.decode(join(row)), str(version), version.head)


def version_of(row: TableEntity) -> Version:
    """What a later write has to find unchanged, and the end of the journal.

    Raises:
        UnreadableTextError: the columns of that end are damaged.
    """
    return Version(etag_of(row.metadata), head_of(row))


def head_of(row: TableEntity) -> Head:
    """The end of the journal, as the columns beside the record tell it.

    Raises:
        UnreadableTextError: they are damaged.
    """
    at = text_of(row, "headAt")
    try:
        number, stands_at = int(row["journalLength"]), datetime.fromisoformat(at) if at else None
    except (KeyError, TypeError, ValueError) as error:
        name = row["PartitionKey"]
        raise UnreadableTextError(f"the end of restore {name}'s journal is damaged") from error
    return Head(number, text_of(row, "head") or None, stands_at)
