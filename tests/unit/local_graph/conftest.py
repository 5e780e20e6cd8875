"""A stand-in on a real loopback port, its clock standing still, with the default tenant."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from infra.local.graph.documents.load import load_seed
from infra.local.graph.web.app import build_app
from infra.local.graph.world import new_world
from tests.unit.local_graph.caller import NOW, Caller


@pytest.fixture
async def graph(socket_enabled: None) -> AsyncIterator[Caller]:  # noqa: ARG001 - loopback is needed
    """Answer a caller with a token."""
    world = new_world()
    world.load({**load_seed(), "now": NOW, "frozen": True})
    async with TestClient(TestServer(build_app(world))) as client:
        caller = Caller(client, world)
        await caller.sign_in()
        yield caller
