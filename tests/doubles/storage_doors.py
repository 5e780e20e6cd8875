"""Open and close ports that lead to Azurite, so that storage can be out of reach."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Self

from infra.local.landscape import free_ports
from tests.doubles.listening import cut_all, hear_nobody_new

_CHUNK = 64 * 1024


class StorageDoors:
    """Ports that refuse every connection until they are opened, and once they are closed again.

    Attributes:
        ports: in the order of the ports behind them.

    """

    def __init__(self, behind: Sequence[int]) -> None:
        self._behind = tuple(behind)
        self.ports = tuple(free_ports(len(self._behind)))
        self._servers: list[asyncio.Server] = []

    async def __aenter__(self) -> Self:
        """Closed at first."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close them."""
        await self.close()

    async def close(self) -> None:
        """Let nothing through, and cut every connection."""
        servers, self._servers = self._servers, []
        for server in servers:
            await hear_nobody_new(server)
            await cut_all(server)

    async def open(self) -> None:
        """Let connections through."""
        for port, behind in zip(self.ports, self._behind, strict=True):
            self._servers.append(await asyncio.start_server(_to(behind), "127.0.0.1", port))


def _to(port: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        try:
            await asyncio.gather(_carry(reader, back), _carry(there, writer))
        finally:
            back.transport.abort()

    return lead


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        return
    finally:
        writer.close()
