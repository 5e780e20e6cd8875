"""Start a batch: it is kept and readable before its caller is answered; its items follow.

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
    batch_id_for_key,
    batch_id_without_key,
    is_batch_id,
)
from shared.domain.request import RequestedBy, private_mark, restore_id_for_key
from shared.errors import (
    BatchKeyReusedError,
    BatchNotFoundError,
    Fault,
    StorageUnavailableError,
)
from shared.ports.deps import IntakeDeps
from shared.restore.accept import JOIN_TIME, QUEUE_GRACE

# A row takes a megabyte; reading one gives the feed its next fifty items.
_ITEMS_PER_ROW = 50
_TEXT_PER_ROW = 120_000


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """What is asked for, by whom; `is_private`: the caller is shown its own restores only."""

    key: str | None
    items: tuple[BatchItem, ...]
    requested_by: RequestedBy
    is_private: bool

    @property
    def mark(self) -> str:
        """Under which equal batches without a key find each other."""
        print_ = f"batch {batch_fingerprint(self.items)}"
        return private_mark(print_, self.requested_by) if self.is_private else print_


async def start_batch(order: BatchOrder, deps: IntakeDeps) -> Batch:
    """The batch of this order: a new one, or the one it repeats.

    Raises:
        KeyReusedError: the key belongs to another batch, or to one this caller is not shown.
        StorageUnavailableError: the batch may exist; the same again joins it.
    """
    if order.key is not None:
        return await _open_as(batch_id_for_key(order.key), order, deps)
    now, mark = deps.clock.now(), order.mark
    pointer = await deps.joins.find(mark)
    if pointer is not None:
        known = await deps.batches.read(pointer.restore_id)
        if known is None or _is_joinable(known.value, now):
            return await _open_as(pointer.restore_id, order, deps)
    batch_id = batch_id_without_key(mark, now)
    if not await deps.joins.point(mark, batch_id, replacing=pointer):
        winner = await deps.joins.find(mark)
        batch_id = winner.restore_id if winner is not None else batch_id
    return await _open_as(batch_id, order, deps)


async def read_batch(batch_id: str, deps: IntakeDeps) -> tuple[Batch, dict[int, tuple[Fault, ...]]]:
    """The batch of this id, and the faults of its bad items by their place.

    One point read, and one more for each fifty items among which there is a bad one.

    Raises:
        BatchNotFoundError: there is none, or it is past its keep time.
    """
    kept = await deps.batches.read(batch_id) if is_batch_id(batch_id) else None
    if kept is None:
        raise BatchNotFoundError
    batch = kept.value
    bad = [at for at, item in enumerate(batch.items) if item.code == INVALID_REQUEST]
    firsts = {row_of(batch, at) for at in bad if batch.items[at].status is ItemStatus.INVALID}
    rows = await asyncio.gather(*(deps.batches.items(batch, first) for first in firsts))
    found = {
        first + offset: item.faults
        for first, row in zip(firsts, rows, strict=True)
        for offset, item in enumerate(row)
    }
    return batch, {at: faults for at, faults in found.items() if faults}


def row_of(batch: Batch, index: int) -> int:
    """The first item of the row that holds this one."""
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
    is_hidden = order.is_private and batch.requested_by.id != order.requested_by.id
    if batch.fingerprint != batch_fingerprint(order.items) or is_hidden:
        raise BatchKeyReusedError(batch_id)
    return batch


async def _open(batch_id: str, order: BatchOrder, deps: IntakeDeps) -> Batch | None:
    batch = _new(batch_id, order, deps.clock.now())
    ends = (*batch.chunks[1:], len(order.items))
    await asyncio.gather(
        *(
            deps.batches.keep_items(batch, first, order.items[first:end])
            for first, end in zip(batch.chunks, ends, strict=True)
        )
    )
    due_at = batch.created_at + QUEUE_GRACE
    await deps.unfinished.note(batch.operation_id, due_at, queued_for=batch.created_at)
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
        items=tuple(map(_state, order.items)),
        is_private=order.is_private,
    )


def _state(item: BatchItem) -> ItemState:
    if item.request is None:
        return ItemState(ItemStatus.INVALID, INVALID_REQUEST)
    key = item.request.idempotency_key
    restore_id = None if key is None else restore_id_for_key(key)
    return ItemState(ItemStatus.PENDING, restore_id=restore_id)


def _chunks(items: tuple[BatchItem, ...]) -> Iterator[int]:
    """The first item of each row: so many items, and so much text, as a row takes."""
    count, text = _ITEMS_PER_ROW, 0
    for at, item in enumerate(items):
        size = len(repr(item)) + len(str(item.request and item.request.callback_url))
        if count >= _ITEMS_PER_ROW or text + size > _TEXT_PER_ROW:
            yield at
            count, text = 0, 0
        count, text = count + 1, text + size


def _is_joinable(batch: Batch, now: datetime) -> bool:
    return batch.finished_at is None or now - batch.created_at < JOIN_TIME
