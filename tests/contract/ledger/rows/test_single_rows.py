"""Test that our way with a single row does and says what the SDK's would."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError
from azure.data.tables import TableEntity, UpdateMode
from azure.data.tables.aio import TableClient

from infra.local.landscape import Azurite
from shared.ledger.tables.rows import Rows
from shared.ledger.tables.table_client import LeanTableClient
from tests.contract.ledger.storages import an_id

# Keys and texts that have to be quoted somewhere on their way, and half a character.
PARTITION, ROW = "Zoë's %2F + & (1)", "a'b"
VALUES: dict[str, Any] = {
    "text": 'é"\\\r\n\U0001f600 \ud800',
    "empty": "",
    "count": -(2**31),
    "is_done": True,
    "at": datetime(2026, 11, 29, 12, 30, 0, 123456, UTC),
}


@pytest.fixture
async def both(azurite: Azurite) -> AsyncIterator[tuple[TableClient, TableClient]]:
    """Give the SDK's client and ours, of one table."""
    name, text = f"single{an_id()[:16]}", azurite.connection_string
    async with (
        TableClient.from_connection_string(text, name, retry_total=0) as sdks,
        LeanTableClient.from_connection_string(text, name, retry_total=0) as ours,
    ):
        await sdks.create_table()
        yield sdks, ours
        await sdks.delete_table()


def row(name: str = ROW, **values: Any) -> dict[str, Any]:
    """A row of the one partition."""
    return {"PartitionKey": PARTITION, "RowKey": name, **values}


async def test_each_reads_what_the_other_wrote(both: tuple[TableClient, TableClient]) -> None:
    """Every kind of value there is, by keys of every kind; None is not written."""
    for number, writer in enumerate(both):
        written = row(f"{ROW}{number}", **VALUES, nothing=None)
        etag = (await writer.create_entity(written))["etag"]
        read = [await reader.get_entity(PARTITION, f"{ROW}{number}") for reader in both]

        assert read[0] == read[1] == row(f"{ROW}{number}", **VALUES)
        assert [one.metadata["etag"] for one in read] == [etag, etag]


async def test_each_way_to_write_leaves_the_same_row(
    both: tuple[TableClient, TableClient],
) -> None:
    """Put in place of whatever was there, and of the one with the ETag."""
    sdks, ours = both
    for client in both:
        first = await client.upsert_entity(row(text="a", count=1), UpdateMode.REPLACE)
        await client.update_entity(
            row(text="b"),
            UpdateMode.REPLACE,
            etag=first["etag"],
            match_condition=MatchConditions.IfNotModified,
        )
        assert await sdks.get_entity(PARTITION, ROW) == row(text="b")
    assert await ours.get_entity(PARTITION, ROW) == row(text="b")


@pytest.mark.parametrize("what", ["get", "create", "replace", "replace-gone", "delete-changed"])
async def test_a_refusal_is_told_the_same(both: tuple[TableClient, TableClient], what: str) -> None:
    """By status and by code."""
    told: list[tuple[int | None, str]] = []
    await both[0].create_entity(row("there"))
    for client in both:
        with pytest.raises(HttpResponseError) as raised:
            await _refused(client, what)
        code = getattr(raised.value, "error_code", None)
        told.append((raised.value.status_code, str(getattr(code, "value", code) or "")))

    assert told[0][0] == told[1][0]
    # The SDK leaves the code of a refused insert off.
    assert told[0][1] in {told[1][1], ""}


async def _refused(client: TableClient, what: str) -> None:
    other: dict[str, Any] = {"etag": 'W/"other"', "match_condition": MatchConditions.IfNotModified}
    match what:
        case "get":
            await client.get_entity(PARTITION, "gone")
        case "create":
            await client.create_entity(row("there"))
        case "replace":
            await client.update_entity(row("there"), UpdateMode.REPLACE, **other)
        case "replace-gone":
            await client.update_entity(row("gone"), UpdateMode.REPLACE, **other)
        case _:
            await client.delete_entity(row("there"), **other)


async def test_what_is_gone_may_be_deleted_again(both: tuple[TableClient, TableClient]) -> None:
    """By its keys or as it was read, whatever it says or only unchanged."""
    for client in both:
        await client.create_entity(row())
        there = await client.get_entity(PARTITION, ROW)
        for _ in range(2):
            await client.delete_entity(PARTITION, ROW)
            await client.delete_entity(
                there,
                etag=there.metadata["etag"],
                match_condition=MatchConditions.IfNotModified,
            )
        assert await Rows(client).get(PARTITION, ROW) is None


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1, 1.5, b"x", ("x", "Edm.Int64"), object()])
async def test_a_value_that_nothing_writes_is_an_error(
    both: tuple[TableClient, TableClient], value: object
) -> None:
    """Before anything is sent; the SDK takes some, and refuses the rest as late."""
    with pytest.raises(TypeError):
        await both[1].create_entity(row(value=value))


@pytest.mark.parametrize(
    "operation",
    [
        ("update", row(), {"mode": UpdateMode.MERGE}),
        ("upsert", row(), {"mode": UpdateMode.MERGE}),
        ("read", row()),
        ("update", row(), {"etag": "", "match_condition": MatchConditions.IfNotModified}),
        ("delete", row(), {"match_condition": MatchConditions.IfNotModified}),
        ("update", row(), {"etag": "W/1", "match_condition": MatchConditions.IfPresent}),
    ],
)
async def test_an_operation_of_another_kind_is_an_error(
    both: tuple[TableClient, TableClient], operation: Any
) -> None:
    """A merge would lose what it does not name, a condition without an ETag would be none."""
    with pytest.raises(ValueError, match="not asked for"):
        await both[1].submit_transaction([operation])


async def test_a_row_that_was_read_can_be_written_back(
    both: tuple[TableClient, TableClient],
) -> None:
    """With its instants; it is a row as the SDK's are."""
    _, ours = both
    await ours.create_entity(row(**VALUES))
    read = await ours.get_entity(PARTITION, ROW)
    await ours.upsert_entity(read, UpdateMode.REPLACE)

    assert isinstance(read, TableEntity)
    assert await ours.get_entity(PARTITION, ROW) == read
