"""The connections to Graph: few while it is quiet, many at once, and none waits for another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from shared.graph.wire.connections import Connections
from shared.graph.wire.http_answer import HttpAnswer


@dataclass
class Server:
    """An HTTP server that counts connections, and answers when its gate is open."""

    connections: int = 0
    under_way: int = 0
    most: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    heads: list[str] = field(default_factory=list)
    headers: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        self.connections += 1
        while (sent := await reader.read(65_536)) != b"":
            self.heads.append(sent.decode())
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            await self.gate.wait()
            self.under_way -= 1
            writer.write(f"HTTP/1.1 200 OK\r\n{self.headers}Content-Length: 2\r\n\r\nok".encode())
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


@pytest.fixture
async def wire() -> AsyncIterator[Connections]:
    """Give a wire."""
    made = Connections()
    yield made
    await made.close()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - a socket on the other side has no event for that
            await asyncio.sleep(0.005)


async def _all(calls: list[Awaitable[HttpAnswer]]) -> set[int]:
    return {answer.status for answer in await asyncio.gather(*calls)}


async def test_quiet_worker_keeps_one_connection(server: Server, wire: Connections) -> None:
    """Call after call goes over the connection that is warm already."""
    server.gate.set()
    for _ in range(20):
        await wire.send("GET", server.url, {}, None)

    assert server.connections == 1


async def test_calls_of_many_restores_go_out_at_once(server: Server, wire: Connections) -> None:
    """As many as there are connections are with Graph at a time, and none waits for another."""
    calls = [asyncio.ensure_future(wire.send("GET", server.url, {}, None)) for _ in range(128)]
    await _until(lambda: server.under_way == 128)
    server.gate.set()
    statuses = await _all([*calls])

    assert (statuses, server.most) == ({200}, 128)


async def test_more_calls_than_connections_wait_for_their_turn(
    server: Server, wire: Connections
) -> None:
    """The last of two hundred is answered, and no more than 128 connections are opened."""
    calls = [asyncio.ensure_future(wire.send("GET", server.url, {}, None)) for _ in range(200)]
    await _until(lambda: server.under_way == 128)
    server.gate.set()
    statuses = await _all([*calls])

    assert (statuses, server.most, server.connections) == ({200}, 128, 128)


async def test_an_address_is_sent_as_it_was_made(server: Server, wire: Connections) -> None:
    """Nothing of it is quoted once more, or less."""
    server.gate.set()
    path = "v1.0/users?$filter=startswith(displayName,%27a%2Bb%20%2F%C3%A9%27)&$count=true"
    answer = await wire.send("GET", server.url + path, {}, None)

    assert server.heads[0].startswith(f"GET /{path} HTTP/1.1\r\n")
    assert answer.path == "/v1.0/users"


async def test_a_body_goes_with_its_length_and_an_effect_without_one_says_so(
    server: Server, wire: Connections
) -> None:
    """What Graph takes for a request with a body, and for one whose body is empty."""
    server.gate.set()
    await wire.send("POST", server.url, {"content-type": "application/json"}, b"{}")
    await wire.send("POST", server.url, {}, None)

    with_body, without = (head.lower() for head in server.heads)
    assert "content-type: application/json\r\n" in with_body
    assert "content-length: 2\r\n" in with_body
    assert "content-length: 0\r\n" in without
    assert "content-type" not in without


async def test_names_of_headers_are_in_lower_case_and_several_of_one_name_are_one(
    server: Server, wire: Connections
) -> None:
    """As whoever reads them looks for them; a long one is no broken answer."""
    server.gate.set()
    long = "x" * 20_000
    server.headers = f"Request-Id: {long}\r\nWWW-Authenticate: a\r\nwww-authenticate: b\r\n"
    answer = await wire.send("GET", server.url, {}, None)

    assert answer.headers["request-id"] == long
    assert answer.headers["www-authenticate"] == "a, b"
    assert answer.content == b"ok"


async def test_no_cookie_is_kept(server: Server, wire: Connections) -> None:
    """Each request is sent as it was made."""
    server.gate.set()
    server.headers = "Set-Cookie: which=this-one\r\n"
    for _ in range(2):
        await wire.send("GET", server.url, {}, None)

    assert "cookie" not in server.heads[1].lower()


async def test_no_proxy_is_read_from_the_environment(
    server: Server, wire: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that nobody told the service of would see the tokens."""
    server.gate.set()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert (await wire.send("GET", server.url, {}, None)).status == 200
