"""Fill Azurite's tables with a million rows in minutes, past its HTTP interface.

There are two kinds of store to fill. Azurite's own looks through the whole table at each query, and
at a point read through all rows that have the same RowKey. Table storage keeps its rows in the
order of PartitionKey and RowKey and looks at those between two keys; `indexed` does the same, and
counts the rows it has looked at. Protocol, filters, types and ETags are Azurite's own in both.
"""

import shutil
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Literal

from aiohttp import ClientSession, ClientTimeout

from infra.local.landscape import Azurite, Child, free_ports
from infra.local.preflight import AZURITE
from shared.domain.records.record import Record
from tests.bench.ledger.old_restores import lines

type Kind = Literal["azurite", "indexed"]

_SERVE = Path(__file__).parent.parent / "tables" / "serve.js"

# A million restores are five million rows, and take 5 GB; Node's own limit is about 4.
_HEAP_MB = 14_000

# Restores in one request: Node breaks off what has not arrived within five minutes.
_AT_ONCE = 20_000

# Lines in one piece of it, so that the service takes them in while others are being written.
_LINES = 1000

# Building the order of millions of rows takes a while.
_PATIENCE = ClientTimeout(total=600)


@dataclass(frozen=True, slots=True)
class TableService:
    """A running table service: where it serves tables, and where it is filled."""

    port: int
    control: int
    process: Child


class FilledTables:
    """A table service that takes rows past its front door.

    Attributes:
        port: where it serves tables.
        process: it.

    """

    def __init__(self, service: TableService, http: ClientSession) -> None:
        self.port, self.process = service.port, service.process
        self._control, self._http = f"http://127.0.0.1:{service.control}", http

    async def fill(self, records: Iterator[Record]) -> None:
        """Put in what an adapter would have written of these restores; the tables must be there."""
        for some in batched(records, _AT_ONCE, strict=False):
            await self._ask("/rows", _body(some))
        await self._ask("/load")

    async def walked(self) -> int:
        """How many rows the queries so far have looked at; 0 in Azurite's own store."""
        return int(await self._ask("/walked"))

    async def _ask(self, path: str, body: AsyncIterator[bytes] | None = None) -> str:
        async with self._http.post(f"{self._control}{path}", data=body) as answer:
            answer.raise_for_status()
            return await answer.text()


@contextmanager
def table_service(kind: Kind) -> Iterator[TableService]:
    """Run a table service with this store; what is in it is gone at the end."""
    port, control = free_ports(2)
    node = shutil.which("node") or "node"
    words = [str(AZURITE.parent), str(port), str(control), kind]
    command = [node, f"--max-old-space-size={_HEAP_MB}", str(_SERVE), *words]
    with Child("table service", command) as process:
        process.wait_for_line(starting="ready", within_seconds=60)
        yield TableService(port, control, process)


@asynccontextmanager
async def filled_tables(kind: Kind) -> AsyncIterator[FilledTables]:
    """Run such a service to fill."""
    with table_service(kind) as service:
        async with ClientSession(timeout=_PATIENCE) as http:
            yield FilledTables(service, http)


def connection_to(tables: int, azurite: Azurite) -> str:
    """Tables behind this port, queues and blobs in Azurite."""
    return azurite.connection_string.replace(f":{azurite.ports[2]}/", f":{tables}/")


async def _body(records: Iterable[Record]) -> AsyncIterator[bytes]:
    some: list[str] = []
    async for line in lines(records):
        some.append(f"{line}\n")
        if len(some) == _LINES:
            yield "".join(some).encode()
            some.clear()
    yield "".join(some).encode()
