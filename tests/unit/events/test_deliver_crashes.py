"""Whatever crashes while an end is told, it is told, and nothing stays behind."""

from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta

import pytest

from shared.domain.findings.codes import FindingCode
from shared.errors import StorageUnavailableError
from shared.events.deliver import deliver
from shared.ports.events import DeliveryAnswer, DeliveryReport
from tests.unit.world.callbacks import REQUEST, a_world, ended, under_way, warnings
from tests.unit.world.world import World

DOWN = StorageUnavailableError("down")
SECOND = timedelta(seconds=1)

PORT_CALLS = [
    ("unfinished", "note"),
    ("deliveries", "insert"),
    ("outbox", "enqueue_work"),
    ("unfinished", "forget"),
    ("outbox", "publish_result"),
]
DELIVER_CALLS = [
    ("deliveries", "read"),
    ("deliveries", "write"),
    ("deliveries", "remove"),
    ("unfinished", "forget"),
]


async def crash(act: Awaitable[object]) -> None:
    """Run something that may fail for storage."""
    with suppress(StorageUnavailableError):
        await act


async def sweep_and_drive(world: World) -> None:
    """What the timer and the queue do, until nothing is left."""
    for _ in range(20):
        world.clock.advance(timedelta(minutes=6))
        await world.sweep()
        taken, world.storage.outbox.work[:] = list(world.storage.outbox.work), []
        for operation_id, _delay in taken:
            if operation_id.startswith("d-"):
                await deliver(operation_id, world.deps)
            else:
                await world.run(operation_id)


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", PORT_CALLS, ids=".".join)
async def test_a_crash_while_the_end_is_published_loses_no_callback(
    call: tuple[str, str], *, after_effect: bool
) -> None:
    """Whichever write is lost, the sweep brings the callback about, and nothing stays behind."""
    world = a_world()
    record = await world.accept(REQUEST)
    port = getattr(world.storage, call[0])
    while not (await world.record(record.id)).status.is_final:
        if (await world.record(record.id)).next_step is not None:
            port.fail_next(call[1], DOWN, after_effect=after_effect)
        await crash(world.run(record.id))
        wait = (await world.record(record.id)).waiting
        world.clock.advance(max(wait.until - world.clock.now(), timedelta(0)) if wait else SECOND)
        world.clock.advance(timedelta(minutes=3))

    await sweep_and_drive(world)

    assert {sent.event_id for sent in world.notifier.sent} == {f"{record.id}-1"}
    assert under_way(world) == []
    assert world.storage.unfinished.rows == {}


@pytest.mark.parametrize("answer", [DeliveryAnswer.DELIVERED, DeliveryAnswer.GONE])
@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", DELIVER_CALLS, ids=".".join)
async def test_a_crash_while_it_is_delivered_is_made_good(
    call: tuple[str, str], answer: DeliveryAnswer, *, after_effect: bool
) -> None:
    """Sent at least once, and the end of the delivery is reached by the sweep."""
    world = a_world()
    record = await ended(world)
    world.notifier.answer = DeliveryReport(answer, "x")
    (delivery,) = under_way(world)
    getattr(world.storage, call[0]).fail_next(call[1], DOWN, after_effect=after_effect)

    await crash(deliver(delivery.id, world.deps))
    await sweep_and_drive(world)

    assert world.notifier.sent
    assert under_way(world) == []
    assert world.storage.unfinished.rows == {}
    is_warned = warnings(await world.record(record.id)) == [FindingCode.CALLBACK_FAILED]
    assert is_warned is (answer is DeliveryAnswer.GONE)


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("method", ["read", "write"])
async def test_a_crash_while_the_warning_is_written_is_made_good(
    method: str, *, after_effect: bool
) -> None:
    """The warning comes once, however often it is tried."""
    world = a_world()
    record = await ended(world)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.GONE, "http-410")
    world.storage.ledger.fail_next(method, DOWN, after_effect=after_effect)
    (delivery,) = under_way(world)

    await crash(deliver(delivery.id, world.deps))
    await sweep_and_drive(world)

    assert warnings(await world.record(record.id)) == [FindingCode.CALLBACK_FAILED]
    assert (await world.events(record.id)).count(FindingCode.CALLBACK_FAILED) == 1
