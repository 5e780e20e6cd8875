"""Send one request through every way in, each in its own form."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import azure.functions as func

from functions.http.batches import start_batch_
from functions.http.restores.start_and_read import start_restore
from functions.queues.requests import take_in
from functions.queues.work import work_on
from shared.domain.outcomes import Code
from shared.restore.message_again import WorkMessage
from tests.unit.functions.doors import content, principal, request
from tests.unit.world.world import World, code_of

type Send = Callable[[World, Mapping[str, Any], str | None], Awaitable[str | None]]
"""Sends one request, with a key or without; gives the id of its restore, None if it was refused."""


def over_http(oid: str, *roles: str) -> Send:
    """A caller of this id and these roles, over HTTP."""
    headers = principal(*(roles or ("Restore.Request",)), oid=oid)

    async def send(_: World, body: Mapping[str, Any], key: str | None) -> str | None:
        keyed = {**headers, **({"idempotency-key": key} if key is not None else {})}
        answer = await start_restore(request("POST", "/restores", dict(body), headers=keyed))
        return _id_in(answer)

    return send


def in_a_batch(oid: str) -> Send:
    """A caller of this id, as the first item of a batch."""
    headers = principal("Restore.Request", oid=oid)

    async def send(world: World, body: Mapping[str, Any], key: str | None) -> str | None:
        item = {**body, **({"idempotencyKey": key} if key is not None else {})}
        answer = await start_batch_(
            request("POST", "/batches", {"restores": [item]}, headers=headers)
        )
        (operation, _) = world.storage.outbox.work[-1]
        await work_on(operation, world.deps, WorkMessage("m", 1))
        return world.storage.batches.kept[str(content(answer)["id"])].value.restore_id_of(0)

    return send


def by_queue(message_id: str, source: str | None = None) -> Send:
    """An app behind the queue: a plain message, or an event of this source whose id is the key."""

    async def send(world: World, body: Mapping[str, Any], key: str | None) -> str | None:
        before = set(world.storage.ledger.records)
        data = dict(body)
        if source is None:
            data |= {"version": 1, **({"idempotencyKey": key} if key is not None else {})}
        else:
            envelope = {"specversion": "1.0", "type": "t", "source": source}
            data = {**envelope, "id": key or message_id, "data": data}
        await take_in(json.dumps(data).encode(), message_id, world.deps)
        new = set(world.storage.ledger.records) - before
        made = [world.storage.ledger.records[restore_id].record for restore_id in new]
        return made[0].id if made and code_of(made[0]) is not Code.INVALID_REQUEST else None

    return send


CALLERS: Final[Mapping[str, Send]] = {
    "Ann over HTTP": over_http("a11", "Restore.Request"),
    "Bob, who may read": over_http("b0b", "Restore.Request", "Restore.Read"),
    "Cleo in a batch": in_a_batch("c1e0"),
    "plain messages": by_queue("m-1"),
    "events of HR": by_queue("m-2", "/hr"),
    "events of the CRM": by_queue("m-3", "/crm"),
    "events that call themselves Ann": by_queue("m-4", "a11"),
}


def _id_in(answer: func.HttpResponse) -> str | None:
    return str(content(answer)["id"]) if answer.status_code in {200, 202} else None
