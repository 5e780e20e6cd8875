"""The Guards and GuardMark ports: in memory and on Azure Tables."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from azure.data.tables.aio import TableClient

from infra.local import landscape
from shared.domain.guards.guard import Guard, GuardAct, GuardLoss, GuardOrder, open_guard
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.window import Evidence
from shared.errors import UnreadableTextError
from shared.ledger.connections import StorageSettings
from shared.ledger.guards import TableGuardMark, TableGuards
from shared.ledger.storage import open_storage
from shared.ledger.tables.rows import Rows
from shared.ports.guards import GuardMark, Guards
from tests.builders import NOW, UPN, USER_ID
from tests.contract.ledger.proxies.lossy import Loss, lossy_proxy
from tests.contract.ledger.storages import an_id
from tests.fakes.guards import InMemoryGuardMark, InMemoryGuards


@dataclass(frozen=True)
class Ports:
    """Both ports on one table."""

    guards: Guards
    mark: GuardMark


@pytest.fixture(params=["in memory", "azurite"])
async def table(request: pytest.FixtureRequest) -> AsyncIterator[Ports]:
    """Give a table that no other test writes to; the real one reads pages of 7 at most."""
    if request.param == "in memory":
        yield Ports(InMemoryGuards(), InMemoryGuardMark())
        return
    account = request.getfixturevalue("azurite").connection_string
    async with TableClient.from_connection_string(account, f"t{an_id()}") as client:
        await client.create_table()
        rows = Rows(client, page=7)
        yield Ports(TableGuards(rows), TableGuardMark(rows))


def a_guard() -> Guard:
    """A guard that no other test has."""
    order = GuardOrder(UPN, RestoreKind.MAILBOX, GuardAct.AT_ONCE, "räson\n😀", "T")
    by = RequestedBy(Door.HTTP, "Boss", "b055")
    return replace(open_guard(order, by, NOW), id=an_id())


def as_seen(guard: Guard) -> Guard:
    """The same with everything that a look can note."""
    loss = GuardLoss(
        NOW + timedelta(microseconds=1), Evidence.AUDIT, NOW, NOW - timedelta(days=1), "restore"
    )
    return replace(guard.well(NOW, USER_ID).lost(loss, USER_ID), last_seen_at=NOW)


async def test_a_guard_is_kept_as_it_was_written(table: Ports) -> None:
    """Every field, to the microsecond; inserted once."""
    guard = a_guard()
    assert await table.guards.read(guard.id) is None

    assert await table.guards.insert(guard)
    assert not await table.guards.insert(as_seen(guard))
    stored = await table.guards.read(guard.id)
    assert stored is not None
    assert stored.guard == guard
    written = await table.guards.write(stored, as_seen(guard))

    assert written == await table.guards.read(guard.id)
    assert written is not None
    assert written.guard == as_seen(guard)
    assert written.etag != stored.etag


async def test_of_many_writers_one_writes(table: Ports) -> None:
    """Who read an older one is told so, and so is who read one that is gone."""
    guard = a_guard()
    await table.guards.insert(guard)
    stored = await table.guards.read(guard.id)
    assert stored is not None

    told = await asyncio.gather(*(table.guards.write(stored, as_seen(guard)) for _ in range(5)))
    (winner,) = [one for one in told if one is not None]
    assert await table.guards.remove(guard.id)

    assert await table.guards.write(winner, guard) is None
    assert await table.guards.read(guard.id) is None
    assert not await table.guards.remove(guard.id)


@pytest.mark.parametrize("limit", [1, 3, 7, 8, 20, 30])
async def test_the_pages_are_all_guards(table: Ports, limit: int) -> None:
    """In the order of their ids, each once; the mark is none of them."""
    await table.mark.put("f" * 32)
    guards = [a_guard() for _ in range(20)]
    await asyncio.gather(*(table.guards.insert(guard) for guard in guards))

    seen: list[str] = []
    while page := await table.guards.page(seen[-1] if seen else "", limit):
        assert len(page) <= limit
        seen += page

    assert seen == sorted(guard.id for guard in guards)


async def test_the_mark_is_kept(table: Ports) -> None:
    """Empty at first, and again when it is taken back."""
    assert await table.mark.read() == ""
    await table.mark.put("a" * 32)
    assert await table.mark.read() == "a" * 32
    await table.mark.put("")
    assert await table.mark.read() == ""


async def test_a_guard_of_tomorrow_is_refused_by_name(azurite: landscape.Azurite) -> None:
    """It is never misread."""
    account = azurite.connection_string
    async with TableClient.from_connection_string(account, f"t{an_id()}") as client:
        await client.create_table()
        row = {"PartitionKey": "guard", "RowKey": "1" * 32, "doc0": '{"v":2,"body":{}}'}
        await client.create_entity(row)

        with pytest.raises(UnreadableTextError, match="version 2"):
            await TableGuards(Rows(client)).read("1" * 32)


async def test_writes_whose_answers_were_lost_are_recognised(azurite: landscape.Azurite) -> None:
    """The SDK's second try collides with its first, and the caller is told the truth."""
    guard = a_guard()
    async with lossy_proxy(azurite) as proxy:
        storage = open_storage(StorageSettings(proxy.connection_string))
        await storage.ensure()

        proxy.lose_next("POST", Loss.SERVER_ERROR)
        assert await storage.guards.insert(guard)
        stored = await storage.guards.read(guard.id)
        assert stored is not None
        proxy.lose_next("PUT", Loss.SERVER_ERROR)
        written = await storage.guards.write(stored, as_seen(guard))

        assert not proxy.losses
        assert written is not None
        assert written == await storage.guards.read(guard.id)
        assert await storage.guards.write(stored, guard) is None
        await storage.close()
