"""Erase a person from batches, guards, subscriptions, and events that are still on their way."""

from dataclasses import replace
from datetime import UTC, datetime

from shared.domain.audit_trail.traces import Traces, own_request_without, without
from shared.domain.batches.batch import BatchItem
from shared.domain.events.delivery import is_delivery_id
from shared.domain.guards.guard import Guard
from shared.errors import LeaseLostError
from shared.ports.deps import IntakeDeps

_FOR_EVER = datetime.max.replace(tzinfo=UTC)
_PAGE = 100


async def erase_from_batches(traces: Traces, deps: IntakeDeps) -> None:
    """Leave of each batch what may stay: an item of the person names the object id.

    Raises:
        LeaseLostError: a batch changed meanwhile, or is being fed with items as they were before;
            the same again does the rest.
        StorageUnavailableError: some was erased; the same again does the rest.
    """
    async for batch_id, _ in deps.batches.before(_FOR_EVER):
        kept = await deps.batches.read(batch_id)
        if kept is None:
            continue
        batch = kept.value
        for first in batch.chunks:
            items = await deps.batches.items(batch, first)
            left = tuple(_item_without(item, traces) for item in items)
            if left != items:
                await deps.batches.keep_items(batch, first, left)
                await _demand_not_fed(batch_id, deps)
        left_batch = without(batch, traces)
        if left_batch != batch:
            await deps.batches.write(kept, left_batch)


async def _demand_not_fed(batch_id: str, deps: IntakeDeps) -> None:
    kept = await deps.batches.read(batch_id)
    if kept is not None and kept.value.is_fed(deps.clock.now()):
        raise LeaseLostError(f"batch {batch_id} is being fed")


async def erase_from_orders(traces: Traces, deps: IntakeDeps) -> None:
    """Remove the person's guards and subscriptions, and events and addresses that name it.

    What is left of others' guards does not name it: one of whoever has the name now goes by that
    one's object id.

    Raises:
        StorageUnavailableError: some was erased; the same again does the rest.
    """
    await _guards(traces, deps)
    await _deliveries(traces, deps)
    async for kept in deps.subscriptions.all():
        subscription = kept.value
        is_own = subscription.subscriber.id == traces.user_id
        if is_own or traces.are_in(subscription.wanted.url):
            await deps.subscriptions.remove(subscription)


def _item_without(item: BatchItem, traces: Traces) -> BatchItem:
    request = item.request
    asked = {item.user.casefold(), request.user.casefold() if request is not None else ""}
    if not asked & {traces.user_id.casefold(), *traces.names}:
        return without(item, traces)
    left = request and own_request_without(request, traces)
    return without(replace(item, request=left, user=traces.user_id), traces)


async def _guards(traces: Traces, deps: IntakeDeps) -> None:
    after = ""
    while ids := await deps.guards.page(after, _PAGE):
        after = ids[-1]
        for guard_id in ids:
            stored = await deps.guards.read(guard_id)
            if stored is None:
                continue
            guard = stored.guard
            if _is_about(guard, traces):
                await deps.guards.remove(guard_id)
                continue
            left = _guard_without(guard, traces)
            if left != guard and await deps.guards.write(stored, left) is None:
                raise LeaseLostError(f"guard {guard_id} changed meanwhile")


def _is_about(guard: Guard, traces: Traces) -> bool:
    """Whether it guards the person: by the object id, where it is known whom the name stood for."""
    if guard.user_id is not None:
        return guard.user_id == traces.user_id
    return guard.order.user.casefold() in {traces.user_id.casefold(), *traces.names}


def _guard_without(guard: Guard, traces: Traces) -> Guard:
    """What stays of the guard of somebody else, who may have the person's former name by now."""
    left = without(guard, traces)
    if left.order.user == guard.order.user:
        return left
    return replace(left, order=replace(left.order, user=guard.user_id or ""))


async def _deliveries(traces: Traces, deps: IntakeDeps) -> None:
    """Remove each event that is about the person, or goes to an address that names it.

    An event half told would say something else.
    """
    async for one in deps.unfinished.due(_FOR_EVER):
        if not is_delivery_id(one.restore_id):
            continue
        kept = await deps.deliveries.read(one.restore_id)
        if kept is None:
            continue
        delivery = kept.value
        is_own = delivery.caller == traces.user_id
        if is_own or traces.are_in(delivery.body) or traces.are_in(delivery.url):
            await deps.deliveries.remove(one.restore_id)
            await deps.unfinished.forget(one.restore_id)
