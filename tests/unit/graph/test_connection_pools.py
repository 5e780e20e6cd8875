"""The connections to Graph: few while it is quiet, many at once, and none waits for another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import httpx
import pytest

from shared.graph.wire.client import http_client


@dataclass
class Server:
    """An HTTP server that counts connections, and answers when its gate is open."""

    connections: int = 0
    under_way: int = 0
    most: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        self.connections += 1
        while (await reader.read(65_536)) != b"":
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            await self.gate.wait()
            self.under_way -= 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            await writer.drain()
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Give a server on a port of its own."""
    made = Server()
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
    yield made
    listening.close()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - a socket on the other side has no event for that
            await asyncio.sleep(0.005)


async def _all(calls: list[Awaitable[httpx.Response]]) -> set[int]:
    return {answer.status_code for answer in await asyncio.gather(*calls)}


async def test_quiet_worker_keeps_one_connection(server: Server) -> None:
    """Call after call goes over the connection that is warm already."""
    server.gate.set()
    async with http_client() as http:
        for _ in range(20):
            await http.get(server.url)

    assert server.connections == 1


async def test_calls_of_many_restores_go_out_at_once(server: Server) -> None:
    """As many as there are connections are with Graph at a time, and none waits for another."""
    async with http_client() as http:
        calls = [asyncio.ensure_future(http.get(server.url)) for _ in range(128)]
        await _until(lambda: server.under_way == 128)
        server.gate.set()
        statuses = await _all([*calls])

    assert (statuses, server.most) == ({200}, 128)


async def test_more_calls_than_connections_wait_for_their_turn(server: Server) -> None:
    """The last of two hundred is answered, and no more than 128 connections are opened."""
    async with http_client() as http:
        calls = [asyncio.ensure_future(http.get(server.url)) for _ in range(200)]
        await _until(lambda: server.under_way == 128)
        server.gate.set()
        statuses = await _all([*calls])

    assert (statuses, server.most, server.connections) == ({200}, 128, 128)
