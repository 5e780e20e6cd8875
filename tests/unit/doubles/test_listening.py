"""A server of a test leaves no connection to the garbage collector, whoever is at the other end."""

import asyncio
import gc
import random
import socket
import ssl
import warnings
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from aiohttp import web

from tests.chaos.proxy import Proxy
from tests.doubles.certificate import self_signed
from tests.doubles.listening import listening

HOST = "receiver.example"
_LARGE = b"x" * 2**24
_CHANCE = random.Random(1)  # noqa: S311 - nothing is left to it: no request comes to harm

type Caller = Callable[[int], Awaitable[socket.socket]]


def left_open(caller: Caller, tls: ssl.SSLContext | None = None) -> list[str]:
    """What a server left open that this caller, who does not hang up, called before its end."""

    async def serve_one() -> socket.socket:
        async with listening(_application(), tls=tls, shutdown_seconds=0.1) as port:
            return await caller(port)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        with asyncio.run(serve_one()):
            gc.collect()
    return [str(warning.message) for warning in told]


def _application() -> web.Application:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=_LARGE)

    app = web.Application()
    app.router.add_get("/", answer)
    return app


def test_one_that_does_not_say_goodbye_over_tls(tmp_path: Path) -> None:
    """It shook hands, and says nothing more."""
    certificate = self_signed(HOST, tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    trust = ssl.create_default_context(cafile=str(certificate))

    def shake_hands(port: int) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", port))
        return trust.wrap_socket(plain, server_hostname=HOST)

    async def call(port: int) -> socket.socket:
        return await asyncio.to_thread(shake_hands, port)

    assert left_open(call, tls) == []


@pytest.mark.parametrize("turns", range(6))
def test_one_that_is_being_accepted(turns: int) -> None:
    """It called so many turns of the loop before the end."""

    async def call(port: int) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", port))
        for _ in range(turns):
            await asyncio.sleep(0)
        return made

    assert left_open(call) == []


def test_one_that_reads_nothing_of_its_answer() -> None:
    """More is on its way than the system keeps for it."""

    async def call(port: int) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", port))
        made.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        made.settimeout(0)
        await asyncio.get_running_loop().sock_recv(made, 1)
        return made

    assert left_open(call) == []


def test_a_proxy_before_a_server_that_reads_nothing() -> None:
    """What its caller sent is on its way, and stays there."""
    with warnings.catch_warnings(record=True) as told, ExitStack() as open_:
        warnings.simplefilter("always", ResourceWarning)
        deaf = open_.enter_context(socket.create_server(("127.0.0.1", 0)))
        with Proxy((deaf.getsockname()[1],), _CHANCE) as proxy:
            caller = open_.enter_context(socket.create_connection(("127.0.0.1", proxy.ports[0])))
            open_.enter_context(deaf.accept()[0])
            _fill(caller)
        gc.collect()
    assert [str(warning.message) for warning in told] == []


def test_a_proxy_before_a_caller_that_reads_nothing() -> None:
    """What its server answered is on its way, and stays there."""
    with warnings.catch_warnings(record=True) as told, ExitStack() as open_:
        warnings.simplefilter("always", ResourceWarning)
        server = open_.enter_context(socket.create_server(("127.0.0.1", 0)))
        with Proxy((server.getsockname()[1],), _CHANCE) as proxy:
            open_.enter_context(socket.create_connection(("127.0.0.1", proxy.ports[0])))
            _fill(open_.enter_context(server.accept()[0]))
        gc.collect()
    assert [str(warning.message) for warning in told] == []


def _fill(connection: socket.socket) -> None:
    """Send until nobody takes more."""
    connection.settimeout(0.2)
    with suppress(TimeoutError):
        while True:
            connection.sendall(_LARGE)
