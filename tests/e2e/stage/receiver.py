"""Receive callbacks on an HTTPS server, which the product's host finds by receiver_wire.py."""

import json
import ssl
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from tests.doubles.certificate import self_signed
from tests.doubles.listening import listening
from tests.e2e.stage.people import Json
from tests.e2e.stage.receiver_wire import HOST


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
