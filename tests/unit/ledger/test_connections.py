"""Test what the clients of a storage account cost before anything is sent, and when much is."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator

import pytest
from azure.core.exceptions import ResourceNotFoundError

from shared.ledger.connections import StorageSettings, connect
from shared.ledger.tables.table_client import TableRefusedError

_TABLES = 24

_NO_ROW = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

# A client that the SDK makes by itself takes 49 KiB.
_ALLOWED_BYTES = _TABLES * 2 * 1024


def _account(port: int = 1) -> str:
    """Azurite's account and some key; at the first port there is nobody."""
    return (
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
        f"TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"
        f"QueueEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"
    )


class _Empty:
    """A storage without any row; counts the connections to it."""

    def __init__(self) -> None:
        self.connections = self.requests = self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        self.connections += 1
        while await reader.read(65_536) != b"":
            self.requests += 1
            writer.write(_NO_ROW)
        writer.close()


@pytest.fixture
async def storage() -> AsyncIterator[_Empty]:
    """Give a storage on a port of its own."""
    made = _Empty()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()


async def test_what_many_restores_ask_at_once_shares_few_connections(storage: _Empty) -> None:
    """Each over TLS would hold a third of a megabyte; each request is answered all the same."""
    clients = connect(StorageSettings(connection_string=_account(storage.port)))
    tables = [clients.table(f"table{number}") for number in range(3)]

    reads = [table.get_entity(str(row), "row") for table in tables for row in range(64)]
    answers = await asyncio.gather(*reads, return_exceptions=True)
    to_tables = storage.connections
    queue = clients.queues.get_queue_client("any")
    sent = [queue.send_message("a") for _ in range(64)]
    refused = await asyncio.gather(*sent, return_exceptions=True)
    await clients.close()

    assert {type(answer) for answer in answers} == {TableRefusedError}
    assert {type(answer) for answer in refused} == {ResourceNotFoundError}
    assert storage.requests == len(reads) + len(sent)
    assert (to_tables, storage.connections - to_tables) == (24, 8)


async def test_what_was_closed_is_not_opened_again(storage: _Empty) -> None:
    """By whoever asks late: nobody would close it."""
    clients = connect(StorageSettings(connection_string=_account(storage.port)))
    table = clients.table("any")
    with pytest.raises(TableRefusedError):
        await table.get_entity("any", "row")
    await clients.close()

    with pytest.raises(ValueError, match="closed"):
        await table.get_entity("any", "row")


async def test_tables_share_what_a_client_is_made_of() -> None:
    """Two dozen tables cost a name each."""
    clients = connect(StorageSettings(connection_string=_account()))
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tables = [clients.table(f"table{number}") for number in range(_TABLES)]
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        await clients.close()

    assert [table.table_name for table in tables] == [f"table{number}" for number in range(_TABLES)]
    assert after - before < _ALLOWED_BYTES
