"""The Batches port: in memory and on Azure Tables."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.batches.batch import Batch, BatchItem, ItemState, ItemStatus
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.text import text
from shared.errors import Fault, LeaseLostError
from tests.builders import NOW, a_request
from tests.contract.ledger.storages import Ports, an_id

DAY = timedelta(days=1)


def a_batch(items: int = 3, **fields: object) -> Batch:
    """A batch that no other test has."""
    batch = Batch(
        id=an_id(),
        fingerprint=an_id() * 2,
        requested_by=RequestedBy(Door.BATCH, "n", "i"),
        created_at=NOW,
        updated_at=NOW,
        due_at=NOW,
        chunks=tuple(range(0, items, 50)),
        items=(ItemState(ItemStatus.SUCCEEDED, "mailbox-restored", an_id()),) * items,
    )
    return replace(batch, **fields)  # type: ignore[arg-type]


async def test_the_largest_batch_is_kept_as_it_is(storage: Ports) -> None:
    """A thousand items in one row, written by whoever read it last."""
    batch = a_batch(1000)
    assert await storage.batches.read(batch.id) is None
    assert await storage.batches.insert(batch)
    assert not await storage.batches.insert(replace(batch, quiet=9))

    kept = await storage.batches.read(batch.id)
    assert kept is not None
    assert kept.value == batch
    written = await storage.batches.write(kept, replace(batch, quiet=1))
    with pytest.raises(LeaseLostError):
        await storage.batches.write(kept, batch)
    assert await storage.batches.read(batch.id) == written


async def test_items_are_kept_as_they_are(storage: Ports) -> None:
    """Requests and faults, fifty in a row, and rivals' rows beside them."""
    batch = a_batch()
    rival = replace(batch, fingerprint=an_id() * 2)
    items = (
        *(BatchItem(a_request(reason="ä" * 1000, ticket=str(n))) for n in range(49)),
        BatchItem(None, (Fault("/restores/49", text("fault", "too-few", least=1)),)),
    )

    await storage.batches.keep_items(batch, 0, items)
    await storage.batches.keep_items(batch, 50, items[:1])
    await storage.batches.keep_items(rival, 0, items[1:2])

    assert await storage.batches.items(batch, 0) == items
    assert await storage.batches.items(batch, 50) == items[:1]
    assert await storage.batches.items(rival, 0) == items[1:2]


async def test_a_batch_is_removed_with_all_that_is_its(storage: Ports) -> None:
    """It is listed by its day until then; removing again is fine."""
    old, today = a_batch(created_at=NOW - DAY), a_batch()
    for batch in (old, today):
        await storage.batches.keep_items(batch, 0, [BatchItem(a_request())])
        await storage.batches.insert(batch)
    listed = dict([item async for item in storage.batches.before(NOW)])
    assert old.id in listed
    assert today.id not in listed

    for _ in range(2):
        await storage.batches.remove(old.id, listed[old.id])

    assert await storage.batches.read(old.id) is None
    assert old.id not in dict([item async for item in storage.batches.before(NOW)])
    assert await storage.batches.read(today.id) is not None
