"""Serve `POST /$batch`: up to 20 calls, each judged alone, with `dependsOn`.

Source: Microsoft "Combine multiple HTTP requests using JSON batching".
"""

import asyncio
import base64
import json
from typing import Any
from urllib.parse import urlsplit

from infra.local.graph.handlers.bodies import json_body
from infra.local.graph.web import engine, paths, tokens
from infra.local.graph.web.wire import Answer, Call, GraphError, Json
from infra.local.graph.world import World

_MOST = 20
_FAILED_DEPENDENCY = 424
_FIRST_ERROR = 400


async def answer_batch(world: World, call: Call) -> Answer:
    """Answer a batch; the outer status is 200 whenever the batch itself can be read."""
    world.counters.calls["POST /$batch"] += 1
    origin = call.base_url.removesuffix("/v1.0")
    tokens.check(call.headers.get("authorization", ""), origin, world.clock)
    parts = _parts(json_body(call))
    done: dict[str, Json] = {}
    waiting = list(parts)
    while waiting:
        ready = [part for part in waiting if set(part["dependsOn"]) <= set(done)]
        if not ready:
            raise _invalid("Circular dependency among the requests of the batch.")
        answers = await asyncio.gather(*(_one(world, call, part, done) for part in ready))
        done.update({part["id"]: row for part, row in zip(ready, answers, strict=True)})
        waiting = [part for part in waiting if part["id"] not in done]
    return Answer(body={"responses": [done[part["id"]] for part in parts]})


def _parts(body: Any) -> list[Json]:
    requests = body.get("requests") if isinstance(body, dict) else None
    if not isinstance(requests, list):
        raise _invalid("Invalid batch payload format.")
    if len(requests) > _MOST:
        raise _invalid(f"Number of batch request steps exceeds the maximum value of {_MOST}.")
    ids = [_id(part.get("id")) if isinstance(part, dict) else "" for part in requests]
    if not all(ids) or len(set(ids)) != len(ids):
        raise _invalid("The ids of the requests in a batch must be present and unique.")
    parts = [{**part, "id": own} for part, own in zip(requests, ids, strict=True)]
    for part in parts:
        part["dependsOn"] = [_id(other) for other in part.get("dependsOn") or []]
        _check(part, ids)
    return parts


def _id(value: Any) -> str:
    """Answer an id as text; CLI for Microsoft 365 sends numbers."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number or isinstance(value, str) else ""


def _check(part: Json, ids: list[str]) -> None:
    if not isinstance(part.get("url"), str) or not isinstance(part.get("method"), str):
        raise _invalid("Each request of a batch needs a method and a url.")
    if set(part["dependsOn"]) - set(ids):
        raise _invalid("A request depends on one that is not in the batch.")
    if part.get("body") is not None and not _header(part, "content-type"):
        raise _invalid("A request with a body needs a Content-Type header.")


async def _one(world: World, call: Call, part: Json, done: dict[str, Json]) -> Json:
    if any(done[parent]["status"] >= _FIRST_ERROR for parent in part["dependsOn"]):
        message = "A request this one depends on has failed."
        error = {"error": {"code": "FailedDependency", "message": message}}
        return {"id": part["id"], "status": _FAILED_DEPENDENCY, "headers": {}, "body": error}
    before = world.counters.calls.total()
    result = await engine.answer(world, _inner(call, part), in_batch=True)
    world.counters.parts += world.counters.calls.total() > before
    row: Json = {"id": part["id"], "status": result.status}
    row["headers"] = {**result.headers, "Content-Type": result.content_type}
    if result.text is not None:
        row["body"] = base64.b64encode(result.text.encode()).decode()
    elif result.body is not None:
        row["body"] = result.body
    return row


def _inner(call: Call, part: Json) -> Call:
    url = urlsplit(part["url"])
    path = url.path.removeprefix("/v1.0") or "/"
    headers = {str(name).lower(): str(value) for name, value in (part.get("headers") or {}).items()}
    headers.setdefault("authorization", call.headers.get("authorization", ""))
    content = part.get("body")
    body = b"" if content is None else json.dumps(content).encode()
    return Call(
        method=part["method"].upper(),
        path=paths.canonical(path),
        query=paths.options(url.query),
        query_text=url.query,
        headers=headers,
        body=body,
        base_url=call.base_url,
    )


def _header(part: Json, name: str) -> str | None:
    headers = part.get("headers") or {}
    return next((value for key, value in headers.items() if key.lower() == name), None)


def _invalid(message: str) -> GraphError:
    return GraphError(400, "BadRequest", message)
