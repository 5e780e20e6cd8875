"""Ten thousand messages on `restore-requests` at once, through the real host.

    .venv/bin/python -m tests.bench.burst [--messages 10000]

One in ten cannot be understood; the others ask for users that the directory does not have, so each
restore ends after a few reads. Prints how long the messages took to be sent, to be taken in and to
come to their end, the host's memory, and how many were lost or set aside: both must be 0.
"""

import argparse
import asyncio
import json
import sys
import time
from typing import Any

from azure.storage.queue.aio import QueueServiceClient

from infra.local.landscape import Landscape, start_azurite, start_graph
from shared.domain.request import restore_id_for_key
from shared.ledger.storage import Storage
from tests.bench.ledger import opened
from tests.bench.processes import cpu_seconds, memory_mb

_AT_ONCE = 32
_BAD_EVERY = 10
_PATIENCE_SECONDS, _QUIET_SECONDS = 3600, 240
_NOBODY = "e2e0ffff-0000-4000-8000-{:012d}"
_NEVER = "0 0 0 29 2 *"


async def measure(messages: int) -> dict[str, Any]:
    """Send them, let one host work on them, and count what came of them."""
    settings = {"OBSERVE_SCHEDULE": _NEVER, "CLEANUP_SCHEDULE": _NEVER}
    with start_azurite() as azurite, start_graph() as graph:
        text = azurite.connection_string
        queues = QueueServiceClient.from_connection_string(text)
        async with opened(text) as storage, queues as q:
            began = time.monotonic()
            await _send(messages, q)
            sent = round(time.monotonic() - began, 1)
            with Landscape(azurite=azurite, graph=graph, settings=settings) as landscape:
                worked = await _watch(messages, q, landscape.host.pid)
                return {
                    "messages": messages,
                    "seconds_to_send": sent,
                    **worked,
                    "not_ended": await _not_ended(messages, storage),
                    "azurite_mb": memory_mb(azurite.pid, "VmRSS"),
                }


async def _watch(messages: int, queues: QueueServiceClient, pid: int) -> dict[str, Any]:
    began = time.monotonic()
    taken = await _until_empty("restore-requests", queues, began)
    told = await _read_results(messages, queues)
    ended = time.monotonic() - began
    poison = [f"{name}-poison" for name in ("restore-requests", "restore-work")]
    return {
        "seconds_until_taken_in": round(taken, 1),
        "seconds_until_ended": round(ended, 1),
        "per_second": round(messages / ended, 1),
        "lost": messages - len(told),
        "poisoned": sum([await _waiting(name, queues) for name in poison]),
        "host_mb": memory_mb(pid, "VmRSS"),
        "host_peak_mb": memory_mb(pid, "VmHWM"),
        "host_cpu_seconds": round(cpu_seconds(pid), 1),
    }


async def _send(messages: int, queues: QueueServiceClient) -> None:
    queue, some = queues.get_queue_client("restore-requests"), asyncio.Semaphore(_AT_ONCE)

    async def send(number: int) -> None:
        request = {"version": 1, "kind": "user", "user": _NOBODY.format(number)}
        good = json.dumps({**request, "idempotencyKey": f"burst-{number}"})
        async with some:
            await queue.send_message(good if number % _BAD_EVERY else f"no JSON {number}")

    await asyncio.gather(*map(send, range(messages)))


async def _until_empty(name: str, queues: QueueServiceClient, began: float) -> float:
    while await _waiting(name, queues):
        await asyncio.sleep(1)
        if time.monotonic() - began > _PATIENCE_SECONDS:
            raise TimeoutError(f"{name} is not empty after {_PATIENCE_SECONDS} s")
    return time.monotonic() - began


async def _waiting(name: str, queues: QueueServiceClient) -> int:
    properties = await queues.get_queue_client(name).get_queue_properties()
    return properties.approximate_message_count or 0


async def _read_results(messages: int, queues: QueueServiceClient) -> set[str]:
    """The ids of the results told, until all are, or none has come for four minutes.

    A restore whose worker lost its storage is taken up by the sweep after two minutes and a lease.
    """
    queue, told, last = queues.get_queue_client("restore-results"), set[str](), time.monotonic()
    while len(told) < messages and time.monotonic() - last < _QUIET_SECONDS:
        async for message in queue.receive_messages(messages_per_page=32):
            told.add(json.loads(message.content)["id"])
            await queue.delete_message(message)
            last = time.monotonic()
        sys.stderr.write(f"{len(told)} ended\n")
        await asyncio.sleep(1)
    return told


async def _not_ended(messages: int, storage: Storage) -> int:
    good = [number for number in range(messages) if number % _BAD_EVERY]
    ids = [restore_id_for_key(f"burst-{number}") for number in good]
    stored = [await storage.ledger.read(restore_id) for restore_id in ids]
    return sum(one is None or not one.record.status.is_final for one in stored)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.burst", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(measure(asked.messages)), indent=2))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
