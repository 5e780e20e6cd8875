"""One landscape for this folder, one tenant for each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from azure.data.tables.aio import TableServiceClient
from azure.storage.queue.aio import QueueServiceClient

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import Json
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World

_HERE = Path(__file__).parent
_LAST = "test_logs.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Read the log when every other test of this folder has written to it."""
    places = [at for at, item in enumerate(items) if item.path.parent == _HERE]
    ordered = sorted((items[at] for at in places), key=lambda item: item.path.name == _LAST)
    for at, item in zip(places, ordered, strict=True):
        items[at] = item


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Stage]:
    """Give the landscape, with a storage of its own: other folders leave work in theirs.

    With `--package DIR` the hosts run the built package instead of this tree.
    """
    package: str | None = pytestconfig.getoption("--package")
    app = Path(package).resolve() if package else None
    with Stage(tmp_path_factory.mktemp("clock") / "offset", package=app) as running:
        yield running


@pytest.fixture(scope="package")
def events() -> list[Json]:
    """Give the result events read so far; reading takes them off the queue for everybody."""
    return []


@pytest.fixture
async def http(stage: Stage) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a client, and a host that lives, whatever the test before did to it."""
    if stage.host.exit_code is not None:
        stage.start_host()
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session


@pytest.fixture
async def world(http: aiohttp.ClientSession, stage: Stage, storage: Storage) -> World:
    """Give a tenant of this test's own, without people, and the power over time."""
    fresh = World(http, stage)
    await fresh.load_tenant()
    await storage.forget_audit_trail()
    await storage.forget_tenant()
    await storage.forget_work()
    return fresh


@pytest.fixture
def caller(http: aiohttp.ClientSession, stage: Stage, world: World) -> Caller:
    """Give somebody who asks for restores over HTTP."""
    return Caller(http, stage, world)


@pytest.fixture
async def storage(stage: Stage, events: list[Json]) -> AsyncIterator[Storage]:
    """Give the queues and tables as others see them."""
    text = stage.connection_string
    async with (
        QueueServiceClient.from_connection_string(text) as queues,
        TableServiceClient.from_connection_string(text) as tables,
    ):
        yield Storage(queues, tables, events)
