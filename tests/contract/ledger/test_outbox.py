"""The Outbox port: on real queues, what the other end receives; in memory, what a test reads."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient

from shared.errors import StorageUnavailableError
from shared.events.event_size import LARGEST
from shared.ledger.queues import LONGEST_DELAY
from shared.ledger.storage import Storage
from shared.ports.queues import NextInLine
from tests.contract.ledger.storages import an_id
from tests.fakes.ledger import InMemoryOutbox
from tests.waiting import eventually

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def work(real_storage: Storage) -> AsyncIterator[QueueClient]:
    """Give the queue that workers read, emptied before and after."""
    async with emptied(real_storage, "restore-work") as queue:
        yield queue


@pytest.fixture
async def results(real_storage: Storage) -> AsyncIterator[QueueClient]:
    """Give the queue that other apps read, emptied before and after."""
    async with emptied(real_storage, "restore-results") as queue:
        yield queue


@asynccontextmanager
async def emptied(storage: Storage, name: str) -> AsyncIterator[QueueClient]:
    """Lend this queue, and leave nothing in it."""
    queue = storage._clients.queues.get_queue_client(name)
    await queue.clear_messages()
    try:
        yield queue
    finally:
        await queue.clear_messages()


async def received(queue: QueueClient) -> list[QueueMessage]:
    """Return what is visible now."""
    return [message async for message in queue.receive_messages(visibility_timeout=60)]


def an_event(**data: object) -> dict[str, object]:
    """Return a result as the service publishes it."""
    return {
        "specversion": "1.0",
        "id": an_id(),
        "source": "/restores",
        "type": "restore.finished.v1",
        "subject": an_id(),
        "data": {"id": an_id(), "status": "succeeded"} | data,
    }


async def test_work_is_the_id_in_plain_text(real_storage: Storage, work: QueueClient) -> None:
    """Nothing else is in the message, it is there at once, and never expires."""
    restore_id = an_id()

    await real_storage.outbox.enqueue_work(restore_id)

    (message,) = await received(work)
    assert restore_id == message.content
    assert message.expires_on is not None
    assert message.expires_on.year == 9999


async def test_delayed_work_is_invisible_until_its_time(
    real_storage: Storage, work: QueueClient
) -> None:
    """A fraction of a second is rounded up, and the message comes back by itself."""
    restore_id = an_id()

    await real_storage.outbox.enqueue_work(restore_id, SECOND / 2)

    assert await received(work) == []
    (message,) = await eventually(lambda: received(work))
    assert restore_id == message.content
    assert message.inserted_on is not None


@pytest.mark.parametrize("delay", [timedelta(days=400), LONGEST_DELAY, -SECOND])
async def test_no_delay_is_too_long(
    real_storage: Storage, work: QueueClient, delay: timedelta
) -> None:
    """What no queue can hold back is held back as long as it can be; the past is now."""
    await real_storage.outbox.enqueue_work(an_id(), delay)

    assert len(await received(work)) == (0 if delay > timedelta(0) else 1)
    assert (await work.get_queue_properties()).approximate_message_count == 1


@pytest.mark.parametrize(
    "text", ["ä漢😀", "<&>\"'\\", "\x00\x01\r\n\x7f\x85\u2028", "\ufffe\ud800"]
)
async def test_an_event_arrives_to_the_letter(
    real_storage: Storage, results: QueueClient, text: str
) -> None:
    """As plain JSON, whatever its texts are made of."""
    event = an_event(reason=text)

    await real_storage.outbox.publish_result(event)

    (message,) = await received(results)
    assert event == json.loads(message.content)


@pytest.mark.parametrize("character", ["x", "<", "漢", "\x00"])
async def test_an_event_too_long_for_a_queue_still_arrives(
    real_storage: Storage, results: QueueClient, character: str
) -> None:
    """It loses its details and says which, keeps the verdict, and fits even as base64."""
    details = [{"name": "verify-user", "detail": character * 70_000, "status": "done"}]
    event = an_event(steps=details, outcome={"code": "user-restored", "message": "m"})

    await real_storage.outbox.publish_result(event)

    (message,) = await received(results)
    data = json.loads(message.content)["data"]
    assert data["trimmed"] == ["steps.detail"]
    assert data["steps"] == [{"name": "verify-user", "status": "done"}]
    assert data["outcome"] == {"code": "user-restored", "message": "m"}
    assert len(base64.b64encode(message.content.encode())) <= LARGEST * 4 / 3


async def test_an_alert_goes_to_its_own_queue(real_storage: Storage) -> None:
    """Whoever reads alerts need not sort them out of the results."""
    event = an_event() | {"type": "restore.stuck.v1"}
    async with emptied(real_storage, "restore-alerts") as alerts:
        await real_storage.outbox.publish_alert(event)

        (message,) = await received(alerts)

    assert event == json.loads(message.content)


async def test_next_in_line_are_32_and_the_youngest_says_how_far_it_is(
    real_storage: Storage, work: QueueClient, results: QueueClient
) -> None:
    """None further back; and nothing is said where fewer wait, or the rest is hidden."""
    await real_storage.outbox.enqueue_work(an_id(), HOUR)
    ids = [an_id() for _ in range(32)]
    for restore_id in ids[:31]:
        await real_storage.outbox.enqueue_work(restore_id)
    few = await real_storage.outbox.work_next()
    await real_storage.outbox.enqueue_work(ids[31])
    line = await work.peek_messages(32)
    reached = max(one.inserted_on for one in line if one.inserted_on is not None)

    async def is_later() -> bool:
        at = (await results.send_message("What time is it?")).inserted_on
        return at is not None and at > reached

    # The queue's clock counts whole seconds.
    await eventually(is_later)
    await real_storage.outbox.enqueue_work(an_id())

    assert few == NextInLine(frozenset(ids[:31]))
    assert await real_storage.outbox.work_next() == NextInLine(frozenset(ids), reached)


async def test_the_fake_keeps_what_it_was_given() -> None:
    """Work with its delay, results as they are."""
    outbox = InMemoryOutbox()
    event = an_event()

    await outbox.enqueue_work("id", SECOND)
    await outbox.publish_result(event)
    await outbox.publish_alert(event)

    assert outbox.work == [("id", SECOND)]
    assert outbox.results == outbox.alerts == [event]


async def test_the_fake_fails_as_told() -> None:
    """Once for each time it was told, before the effect or after it."""
    outbox = InMemoryOutbox()
    outbox.fail_next("enqueue_work", StorageUnavailableError("down"))
    outbox.fail_next("enqueue_work", StorageUnavailableError("lost"), after_effect=True)

    with pytest.raises(StorageUnavailableError, match="down"):
        await outbox.enqueue_work("first")
    with pytest.raises(StorageUnavailableError, match="lost"):
        await outbox.enqueue_work("second")
    await outbox.enqueue_work("third")

    assert [name for name, _ in outbox.work] == ["second", "third"]
    assert outbox.calls["enqueue_work"] == 3
