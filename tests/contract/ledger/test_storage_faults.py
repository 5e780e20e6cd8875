"""Test that storage that is down, silent or incomplete is reported quickly and plainly."""

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, closing

import pytest
from aiohttp import web

from infra.local import landscape
from shared import telemetry
from shared.errors import ConfigurationError, StorageUnavailableError
from shared.ledger.connections import StorageSettings
from shared.ledger.storage import Storage, open_storage
from shared.ports.ledger import LockedBy
from tests.builders import NOW, a_request
from tests.contract.ledger.storages import a_new_record, an_entry, an_id
from tests.doubles.listening import listening


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Give a port that accepts connections and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def account_at(port: int) -> str:
    """Return a connection string for storage at this port of this machine."""
    name, key = "devstoreaccount1", "bWFkZS11cA=="
    at = f"http://127.0.0.1:{port}/{name}"
    return f"AccountName={name};AccountKey={key};TableEndpoint={at};QueueEndpoint={at};"


def every_call(storage: Storage) -> list[Awaitable[object]]:
    """Return one call of each port."""

    async def due() -> object:
        return [row async for row in storage.unfinished.due(NOW)]

    async def before() -> object:
        return [row async for row in storage.days.before(NOW)]

    return [
        storage.ensure(),
        storage.ledger.insert(a_new_record(), an_entry()),
        storage.ledger.read("id"),
        storage.ledger.journal("id"),
        storage.joins.point("mark", "id", replacing=None),
        storage.locks.take("user", LockedBy("id", 1)),
        storage.observations.last("user"),
        storage.outbox.enqueue_work("id"),
        due(),
        before(),
    ]


async def test_storage_that_is_down_is_told_quickly(unused_tcp_port: int) -> None:
    """Nobody listens: every port says so within seconds, where the SDK would try for minutes."""
    storage = open_storage(StorageSettings(account_at(unused_tcp_port)))
    began = time.monotonic()

    told = await asyncio.gather(*every_call(storage), return_exceptions=True)
    await storage.close()

    assert {type(error) for error in told} == {StorageUnavailableError}
    assert time.monotonic() - began < 30


async def test_storage_that_never_answers_is_given_up(silent_port: int) -> None:
    """Connections are accepted and nothing comes: given up after ten seconds, not tried again."""
    storage = open_storage(StorageSettings(account_at(silent_port)))
    began = time.monotonic()

    told = await asyncio.gather(*every_call(storage), return_exceptions=True)
    await storage.close()

    assert {type(error) for error in told} == {StorageUnavailableError}
    assert time.monotonic() - began < 30


# azure-data-tables tests the truth of an XML element, which Python is about to change.
@pytest.mark.filterwarnings("ignore:Testing an element's truth value:DeprecationWarning")
async def test_a_refused_identity_is_told_its_role(azurite: landscape.Azurite) -> None:
    """A wrong key is answered 403; the message names the role for each service."""
    wrong = azurite.connection_string.replace("AccountKey=", "AccountKey=AAAA")
    storage = open_storage(StorageSettings(wrong))

    with pytest.raises(StorageUnavailableError, match="Storage Table Data Contributor"):
        await storage.ledger.read("id")
    with pytest.raises(StorageUnavailableError, match="Storage Queue Data Contributor"):
        await storage.outbox.enqueue_work("id")
    await storage.close()


@pytest.mark.parametrize("status", [400, 404, 412])
async def test_an_identity_without_a_token_is_told_so(
    monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    """The platform's refusal is not taken for storage saying that there is no such row."""
    async with identity_endpoint_answering(status) as at:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{at}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "made-up")
        storage = open_storage(StorageSettings(None, "https://tables", "https://queues", "me"))

        told = await asyncio.gather(
            storage.ledger.read("id"), storage.outbox.enqueue_work("id"), return_exceptions=True
        )
        await storage.close()

    assert [type(error) for error in told] == [StorageUnavailableError] * 2
    assert all("AZURE_CLIENT_ID" in str(error) for error in told)


@asynccontextmanager
async def identity_endpoint_answering(status: int) -> AsyncIterator[str]:
    """Run the platform's token endpoint, as it refuses an identity it does not know."""

    async def refuse(_: web.Request) -> web.Response:
        return web.json_response({"error": "invalid_request"}, status=status)

    app = web.Application()
    app.router.add_get("/msi/token", refuse)
    async with listening(app) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    "settings",
    [
        StorageSettings(),
        StorageSettings(table_uri="https://tables"),
        StorageSettings("nonsense"),
        StorageSettings("AccountName=only"),
    ],
)
def test_settings_that_name_no_account_are_refused(settings: StorageSettings) -> None:
    """Said at once, and without showing what may be a key."""
    with pytest.raises(ConfigurationError) as refused:
        open_storage(settings)

    assert "AzureWebJobsStorage" in str(refused.value)


async def test_missing_tables_are_not_taken_for_missing_rows(real_storage: Storage) -> None:
    """Without its table a read does not answer `absent`; `ensure` puts it right, twice over."""
    tables = real_storage._clients.tables
    await tables.delete_table("userlocks")
    with pytest.raises(StorageUnavailableError, match="TableNotFound"):
        await real_storage.locks.release("user", LockedBy("id", 1))
    with pytest.raises(StorageUnavailableError):
        await real_storage.locks.take("user", LockedBy("id", 1))

    await real_storage.ensure()
    await real_storage.ensure()

    assert await real_storage.locks.take(an_id(), LockedBy("id", 1)) == LockedBy("id", 1)


async def test_no_content_is_logged(
    real_storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    """Not at the chattiest level; and with the named loggers silenced, no id either."""
    caplog.set_level(logging.DEBUG)
    record, other = a_new_record(), a_new_record()
    request = a_request(reason="a very private reason")

    await real_storage.ledger.insert(record.__replace__(request=request), an_entry())
    assert "a very private reason" not in caplog.text

    caplog.clear()
    for name in telemetry.CHATTY_LOGGERS:
        caplog.set_level(logging.WARNING, name)
    await real_storage.ledger.insert(other, an_entry())
    await real_storage.ledger.read(other.id)
    assert other.id not in caplog.text


async def test_no_proxy_of_the_environment_stands_before_storage(
    azurite: landscape.Azurite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As before Graph; to look for one costs a tenth of a busy worker's time."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    storage = open_storage(StorageSettings(azurite.connection_string))
    await storage.ensure()

    assert await storage.ledger.read(an_id()) is None
    await storage.close()
