"""Test that rows which many put and delete at once are as if each had been alone."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from azure.data.tables.aio import TableClient

from infra.local.landscape import Azurite
from shared.errors import StorageUnavailableError
from shared.ledger.tables.gathered import GatheredRows
from shared.ledger.tables.rows import Rows
from shared.ledger.tables.table_client import LeanTableClient
from tests.contract.ledger.storages import an_id

NAMES = [f"{number:03}" for number in range(130)]


@pytest.fixture
async def client(azurite: Azurite) -> AsyncIterator[TableClient]:
    """Give our client of a table of its own."""
    name = f"gathered{an_id()[:16]}"
    async with LeanTableClient.from_connection_string(azurite.connection_string, name) as client:
        await client.create_table()
        yield client
        await client.delete_table()


def row(name: str, said: str = "") -> dict[str, str]:
    """A row of the one partition."""
    return {"PartitionKey": "p", "RowKey": name, "said": said}


async def said(rows: Rows) -> dict[str, str]:
    """What the rows of the table say, by their names."""
    pages = rows.pages("PartitionKey eq @p", {"p": "p"})
    return {one["RowKey"]: one["said"] async for page in pages for one in page}


async def test_many_are_put_and_deleted_at_once(client: TableClient) -> None:
    """More than a transaction takes; some are not there to be deleted, and the others go."""
    rows = Rows(client)
    gathered = GatheredRows(rows)

    await asyncio.gather(*(gathered.put(row(name, name)) for name in NAMES))
    assert await said(rows) == {name: name for name in NAMES}

    await asyncio.gather(*(gathered.delete("p", name) for name in [*NAMES[:60], "absent"]))
    assert sorted(await said(rows)) == NAMES[60:]


async def test_of_one_row_the_last_counts(client: TableClient) -> None:
    """One transaction takes one operation for each row."""
    rows = Rows(client)
    gathered = GatheredRows(rows)

    await asyncio.gather(
        gathered.put(row("a", "first")),
        gathered.put(row("b", "put")),
        gathered.put(row("a", "last")),
        gathered.delete("p", "b"),
        gathered.put(row("c", "alone")),
    )

    assert await said(rows) == {"a": "last", "c": "alone"}


async def test_where_storage_is_away_each_hears_it(client: TableClient) -> None:
    """A write may have arrived; nobody is told that it has."""
    gathered = GatheredRows(Rows(client))
    await client.delete_table()
    try:
        answers = await asyncio.gather(
            gathered.put(row("a")), gathered.put(row("b")), return_exceptions=True
        )
    finally:
        await client.create_table()

    assert [type(answer) for answer in answers] == [StorageUnavailableError] * 2
