"""A proxy before one storage service: requests pass, and somebody may see or change the answers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from yarl import URL


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answered."""

    status: int
    content: bytes
    headers: dict[str, str]

    def response(self) -> web.Response:
        """The same answer, for whoever asked."""
        return web.Response(status=self.status, body=self.content, headers=self.headers)


type Ask = Callable[[], Awaitable[Answer]]
type Handler = Callable[[web.Request, Ask], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def forwarding(
    connection_string: str, handler: Handler, *, endpoint: str = "TableEndpoint"
) -> AsyncIterator[str]:
    """Run a proxy before the service of that endpoint; gives the connection string through it.

    The handler is called with each request, and calls what it is given to have it answered.
    """
    behind = _port(connection_string, endpoint)
    async with aiohttp.ClientSession(auto_decompress=False) as session:

        async def handle(request: web.Request) -> web.StreamResponse:
            return await handler(request, lambda: _asked(session, behind, request))

        app = web.Application(client_max_size=2**23)
        app.router.add_route("*", "/{rest:.*}", handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            port = runner.addresses[0][1]
            yield connection_string.replace(f":{behind}/", f":{port}/")
        finally:
            await runner.cleanup()


def _port(connection_string: str, endpoint: str) -> int:
    parts = dict(part.split("=", 1) for part in connection_string.split(";") if part)
    port = URL(parts[endpoint]).port
    assert port is not None
    return port


async def _asked(session: aiohttp.ClientSession, port: int, request: web.Request) -> Answer:
    async with session.request(
        request.method,
        URL(f"http://127.0.0.1:{port}{request.raw_path}", encoded=True),
        headers=request.headers,
        data=await request.read() or None,
        skip_auto_headers=("Content-Type",),
    ) as answer:
        return Answer(answer.status, await answer.read(), _kept(answer.headers))


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that the SDK goes by."""
    named = {name.lower(): value for name, value in headers.items()}
    kept = {name for name in named if name == "etag" or name.startswith("x-ms-")}
    return {"content-type": named.get("content-type", "")} | {name: named[name] for name in kept}
