"""Build the document of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.documents.said import fault_document
from shared.domain.batches.batch import KEY_REUSED, Batch, ItemStatus
from shared.domain.json_values import Json, instant
from shared.domain.text import text
from shared.errors import Fault
from shared.texts.reader import Reader


@dataclass(frozen=True, slots=True)
class BatchLinks:
    """The address of the batch, and that of all restores."""

    batch: str
    restores: str


def batch_document(
    batch: Batch, faults: Mapping[int, tuple[Fault, ...]], reader: Reader, links: BatchLinks
) -> Json:
    """The JSON document of a batch for this reader, all items at once.

    `faults` of the items that are no request, by their place.
    """
    items = range(len(batch.items))
    return {
        "id": batch.id,
        "status": "finished" if batch.finished_at is not None else "running",
        "total": len(batch.items),
        "counts": batch.counts(),
        "items": [_item(batch, at, _faults(batch, at, faults), reader, links) for at in items],
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


def _faults(batch: Batch, at: int, faults: Mapping[int, tuple[Fault, ...]]) -> tuple[Fault, ...]:
    item = batch.items[at]
    if item.status is ItemStatus.INVALID and item.code == KEY_REUSED:
        return (Fault(f"/restores/{at}/idempotencyKey", text("fault", "key-reused")),)
    return faults.get(at, ())


def _item(
    batch: Batch, at: int, faults: tuple[Fault, ...], reader: Reader, links: BatchLinks
) -> Json:
    item, restore_id = batch.items[at], batch.restore_id_of(at)
    return {
        "index": at,
        "status": item.status.value,
        "code": item.code,
        "restoreId": restore_id,
        "link": f"{links.restores}/{restore_id}" if restore_id is not None else None,
        "errors": [fault_document(fault, reader) for fault in faults],
    }
