"""Deliver one event to one receiver, at least once, trying for a day.

    read ── take (30 s) ── send ── arrived: delivery row ── unfinished row
                             └──── not:     delivery row ── unfinished row ── work message

Taking replaces the row that was read, so of two workers one sends. One that dies after it leaves
a delivery that is due again when its time is over, and the unfinished row brings a worker back.
"""

from contextlib import suppress
from datetime import timedelta

from shared import telemetry
from shared.domain.events.delivery import Delivery
from shared.errors import LeaseLostError
from shared.events.caller_told import note_given_up, note_told
from shared.events.delivery_results import is_wanted, note_arrival, note_failure
from shared.ports.deps import Deps
from shared.ports.events import DeliveryAnswer, DeliveryReport
from shared.ports.stored import Stored
from shared.restore.conclude import MESSAGE_GRACE

# Three times as long as a sending may take.
_LEASE = timedelta(seconds=30)

# How soon a delivery comes back that found no room on this instance, and over what time those that
# found none come back, so that a thousand of one slow receiver are not all there at once.
_NO_ROOM = timedelta(seconds=5)
_NO_ROOM_SPREAD = timedelta(seconds=15)


async def deliver(delivery_id: str, deps: Deps) -> None:
    """Send one delivery, if it is due; safe to call at any time, any number of times.

    Raises:
        StorageUnavailableError: it may have been sent; it is sent again later.
    """
    kept = await deps.deliveries.read(delivery_id)
    if kept is None:
        await deps.unfinished.forget(delivery_id)
        return
    now = deps.clock.now()
    if now < kept.value.due_at:
        return
    if not await is_wanted(kept.value, deps):
        await _end(kept.value, deps)
        return
    if kept.value.is_past(now):
        await _give_up(kept.value, DeliveryReport(DeliveryAnswer.FAILED, "worker-died"), deps)
        return
    try:
        kept = await deps.deliveries.write(kept, kept.value.taken(now, _LEASE))
    except LeaseLostError:
        return
    taken = kept.value
    report = await deps.notifier.send(taken.url, taken.event_id, taken.body, caller=taken.caller)
    await _conclude(kept, report, deps)


async def _note_arrival(delivery: Delivery, deps: Deps) -> None:
    if delivery.subscription_id is None:
        await note_told(delivery, deps)
    else:
        await note_arrival(delivery, deps)


async def _conclude(kept: Stored[Delivery], report: DeliveryReport, deps: Deps) -> None:
    delivery, now = kept.value, deps.clock.now()
    if report.verdict is DeliveryAnswer.DELIVERED:
        telemetry.delivered(delivery.id, delivery.subject)
        await _note_arrival(delivery, deps)
        await _end(delivery, deps)
        return
    if report.verdict is DeliveryAnswer.BUSY:
        await _later(kept, delivery.put_back(now + _NO_ROOM + _place(delivery)), deps)
        return
    telemetry.not_delivered(delivery.id, delivery.subject, report.why)
    is_over = report.verdict is DeliveryAnswer.GONE
    later = None if is_over else delivery.failed(now, report.retry_after)
    if later is not None:
        await _later(kept, later, deps)
        return
    with suppress(LeaseLostError):
        # In a delivery that is another worker's by now this one's answer says nothing: the other
        # may have brought it.
        held = await deps.deliveries.write(kept, delivery)
        await _give_up(held.value, report, deps)


def _place(delivery: Delivery) -> timedelta:
    """The place of this delivery in the spread, from 0 to 1; the same each time."""
    digits = delivery.id.removeprefix("d-")[:4]
    return _NO_ROOM_SPREAD * (int(digits, 16) / 0x10000)


async def _later(kept: Stored[Delivery], later: Delivery, deps: Deps) -> None:
    try:
        await deps.deliveries.write(kept, later)
    except LeaseLostError:
        # Our time was over, and another worker has it.
        return
    due_at = later.due_at + MESSAGE_GRACE
    await deps.unfinished.note(later.id, due_at, queued_for=later.due_at)
    await deps.outbox.enqueue_work(later.id, later.due_at - deps.clock.now())


async def _give_up(delivery: Delivery, report: DeliveryReport, deps: Deps) -> None:
    """Give the delivery up: the consequence is written first, so a crash leaves no gap."""
    telemetry.gave_up_delivery(delivery.id, delivery.subject, report.why)
    if delivery.subscription_id is None:
        await note_given_up(delivery, report, deps)
    else:
        await note_failure(delivery, report.verdict, deps)
    await _end(delivery, deps)


async def _end(delivery: Delivery, deps: Deps) -> None:
    await deps.deliveries.remove(delivery.id)
    await deps.unfinished.forget(delivery.id)
