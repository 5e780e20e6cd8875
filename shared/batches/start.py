"""Start a batch: store it so that it can be read before its caller is answered.

    item rows ── unfinished row ── batch row ── work message

The item rows carry the batch's fingerprint in their key, so a rival with the same key and other
items writes rows of its own. Without a batch row all of it is harmless: the worker drops the
unfinished row. From the batch row on, which decides a race, the sweep finds what is missing.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from shared.domain.batches.batch import (
    INVALID_REQUEST,
    Batch,
    BatchItem,
    ItemState,
    ItemStatus,
    batch_fingerprint,
)
from shared.domain.limits import Open
from shared.domain.requests.keys import KeySpace, id_without_key, keys_of
from shared.domain.requests.request import RequestedBy
from shared.errors import (
    BatchKeyReusedError,
    StorageUnavailableError,
)
from shared.ports.deps import IntakeDeps
from shared.restore.accept import QUEUE_GRACE
from shared.restore.limits import demand_room

# Reading a row gives the feed its next fifty items. It takes a mebibyte, of two bytes a character
# and four for one beyond the plane, which counts as ten here.
_ITEMS_PER_ROW = 50
_TEXT_PER_ROW = 250_000


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """A batch request, and the caller who sent it."""

    key: str | None
    items: tuple[BatchItem, ...]
    requested_by: RequestedBy

    @property
    def keys(self) -> KeySpace:
        """The caller's space of keys, to which those of the batch and its items belong."""
        return keys_of(self.requested_by)

    @property
    def mark(self) -> str:
        """The mark by which equal batches of this caller without a key are recognised."""
        return self.keys.mark(f"batch {batch_fingerprint(self.items)}")


async def start_batch(order: BatchOrder, deps: IntakeDeps) -> Batch:
    """The batch of this order: a new one, or the one it repeats.

    Without a key it repeats an equal one of the same caller that has not ended.

    Raises:
        KeyReusedError: the key belongs to another batch of this caller.
        TooManyError: the caller has too many batches under way; nothing was begun.
        StorageUnavailableError: the batch may exist; the same again joins it.
    """
    if order.key is not None:
        return await _open_as(order.keys.batch_id(order.key), order, deps)
    mark = order.mark
    pointer = await deps.joins.find(mark)
    if pointer is not None:
        known = await deps.batches.read(pointer.restore_id)
        if known is None or known.value.finished_at is None:
            return await _open_as(pointer.restore_id, order, deps)
    batch_id = id_without_key(mark, deps.clock.now())
    if not await deps.joins.point(mark, batch_id, replacing=pointer):
        winner = await deps.joins.find(mark)
        batch_id = winner.restore_id if winner is not None else batch_id
    return await _open_as(batch_id, order, deps)


def row_of(batch: Batch, index: int) -> int:
    """The index of the first item in the row that holds this item."""
    return max(first for first in batch.chunks if first <= index)


async def _open_as(batch_id: str, order: BatchOrder, deps: IntakeDeps) -> Batch:
    known = await deps.batches.read(batch_id)
    if known is None:
        opened = await _open(batch_id, order, deps)
        if opened is not None:
            return opened
        known = await deps.batches.read(batch_id)
    if known is None:
        raise StorageUnavailableError(f"batch {batch_id} was there and cannot be read")
    batch = known.value
    if batch.fingerprint != batch_fingerprint(order.items):
        raise BatchKeyReusedError(batch_id)
    return batch


async def _open(batch_id: str, order: BatchOrder, deps: IntakeDeps) -> Batch | None:
    await demand_room(order.requested_by, Open.BATCH, deps)
    batch = _new(batch_id, order, deps.clock.now())
    ends = (*batch.chunks[1:], len(order.items))
    await asyncio.gather(
        *(
            deps.batches.keep_items(batch, first, order.items[first:end])
            for first, end in zip(batch.chunks, ends, strict=True)
        )
    )
    due_at = batch.created_at + QUEUE_GRACE
    await asyncio.gather(
        deps.unfinished.note(batch.operation_id, due_at, queued_for=batch.created_at),
        deps.callers.open(order.keys.owner, Open.BATCH, batch.id),
    )
    if not await deps.batches.insert(batch):
        return None
    # It exists: a lost message is the sweep's business.
    with suppress(StorageUnavailableError):
        await deps.outbox.enqueue_work(batch.operation_id)
    return batch


def _new(batch_id: str, order: BatchOrder, now: datetime) -> Batch:
    return Batch(
        id=batch_id,
        fingerprint=batch_fingerprint(order.items),
        requested_by=order.requested_by,
        created_at=now,
        updated_at=now,
        due_at=now,
        chunks=tuple(_chunks(order.items)),
        items=tuple(_state(item, order.keys) for item in order.items),
    )


def _state(item: BatchItem, keys: KeySpace) -> ItemState:
    if item.request is None:
        return ItemState(ItemStatus.INVALID, INVALID_REQUEST)
    key = item.request.idempotency_key
    return ItemState(ItemStatus.PENDING, restore_id=None if key is None else keys.restore_id(key))


def _chunks(items: tuple[BatchItem, ...]) -> Iterator[int]:
    """The index of the first item in each row; a row takes so many items, and so much text."""
    count, text = _ITEMS_PER_ROW, 0
    for at, item in enumerate(items):
        size = len(ascii(item)) + len(str(item.request and item.request.callback_url))
        if count >= _ITEMS_PER_ROW or text + size > _TEXT_PER_ROW:
            yield at
            count, text = 0, 0
        count, text = count + 1, text + size
