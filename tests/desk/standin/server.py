"""Serve the page's files by the function itself, and the API by the scenario."""

import asyncio
import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

import azure.functions as func
from aiohttp import web

from functions.http.desk import answer as desk_answer
from functions.http.desk_files import FOLDER, DeskFiles
from shared.errors import DeskFileNotFoundError
from tests.desk.standin.asked import Asked, Refusal
from tests.desk.standin.routes import ROUTES
from tests.desk.standin.scenario import Scenario
from tests.desk.standin.world import World, build

_SLOW_SECONDS = 0.9
_BUSY_TIMES = 2
_COOKIE = "AppServiceAuthSession"


class Standin:
    """Answers for every scenario, each a tenant of its own, made when first asked for."""

    def __init__(self, now: datetime, *, is_live: bool = False) -> None:
        self._now = now
        self._is_live = is_live
        self._worlds: dict[str, World] = {}
        self._desks = _read_desks()

    def application(self) -> web.Application:
        """The server's application."""
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_get("/s/{scenario}/api/desk", self.desk)
        app.router.add_get("/s/{scenario}/api/desk/{path:.*}", self.desk)
        app.router.add_route("*", "/s/{scenario}/api/{path:.*}", self.api)
        app.router.add_get("/.auth/login/aad", self.sign_in)
        app.router.add_get("/.auth/logout", self.sign_out)
        return app

    def world(self, name: str) -> World:
        """The tenant of a scenario; tests look at what it has seen."""
        if name not in self._worlds:
            self._worlds[name] = build(Scenario.read(name), self._now)
        return self._worlds[name]

    def forget(self, name: str) -> None:
        """Begin the scenario anew."""
        self._worlds.pop(name, None)

    async def desk(self, request: web.Request) -> web.Response:
        """The page and its files, with the function's own headers."""
        scenario = self.world(request.match_info["scenario"]).scenario
        asked = func.HttpRequest(
            "GET",
            str(request.url),
            headers=dict(request.headers),
            route_params={"path": request.match_info.get("path", "")},
            body=b"",
        )
        if self._is_live:
            self._desks = _read_desks()
        try:
            answer = desk_answer(asked, self._desks["keys" if scenario.by_keys else "entra"])
        except DeskFileNotFoundError:
            return _refused(Refusal(404, "route-not-found", f"There is no {request.path}."))
        headers = {
            name: value for name, value in answer.headers.items() if name.lower() != "content-type"
        }
        kind = answer.headers.get("content-type") or answer.mimetype
        headers["Content-Type"] = kind
        return web.Response(status=answer.status_code, body=answer.get_body(), headers=headers)

    async def sign_in(self, request: web.Request) -> web.Response:
        """The platform's own way in: here, everybody is let through at once."""
        back = request.query["post_login_redirect_uri"]
        for name, world in self._worlds.items():
            if f"/s/{name}/" in back:
                world.is_in = True
        answer = web.Response(status=302, headers={"Location": back})
        answer.set_cookie(_COOKIE, "signed-in", httponly=True, samesite="Lax")
        return answer

    async def sign_out(self, request: web.Request) -> web.Response:
        """The platform's own way out."""
        back = request.query["post_logout_redirect_uri"]
        for name, world in self._worlds.items():
            if f"/s/{name}/" in back:
                world.is_in = False
        return web.Response(status=302, headers={"Location": back})

    async def api(self, request: web.Request) -> web.StreamResponse:
        """Any operation: who asks, how the service behaves, and the answer."""
        world = self.world(request.match_info["scenario"])
        path = request.match_info["path"]
        refusal = _identity(world, request)
        query = dict(request.query)
        entry: dict[str, Any] = {"method": request.method, "path": path, "query": query}
        world.seen.append(entry)
        if refusal is None:
            refusal = await _manner(world)
        if refusal is not None:
            entry["status"] = refusal.status
            return _refused(refusal)
        answer = await self._route(world, request, path)
        entry["status"] = answer.status
        return answer

    async def _route(self, world: World, request: web.Request, path: str) -> web.Response:
        body = await request.json() if request.can_read_body else None
        asked = Asked(
            world=world,
            query=dict(request.query),
            body=body,
            key=request.headers.get("Idempotency-Key"),
            base=f"{request.url.origin()}/s/{quote(request.match_info['scenario'])}/api",
            is_danish=request.headers.get("Accept-Language", "").startswith("da"),
            accept=request.headers.get("Accept", ""),
        )
        for method, pattern, roles, operation in ROUTES:
            found = pattern.fullmatch(path)
            if method != request.method or found is None:
                continue
            if roles and not set(roles) & set(world.scenario.roles):
                return _refused(Refusal(403, "role-missing", f"That needs {roles[0]}."))
            try:
                return _sent(operation(asked, *found.groups()))
            except Refusal as refusal:
                return _refused(refusal)
        return _refused(Refusal(404, "route-not-found", f"There is no {path}."))


def _read_desks() -> dict[str, DeskFiles]:
    return {"entra": DeskFiles.read(FOLDER, "entra"), "keys": DeskFiles.read(FOLDER, "keys")}


def _identity(world: World, request: web.Request) -> Refusal | None:
    if world.scenario.by_keys and request.headers.get("x-functions-key") != "right-key":
        return Refusal(401, "", "")
    if not world.is_in:
        return Refusal(401, "", "")
    is_change = request.method != "GET"
    if (
        is_change
        and not world.scenario.by_keys
        and request.headers.get("X-Requested-With") != "reprieve"
    ):
        return Refusal(403, "cross-site", "A change by cookie needs X-Requested-With.")
    return None


async def _manner(world: World) -> Refusal | None:
    match world.scenario.manner:
        case "slow":
            await asyncio.sleep(_SLOW_SECONDS)
        case "hang" if world.seen[-1]["path"] != "me":
            await asyncio.Event().wait()
        case "broken" if world.seen[-1]["path"] != "me":
            return Refusal(
                503,
                "storage-unavailable",
                "The ledger cannot be reached.",
                fix="Look at the storage account.",
            )
        case "busy" if (
            sum(one["path"] == "losses" for one in world.seen) <= _BUSY_TIMES
            and world.seen[-1]["path"] == "losses"
        ):
            return Refusal(429, "too-many", "60 calls a minute are the most.", retry_after=2)
    return None


def _refused(refusal: Refusal) -> web.Response:
    if refusal.status == 401:
        # The platform's and the host's own answer: without a body.
        return web.Response(status=401)
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    body = {
        "type": f"urn:reprieve:problem:{refusal.code}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "code": refusal.code,
        "fix": refusal.fix,
        "errors": refusal.errors,
    }
    return web.Response(
        status=refusal.status,
        text=json.dumps(body),
        content_type="application/problem+json",
        headers=headers,
    )


def _sent(answer: tuple[int, Any, dict[str, str]]) -> web.Response:
    status, body, headers = answer
    if body is None:
        return web.Response(status=status)
    if isinstance(body, str):
        kind = headers.pop("Content-Type")
        return web.Response(
            status=status, body=body.encode("utf-8"), headers={**headers, "Content-Type": kind}
        )
    return web.Response(
        status=status, text=json.dumps(body), content_type="application/json", headers=headers
    )
