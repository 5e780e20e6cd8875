"""Forward storage requests through a proxy that applies Azure's limits and may alter answers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from io import BytesIO

import aiohttp
from aiohttp import web
from yarl import URL

from tests.contract.ledger.proxies.azure_limits import Refusal, queue_refusal, table_refusal
from tests.doubles.listening import listening


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
    """Run proxies before tables and queues; gives the connection string that leads through them.

    What Azure would refuse for its size or content is refused (see azure_limits). The handler is
    called with each other request to the service of `endpoint`, and calls what it is given to have
    it answered.
    """
    async with aiohttp.ClientSession(auto_decompress=False) as session, AsyncExitStack() as open_:
        for behind, refusal in (("TableEndpoint", table_refusal), ("QueueEndpoint", queue_refusal)):
            real = _port(connection_string, behind)
            door = _door(session, real, refusal, handler if behind == endpoint else pass_on)
            port = await open_.enter_async_context(_listening(door))
            connection_string = connection_string.replace(f":{real}/", f":{port}/")
        yield connection_string


def _door(
    session: aiohttp.ClientSession,
    real: int,
    refusal: Callable[[str, str, bytes], Refusal | None],
    handler: Handler,
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        refused = refusal(request.method, request.path, await request.read())
        if refused is not None:
            return _refused(*refused)
        return await handler(request, lambda: _asked(session, real, request))

    return handle


@asynccontextmanager
async def _listening(
    door: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[int]:
    app = web.Application(client_max_size=2**23)
    app.router.add_route("*", "/{rest:.*}", door)
    async with listening(app) as port:
        yield port


async def pass_on(_: web.Request, ask: Ask) -> web.StreamResponse:
    """The handler that neither sees nor changes anything."""
    return (await ask()).response()


def _refused(status: int, code: str) -> web.Response:
    error = {"odata.error": {"code": code, "message": {"lang": "en-US", "value": code}}}
    return web.json_response(error, status=status, headers={"x-ms-error-code": code})


def _port(connection_string: str, endpoint: str) -> int:
    parts = dict(part.split("=", 1) for part in connection_string.split(";") if part)
    port = URL(parts[endpoint]).port
    assert port is not None
    return port


async def _asked(session: aiohttp.ClientSession, port: int, request: web.Request) -> Answer:
    body = await request.read()
    async with session.request(
        request.method,
        URL(f"http://127.0.0.1:{port}{request.raw_path}", encoded=True),
        headers=request.headers,
        data=BytesIO(body) if body else None,
        skip_auto_headers=("Content-Type",),
    ) as answer:
        return Answer(answer.status, await answer.read(), _kept(answer.headers))


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that the SDK goes by."""
    named = {name.lower(): value for name, value in headers.items()}
    kept = {name for name in named if name == "etag" or name.startswith("x-ms-")}
    return {"content-type": named.get("content-type", "")} | {name: named[name] for name in kept}
