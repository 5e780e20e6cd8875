"""Serve Graph and an identity endpoint on a real socket, for what only a socket shows."""

from aiohttp import web

from tests.unit.graph.wire import USER_ID


class Server:
    """A Graph and an identity endpoint on a real socket; keeps what it was sent."""

    def __init__(self) -> None:
        self.url = ""
        self.effects: list[web.Request] = []
        self.tokens: list[web.Request] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.drops = False
        self.refused_tokens: set[str] = set()

    async def graph(self, request: web.Request) -> web.Response:
        """Answer as told, or drop the connection."""
        self.effects.append(request)
        if self.drops:
            assert request.transport is not None
            request.transport.abort()
        if request.headers["Authorization"] in self.refused_tokens:
            error = {"error": {"code": "InvalidAuthenticationToken", "message": "Revoked."}}
            return web.json_response(error, status=401)
        return web.json_response({"id": USER_ID}, status=self.status, headers=self.headers)

    async def token(self, request: web.Request) -> web.Response:
        """Answer a token that never ends; each has its number."""
        self.tokens.append(request)
        resource = request.query["resource"]
        body = {
            "access_token": f"t{len(self.tokens)}",
            "expires_on": str(2**33),
            "resource": resource,
        }
        return web.json_response(body | {"token_type": "Bearer"})
