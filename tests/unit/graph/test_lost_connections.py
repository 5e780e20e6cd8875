"""Whether a request was sent or may have been, on a real socket, for each way to lose it."""

import asyncio
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import pytest

from shared.errors import NotSentError, OutcomeUnknownError
from shared.graph.wire.connections import TIMEOUT, Connections
from shared.graph.wire.failed_calls import translated
from shared.graph.wire.http_answer import HttpAnswer
from tests.doubles.certificate import self_signed
from tests.waiting import eventually

type Serving = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

# A busy machine connects late; what is to be lost after that is lost soon.
PATIENT = aiohttp.ClientTimeout(total=None, connect=20, sock_connect=20, sock_read=20)
SOON = aiohttp.ClientTimeout(total=None, connect=20, sock_connect=20, sock_read=0.2)
QUICK = aiohttp.ClientTimeout(total=None, connect=0.4, sock_connect=0.2, sock_read=0.2)
METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]


class Requests:
    """Reads each request that comes, and then does with the connection as it was told."""

    def __init__(self, then: Serving) -> None:
        self.count = 0
        self._then = then

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        while await reader.read(65_536) != b"":
            self.count += 1
            await self._then(reader, writer)
        writer.close()


@asynccontextmanager
async def serving(then: Serving) -> AsyncIterator[tuple[str, Requests]]:
    """A server on a port of its own, and its address."""
    requests = Requests(then)
    server = await asyncio.start_server(requests.serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", requests
    finally:
        server.close()


async def send(
    url: str,
    method: str = "POST",
    wire: Connections | None = None,
    within: aiohttp.ClientTimeout = PATIENT,
) -> HttpAnswer:
    """Send one request over a wire of its own, and give what it raises by our names."""
    own = wire or Connections(within)
    try:
        with translated():
            return await own.send(method, url, {}, None if method in {"GET", "DELETE"} else b"{}")
    finally:
        if wire is None:
            await own.close()


async def _reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def _end(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()
    writer.close()


async def _half_a_head(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Le")
    await writer.drain()
    writer.close()


async def _broken_chunks(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    await writer.drain()


async def _no_http(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP\r\n")
    await writer.drain()


async def _no_gzip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")
    await writer.drain()


async def _silence(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    return


async def _silence_after_half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()


async def _trickle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    with suppress(ConnectionError):
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)


async def _chunks_that_break_later(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.write(b"zz\r\n")
    await writer.drain()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "then",
    [
        _reset,
        _end,
        _half,
        _half_a_head,
        _broken_chunks,
        _no_http,
        _no_gzip,
        _silence,
        _silence_after_half,
    ],
)
async def test_what_is_lost_once_it_was_sent_is_an_unknown_outcome_and_sent_once(
    then: Serving, method: str
) -> None:
    """Nobody knows whether it took effect; the wire does not try again, a DELETE neither."""
    async with serving(then) as (url, requests):
        with pytest.raises(OutcomeUnknownError):
            await send(url, method, within=SOON)
        await eventually(lambda: requests.count)

    assert requests.count == 1


@pytest.mark.parametrize("method", METHODS)
async def test_a_connection_that_was_kept_and_is_lost_is_an_unknown_outcome(method: str) -> None:
    """Aiohttp would send what it takes for idempotent once more."""
    answered = False

    async def then(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal answered
        if answered:
            await _reset(reader, writer)
            return
        answered = True
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    wire = Connections(PATIENT)
    async with serving(then) as (url, requests):
        await send(url, "POST", wire)
        with pytest.raises(OutcomeUnknownError):
            await send(url, method, wire)
        await wire.close()

    assert requests.count == 2


@pytest.mark.parametrize("then", [_trickle, _chunks_that_break_later])
async def test_an_answer_without_an_end_is_given_up(then: Serving) -> None:
    """Its bytes come often enough, or aiohttp has lost it and waits for more."""
    in_all = aiohttp.ClientTimeout(total=2, connect=20, sock_connect=20, sock_read=20)
    async with serving(then) as (url, requests):
        with pytest.raises(OutcomeUnknownError):
            await send(url, within=in_all)

    assert requests.count == 1


def test_the_whole_is_given_more_time_than_its_parts() -> None:
    """Else a connection that is not made in time would pass for an unknown outcome."""
    assert TIMEOUT.total is not None
    assert TIMEOUT.connect is not None
    assert TIMEOUT.sock_read is not None
    assert TIMEOUT.total > TIMEOUT.connect + TIMEOUT.sock_read


@pytest.mark.parametrize("stray", [b"204 No Content", b"404 Not Found\r\nContent-Length: 0"])
async def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next(stray: bytes) -> None:
    """A gateway that answers twice: the connection is left, and the request sent on another."""
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    is_kept, is_astray = asyncio.Event(), asyncio.Event()

    async def then(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(ok)
        await writer.drain()
        # Later, when the connection is back among those that are kept.
        await is_kept.wait()
        writer.write(b"HTTP/1.1 " + stray + b"\r\n\r\n")
        await writer.drain()
        is_astray.set()

    wire = Connections(PATIENT)
    async with serving(then) as (url, requests):
        answers = []
        for _ in range(3):
            answers.append(await send(url, "POST", wire))
            is_kept.set()
            await is_astray.wait()
            is_kept.clear()
            is_astray.clear()
            # What has been written on this machine is read at the loop's next turn.
            for _ in range(10):
                await asyncio.sleep(0)
        await wire.close()

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert requests.count == 3


async def test_nothing_is_sent_once_the_wire_is_closed() -> None:
    """A straggler at the end of the app learns nothing, and nobody is surprised."""
    wire = Connections(PATIENT)
    async with serving(_silence_after_half) as (url, requests):
        waiting = asyncio.ensure_future(send(url, "POST", wire))
        async with asyncio.timeout(60):
            while requests.count < 1:  # noqa: ASYNC110 - a socket has no event for that
                await asyncio.sleep(0.005)
        await wire.close()
        with pytest.raises(OutcomeUnknownError):
            await send(url, "POST", wire)
        waiting.cancel()
        await asyncio.wait([waiting])

    assert requests.count == 1


@pytest.mark.parametrize("method", METHODS)
async def test_a_refused_connection_is_not_sent(method: str) -> None:
    """Nobody listens there."""
    with pytest.raises(NotSentError):
        await send("http://127.0.0.1:1/", method)


async def test_a_name_that_is_not_found_is_not_sent() -> None:
    """No address, no request."""
    with pytest.raises(NotSentError):
        await send("http://nobody.invalid/")


@pytest.mark.parametrize("url", ["http://[::1/", "ftp://127.0.0.1/", "http:///users"])
async def test_an_address_that_is_none_is_not_sent(url: str) -> None:
    """What cannot be reached was not."""
    with pytest.raises(NotSentError):
        await send(url)


async def test_a_connection_that_is_not_made_in_time_is_not_sent() -> None:
    """A server that takes the connection and does not answer the handshake."""
    async with serving(_silence) as (url, _):
        with pytest.raises(NotSentError):
            await send(url.replace("http:", "https:"), within=QUICK)


async def test_a_handshake_that_is_reset_is_not_sent() -> None:
    """The request was never written."""
    async with serving(_reset) as (url, _):
        with pytest.raises(NotSentError):
            await send(url.replace("http:", "https:"))


async def test_what_waits_too_long_for_one_of_the_connections_is_not_sent() -> None:
    """The only one is taken, and does not become free."""
    timeout = aiohttp.ClientTimeout(total=None, connect=1.5, sock_read=30)
    wire = Connections(timeout, connections=1)
    async with serving(_silence) as (url, requests):
        taken = asyncio.ensure_future(send(url, wire=wire))
        async with asyncio.timeout(60):
            while requests.count < 1:  # noqa: ASYNC110 - a socket has no event for that
                await asyncio.sleep(0.005)
        with pytest.raises(NotSentError):
            await send(url, wire=wire)
        taken.cancel()
        await asyncio.wait([taken])
        await wire.close()

    assert requests.count == 1


async def test_a_certificate_that_nobody_vouches_for_is_not_sent(tmp_path: Path) -> None:
    """The token never leaves."""
    context = _certified(tmp_path)
    count = 0

    async def serve(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        nonlocal count
        count += bool(await reader.read(1))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    url = f"https://localhost:{server.sockets[0].getsockname()[1]}/"
    with pytest.raises(NotSentError):
        await send(url)
    server.close()

    assert count == 0


async def test_a_certificate_that_the_environment_trusts_is_taken(tmp_path: Path) -> None:
    """SSL_CERT_FILE of the process, as everywhere: what it names is read once, at the start."""
    context = _certified(tmp_path)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65_536)
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    url = f"https://localhost:{server.sockets[0].getsockname()[1]}/"
    told = {
        name: await _sent_by_a_process(url, {"SSL_CERT_FILE": str(tmp_path / name)})
        for name in ("certificate.pem", "none.pem")
    }
    server.close()

    assert told == {"certificate.pem": "204", "none.pem": "ClientConnectorCertificateError"}


_SENDS = """
import asyncio, sys
from aiohttp import ClientError
from shared.graph.wire.connections import Connections

async def main():
    wire = Connections()
    try:
        print((await wire.send("GET", sys.argv[1], {}, None)).status)
    except ClientError as error:
        print(type(error).__name__)
    await wire.close()

asyncio.run(main())
"""


async def _sent_by_a_process(url: str, environment: dict[str, str]) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _SENDS, url),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    return printed.decode().strip()


async def test_a_cancelled_request_is_cancelled() -> None:
    """Whoever gives up is told so, and not that the outcome is unknown."""
    async with serving(_silence) as (url, requests):
        wire = Connections()
        sending = asyncio.ensure_future(send(url, wire=wire))
        async with asyncio.timeout(60):
            while requests.count < 1:  # noqa: ASYNC110 - a socket has no event for that
                await asyncio.sleep(0.005)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        await wire.close()


def _certified(folder: Path) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate of its own making."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed("localhost", folder))
    return context
