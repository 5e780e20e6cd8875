"""Make the JSON document and the CSV line of a journal entry: `JournalEntry` in openapi.json."""

import json
from typing import Final

from shared.documents.csv_out import Cell
from shared.domain.lists.journal import NumberedEntry
from shared.domain.requests.request import RequestedBy
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader
from shared.texts.render import words

JOURNAL_COLUMNS: Final = (
    "at",
    "attempt",
    "what",
    "step",
    "by",
    "evidence",
    "graphRequestId",
    "detail",
    "hash",
    "previousHash",
)


def journal_document(entry: NumberedEntry, reader: Reader) -> Json:
    """The JSON document of one entry for this reader; times are RFC 3339 in UTC with `Z`.

    `hash` and `previousHash` are null: entries are not chained.
    """
    line = entry.entry
    return {
        "at": instant(line.at),
        "attempt": entry.attempt,
        "what": line.event,
        "step": line.step.value if line.step is not None else None,
        "by": _by(line.by, reader),
        "evidence": None,
        "graphRequestId": line.graph_request_id,
        "detail": words(line.detail, reader).message if line.detail is not None else None,
        "hash": None,
        "previousHash": None,
    }


def journal_cells(entry: NumberedEntry, reader: Reader) -> tuple[Cell, ...]:
    """The cells of one entry, in the order of the columns; `by` is a name, or an id."""
    document = journal_document(entry, reader)
    by = document["by"]
    who = (by["name"] or by["id"] or by["door"]) if isinstance(by, dict) else None
    cells = {**document, "by": who}
    return tuple(_cell(cells[name]) for name in JOURNAL_COLUMNS)


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, str | int) else json.dumps(value)


def _by(by: RequestedBy | None, reader: Reader) -> Json | None:
    """Who did it; of somebody else, only through which door, to a reader who may not know more."""
    if by is None:
        return None
    is_shown = reader.sees_others or reader.owns(by.id)
    return {
        "door": by.door.value,
        "name": by.name if is_shown else None,
        "id": by.id if is_shown else None,
    }
