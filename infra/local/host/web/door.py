"""Serve HTTP triggers: match routes, check keys, and send what the function returned.

Source: azure-functions-host: an unmatched path or method is 404, a missing or wrong key is 401
without a body, an exception in the function is 500 without a body; bodies up to 100 MB reach the
function (FUNCTIONS_REQUEST_BODY_SIZE_LIMIT).
"""

import hmac
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from multidict import CIMultiDict

from infra.local.host.app.bindings import Function, HttpTrigger
from infra.local.host.data import http_request
from infra.local.host.web.easy_auth import EasyAuth
from infra.local.host.web.home import home, is_home
from infra.local.host.web.routes import Route
from infra.local.host.worker.messages import NotRunError, Outcome

_MAX_BODY_BYTES = 100 * 1024 * 1024
# Set by the server itself; a second one would contradict it.
_OWN_HEADERS = frozenset({"content-length", "transfer-encoding", "connection"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One HTTP function behind its route."""

    function: Function
    trigger: HttpTrigger
    route: Route


type RunHttp = Callable[[Endpoint, Any], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class WebDoor:
    """Answers requests for the HTTP functions; without a key, none is asked for.

    `platform` says who is calling, where the app is to believe that; `is_home_off` whether the root
    address answers with nothing in place of the host's page.
    """

    endpoints: Sequence[Endpoint]
    function_key: str | None
    run: RunHttp
    platform: EasyAuth | None = None
    is_home_off: bool = False

    def application(self, admin: Sequence[web.RouteDef] = ()) -> web.Application:
        """Build the server's application; `admin` routes come first."""
        app = web.Application(client_max_size=_MAX_BODY_BYTES)
        # The router's `.` stops at a line break, and a percent-encoded one may stand in any path.
        sign_in = self.platform.routes() if self.platform is not None else []
        app.router.add_routes([*admin, *sign_in, web.route("*", "/{path:(?s:.*)}", self.handle)])
        return app

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Find the function of a request and answer with what it returns."""
        found = self._find(request)
        if found is None and is_home(request.rel_url.raw_path):
            return home(is_off=self.is_home_off)
        if found is None:
            return web.Response(status=404)
        endpoint, params = found
        if endpoint.trigger.auth_level != "ANONYMOUS" and not self.has_key(request):
            return web.Response(status=401)
        datum = http_request(
            method=request.method,
            url=str(request.url),
            headers=self._headers(request),
            query=request.query.items(),
            params=params,
            body=await request.read(),
        )
        try:
            return _response(await self.run(endpoint, datum))
        except NotRunError:
            return web.Response(status=503)

    def _headers(self, request: web.Request) -> Iterable[tuple[str, str]]:
        if self.platform is None:
            return request.headers.items()
        return self.platform.headers(request)

    def has_key(self, request: web.Request) -> bool:
        """Tell whether a request carries the key, or needs none."""
        if self.function_key is None:
            return True
        given = request.headers.get("x-functions-key") or request.query.get("code", "")
        return hmac.compare_digest(given.encode(), self.function_key.encode())

    def _find(self, request: web.Request) -> tuple[Endpoint, dict[str, str]] | None:
        path = request.rel_url.raw_path
        for endpoint in sorted(self.endpoints, key=lambda e: e.route.precedence):
            methods = endpoint.trigger.methods
            if methods and request.method not in methods:
                continue
            params = endpoint.route.match(path)
            if params is not None:
                return endpoint, params
        return None


def _response(outcome: Outcome) -> web.Response:
    if not outcome.ok:
        return web.Response(status=500)
    datum = outcome.returned
    if datum is None:
        return web.Response(status=204)
    if datum.type != "http":
        return web.Response(text=str(datum.value), content_type="text/plain", charset="utf-8")
    value = datum.value
    return web.Response(
        status=int(value["status_code"].value), body=value["body"].value, headers=_headers(value)
    )


def _headers(value: dict[str, Any]) -> CIMultiDict[str]:
    headers: CIMultiDict[str] = CIMultiDict()
    for name, datum in value["headers"].items():
        if name.lower() not in _OWN_HEADERS:
            headers.add(name, datum.value)
    for cookie in value.get("cookies") or ():
        for morsel in cookie.values():
            headers.add("Set-Cookie", morsel.OutputString())
    return headers
