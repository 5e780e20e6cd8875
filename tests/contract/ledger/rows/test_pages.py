"""Test that our way of reading rows by the page shows what the SDK's would."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.data.tables import TableEntity, UpdateMode
from azure.data.tables.aio import TableClient

from infra.local.landscape import Azurite
from shared.errors import StorageUnavailableError
from shared.ledger.tables.rows import Rows, replacing
from shared.ledger.tables.table_client import LeanTableClient
from tests.contract.ledger.storages import an_id

# Keys and texts that have to be quoted somewhere on their way, and half a character.
PARTITION = "Zoë's %2F + & (1)"
VALUES: dict[str, Any] = {
    "text": 'é"\\\r\n\U0001f600 \ud800 odata.',
    "count": 7,
    "is_done": True,
    "at": datetime(2026, 11, 29, 12, 30, 0, 123456, UTC),
}
EVERYTHING = "PartitionKey eq @partition and RowKey ge @first"
FROM_A = {"partition": PARTITION, "first": "a'"}


@pytest.fixture
async def both(azurite: Azurite) -> AsyncIterator[tuple[TableClient, TableClient]]:
    """Give the SDK's client and ours, of one table with five rows of two partitions."""
    name, text = f"pages{an_id()[:16]}", azurite.connection_string
    async with (
        TableClient.from_connection_string(text, name, retry_total=0) as sdks,
        LeanTableClient.from_connection_string(text, name, retry_total=0) as ours,
    ):
        await sdks.create_table()
        for row in ("a'b", "a'c", "a'd + &", "A"):
            await sdks.create_entity({"PartitionKey": PARTITION, "RowKey": row, **VALUES})
        await sdks.create_entity({"PartitionKey": "other", "RowKey": "a'b"})
        yield sdks, ours
        await sdks.delete_table()


async def pages(client: TableClient, *select: str, at_once: int = 1000) -> list[list[TableEntity]]:
    """The pages of all rows of the partition from `a'` on."""
    found = Rows(client).pages(EVERYTHING, FROM_A, *select, at_once=at_once)
    return [page async for page in found]


@pytest.mark.parametrize("at_once", [1, 2, 1000])
@pytest.mark.parametrize("select", [(), ("RowKey",), ("count", "at"), ("text", "missing")])
async def test_the_pages_are_the_same(
    both: tuple[TableClient, TableClient], select: tuple[str, ...], at_once: int
) -> None:
    """The same rows in the same lots, with the same columns, of every kind."""
    theirs, ours = [await pages(client, *select, at_once=at_once) for client in both]

    assert ours == theirs
    assert [len(page) for page in ours if page] == {1: [1, 1, 1], 2: [2, 1], 1000: [3]}[at_once]
    if not select:
        assert ours[0][0] == {"PartitionKey": PARTITION, "RowKey": "a'b", **VALUES}


@pytest.mark.parametrize("select", [(), ("PartitionKey", "RowKey", "Timestamp")])
async def test_the_etag_of_a_page_is_the_rows(
    both: tuple[TableClient, TableClient], select: tuple[str, ...]
) -> None:
    """The row can be put in place under it, and not a second time."""
    sdks, ours = both
    theirs, (page,) = await pages(sdks, *select), await pages(ours, *select)
    (alone,) = [await sdks.get_entity(PARTITION, row["RowKey"]) for row in page[:1]]

    assert [row.metadata["etag"] for row in page] == [row.metadata["etag"] for row in theirs[0]]
    assert page[0].metadata["etag"] == alone.metadata["etag"]
    new = {"PartitionKey": PARTITION, "RowKey": "a'b", "text": "new"}
    await Rows(ours).submit([replacing(new, str(page[0].metadata["etag"]))])
    assert (await ours.get_entity(PARTITION, "a'b"))["text"] == "new"


async def test_a_row_of_a_page_can_be_written_back(both: tuple[TableClient, TableClient]) -> None:
    """With its instants."""
    sdks, ours = both
    ((row, *_),) = await pages(ours)
    await ours.upsert_entity(row, UpdateMode.REPLACE)

    assert await sdks.get_entity(PARTITION, "a'b") == row


async def test_of_no_row_there_is_one_empty_page(both: tuple[TableClient, TableClient]) -> None:
    """As the SDK has it."""
    found = [
        [page async for page in Rows(client).pages("PartitionKey eq @none", {"none": "x"})]
        for client in both
    ]

    assert found == [[[]], [[]]]


async def test_a_table_that_is_missing_is_told_the_same(azurite: Azurite) -> None:
    """By status and by code."""
    text, told = azurite.connection_string, []
    for kind in (TableClient, LeanTableClient):
        async with kind.from_connection_string(text, "nowhere", retry_total=0) as client:
            with pytest.raises(HttpResponseError) as raised:
                await anext(client.query_entities("PartitionKey eq 'a'").by_page())
            code = getattr(raised.value, "error_code", None)
            told.append((raised.value.status_code, str(getattr(code, "value", code))))
            with pytest.raises(StorageUnavailableError, match="lacks a table"):
                await anext(Rows(client).pages("PartitionKey eq @a", {"a": "a"}))

    assert told[0] == told[1]


@pytest.mark.parametrize("value", [1, None, b"a", datetime(2026, 1, 1, tzinfo=UTC)])
async def test_a_parameter_that_is_no_text_is_an_error(
    both: tuple[TableClient, TableClient], value: object
) -> None:
    """Before anything is sent: nothing here asks by another kind of value."""
    with pytest.raises(TypeError):
        await anext(Rows(both[1]).pages("PartitionKey eq @a", {"a": value}))
