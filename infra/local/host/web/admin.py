"""Serve the host's admin routes: its state, its functions, and running one on demand.

`?wait=true` on a run is an extension of this host: it answers when the run ended, with 200 or
500. Source: learn.microsoft.com, "Manually run a non-HTTP-triggered function".
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from infra.local.host.app.bindings import Function

type Start = Callable[[str], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class AdminDoor:
    """Serves `/admin`; `starts` holds, by lower-case name, what can be run on demand."""

    functions: Sequence[Function]
    starts: dict[str, Start]
    has_key: Callable[[web.Request], bool]
    _running: set[asyncio.Task[bool]] = field(default_factory=set)

    def routes(self) -> list[web.RouteDef]:
        """List the routes for the application."""
        return [
            web.get("/admin/host/status", self.status),
            web.get("/admin/functions", self.listing),
            web.post("/admin/functions/{name}", self.start),
        ]

    async def status(self, request: web.Request) -> web.Response:
        """Say that the host runs."""
        return web.json_response({"state": "Running"}) if self.has_key(request) else _refused()

    async def listing(self, request: web.Request) -> web.Response:
        """List functions with their bindings, faults included."""
        if not self.has_key(request):
            return _refused()
        functions = self.functions
        listed = [{"name": f.name, "bindings": f.bindings, "error": f.fault} for f in functions]
        return web.json_response(listed)

    async def start(self, request: web.Request) -> web.Response:
        """Start a timer or queue function; the body is `{"input": text}`."""
        if not self.has_key(request):
            return _refused()
        start = self.starts.get(request.match_info["name"].lower())
        if start is None:
            return web.Response(status=404)
        try:
            document = json.loads(await request.text() or "{}")
            value = document.get("input", "")
        except (ValueError, AttributeError):
            return web.Response(status=400, text='expected {"input": "..."}')
        run = asyncio.ensure_future(start(value if isinstance(value, str) else json.dumps(value)))
        self._running.add(run)
        run.add_done_callback(self._running.discard)
        if request.query.get("wait", "").lower() != "true":
            return web.Response(status=202)
        return web.Response(status=200 if await run else 500)

    async def drain(self) -> None:
        """Wait for the runs that were started here."""
        await asyncio.gather(*self._running, return_exceptions=True)


def _refused() -> web.Response:
    return web.Response(status=401)
