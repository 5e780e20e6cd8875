"""The storage ports twice, in memory and on the emulator: one suite for both."""

from collections.abc import AsyncIterator

import pytest

from infra.local import landscape
from shared.ledger.storage import Storage, StorageSettings, open_storage
from tests.contract.storages import Ports
from tests.fakes.ledger import in_memory_storage


@pytest.fixture
async def real_storage(azurite: landscape.Azurite) -> AsyncIterator[Storage]:
    """Give the ports on the emulator; other tests may have left rows, so use ids of your own."""
    opened = open_storage(StorageSettings(azurite.connection_string))
    await opened.ensure()
    yield opened
    await opened.close()


@pytest.fixture(params=["in memory", "azurite"])
def storage(request: pytest.FixtureRequest) -> Ports:
    """Give the ports of each kind."""
    if request.param == "in memory":
        return in_memory_storage()
    real: Storage = request.getfixturevalue("real_storage")
    return real
