"""Build the web application: Graph at /v1.0, the identity at /msi/token, and the control."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable

from aiohttp import web

from infra.local.graph.control import control
from infra.local.graph.web import batch, engine, paths, tokens
from infra.local.graph.web.wire import (
    Answer,
    Call,
    ConnectionDroppedError,
    GraphError,
    HangError,
    new_guid,
)
from infra.local.graph.world import World

# A tenant of 100,000 users goes to the control in one document.
_LARGEST_BODY = 256 * 1024 * 1024
_BATCH = "/$batch"


def build_app(world: World, *, identity_only: bool = False) -> web.Application:
    """Answer the application; with `identity_only` it serves just the identity and the control."""
    app = web.Application(client_max_size=_LARGEST_BODY)
    control.add_control(app, world)
    app.router.add_get("/msi/token", _identity(world))
    if not identity_only:
        app.router.add_route("*", "/{tail:.*}", _graph(world))
    return app


def _graph(world: World) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        try:
            return await _send(request, await _answer(world, request, call))
        except (ConnectionDroppedError, HangError) as cut:
            return await _cut(request, cut)

    return handle


async def _answer(world: World, request: web.Request, call: Call) -> Answer:
    refusal: GraphError | None = None
    raw = request.rel_url.raw_path
    if not raw.startswith("/v1.0/"):
        version = raw.split("/")[1] if "/" in raw else raw
        refusal = GraphError(400, "BadRequest", f"Invalid version: {version}")
    elif call.path == _BATCH and call.method == "POST":
        try:
            return _with_ids(call, await batch.answer_batch(world, call))
        except GraphError as error:
            refusal = error
    if refusal is None:
        return await engine.answer(world, call)
    request_id = new_guid()
    client_id = call.headers.get("client-request-id", request_id)
    answer = refusal.answer(request_id=request_id, client_request_id=client_id, at=world.now)
    return _with_ids(call, answer)


def _with_ids(call: Call, answer: Answer) -> Answer:
    request_id = new_guid()
    answer.headers.setdefault("request-id", request_id)
    answer.headers.setdefault(
        "client-request-id", call.headers.get("client-request-id", request_id)
    )
    answer.headers.setdefault("x-ms-resource-unit", "1")
    return answer


async def _read(request: web.Request) -> Call:
    raw = request.rel_url.raw_path.removeprefix("/v1.0")
    return Call(
        method=request.method,
        path=paths.canonical(raw),
        query=paths.options(request.rel_url.raw_query_string),
        query_text=request.rel_url.raw_query_string,
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.read(),
        base_url=f"{request.scheme}://{request.host}/v1.0",
    )


async def _send(request: web.Request, answer: Answer) -> web.StreamResponse:
    if answer.text is not None:
        payload = answer.text.encode()
    else:
        payload = b"" if answer.body is None else json.dumps(answer.body).encode()
    headers = dict(answer.headers)
    if payload:
        headers["Content-Type"] = answer.content_type
    if not answer.truncated:
        return web.Response(status=answer.status, body=payload, headers=headers)
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.content_length = len(payload)
    await response.prepare(request)
    await response.write(payload[: len(payload) // 2])
    _reset(request)
    return response


async def _cut(request: web.Request, cut: Exception) -> web.Response:
    if isinstance(cut, HangError):
        await _caller_gone(request)
    _reset(request)
    return web.Response(status=500)


async def _caller_gone(request: web.Request) -> None:
    """Wait until the caller has had enough; aiohttp has no event for that."""
    while request.transport and not request.transport.is_closing():  # noqa: ASYNC110 - see above
        await asyncio.sleep(0.05)


def _reset(request: web.Request) -> None:
    """Cut the connection the hard way, so that the caller sees a reset."""
    transport = request.transport
    if transport is None:
        return
    plug = transport.get_extra_info("socket")
    if plug is not None:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _identity(world: World) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Answer the handler of the App Service managed-identity endpoint.

    GET /msi/token?api-version=2019-08-01&resource=..., header X-IDENTITY-HEADER.
    Source: azure-identity 1.27.0, `_credentials/app_service.py`.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        world.counters.calls["GET /msi/token"] += 1
        fault = world.faults.strike("GET", "/msi/token")
        try:
            spoilt = await engine.strike(fault)
            answer = spoilt or _token(world, request)
        except GraphError as error:
            body = {"statusCode": error.status, "message": error.message}
            answer = Answer(error.status, body, error.headers, content_type="application/json")
        except (ConnectionDroppedError, HangError) as cut:
            return await _cut(request, cut)
        answer.truncated = fault is not None and fault.truncates
        return await _send(request, answer)

    return handle


def _token(world: World, request: web.Request) -> Answer:
    query = request.query
    if not request.headers.get("X-IDENTITY-HEADER"):
        raise GraphError(401, "Unauthorized", "The X-IDENTITY-HEADER header is missing.")
    if query.get("api-version") != "2019-08-01":
        raise GraphError(400, "BadRequest", "The api-version is not supported: use 2019-08-01.")
    if not query.get("resource"):
        raise GraphError(400, "BadRequest", "The resource is missing.")
    body = tokens.issue(
        query["resource"], query.get("client_id"), world.tenant, world.clock, world.switches
    )
    return Answer(body=body, content_type="application/json")
