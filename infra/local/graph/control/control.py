"""Serve /_control, through which people and tests change and inspect the stand-in."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import web

from infra.local.graph.control import changes, figures
from infra.local.graph.control.counters import Counters
from infra.local.graph.documents import export, load
from infra.local.graph.tenant.clock import StandInClock, instant, iso
from infra.local.graph.web.wire import Json
from infra.local.graph.world import World

type Action = Callable[[World, web.Request, Any], Any]


def add_control(app: web.Application, world: World) -> None:
    """Add the control's addresses."""
    for method, path, action in ACTIONS:
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
        document = {**load.load_seed(), **extra}
    world.load(document)
    return {"users": world.tenant.directory.population, "tenant": world.tenant.name}


def _export(world: World, _request: web.Request, _body: Any) -> Json:
    return export.export(world.tenant, world.now, world.switches)


def _set_clock(world: World, request: web.Request, body: Any) -> Json:
    order = _object(body)
    if order.get("reset"):
        world.clock = StandInClock()
    if "frozen" in order:
        world.clock.freeze(frozen=bool(order["frozen"]))
    if "now" in order:
        world.clock.set(instant(order["now"]))
    if "advanceSeconds" in order:
        world.clock.advance(timedelta(seconds=float(order["advanceSeconds"])))
    return _clock(world, request, body)


def _clock(world: World, _request: web.Request, _body: Any) -> Json:
    return {"now": iso(world.now)}


def _counters(world: World, _request: web.Request, _body: Any) -> Json:
    return world.counters.to_json()


def _zero(world: World, _request: web.Request, _body: Any) -> Json:
    world.counters = Counters()
    return world.counters.to_json()


def _effects(world: World, _request: web.Request, _body: Any) -> Json:
    return figures.effects(world)


def _mailboxes(world: World, _request: web.Request, _body: Any) -> Json:
    return figures.mailboxes(world)


def _log(world: World, _request: web.Request, _body: Any) -> list[Json]:
    return list(world.counters.log)


def _add_faults(world: World, _request: web.Request, body: Any) -> list[Json]:
    world.faults.add(body)
    return world.faults.to_json()


def _faults(world: World, _request: web.Request, _body: Any) -> list[Json]:
    return world.faults.to_json()


def _clear_faults(world: World, _request: web.Request, _body: Any) -> list[Json]:
    world.faults.clear()
    return []


def _set_switches(world: World, _request: web.Request, body: Any) -> Json:
    world.switch(_object(body))
    return world.switches.to_json()


def _switches(world: World, _request: web.Request, _body: Any) -> Json:
    return world.switches.to_json()


def _changing(change: Callable[[World, Json], Json]) -> Action:
    """Answer the action of an address whose body is an order to change something."""

    def act(world: World, request: web.Request, body: Any) -> Json:
        order = dict(_object(body))
        if "id" in request.match_info:
            order["id"] = request.match_info["id"]
        return change(world, order)

    return act


def _object(body: Any) -> Json:
    if not isinstance(body, dict):
        raise TypeError("the body is a JSON object")
    return body


ACTIONS: tuple[tuple[str, str, Action], ...] = (
    ("GET", "/health", _health),
    ("POST", "/tenant", _load),
    ("GET", "/tenant", _export),
    ("GET", "/users/{id}", _changing(changes.show_user)),
    ("POST", "/users/{id}", _changing(changes.change_user)),
    ("POST", "/users", _changing(changes.add_user)),
    ("POST", "/groups/{id}", _changing(changes.change_group)),
    ("POST", "/skus/{id}", _changing(changes.change_sku)),
    ("POST", "/contacts/{id}", _changing(changes.change_contact)),
    ("POST", "/actions/remove-license", _changing(changes.remove_license)),
    ("POST", "/actions/delete-user", _changing(changes.delete_user)),
    ("POST", "/clock", _set_clock),
    ("GET", "/clock", _clock),
    ("GET", "/counters", _counters),
    ("DELETE", "/counters", _zero),
    ("GET", "/effects", _effects),
    ("GET", "/mailboxes", _mailboxes),
    ("GET", "/log", _log),
    ("POST", "/faults", _add_faults),
    ("GET", "/faults", _faults),
    ("DELETE", "/faults", _clear_faults),
    ("POST", "/switches", _set_switches),
    ("GET", "/switches", _switches),
)
