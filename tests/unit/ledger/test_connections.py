"""Test what the clients of a storage account cost before anything is sent."""

import tracemalloc

from shared.ledger.connections import StorageSettings, connect

_TABLES = 24

# Azurite's account and a key of its length; nothing is sent.
_ACCOUNT = (
    "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
    "TableEndpoint=http://127.0.0.1:1/devstoreaccount1;"
    "QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;"
)

# A client that the SDK makes by itself takes 49 KiB.
_ALLOWED_BYTES = _TABLES * 2 * 1024


async def test_tables_share_what_a_client_is_made_of() -> None:
    """Two dozen tables cost a name each."""
    clients = connect(StorageSettings(connection_string=_ACCOUNT))
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
