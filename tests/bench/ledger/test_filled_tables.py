"""Test that tables filled past the emulator's interface hold what an adapter would write."""

import random
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from azure.core.exceptions import HttpResponseError
from azure.data.tables import TableEntity, UpdateMode
from azure.data.tables.aio import TableClient, TableServiceClient

from infra.local.landscape import Azurite
from tests.bench.ledger.filled_tables import FilledTables, connection_to, filled_tables
from tests.bench.ledger.in_process import opened
from tests.bench.ledger.old_restores import ended, history, not_ended
from tests.builders import NOW
from tests.contract.ledger.storages import an_id

_TABLES = ("restores", "restoresbyday", "restorejoins")

# What differs between any two writes of the same.
_OF_THE_WRITE = "writeId"


@pytest.fixture
async def tables() -> AsyncIterator[FilledTables]:
    """Give tables in the order of their keys."""
    async with filled_tables("indexed") as running:
        yield running


@pytest.mark.parametrize("kind", ["azurite", "indexed"])
async def test_the_rows_are_those_that_the_adapters_leave(kind: str, azurite: Azurite) -> None:
    """In every column and type, for restores of some days."""
    old = [ended(number, NOW) for number in range(3)]
    async with filled_tables("indexed" if kind == "indexed" else "azurite") as tables:
        connection = connection_to(tables.port, azurite)
        async with opened(connection) as storage:
            await tables.fill(iter(old))
            filled = await _all(connection)
            for record in old:
                await storage.ledger.remove(record.id)
                await storage.joins.forget(record.join_mark, record.id)
                await storage.days.forget(record.id, record.created_at)
            assert not await _all(connection)
            for record in old:
                accepted, finished = history(record)
                await storage.days.note(record.id, record.created_at)
                await storage.ledger.insert(not_ended(record), accepted)
                await storage.joins.point(record.join_mark, record.id, replacing=None)
                stored = await storage.ledger.read(record.id)
                assert stored is not None
                await storage.ledger.write(stored, record, finished)
            assert filled == await _all(connection)


async def _all(connection: str) -> list[dict[str, object]]:
    async with TableServiceClient.from_connection_string(connection) as service:
        return [
            {name: _masked(value) for name, value in row.items() if name != _OF_THE_WRITE}
            for table in _TABLES
            async for row in service.get_table_client(table).list_entities()
        ]


def _masked(value: object) -> object:
    """The value without salts, and what is hashed with them: they are new in each write."""
    return re.sub(r"[0-9a-f]{64}", "-" * 64, value) if isinstance(value, str) else value


async def test_rows_in_order_are_found_as_in_azurite(
    tables: FilledTables, azurite: Azurite
) -> None:
    """Whatever is written, removed, undone and asked: the same rows, pages and refusals."""
    chance = random.Random(7)  # noqa: S311 - a test that can be repeated
    name = f"t{an_id()}"
    connections = azurite.connection_string, connection_to(tables.port, azurite)
    async with AsyncExitStack() as stack:
        both = [TableClient.from_connection_string(text, name) for text in connections]
        for client in both:
            await stack.enter_async_context(client)
            await client.create_table()
        for number in range(300):
            asked = _anything(chance, number)
            answers = [await _outcome(client, *asked) for client in both]
            assert answers[0] == answers[1], asked


type _Columns = dict[str, object]
type _Asked = tuple[str, list[_Columns], str]


def _anything(chance: random.Random, number: int) -> _Asked:
    def keys() -> _Columns:
        partition, row = chance.choice("abc"), f"{chance.choice('jr')}-{chance.randrange(9)}"
        return {"PartitionKey": partition, "RowKey": row, "number": number}

    one = keys()
    many = {str(row["RowKey"]): {**row, "PartitionKey": "b"} for row in (keys(), keys(), keys())}
    does = chance.choice(("put", "create", "delete", "submit", "query", "query"))
    return does, list(many.values()) if does == "submit" else [one], _filter(chance)


def _filter(chance: random.Random) -> str:
    def condition(name: str, operators: str, value: str) -> str:
        return f"{name} {chance.choice(operators.split())} '{value}'"

    partition = condition("PartitionKey", "eq eq ge gt le lt", chance.choice("abc"))
    other = condition("PartitionKey", "ge gt le lt", chance.choice("abc"))
    row = condition("RowKey", "eq ge gt le lt", f"j-{chance.randrange(9)}")
    column = f"number gt {chance.randrange(300)}"
    parts = chance.sample([partition, other, row, column], chance.randrange(1, 5))
    return chance.choice((" and ", " and ", " or ")).join(parts)


async def _outcome(
    client: TableClient, does: str, rows: list[dict[str, object]], ask: str
) -> object:
    (row, *_) = rows
    try:
        match does:
            case "put":
                await client.upsert_entity(row, UpdateMode.REPLACE)
            case "create":
                await client.create_entity(row)
            case "delete":
                await client.delete_entity(str(row["PartitionKey"]), str(row["RowKey"]))
            case "submit":
                # A transaction that meets a row already there is undone.
                await client.submit_transaction([("create", row) for row in rows])
            case _:
                pages = client.query_entities(ask, results_per_page=4).by_page()
                return [[_plain(row) async for row in page] async for page in pages]
    except HttpResponseError as error:
        return error.status_code
    return None


def _plain(row: TableEntity) -> tuple[object, ...]:
    return row["PartitionKey"], row["RowKey"], row["number"]


async def test_a_query_by_keys_walks_the_rows_it_returns(
    tables: FilledTables, azurite: Azurite
) -> None:
    """And one without keys the whole table: that is what the count tells."""
    connection = connection_to(tables.port, azurite)
    async with opened(connection) as storage:
        await tables.fill(ended(number, NOW) for number in range(800))
        await storage.days.oldest_day()
        # A page reads one row more, where the next one begins.
        assert await tables.walked() == 2
        page = [item async for item in storage.days.before(NOW - timedelta(days=79))]
        assert await tables.walked() == 2 + len(page)
        before = await tables.walked()
        async with TableClient.from_connection_string(connection, "restores") as client:
            assert [row async for row in client.query_entities("status eq 'failed'")] == []
        assert await tables.walked() - before == 2400
