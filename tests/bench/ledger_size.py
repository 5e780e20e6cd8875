"""Old restores in the ledger, and what they cost those who look at the new ones.

    .venv/bin/python -m tests.bench.ledger_size [--sizes 1000,50000] [--looks 30]

fills the tables of the emulator with restores that ended within the keep time, straight through
the ledger's own adapter, and measures at each size: the read of one status, the first page of the
list, a sweep with one restore due, and a cleanup with nothing to do. For each it prints the median
in milliseconds and the number of requests to storage. The emulator looks through a whole table in
memory at each query, as Azure does not: there the requests are what counts.
"""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from statistics import median

from infra.local.landscape import start_azurite
from shared.domain.listing import ListQuery
from shared.domain.outcomes import Code, outcome
from shared.domain.progress import JournalEntry
from shared.domain.record import Record
from shared.domain.request import restore_id_for_key
from shared.ledger.storage import Storage
from shared.restore.cleanup import cleanup
from shared.restore.deps import IntakeDeps
from shared.restore.listing import list_restores
from shared.restore.read import read_restore
from shared.restore.sweep import sweep
from tests.bench.ledger import intake_of, opened
from tests.bench.processes import memory_mb
from tests.builders import a_record, a_request

_AT_ONCE = 32
_DAYS = 80
_REQUESTS = "azure.core.pipeline.policies.http_logging_policy"


class Counter(logging.Handler):
    """Counts the requests that the SDK writes to its log."""

    def __init__(self) -> None:
        super().__init__()
        self.requests = 0

    def emit(self, record: logging.LogRecord) -> None:
        """One line for each request and one for each answer."""
        self.requests += record.getMessage().startswith("Request URL")

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Listen to the SDK's log, and to nothing else, for a while."""
        logger = logging.getLogger(_REQUESTS)
        logger.addHandler(self)
        logger.propagate = False
        logger.setLevel(logging.INFO)
        yield
        logger.setLevel(logging.WARNING)
        logger.removeHandler(self)


async def measure(sizes: list[int], looks: int) -> list[dict[str, object]]:
    """The figures at each size, in rising order."""
    figures: list[dict[str, object]] = []
    counter, filled = Counter(), 0
    with start_azurite() as azurite:
        async with opened(azurite) as storage:
            deps = intake_of(storage)
            for size in sorted(sizes):
                began = time.monotonic()
                await _fill(range(filled, size), storage, deps)
                row: dict[str, object] = {"restores": size}
                row["fill_seconds"] = round(time.monotonic() - began, 1)
                with counter.counting():
                    for name, look in _looks(deps).items():
                        row[name] = await _timed(look, looks, counter)
                row["azurite_mb"] = memory_mb(azurite.pid, "VmRSS")
                filled = size
                figures.append(row)
                sys.stderr.write(f"{row}\n")
    return figures


def _looks(deps: IntakeDeps) -> dict[str, Callable[[], Awaitable[object]]]:
    some = restore_id_for_key("old-7")

    async def sweep_one() -> int:
        await deps.unfinished.note(some, deps.clock.now())
        return await sweep(deps)

    return {
        "status": lambda: read_restore(some, deps),
        "list": lambda: list_restores(ListQuery(top=25), lambda _: True, deps),
        "sweep": sweep_one,
        "cleanup": lambda: cleanup(deps),
    }


async def _timed(
    look: Callable[[], Awaitable[object]], looks: int, counter: Counter
) -> dict[str, float]:
    took, before = [], counter.requests
    for _ in range(looks):
        began = time.perf_counter()
        await look()
        took.append((time.perf_counter() - began) * 1000)
    requests = (counter.requests - before) / looks
    return {"ms": round(median(took), 1), "requests": round(requests, 1)}


async def _fill(numbers: range, storage: Storage, deps: IntakeDeps) -> None:
    some = asyncio.Semaphore(_AT_ONCE)

    async def write(number: int) -> None:
        record = _ended(number, deps)
        async with some:
            await storage.days.note(record.id, record.created_at)
            await storage.ledger.insert(record, JournalEntry(record.created_at, "accepted"))

    for start in range(numbers.start, numbers.stop, 1000):
        await asyncio.gather(*map(write, range(start, min(start + 1000, numbers.stop))))


def _ended(number: int, deps: IntakeDeps) -> Record:
    at = deps.clock.now() - timedelta(days=1 + number % _DAYS, seconds=number % 80_000)
    request = a_request(user=f"person{number}@contoso.com", idempotency_key=f"old-{number}")
    record = a_record(id=restore_id_for_key(f"old-{number}"), request=request)
    ending = outcome(Code.USER_RESTORED, "The user is back and active.")
    return replace(record, created_at=at, updated_at=at).settle(ending, at)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ledger_size", description=__doc__)
    parser.add_argument("--sizes", default="1000,50000")
    parser.add_argument("--looks", type=int, default=30)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    print(json.dumps(asyncio.run(measure(sizes, asked.looks)), indent=2))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
