"""Put ten thousand messages on `restore-requests` at once, and run them through the real host.

    .venv/bin/python -m tests.bench.burst [--messages 10000]

One in ten cannot be understood; the others ask for users that the directory does not have, so each
restore ends after a few reads. Prints how long the messages took to be sent, to be taken in and to
come to their end, the host's memory, and what became of them: none may be lost, none set aside by
the host, none without an end.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from time import monotonic

from azure.storage.queue.aio import QueueServiceClient

from infra.local.landscape import Landscape, start_azurite, start_graph
from shared.domain.requests.keys import keys_of
from shared.domain.requests.request import Door, RequestedBy
from shared.ledger.storage import Storage
from tests.bench.host_log import HostLog
from tests.bench.ledger.in_process import opened
from tests.bench.processes import cpu_seconds, memory_mb
from tests.bench.results import Results

_AT_ONCE = 32
_BAD_EVERY = 10
_LOOK_EVERY_SECONDS = 0.25
_PATIENCE_SECONDS = 2 * 3600
_NOBODY = "nobody-{:012d}"
_NEVER = "0 0 0 29 2 *"
_SETTINGS = {"OBSERVE_SCHEDULE": _NEVER, "CLEANUP_SCHEDULE": _NEVER}


@dataclass(frozen=True)
class Figures:
    """What came of the burst; seconds count from the host's start, memory is in MB.

    `poisoned` lie on a poison queue or ended as given up; `not_ended` counts in the ledger;
    `told_again` are results beyond the first of a restore; `queued_again` is the sweeps' doing.
    """

    messages: int
    seconds_to_send: float
    seconds_until_taken_in: float
    seconds_until_ended: float
    per_second: float
    ended: int
    codes: dict[str, int]
    lost: int
    poisoned: int
    not_ended: int
    told_again: int
    queued_again: int
    runs_failed: dict[str, int]
    host_cpu_seconds: float
    worker_mb: float
    worker_peak_mb: float
    azurite_mb: float


async def measure(messages: int) -> Figures:
    """Send them, let one host work on them, and count what came of them."""
    with start_azurite() as azurite, start_graph() as graph:
        text, log = azurite.connection_string, HostLog()
        queues = QueueServiceClient.from_connection_string(text)
        async with opened(text) as storage, queues as q:
            began = monotonic()
            await _send(messages, q)
            sent = monotonic() - began
            with Landscape(azurite=azurite, graph=graph, settings=_SETTINGS, echo=log) as landscape:
                results, taken_in = await _watch(messages, q)
                host, worker = landscape.host.pid, landscape.host.worker_pid
                return Figures(
                    messages=messages,
                    seconds_to_send=round(sent, 1),
                    seconds_until_taken_in=round(taken_in, 1),
                    seconds_until_ended=round(results.seconds, 1),
                    per_second=round(len(results.ids) / results.seconds, 1),
                    ended=len(results.ids),
                    codes=dict(results.codes),
                    lost=messages - len(results.ids),
                    poisoned=await _poisoned(results.codes, q),
                    not_ended=await _not_ended(messages, storage),
                    told_again=results.told_again,
                    queued_again=log.queued_again,
                    runs_failed=dict(log.failed),
                    host_cpu_seconds=round(cpu_seconds(host, worker), 1),
                    worker_mb=memory_mb(worker, "VmRSS"),
                    worker_peak_mb=memory_mb(worker, "VmHWM"),
                    azurite_mb=memory_mb(azurite.pid, "VmRSS"),
                )


async def _watch(messages: int, queues: QueueServiceClient) -> tuple[Results, float]:
    """The results, read as they come, and the seconds until every message was taken in."""
    results = Results(queues.get_queue_client("restore-results"))
    async with asyncio.TaskGroup() as tasks:
        reading = tasks.create_task(results.read(messages))
        taken_in = await _until_empty("restore-requests", queues)
        results.may_end()
        await reading
    return results, taken_in


async def _send(messages: int, queues: QueueServiceClient) -> None:
    queue, some = queues.get_queue_client("restore-requests"), asyncio.Semaphore(_AT_ONCE)

    async def send(number: int) -> None:
        request = {"version": 1, "kind": "user", "user": _NOBODY.format(number)}
        good = json.dumps({**request, "idempotencyKey": f"burst-{number}"})
        async with some:
            await queue.send_message(good if number % _BAD_EVERY else f"no JSON {number}")

    await asyncio.gather(*map(send, range(messages)))


async def _until_empty(name: str, queues: QueueServiceClient) -> float:
    began = monotonic()
    while await _waiting(name, queues):
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        if monotonic() - began > _PATIENCE_SECONDS:
            raise TimeoutError(f"{name} is not empty after {_PATIENCE_SECONDS} s")
    return monotonic() - began


async def _waiting(name: str, queues: QueueServiceClient) -> int:
    properties = await queues.get_queue_client(name).get_queue_properties()
    return properties.approximate_message_count or 0


async def _poisoned(codes: Counter[str], queues: QueueServiceClient) -> int:
    names = ("restore-requests-poison", "restore-work-poison")
    return codes["gave-up"] + sum([await _waiting(name, queues) for name in names])


async def _not_ended(messages: int, storage: Storage) -> int:
    some, keys = asyncio.Semaphore(_AT_ONCE), keys_of(RequestedBy(Door.QUEUE))

    async def is_ended(number: int) -> bool:
        async with some:
            stored = await storage.ledger.read(keys.restore_id(f"burst-{number}"))
        return stored is not None and stored.record.status.is_final

    good = [number for number in range(messages) if number % _BAD_EVERY]
    return (await asyncio.gather(*map(is_ended, good))).count(False)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.burst", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    asked = parser.parse_args()
    print(json.dumps(asdict(asyncio.run(measure(asked.messages))), indent=2))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
