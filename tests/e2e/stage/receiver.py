"""Receive callbacks on an HTTPS server, and let the product's host find it.

The product's rules stay as they are: names on the allow-list, public addresses, port 443, and a
certificate for the name. Only the last step is bent: what goes to the public address that the
test's resolver names arrives on this machine, where a server holds a certificate for the name.
"""

import json
import ssl
from pathlib import Path
from typing import Any, Self

import httpx
from aiohttp import web

from shared.notify.wire import Internet
from tests.doubles.certificate import self_signed
from tests.doubles.listening import listening
from tests.e2e.stage.people import Json

HOST = "prod-1.test.logic.azure.com"
_PUBLIC = "93.184.216.34"
# A connection of its own for each request, which ends with it.
_NOTHING_KEPT = httpx.Limits(max_keepalive_connections=0)


class _PublicResolver:
    """Every name leads to one public address, which stands for this machine."""

    async def resolve(self, host: str) -> tuple[str, ...]:  # noqa: ARG002 - the port's
        """The address."""
        return (_PUBLIC,)


class _ToThisMachine(httpx.AsyncBaseTransport):
    """Carries requests for the public address to the server that the file names."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it on, with the certificate checked against the name as ever."""
        if not self._file.exists():
            raise httpx.ConnectError("nobody listens")
        there = json.loads(self._file.read_text(encoding="utf-8"))
        assert request.url.host == _PUBLIC
        request.url = request.url.copy_with(host="127.0.0.1", port=there["port"])
        context = ssl.create_default_context(cafile=there["certificate"])
        inner = httpx.AsyncHTTPTransport(verify=context, limits=_NOTHING_KEPT)
        return await inner.handle_async_request(request)


def receiver_wire(file: Path) -> Internet:
    """The wire to the receiver of that file, whenever there is one."""
    return Internet(_PublicResolver(), _ToThisMachine(file))


class Receiver:
    """The server; `received` are the headers and events, `answers` the next statuses, else 200."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.received: list[tuple[dict[str, str], Json]] = []
        self.answers: list[int] = []

    async def __aenter__(self) -> Self:
        """Listen, and say where."""
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        certificate = self_signed(HOST, self._file.parent)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        self._listening = listening(app, tls=context)
        port = await self._listening.__aenter__()
        text = json.dumps({"port": port, "certificate": str(certificate)})
        self._file.write_text(text, encoding="utf-8")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Hear nothing more."""
        self._file.unlink()
        await self._listening.__aexit__(None, None, None)

    def url(self, path: str) -> str:
        """An address to be called at, with a secret of its own."""
        return f"https://{HOST}:443/{path}?sig=s3cret%2Fs3cret"

    def events_at(self, path: str) -> list[Json]:
        """The events that came to this path."""
        return [event for headers, event in self.received if headers["path"] == f"/{path}"]

    async def _take(self, request: web.Request) -> web.Response:
        event: Any = await request.json()
        assert request.raw_path.endswith("?sig=s3cret%2Fs3cret")
        self.received.append(({**request.headers, "path": request.path}, event))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)
