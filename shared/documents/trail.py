"""Make the JSON line and the CSV line of a part of the trail: `TrailLine` in openapi.json.

`infra/trail/check_trail.py` checks what is written here.
"""

import json
from datetime import datetime
from typing import Final

from shared.documents.csv_out import Cell
from shared.documents.journal import JOURNAL_COLUMNS, journal_document
from shared.domain.audit_trail.days import Day, proof_of_day
from shared.domain.audit_trail.erasures import Erasure, plain_by, proof_of_erasure
from shared.domain.audit_trail.items import TrailItem, Unreadable
from shared.domain.records.chain import plain_params
from shared.domain.records.links import Seal
from shared.domain.records.progress import JournalEntry
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader

MEDIA_TYPE: Final = "application/x-ndjson"

TRAIL_COLUMNS: Final = ("restoreId", "number", *JOURNAL_COLUMNS, "proof")

DAY_CLOSED: Final = "day-closed"
PERSON_ERASED: Final = "person-erased"
UNREADABLE: Final = "unreadable"


def trail_line(item: TrailItem, reader: Reader) -> Json:
    """The document of one line; every one has all the fields."""
    match item:
        case Day():
            return _line(
                at=item.at,
                what=DAY_CLOSED,
                hash=item.hash,
                previousHash=item.previous_hash,
                proof=proof_of_day(item),
            )
        case Erasure():
            return _line(
                at=item.at,
                what=PERSON_ERASED,
                by=plain_by(item.by),
                hash=item.hash,
                proof=proof_of_erasure(item),
            )
        case Unreadable():
            return _line(
                at=None,
                restoreId=item.restore_id,
                number=item.number,
                what=UNREADABLE,
                hash="",
                proof={"name": item.name},
            )
        case JournalEntry():
            return _entry(item, reader)


def trail_cells(item: TrailItem, reader: Reader) -> tuple[Cell, ...]:
    """The cells of one line, in the order of the columns; `by` and `proof` are JSON."""
    line = trail_line(item, reader)
    return tuple(_cell(line[name]) for name in TRAIL_COLUMNS)


def _entry(entry: JournalEntry, reader: Reader) -> Json:
    link, detail = entry.link, entry.detail
    text = detail and {
        "code": detail.code,
        "variant": detail.variant,
        "params": plain_params(detail.params),
    }
    return {
        **journal_document(entry, reader),
        "restoreId": link and link.restore_id,
        "number": link and link.number,
        "by": entry.by and plain_by(entry.by),
        "proof": {
            "text": text,
            "name": None if link is None else _seal(link.name),
            "params": None if link is None else _seal(link.params),
        },
    }


def _line(**fields: object) -> Json:
    at = fields["at"]
    return {
        **dict.fromkeys(TRAIL_COLUMNS),
        **fields,
        "at": instant(at) if isinstance(at, datetime) else None,
    }


def _seal(seal: Seal | None) -> Json | None:
    return None if seal is None else {"digest": seal.digest, "salt": seal.salt}


def _cell(value: object) -> Cell:
    """The value as a cell; JSON without a semicolon, so that nothing has to be put into it."""
    if value is None or isinstance(value, str | int):
        return value
    return json.dumps(value).replace(";", r"\u003b")
