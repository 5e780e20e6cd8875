"""Provide each port twice, in memory and over the wire, for one suite of tests."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest

from infra.local import landscape
from shared.ledger.connections import StorageSettings
from shared.ledger.storage import Storage, open_storage
from tests.contract.ledger.proxies.forwarding import forwarding, pass_on
from tests.contract.ledger.storages import Ports
from tests.fakes.ledger import in_memory_storage


@pytest.fixture(scope="session")
def account(azurite: landscape.Azurite) -> str:
    """Give the connection string of the emulator, once it has every table and queue."""

    async def ensure() -> None:
        opened = open_storage(StorageSettings(azurite.connection_string))
        await opened.ensure()
        await opened.close()

    asyncio.run(ensure())
    return azurite.connection_string


@pytest.fixture
async def real_storage(account: str) -> AsyncIterator[Storage]:
    """Give the ports on the emulator, with Azure's limits before it.

    Other tests may have left rows, so use ids of your own.
    """
    async with forwarding(account, pass_on) as connection_string:
        opened = open_storage(StorageSettings(connection_string))
        yield opened
        await opened.close()


@pytest.fixture(params=["in memory", "azurite"])
def storage(request: pytest.FixtureRequest) -> Ports:
    """Give the ports of each kind."""
    if request.param == "in memory":
        return in_memory_storage()
    real: Storage = request.getfixturevalue("real_storage")
    return real


@pytest.fixture(scope="module")
def standin_url() -> Iterator[str]:
    """Give the address of a Graph stand-in of this module's own."""
    command = [sys.executable, "-m", "infra.local.graph", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        assert process.stdout is not None
        url = process.stdout.readline().strip().rpartition(" ")[2]
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("IDENTITY_ENDPOINT", f"{url}/msi/token")
            environment.setenv("IDENTITY_HEADER", "any")
            yield url
        process.terminate()
