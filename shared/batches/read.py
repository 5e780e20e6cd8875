"""Read a batch with its items: who was asked for, and how each restore stands.

The cost is bounded by the size of a batch: a point read for each item that has a restore, and one
for each fifty items.
"""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import batched

from shared import telemetry
from shared.batches.start import row_of
from shared.domain.batches.batch import Batch, BatchItem, SeenItem, is_batch_id
from shared.domain.records.record import Record
from shared.domain.requests.request import fingerprint
from shared.errors import BatchNotFoundError, UnreadableTextError
from shared.ports.deps import IntakeDeps
from shared.restore.locking import as_it_stands

_AT_ONCE = 30


async def read_batch(batch_id: str, deps: IntakeDeps) -> Batch:
    """The batch of this id, by one point read.

    Raises:
        BatchNotFoundError: there is none, or it is past its keep time.
    """
    kept = await deps.batches.read(batch_id) if is_batch_id(batch_id) else None
    if kept is None:
        raise BatchNotFoundError
    return kept.value


async def read_items(batch: Batch, deps: IntakeDeps) -> tuple[SeenItem, ...]:
    """Every item of a batch, in the order they were sent.

    Raises:
        StorageUnavailableError: the items cannot be reached.
    """
    rows = await asyncio.gather(*(deps.batches.items(batch, first) for first in batch.chunks))
    by_first = dict(zip(batch.chunks, rows, strict=True))
    places = range(len(batch.items))
    items = [by_first[row_of(batch, at)][at - row_of(batch, at)] for at in places]
    records: list[Record | None] = []
    for some in batched(places, _AT_ONCE, strict=False):
        records += await asyncio.gather(*(_record(batch, at, deps) for at in some))
    seen = zip(items, records, _repeats(items), strict=True)
    return tuple(SeenItem(item.user, record, item.faults, first) for item, record, first in seen)


async def _record(batch: Batch, at: int, deps: IntakeDeps) -> Record | None:
    restore_id = batch.restore_id_of(at)
    if restore_id is None:
        return None
    try:
        stored = await deps.ledger.read(restore_id)
    except UnreadableTextError as error:
        telemetry.failed(f"batch {batch.id}", error)
        return None
    return None if stored is None else await as_it_stands(stored.record, deps)


def _repeats(items: Sequence[BatchItem]) -> Iterable[int | None]:
    """For each item, the first one that asks for the same; None where that is itself."""
    firsts: dict[str, int] = {}
    for at, item in enumerate(items):
        if item.request is None:
            yield None
            continue
        first = firsts.setdefault(fingerprint(item.request), at)
        yield first if first != at else None
