"""Make the line of a restore, as a list in CSV has it."""

from typing import Final

from shared.documents.csv_out import Cell
from shared.documents.in_one_line import standing_in_one_line
from shared.domain.records.record import Record
from shared.domain.requests.request import RequestedBy
from shared.domain.values.json_values import instant
from shared.texts.reader import Reader

RESTORE_COLUMNS: Final = (
    "id",
    "createdAt",
    "kind",
    "status",
    "user",
    "userId",
    "code",
    "message",
    "windowEndsAt",
    "requestedBy",
    "reason",
    "ticket",
    "finishedAt",
)


def restore_cells(record: Record, reader: Reader) -> tuple[Cell, ...]:
    """The cells of a restore for this reader, in the order of the columns."""
    request, person, outcome = record.request, record.person, record.outcome
    asked = request.user if request is not None else None
    return (
        record.id,
        instant(record.created_at),
        record.kind.value if record.kind is not None else None,
        record.status.value,
        (person.user_principal_name if person is not None else None) or asked,
        person.id if person is not None else None,
        outcome.code.value if outcome is not None else None,
        standing_in_one_line(record, reader).message or None,
        instant(record.window.ends_at) if record.window is not None else None,
        _asker(record.requested_by),
        request.reason if request is not None else None,
        request.ticket if request is not None else None,
        instant(record.finished_at),
    )


def _asker(by: RequestedBy) -> str | None:
    """The name, and behind it the id, by which the list is narrowed to the same caller."""
    named = by.name is not None and by.id is not None and by.name != by.id
    return f"{by.name} ({by.id})" if named else by.name or by.id
