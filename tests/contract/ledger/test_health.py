"""Test the port HealthSignals, in memory and on Azure Storage; queue lengths on Azurite only."""

from datetime import timedelta

from azure.storage.queue.aio import QueueServiceClient

from infra.local import landscape
from shared.ledger.storage import QUEUE_NAMES, Storage
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id


async def test_the_last_beat_is_kept(storage: Ports) -> None:
    """To the microsecond, in place of the one before; none before the first."""
    name, later = an_id(), NOW + timedelta(microseconds=1)
    assert await storage.health_signals.last_beat(name) is None

    await storage.health_signals.beat(name, NOW)
    await storage.health_signals.beat(name, later)

    assert await storage.health_signals.last_beat(name) == later


async def test_every_queue_is_measured(storage: Ports) -> None:
    """Each once, under its own name."""
    gauges = await storage.health_signals.queues()

    assert [gauge.name for gauge in gauges] == list(QUEUE_NAMES)
    assert all(gauge.messages >= 0 for gauge in gauges)


async def test_a_queue_tells_how_full_it_is_and_since_when(
    real_storage: Storage, azurite: landscape.Azurite
) -> None:
    """The age of a request is told; that of work is not, because work may wait for days."""
    text = azurite.connection_string
    async with QueueServiceClient.from_connection_string(text) as service:
        requests = service.get_queue_client("restore-requests-poison")
        work = service.get_queue_client("restore-work")
        sent = await requests.send_message("a"), await work.send_message("b")

        gauges = {gauge.name: gauge for gauge in await real_storage.health_signals.queues()}

        await requests.delete_message(sent[0])
        await work.delete_message(sent[1])
    assert gauges["restore-requests-poison"].messages >= 1
    assert gauges["restore-requests-poison"].oldest_at is not None
    assert gauges["restore-work"].messages >= 1
    assert gauges["restore-work"].oldest_at is None
