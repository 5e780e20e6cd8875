"""The batch as callers see it."""

from collections.abc import Mapping

from shared.domain.batches.batch import KEY_REUSED, Batch, ItemStatus
from shared.domain.json_values import Json, instant
from shared.errors import Fault

_REUSED = "belongs to another request; send this one again with another key"


def batch_document(
    batch: Batch, faults: Mapping[int, tuple[Fault, ...]], *, self_link: str, restores: str
) -> Json:
    """The JSON document of a batch, all items at once; `restores` is the address of restores.

    `faults` of the items that are no request, by their place.
    """
    return {
        "id": batch.id,
        "status": "finished" if batch.finished_at is not None else "running",
        "total": len(batch.items),
        "counts": batch.counts(),
        "items": [_item(batch, at, faults, restores) for at in range(len(batch.items))],
        "requestedBy": {
            "door": batch.requested_by.door.value,
            "name": batch.requested_by.name,
            "id": batch.requested_by.id,
        },
        "createdAt": instant(batch.created_at),
        "updatedAt": instant(batch.updated_at),
        "finishedAt": instant(batch.finished_at),
        "links": {"self": self_link},
    }


def _item(batch: Batch, at: int, faults: Mapping[int, tuple[Fault, ...]], restores: str) -> Json:
    item, restore_id = batch.items[at], batch.restore_id_of(at)
    found = faults.get(at, ())
    if item.status is ItemStatus.INVALID and item.code == KEY_REUSED:
        found = (Fault(f"/restores/{at}/idempotencyKey", _REUSED),)
    return {
        "index": at,
        "status": item.status.value,
        "code": item.code,
        "restoreId": restore_id,
        "link": f"{restores}/{restore_id}" if restore_id is not None else None,
        "errors": [{"pointer": fault.pointer, "message": fault.message} for fault in found],
    }
