"""Test that the proxy of these tests applies Azure's limits, which the emulator lacks."""

from collections.abc import AsyncIterator

import pytest
from azure.core.exceptions import HttpResponseError
from azure.data.tables.aio import TableClient
from azure.storage.queue.aio import QueueClient

from infra.local.landscape import Azurite
from shared.ledger.tables.table_client import LeanTableClient, TableRefusedError
from tests.contract.ledger.proxies.forwarding import forwarding, pass_on
from tests.contract.ledger.storages import an_id

# aiohttp warns of bodies of a mebibyte, which are what these tests are about.
pytestmark = pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")

HALF = 32 * 1024 - 2
"""UTF-16 units of the longest text of one property, less its own four bytes."""


@pytest.fixture
async def connection_string(azurite: Azurite) -> AsyncIterator[str]:
    """Give the way to the emulator through the limits."""
    async with forwarding(azurite.connection_string, pass_on) as through:
        yield through


@pytest.fixture
async def table(connection_string: str) -> AsyncIterator[TableClient]:
    """Give a table of this test's own."""
    name = f"limits{an_id()[:16]}"
    async with TableClient.from_connection_string(connection_string, name, retry_total=0) as client:
        await client.create_table()
        yield client
        await client.delete_table()


def entity(**properties: object) -> dict[str, object]:
    """An entity with these properties."""
    return {"PartitionKey": "p", "RowKey": an_id(), **properties}


@pytest.mark.parametrize(
    "fits",
    [
        entity(text="x" * HALF),
        entity(text="\U0001f600" * (HALF // 2)),
        entity(**{f"doc{number}": "é" * 16_000 for number in range(31)}),
        entity(**{f"p{number}": 1 for number in range(252)}),
        {**entity(), "RowKey": "k" * 512},
    ],
    ids=["a property", "a property of emoji", "an entity", "properties", "a key"],
)
async def test_values_up_to_the_limit_are_taken(
    table: TableClient, fits: dict[str, object]
) -> None:
    """As large as Azure says; not in a transaction, where the emulator counts differently."""
    await table.create_entity(fits)


@pytest.mark.parametrize(
    ("large", "code"),
    [
        (entity(text="x" * (HALF + 1)), "PropertyValueTooLarge"),
        (entity(text="\U0001f600" * (HALF // 2 + 1)), "PropertyValueTooLarge"),
        (entity(**{f"doc{number}": "é" * 16_000 for number in range(33)}), "EntityTooLarge"),
        (entity(**{f"p{number}": 1 for number in range(253)}), "TooManyProperties"),
        ({**entity(), "RowKey": "k" * 513}, "PropertyValueTooLarge"),
        *(
            ({**entity(), "RowKey": f"a{character}b"}, "InvalidInput")
            for character in "/\\#?\n\x80"
        ),
    ],
)
async def test_larger_values_are_refused(
    table: TableClient, large: dict[str, object], code: str
) -> None:
    """By the code that Azure gives, alone and in a transaction."""
    with pytest.raises(HttpResponseError) as alone:
        await table.create_entity(large)
    with pytest.raises(HttpResponseError) as together:
        await table.submit_transaction([("create", large)])

    assert [error.value.status_code for error in (alone, together)] == [400, 400]
    assert code in str(alone.value)


async def test_a_transaction_has_a_hundred_operations_and_four_mebibytes(
    table: TableClient,
) -> None:
    """Of entities that would each fit."""
    rows = [entity(text="x") for _ in range(101)]
    large = [entity(**{f"doc{n}": "x" * 16_000 for n in range(30)}) for _ in range(9)]

    await table.submit_transaction([("create", row) for row in rows[:100]])
    with pytest.raises(HttpResponseError):
        await table.submit_transaction([("create", row) for row in large])


@pytest.mark.parametrize("what", ["create", "upsert", "delete"])
async def test_a_transaction_is_about_one_partition_and_each_row_once(
    table: TableClient, connection_string: str, what: str
) -> None:
    """The emulator takes rows of several partitions; so does our client, where the SDK's looks."""
    row = entity()
    ours = LeanTableClient.from_connection_string(connection_string, table.table_name)
    async with ours:
        for other, code in (
            ({**entity(), "PartitionKey": "q"}, "CommandsInBatchActOnDifferentPartitions"),
            (row, "InvalidDuplicateRow"),
        ):
            with pytest.raises(TableRefusedError) as refused:
                await ours.submit_transaction([(what, row), (what, other)])

            assert (refused.value.status_code, refused.value.error_code) == (400, code)


async def test_a_queue_message_has_sixty_four_kibibytes(connection_string: str) -> None:
    """Counted in UTF-8, not in characters."""
    name = f"limits-{an_id()[:16]}"
    async with QueueClient.from_connection_string(connection_string, name) as queue:
        await queue.create_queue()
        await queue.send_message("é" * 32 * 1024)
        with pytest.raises(HttpResponseError) as refused:
            await queue.send_message("é" * 32 * 1024 + "x")
        properties = await queue.get_queue_properties()
        await queue.delete_queue()

    assert refused.value.status_code == 413
    assert properties.approximate_message_count == 1
