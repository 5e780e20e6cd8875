"""Serve an application on a free port of this machine, and leave no connection open.

A loop that ends before its connections do leaves them to the garbage collector, which tells of
them in whatever test comes next.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext

from aiohttp import web

# From the accept of a connection to its place among the server's: a turn of the loop for its task,
# and one for what that calls.
_TURNS = 3


@asynccontextmanager
async def listening(
    app: web.Application,
    *,
    tls: SSLContext | None = None,
    handler_cancellation: bool = False,
    shutdown_seconds: float = 60,
) -> AsyncIterator[int]:
    """Give the port on which the application is served, until every connection is cut.

    aiohttp's own end tells each connection to close and does not wait until it has: one over TLS
    waits half a minute for the goodbye of a client that may be busy or dead.
    """
    runner = web.AppRunner(
        app,
        access_log=None,
        handler_cancellation=handler_cancellation,
        shutdown_timeout=shutdown_seconds,
    )
    await runner.setup()
    assert runner.server is not None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(runner.server, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        await hear_nobody_new(server)
        await runner.cleanup()
        await cut_all(server)


async def hear_nobody_new(server: asyncio.Server) -> None:
    """Stop to listen once those who called are connected.

    One that is being accepted when its server closes belongs to nobody: CPython gh-109564.
    """
    for listener in server.sockets:
        server.get_loop().remove_reader(listener)
    for _ in range(_TURNS):
        await asyncio.sleep(0)
    server.close()


async def cut_all(server: asyncio.Server) -> None:
    """Cut the connections that are open, and wait until they are."""
    server.abort_clients()
    await server.wait_closed()
