"""Fixtures for the Graph adapter: the environment of azure-identity, and a server to talk to."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.doubles.listening import listening
from tests.unit.graph.server import Server


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Give the environment of azure-identity: an endpoint where nobody listens."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:1/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "any")
    return monkeypatch


@pytest.fixture
async def server(identity: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """Give a running server that the managed identity knows."""
    running = Server()
    app = web.Application()
    app.router.add_get("/msi/token", running.token)
    app.router.add_route("*", "/v1.0/{rest:.*}", running.graph)
    async with listening(app) as port:
        running.url = f"http://127.0.0.1:{port}"
        identity.setenv("IDENTITY_ENDPOINT", f"{running.url}/msi/token")
        yield running
