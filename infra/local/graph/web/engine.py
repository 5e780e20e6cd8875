"""Run one Graph call: count it, inject faults, check permissions and quotas, answer."""

from dataclasses import replace
from typing import Any

from infra.local.graph.rules import group_licensing, recycle
from infra.local.graph.tenant.clock import iso
from infra.local.graph.tenant.directory import Lag
from infra.local.graph.web import faults, throttle, tokens
from infra.local.graph.web.faults import Fault
from infra.local.graph.web.routes import Route, find_route
from infra.local.graph.web.wire import (
    JSON_TYPE,
    Answer,
    Call,
    ConnectionDroppedError,
    GraphError,
    HangError,
    Json,
    new_guid,
)
from infra.local.graph.world import World

_EFFECTS = {
    "POST /directory/deletedItems/{id}/restore": "restore",
    "POST /users/{id}/assignLicense": "assignLicense",
    "DELETE /users/{id}": "delete",
}
_TOO_MANY = 429
_NO_METADATA = "odata.metadata=none"
_KEPT = frozenset({"@odata.nextLink", "@odata.deltaLink", "@odata.count"})
_CHEAP_PAGE = 20


async def answer(world: World, call: Call, *, in_batch: bool = False) -> Answer:
    """Answer one call, refusals included.

    Raises ConnectionDroppedError or HangError where a fault asks for it.
    """
    call = replace(call, request_id=new_guid())
    entry: Json = {
        "method": call.method,
        "path": call.target,
        "status": None,
        "at": iso(world.now),
        "clientRequestId": call.headers.get("client-request-id"),
        "requestId": call.request_id,
        "batch": in_batch,
    }
    world.counters.log.append(entry)
    try:
        result = await _through_faults(world, call)
    except GraphError as error:
        result = error.answer(
            request_id=call.request_id,
            client_request_id=call.headers.get("client-request-id", call.request_id),
            at=world.now,
        )
    except (ConnectionDroppedError, HangError) as cut:
        entry["status"] = type(cut).__name__
        raise
    entry["status"] = result.status
    world.counters.throttled += result.status == _TOO_MANY
    return _stamped(call, result)


async def strike(fault: Fault | None) -> Answer | None:
    """Wait as the fault says and answer what it answers in place of everything else, if it does.

    Raises GraphError, ConnectionDroppedError or HangError.
    """
    if fault is None:
        return None
    await fault.keep_waiting()
    if fault.hangs and not fault.after:
        raise HangError
    return None if fault.after else _spoilt(fault)


async def _through_faults(world: World, call: Call) -> Answer:
    route, params, refusal = _find(call)
    _count(world, call, route, params)
    fault = world.faults.strike(call.method, call.path)
    spoilt = await strike(fault)
    if spoilt is not None:
        return spoilt
    if refusal is not None or route is None:
        _identify(world, call)
        raise refusal or GraphError(404, "ResourceNotFound", "Not found.")
    result = _served(world, route, replace(call, params=params))
    if fault is None:
        return result
    if fault.after:
        if fault.hangs:
            raise HangError
        result = _spoilt(fault) or result
    result.truncated = fault.truncates
    return result


def _find(call: Call) -> tuple[Route | None, dict[str, str], GraphError | None]:
    try:
        route, params = find_route(call.method, call.path)
    except GraphError as refusal:
        return None, {}, refusal
    return route, params, None


def _spoilt(fault: Fault) -> Answer | None:
    if fault.drops:
        raise ConnectionDroppedError
    if not fault.replaces:
        return None
    other = faults.replacement(fault)
    if isinstance(other, GraphError):
        raise other
    other.truncated = fault.truncates
    return other


def _count(world: World, call: Call, route: Route | None, params: dict[str, str]) -> None:
    name = route.name if route else f"{call.method} (unknown)"
    world.counters.calls[name] += 1
    effect = _EFFECTS.get(name)
    if effect:
        target = params["id"]
        user = world.tenant.directory.find_active(target, Lag(world.now))
        world.counters.attempts[effect][user["id"] if user else target.lower()] += 1


def _identify(world: World, call: Call) -> frozenset[str]:
    origin = call.base_url.removesuffix("/v1.0")
    roles = tokens.check(call.headers.get("authorization", ""), origin, world.clock)
    return frozenset(world.switches.token_roles) if world.switches.token_roles_at_once else roles


def _served(world: World, route: Route, call: Call) -> Answer:
    call = replace(call, roles=_identify(world, call))
    usage = _charge(world, route, call)
    if not call.roles & route.permissions:
        raise route.refusal()
    recycle.purge_expired(world.tenant, world.now, world.switches)
    if world.tenant.short_of_seats and world.switches.groups_follow_seats:
        group_licensing.give_seats(world.tenant, world.now, world.switches)
    result = route.handler(world, call)
    return Answer(
        result.status,
        result.body,
        {**usage, **result.headers},
        text=result.text,
        content_type=result.content_type,
    )


def _charge(world: World, route: Route, call: Call) -> dict[str, str]:
    units = _units(route, call)
    usage = {"x-ms-resource-unit": str(units)}
    if not world.switches.quotas:
        return usage
    tenant = world.tenant
    size = tenant.size or throttle.tenant_size(tenant.directory.population)
    subject = call.params.get("id", "").lower()
    writes = world.switches.writes_per_150s if route.is_write else None
    charges = throttle.charges_for(route.kind, subject, units, size=size, writes=writes)
    use, limit = world.quotas.spend(charges, world.now)
    if use > 1:
        wait = world.quotas.wait(charges, world.now)
        error = throttle.too_many(wait, use, limit, tenant.id, world.switches)
        error.headers.update(usage)
        raise error
    return {**usage, **throttle.usage_header(use)}


def _units(route: Route, call: Call) -> int:
    """Answer the resource units: $select -1, $expand +1, $top below 20 -1.

    Source: Microsoft "Microsoft Graph service-specific throttling limits".
    """
    units = route.units
    if route.method != "GET":
        return units
    units -= "select" in call.query
    units += "expand" in call.query
    top = call.query.get("top", "")
    units -= top.isdecimal() and int(top) < _CHEAP_PAGE
    return max(1, units)


def _stamped(call: Call, result: Answer) -> Answer:
    result.headers["request-id"] = call.request_id
    result.headers["client-request-id"] = call.headers.get("client-request-id", call.request_id)
    result.headers.setdefault("x-ms-resource-unit", "1")
    result.headers["OData-Version"] = "4.0"
    if _NO_METADATA in call.headers.get("accept", "").lower() and result.body is not None:
        result.body = _without_metadata(result.body)
        if result.content_type == JSON_TYPE:
            result.content_type = JSON_TYPE.replace("metadata=minimal", "metadata=none")
    return result


def _without_metadata(value: Any) -> Any:
    """Answer the document as `odata.metadata=none` has it: links and counts, no types.

    Source: the samples of CLI for Microsoft 365, which asks so.
    """
    if isinstance(value, list):
        return [_without_metadata(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_metadata(one)
        for key, one in value.items()
        if not key.startswith("@odata.") or key in _KEPT
    }
