"""Make the JSON document and the CSV line of a journal entry: `JournalEntry` in openapi.json."""

import json
from typing import Final

from shared.documents.csv_out import Cell
from shared.domain.records.progress import JournalEntry
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


def journal_document(entry: JournalEntry, reader: Reader) -> Json:
    """The JSON document of one entry of the ledger; times are RFC 3339 in UTC with `Z`.

    `detail` is null, too, where its personal parts were erased.
    """
    link = entry.link
    return {
        "at": instant(entry.at),
        "attempt": link and link.attempt,
        "what": entry.event,
        "step": entry.step and entry.step.value,
        "by": _by(entry.by, reader),
        "evidence": link and link.evidence,
        "graphRequestId": entry.graph_request_id,
        "detail": _detail(entry, reader),
        "hash": link and link.hash,
        "previousHash": link and link.previous_hash,
    }


def journal_cells(entry: JournalEntry, reader: Reader) -> tuple[Cell, ...]:
    """The cells of one entry, in the order of the columns; `by` is a name, or an id."""
    document = journal_document(entry, reader)
    by = document["by"]
    who = (by["name"] or by["id"] or by["door"]) if isinstance(by, dict) else None
    cells = {**document, "by": who}
    return tuple(_cell(cells[name]) for name in JOURNAL_COLUMNS)


def _detail(entry: JournalEntry, reader: Reader) -> str | None:
    is_erased = entry.link is not None and entry.link.params and entry.link.params.is_erased
    return None if entry.detail is None or is_erased else words(entry.detail, reader).message


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
