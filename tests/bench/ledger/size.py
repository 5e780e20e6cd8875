"""Measure what old restores in the ledger cost the reads of new ones.

    .venv/bin/python -m tests.bench.ledger.size [--sizes 1000,1000000] [--store indexed]

fills the tables with restores that ended within the keep time, and measures at each size: the read
of one status, the first page of the list, a page of a list in which nothing matches, a sweep with
one restore due, a cleanup with nothing to do, and one with 500 restores to remove. For each it
prints the median in milliseconds, the requests to table storage, the rows and kilobytes that came
back, and the rows that storage had to look at for its queries. Requests, rows and bytes are counted
apart from the time, through a proxy.

`--store azurite` is the emulator as it is, which looks through whole tables: there the time grows
with the ledger whoever asks, as the lines of the SDK alone show. `filled_tables` tells more. Take
few looks there: `--only status,sweep,SDK`. A million restores want 5 GB of memory and, on two
cores, three minutes.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import timedelta
from statistics import median

from infra.local.landscape import Azurite, start_azurite
from shared.domain.records.record import Record
from tests.bench.ledger.filled_tables import (
    FilledTables,
    Kind,
    connection_to,
    filled_tables,
)
from tests.bench.ledger.in_process import MachineClock
from tests.bench.ledger.looks import Look, Looks, looks
from tests.bench.ledger.old_restores import ended, ended_at
from tests.bench.processes import memory_mb
from tests.contract.ledger.proxies.listening import Listener, listening

_LONG_AGO = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one look cost; `walked` is 0 where storage does not tell."""

    ms: float
    requests: int
    rows: int
    kilobytes: float
    walked: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, and where.

    Attributes:
        sizes: old restores in the ledger.
        times: how often each look is timed.
        due: how many restores there are to be removed, on top of them.
        only: how the names of the looks begin that are taken.

    """

    sizes: Sequence[int]
    times: int
    due: int = 500
    store: Kind = "indexed"
    only: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class _Bench:
    tables: FilledTables
    listener: Listener
    straight: Looks
    heard: Looks
    plan: Plan

    async def take(self, name: str) -> Figures:
        """Time a look, then count what it asks for."""
        straight, heard = (some.product | some.bare for some in (self.straight, self.heard))
        took = await _timed([straight[name]] * self.plan.times)
        return await self._counted(heard[name], took)

    async def clean_up(self, size: int) -> Figures:
        """Remove what is due, once for the time and once for the count."""
        await self.tables.fill(_due(f"timed-{size}", self.plan.due))
        took = await _timed([self.straight.cleanup])
        await self.tables.fill(_due(f"counted-{size}", self.plan.due))
        return await self._counted(self.heard.cleanup, took)

    async def _counted(self, look: Look, took: float) -> Figures:
        self.listener.taken()
        before = await self.tables.walked()
        await look()
        walked = await self.tables.walked() - before
        asked = self.listener.taken()
        kilobytes = round(sum(item.size for item in asked) / 1000, 1)
        return Figures(took, len(asked), sum(item.rows for item in asked), kilobytes, walked)


async def _timed(timed: list[Look]) -> float:
    """The median, in milliseconds."""
    took = []
    for look in timed:
        began = time.perf_counter()
        await look()
        took.append((time.perf_counter() - began) * 1000)
    return round(median(took), 1)


async def measure(plan: Plan) -> dict[int, dict[str, Figures]]:
    """The figures at each size, in rising order, by the name of the look."""
    figures: dict[int, dict[str, Figures]] = {}
    with start_azurite() as azurite:
        async with filled_tables(plan.store) as tables, _bench(tables, azurite, plan) as bench:
            filled = 0
            for size in sorted(plan.sizes):
                await _fill(range(filled, size), tables)
                figures[size] = await _at(size, bench)
                filled = size
    return figures


@asynccontextmanager
async def _bench(tables: FilledTables, azurite: Azurite, plan: Plan) -> AsyncIterator[_Bench]:
    straight = connection_to(tables.port, azurite)
    async with (
        listening(straight) as listener,
        looks(straight) as some,
        looks(listener.connection_string) as others,
    ):
        yield _Bench(tables, listener, some, others, plan)


async def _at(size: int, bench: _Bench) -> dict[str, Figures]:
    straight, plan = bench.straight, bench.plan
    last = f"cleanup: {plan.due} due"
    names = (*straight.product, last, *straight.bare)
    return {
        name: await (bench.clean_up(size) if name == last else bench.take(name))
        for name in names
        if name.startswith(plan.only)
    }


async def _fill(numbers: range, tables: FilledTables) -> None:
    began, now = time.monotonic(), MachineClock().now()
    await tables.fill(ended(number, now) for number in numbers)
    seconds, held = time.monotonic() - began, memory_mb(tables.process.pid, "VmRSS")
    sys.stderr.write(f"filled {len(numbers)} in {seconds:.0f} s; the tables hold {held:.0f} MB\n")


def _due(name: str, count: int) -> Iterator[Record]:
    at = MachineClock().now() - _LONG_AGO
    return (ended_at(f"{name}-{number}", at - timedelta(minutes=number)) for number in range(count))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ledger.size", description=__doc__)
    parser.add_argument("--sizes", default="1000,1000000")
    parser.add_argument("--looks", type=int, default=30)
    parser.add_argument("--store", choices=("indexed", "azurite"), default="indexed")
    parser.add_argument("--only", default="", help="how the names of looks begin, with commas")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    plan = Plan(sizes, asked.looks, store=asked.store, only=tuple(asked.only.split(",")))
    for size, figures in asyncio.run(measure(plan)).items():
        sys.stdout.write(_table(size, figures))
    return 0


def _table(size: int, figures: dict[str, Figures]) -> str:
    names = [field.name for field in fields(Figures)]
    lines = [f"{f'{size:,} old restores':24}" + "".join(f"{name:>11}" for name in names)]
    for name, one in figures.items():
        numbers = (getattr(one, column) for column in names)
        lines.append(f"{name:24}" + "".join(f"{number:>11,}" for number in numbers))
    return "\n".join([*lines, "", ""])


if __name__ == "__main__":
    sys.exit(main())
