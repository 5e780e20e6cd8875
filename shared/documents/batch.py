"""Make the JSON document of a batch, and the lines of its items in CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.documents.csv_out import Cell
from shared.documents.in_one_line import standing_in_one_line
from shared.documents.outcome import fault_document, outcome_document, said
from shared.documents.waiting import waiting_document
from shared.domain.batches.batch import KEY_REUSED, Batch, ItemStatus, SeenItem
from shared.domain.text import Text, text
from shared.domain.values.json_values import Json, instant
from shared.errors import Fault, InvalidRequestError, KeyReusedError
from shared.texts.reader import Reader
from shared.texts.render import Words, words

BATCH_COLUMNS: Final = ("index", "user", "status", "code", "message", "fix", "restoreId")


@dataclass(frozen=True, slots=True)
class BatchLinks:
    """The address of the batch, and that of all restores."""

    batch: str
    restores: str


def batch_document(
    batch: Batch, items: Sequence[SeenItem], reader: Reader, links: BatchLinks
) -> Json:
    """The JSON document of a batch for this reader, all its `items` at once, in their order."""
    return {
        "id": batch.id,
        "status": "finished" if batch.finished_at is not None else "running",
        "total": len(batch.items),
        "counts": batch.counts(),
        "items": [_item(batch, at, item, reader, links) for at, item in enumerate(items)],
        "requestedBy": {
            "door": batch.requested_by.door.value,
            "name": batch.requested_by.name,
            "id": batch.requested_by.id,
        },
        "createdAt": instant(batch.created_at),
        "updatedAt": instant(batch.updated_at),
        "finishedAt": instant(batch.finished_at),
        "links": {"self": links.batch},
    }


def item_cells(batch: Batch, at: int, item: SeenItem, reader: Reader) -> tuple[Cell, ...]:
    """The cells of one item, in the order of the columns."""
    state, told = batch.items[at], _in_one_line(batch, at, item, reader)
    message = " ".join(filter(None, (_repeated(item, reader), told.message)))
    return (
        at,
        item.user,
        state.status.value,
        state.code,
        message or None,
        told.fix or None,
        batch.restore_id_of(at),
    )


def _repeated(item: SeenItem, reader: Reader) -> str:
    """Which line stands for this one, too; lines are told by the column `index`."""
    if item.repeats is None:
        return ""
    return words(text("item-repeats", index=item.repeats), reader).message


def _wait(item: SeenItem, reader: Reader) -> Json | None:
    return None if item.record is None else waiting_document(item.record, reader)


def _in_one_line(batch: Batch, at: int, item: SeenItem, reader: Reader) -> Words:
    if batch.items[at].status is ItemStatus.INVALID:
        return words(_wrong(batch, at, item), reader.at_a_table())
    return Words("", "") if item.record is None else standing_in_one_line(item.record, reader)


def _item(batch: Batch, at: int, item: SeenItem, reader: Reader, links: BatchLinks) -> Json:
    state, restore_id, record = batch.items[at], batch.restore_id_of(at), item.record
    told = _told(batch, at, item, reader)
    return {
        "index": at,
        "user": item.user,
        "status": state.status.value,
        "code": state.code,
        "message": None if told is None else told["message"],
        "fix": None if told is None else told["fix"],
        "waiting": _wait(item, reader),
        "warnings": [said(it.text, reader) for it in record.warnings] if record else [],
        "restoreId": restore_id,
        "link": f"{links.restores}/{restore_id}" if restore_id is not None else None,
        "repeats": item.repeats,
        "errors": [fault_document(fault, reader) for fault in _faults(batch, at, item)],
    }


def _told(batch: Batch, at: int, item: SeenItem, reader: Reader) -> Json | None:
    """How the item ended, in words; None while it has not, or where its restore is gone.

    An invalid item holds up none of the others, so its fix must not say that nothing was begun.
    """
    state = batch.items[at]
    if state.status is ItemStatus.INVALID:
        return said(_wrong(batch, at, item), reader)
    record = item.record
    if record is None or record.outcome is None:
        return None
    warned_of = [item.code for item in record.warnings]
    return outcome_document(record.outcome, reader, warned_of=warned_of)


def _wrong(batch: Batch, at: int, item: SeenItem) -> Text:
    """Why an invalid item is no request."""
    state = batch.items[at]
    if state.code == KEY_REUSED:
        return KeyReusedError(state.restore_id or "").text
    listed = InvalidRequestError(item.faults).listed
    return text("invalid-request", "item", faults=listed)


def _faults(batch: Batch, at: int, item: SeenItem) -> tuple[Fault, ...]:
    state = batch.items[at]
    if state.status is ItemStatus.INVALID and state.code == KEY_REUSED:
        return (Fault(f"/restores/{at}/idempotencyKey", text("fault", "key-reused")),)
    return item.faults
