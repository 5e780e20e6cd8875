"""Turn the items of a batch into restores, a few at a time, until every one has ended.

    read ── begin ── look at those at work ── take in the next ones ── batch row ── unfinished row
         └─ of two feeds at once, one                                                 └─ message

Taking in is `accept` under a key that belongs to the item, so doing it again after a crash is the
same restore. A batch whose feeds die one after the other is given up (see Batch.begun).

Why few at a time: each restore is a message in one queue, and somebody with a single restore must
not stand behind a thousand. The next ones follow within a second or two of the first ones' end.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import batched

from shared import telemetry
from shared.batches.start import row_of
from shared.domain.batches.batch import KEY_REUSED, Batch, BatchItem, ItemState, ItemStatus
from shared.domain.limits import Open
from shared.domain.requests.keys import keys_of
from shared.errors import KeyReusedError, LeaseLostError, ReprieveError, UnreadableTextError
from shared.ports.deps import IntakeDeps
from shared.ports.stored import Stored
from shared.restore.accept import accept
from shared.restore.conclude import MESSAGE_GRACE

# Graph takes about 20 changes a second of one tenant, and a restore lasts one or two seconds: that
# is saturated by some forty. Twice as many would only be a longer queue for everybody else.
# Source: Microsoft Graph throttling limits, identity and access service limits.
IN_FLIGHT = 40

# Of those that wait for a seat or a mailbox, in each look: they take turns.
_IDLE_LOOKS = 40
_AT_ONCE = 10

# Between looks: a second while items come and go; a minute when nothing has happened for long.
_WAITS = tuple(timedelta(seconds=s) for s in (1, 1, 2, 5, 10, 30, 60))


async def feed(operation_id: str, deps: IntakeDeps) -> None:
    """Bring a batch as far as it can go now; safe to call at any time, any number of times.

    Raises:
        StorageUnavailableError: what is missing is made up by the next call.
    """
    kept = await deps.batches.read(operation_id.removeprefix("b-"))
    if kept is None:
        await deps.unfinished.forget(operation_id)
        return
    if kept.value.finished_at is not None:
        await _forget(kept.value, deps)
        return
    batch = kept.value
    if deps.clock.now() < batch.due_at:
        return
    try:
        fed = await _feed(kept, deps)
    except LeaseLostError:
        return
    if fed.finished_at is not None:
        telemetry.batch_finished(fed.id, len(fed.items))
        await _forget(fed, deps)
        return
    due_at = fed.due_at + MESSAGE_GRACE
    await deps.unfinished.note(operation_id, due_at, queued_for=fed.due_at)
    await deps.outbox.enqueue_work(operation_id, fed.due_at - deps.clock.now())


async def _forget(batch: Batch, deps: IntakeDeps) -> None:
    """Remove what a batch that has ended leaves behind: its count and its unfinished row."""
    await deps.callers.close(keys_of(batch.requested_by).owner, Open.BATCH, batch.id)
    await deps.unfinished.forget(batch.operation_id)


async def _feed(kept: Stored[Batch], deps: IntakeDeps) -> Batch:
    """Bring the batch on and write it; an error is not counted as a death.

    Raises:
        LeaseLostError: another feed has it.
    """
    batch = kept.value
    kept = await deps.batches.write(kept, batch.begun(deps.clock.now()))
    try:
        fed = _stamped(batch, await _fed(batch, deps), deps)
    except Exception:
        with suppress(ReprieveError):
            await deps.batches.write(kept, batch)
        raise
    await deps.batches.write(kept, fed)
    return fed


async def _fed(batch: Batch, deps: IntakeDeps) -> Batch:
    if batch.kills_its_workers:
        return batch.given_up()
    return await _take_in(await _look(batch, deps), deps)


def _stamped(before: Batch, after: Batch, deps: IntakeDeps) -> Batch:
    now = deps.clock.now()
    has_changed = after.items != before.items
    quiet = 0 if has_changed else before.quiet + 1
    return replace(
        after,
        died_feeds=0,
        quiet=quiet,
        due_at=now + _WAITS[min(quiet, len(_WAITS) - 1)],
        updated_at=now if has_changed else before.updated_at,
        finished_at=now if after.is_over else None,
    )


async def _look(batch: Batch, deps: IntakeDeps) -> Batch:
    places = batch.to_look_at(_IDLE_LOOKS)
    states: dict[int, ItemState] = {}
    for some in batched(places, _AT_ONCE, strict=False):
        seen = await asyncio.gather(*(_seen(batch, at, deps) for at in some))
        states.update(zip(some, seen, strict=True))
    idle = [at for at in places if batch.items[at].is_idle]
    looked_at = idle[-1] if idle else batch.looked_at
    return replace(batch.with_items(states), looked_at=looked_at)


async def _seen(batch: Batch, at: int, deps: IntakeDeps) -> ItemState:
    item = batch.items[at]
    try:
        stored = await deps.ledger.read(batch.restore_id_of(at) or "")
    except UnreadableTextError as error:
        telemetry.failed(f"batch {batch.id}", error)
        return item
    return item.seen(stored.record if stored is not None else None)


async def _take_in(batch: Batch, deps: IntakeDeps) -> Batch:
    places = batch.pending(IN_FLIGHT)
    states: dict[int, ItemState] = {}
    for some in batched(places, _AT_ONCE, strict=False):
        states |= await _accept_all(batch, some, deps)
    return batch.with_items(states)


async def _accept_all(
    batch: Batch, places: Sequence[int], deps: IntakeDeps
) -> dict[int, ItemState]:
    rows = {first: await deps.batches.items(batch, first) for first in _rows(batch, places)}
    taken = await asyncio.gather(
        *(_accepted(batch, at, rows[row_of(batch, at)], deps) for at in places)
    )
    return dict(zip(places, taken, strict=True))


def _rows(batch: Batch, places: Sequence[int]) -> set[int]:
    return {row_of(batch, at) for at in places}


async def _accepted(batch: Batch, at: int, row: Sequence[BatchItem], deps: IntakeDeps) -> ItemState:
    state, request = batch.items[at], row[at - row_of(batch, at)].request
    if request is None:
        return replace(state, status=ItemStatus.INVALID)
    try:
        accepted = await accept(batch.order_of(at, request), deps)
    except KeyReusedError:
        return replace(state, status=ItemStatus.INVALID, code=KEY_REUSED)
    return state.seen(accepted.record)
