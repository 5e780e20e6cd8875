"""The control under /_control: what people and tests do to the stand-in, not part of Graph."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from infra.local.graph.control.counters import Counters
from infra.local.graph.documents import export, seeding
from infra.local.graph.rules import licensing, recycle
from infra.local.graph.tenant.clock import StandInClock, instant, iso
from infra.local.graph.tenant.directory import Lag, is_deleted
from infra.local.graph.web.faults import Faults
from infra.local.graph.web.wire import Json
from infra.local.graph.world import World

type Action = Callable[[World, web.Request, Any], Any]

NO_SUCH_USER = "there is no such user"


def add_control(app: web.Application, world: World) -> None:
    """Add the control's addresses."""
    for method, path, action in _ACTIONS:
        app.router.add_route(method, f"/_control{path}", _handler(world, action))


def _handler(world: World, action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            text = await request.text()
            result = action(world, request, json.loads(text) if text.strip() else {})
        except LookupError as error:
            return web.json_response({"error": f"not found: {error}"}, status=404)
        except (ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(result)

    return handle


def _health(world: World, _request: web.Request, _body: Any) -> Json:
    return {"status": "ok", "now": iso(world.now), "tenant": world.tenant.name}


def _load(world: World, _request: web.Request, body: Any) -> Json:
    document = _object(body)
    if "seed" in document:
        if document["seed"] != "default":
            raise ValueError("the only seed is default")
        extra = {key: value for key, value in document.items() if key != "seed"}
        document = {**seeding.load_seed(), **extra}
    world.load(document)
    return {"users": world.tenant.directory.population, "tenant": world.tenant.name}


def _export(world: World, _request: web.Request, _body: Any) -> Json:
    return export.export(world.tenant, world.now)


def _get_user(world: World, request: web.Request, _body: Any) -> Json:
    return export.control_user(_user(world, request.match_info["id"]), world.now)


def _patch_user(world: World, request: web.Request, body: Any) -> Json:
    user = _user(world, request.match_info["id"])
    changes: Json = seeding.absolute(_object(body), world.now)
    if isinstance(changes.get("mailbox"), dict) and user.get("mailbox"):
        changes["mailbox"] = {**user["mailbox"], **changes["mailbox"]}
    user.update({key: value for key, value in changes.items() if key != "id"})
    if "licenseAssignmentStates" in changes:
        licensing.follow(world.tenant, user, world.now, world.switches)
    world.tenant.directory.put(user, world.now)
    return export.control_user(user, world.now)


def _add_user(world: World, _request: web.Request, body: Any) -> Json:
    source: Json = seeding.absolute(_object(body), world.now)
    if "userPrincipalName" not in source:
        raise ValueError("a user needs a userPrincipalName")
    if source.get("id") and world.tenant.directory.peek(source["id"]):
        raise ValueError("this id is taken")
    user = seeding.seed_user(world.tenant, source)
    seeding.log_losses(world.tenant, user, source, world.now)
    world.tenant.directory.touch(user["id"])
    return export.control_user(user, world.now)


def _remove_license(world: World, _request: web.Request, body: Any) -> Json:
    order = _object(body)
    user = _user(world, order["userId"])
    sku = seeding.sku_id(world.tenant, order["skuId"])
    states = user["licenseAssignmentStates"]
    if not any(row["skuId"] == sku for row in states):
        raise ValueError("the user does not have this licence")
    user["licenseAssignmentStates"] = [row for row in states if row["skuId"] != sku]
    licensing.write(world.tenant, user, _when(world, order), world.switches)
    return export.control_user(user, world.now)


def _delete_user(world: World, _request: web.Request, body: Any) -> Json:
    order = _object(body)
    user = _user(world, order["userId"])
    if is_deleted(user):
        raise ValueError("the user is deleted already")
    recycle.delete_user(world.tenant, user, _when(world, order), world.switches)
    return export.control_user(user, world.now)


def _set_clock(world: World, _request: web.Request, body: Any) -> Json:
    order = _object(body)
    if order.get("reset"):
        world.clock = StandInClock()
    if "frozen" in order:
        world.clock.freeze(frozen=bool(order["frozen"]))
    if "now" in order:
        world.clock.set(instant(order["now"]))
    if "advanceSeconds" in order:
        world.clock.advance(timedelta(seconds=float(order["advanceSeconds"])))
    return _clock(world, _request, body)


def _clock(world: World, _request: web.Request, _body: Any) -> Json:
    return {"now": iso(world.now)}


def _counters(world: World, _request: web.Request, _body: Any) -> Json:
    return world.counters.to_json()


def _zero(world: World, _request: web.Request, _body: Any) -> Json:
    world.counters = Counters()
    return world.counters.to_json()


def _log(world: World, _request: web.Request, _body: Any) -> list[Json]:
    return list(world.counters.log)


def _add_faults(world: World, _request: web.Request, body: Any) -> list[Json]:
    world.faults.add(body)
    return world.faults.to_json()


def _faults(world: World, _request: web.Request, _body: Any) -> list[Json]:
    return world.faults.to_json()


def _clear_faults(world: World, _request: web.Request, _body: Any) -> list[Json]:
    world.faults = Faults()
    return []


def _set_switches(world: World, _request: web.Request, body: Any) -> Json:
    world.switches.update(_object(body))
    return world.switches.to_json()


def _switches(world: World, _request: web.Request, _body: Any) -> Json:
    return world.switches.to_json()


def _object(body: Any) -> Json:
    if not isinstance(body, dict):
        raise TypeError("the body is a JSON object")
    return body


def _user(world: World, name: str) -> Json:
    user = world.tenant.directory.get(name)
    if user is None:
        active = world.tenant.directory.find_active(name, Lag(world.now))
        user = world.tenant.directory.get(active["id"]) if active else None
    if user is None:
        raise LookupError(NO_SUCH_USER)
    return user


def _when(world: World, order: Json) -> datetime:
    if "daysAgo" in order:
        return world.now - timedelta(days=float(order["daysAgo"]))
    return instant(order["at"]).astimezone(UTC) if order.get("at") else world.now


_ACTIONS: tuple[tuple[str, str, Action], ...] = (
    ("GET", "/health", _health),
    ("POST", "/tenant", _load),
    ("GET", "/tenant", _export),
    ("GET", "/users/{id}", _get_user),
    ("POST", "/users/{id}", _patch_user),
    ("POST", "/users", _add_user),
    ("POST", "/actions/remove-license", _remove_license),
    ("POST", "/actions/delete-user", _delete_user),
    ("POST", "/clock", _set_clock),
    ("GET", "/clock", _clock),
    ("GET", "/counters", _counters),
    ("DELETE", "/counters", _zero),
    ("GET", "/log", _log),
    ("POST", "/faults", _add_faults),
    ("GET", "/faults", _faults),
    ("DELETE", "/faults", _clear_faults),
    ("POST", "/switches", _set_switches),
    ("GET", "/switches", _switches),
)
