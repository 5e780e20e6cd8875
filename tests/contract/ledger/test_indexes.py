"""The Joins, UnfinishedIndex and DayIndex ports: in memory and on Azure Tables."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from azure.data.tables.aio import TableClient

from shared.ledger.restores_by_day import TableDays
from shared.ledger.tables.rows import Rows
from shared.ledger.unfinished import TableUnfinished
from shared.ports.ledger import DayIndex
from shared.ports.queues import Unfinished, UnfinishedIndex
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id
from tests.fakes.days import InMemoryDays
from tests.fakes.ledger import InMemoryUnfinished

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
type Indexes = tuple[DayIndex, UnfinishedIndex]


async def test_a_join_is_found_as_it_was_pointed(storage: Ports) -> None:
    """Absent, then set, then replaced by whoever read it last."""
    mark = an_id()
    assert await storage.joins.find(mark) is None

    assert await storage.joins.point(mark, "first", replacing=None)
    first = await storage.joins.find(mark)
    assert first is not None
    assert first.restore_id == "first"
    assert await storage.joins.point(mark, "second", replacing=first)

    second = await storage.joins.find(mark)
    assert second is not None
    assert second.restore_id == "second"
    assert second.etag != first.etag


async def test_a_join_is_not_set_on_outdated_knowledge(storage: Ports) -> None:
    """Presumed absent, presumed the old one, presumed there: each is refused."""
    mark = an_id()
    await storage.joins.point(mark, "first", replacing=None)
    first = await storage.joins.find(mark)
    await storage.joins.point(mark, "second", replacing=first)

    assert not await storage.joins.point(mark, "third", replacing=None)
    assert not await storage.joins.point(mark, "third", replacing=first)
    assert not await storage.joins.point(an_id(), "third", replacing=first)
    found = await storage.joins.find(mark)
    assert found is not None
    assert found.restore_id == "second"


@pytest.mark.parametrize("rivals", [2, 20])
async def test_of_many_joins_one_is_set(storage: Ports, rivals: int) -> None:
    """Rivals that found nothing: one may point, even if they mean the same restore."""
    mark = an_id()
    points = [
        storage.joins.point(mark, f"restore-{rival // 2}", replacing=None)
        for rival in range(rivals)
    ]

    won = await asyncio.gather(*points)

    assert won.count(True) == 1
    found = await storage.joins.find(mark)
    assert found is not None
    assert found.restore_id == f"restore-{won.index(True) // 2}"


async def test_a_join_is_forgotten_by_its_own_restore_only(storage: Ports) -> None:
    """The cleanup of an old restore leaves a newer pointer alone."""
    mark = an_id()
    await storage.joins.point(mark, "newer", replacing=None)

    await storage.joins.forget(mark, "older")
    assert await storage.joins.find(mark) is not None

    await storage.joins.forget(mark, "newer")
    await storage.joins.forget(mark, "newer")
    assert await storage.joins.find(mark) is None


async def due_ids(index: UnfinishedIndex, now: datetime) -> dict[str, datetime]:
    """Return what is due, by restore id."""
    return {row.restore_id: row.due_at async for row in index.due(now)}


async def test_only_what_is_due_is_looked_at(storage: Ports) -> None:
    """Due at this very instant counts, a microsecond later does not."""
    past, present, future = an_id(), an_id(), an_id()
    await storage.unfinished.note(past, NOW - HOUR)
    await storage.unfinished.note(present, NOW)
    await storage.unfinished.note(future, NOW + timedelta(microseconds=1))

    due = await due_ids(storage.unfinished, NOW)

    assert due[past] == NOW - HOUR
    assert due[present] == NOW
    assert future not in due
    assert future in await due_ids(storage.unfinished, NOW + HOUR)


async def test_the_message_s_time_is_kept_and_goes_with_the_next_note(storage: Ports) -> None:
    """To the microsecond; noted without one, no message is under way."""
    restore_id = an_id()
    queued_for = NOW - HOUR + timedelta(microseconds=1)

    await storage.unfinished.note(restore_id, NOW, queued_for=queued_for)
    found = await storage.unfinished.find(restore_id)
    with_it = [row async for row in storage.unfinished.due(NOW) if row.restore_id == restore_id]
    await storage.unfinished.note(restore_id, NOW)
    without = [row async for row in storage.unfinished.due(NOW) if row.restore_id == restore_id]

    assert with_it == [Unfinished(restore_id, NOW, queued_for)] == [found]
    assert without == [Unfinished(restore_id, NOW)]


async def test_the_last_due_time_counts_until_forgotten(storage: Ports) -> None:
    """Noted again, the row moves; forgotten, it is gone; forgotten again is fine."""
    restore_id = an_id()
    await storage.unfinished.note(restore_id, NOW)
    await storage.unfinished.note(restore_id, NOW + HOUR)
    assert restore_id not in await due_ids(storage.unfinished, NOW)
    assert await storage.unfinished.find(restore_id) == Unfinished(restore_id, NOW + HOUR)

    await storage.unfinished.forget(restore_id)
    await storage.unfinished.forget(restore_id)

    assert restore_id not in await due_ids(storage.unfinished, NOW + DAY)
    assert await storage.unfinished.find(restore_id) is None


async def test_a_row_that_was_noted_since_is_not_forgotten(storage: Ports) -> None:
    """Who forgets the row that it has seen leaves a later one, though it says the same."""
    restore_id = an_id()
    await storage.unfinished.note(restore_id, NOW)
    seen = await storage.unfinished.find(restore_id)
    await storage.unfinished.note(restore_id, NOW)
    [listed] = [row async for row in storage.unfinished.due(NOW) if row.restore_id == restore_id]

    await storage.unfinished.forget(restore_id, seen=seen)
    assert await storage.unfinished.find(restore_id) is not None
    await storage.unfinished.forget(restore_id, seen=listed)
    await storage.unfinished.forget(restore_id, seen=listed)

    assert await storage.unfinished.find(restore_id) is None


def in_days(row: tuple[str, datetime]) -> tuple[date, timedelta]:
    """Return what puts the oldest UTC day first, and the newest of a day first."""
    return row[1].astimezone(UTC).date(), NOW - row[1]


async def test_days_before_come_day_by_day(storage: Ports) -> None:
    """The oldest day first, newest first within it; the day itself is not before itself."""
    moments = [
        NOW - 3 * DAY,
        NOW - 3 * DAY + timedelta(microseconds=1),
        datetime(2026, 11, 20, tzinfo=UTC),
        datetime(2026, 11, 21, 23, 59, 59, 999_999, tzinfo=UTC),
    ]
    ids = [an_id() for _ in moments]
    today, zoned = an_id(), an_id()
    for restore_id, moment in reversed(list(zip(ids, moments, strict=True))):
        await storage.days.note(restore_id, moment)
    await storage.days.note(today, datetime(2026, 11, 22, tzinfo=UTC))
    # Already the 22nd in Berlin, still the 21st in UTC.
    berlin = datetime(2026, 11, 22, 0, 30, tzinfo=timezone(HOUR))
    await storage.days.note(zoned, berlin)

    mine = [*ids, today, zoned]
    found = [row async for row in storage.days.before(NOW) if row[0] in mine]

    expected = [*zip(ids, moments, strict=True), (zoned, berlin)]
    assert sorted(expected, key=in_days) == found


async def test_a_day_is_filed_once_and_forgotten(storage: Ports) -> None:
    """Filing again makes no second row; forgetting again is fine."""
    restore_id, created_at = an_id(), NOW - 2 * DAY
    await storage.days.note(restore_id, created_at)
    await storage.days.note(restore_id, created_at)
    assert [row[0] async for row in storage.days.before(NOW)].count(restore_id) == 1

    await storage.days.forget(restore_id, created_at)
    await storage.days.forget(restore_id, created_at)

    assert restore_id not in [row[0] async for row in storage.days.before(NOW)]


@pytest.fixture(params=["in memory", "azurite"])
async def own_indexes(request: pytest.FixtureRequest) -> AsyncIterator[Indexes]:
    """Give indexes that no other test writes to; the real ones read pages of 40."""
    if request.param == "in memory":
        yield InMemoryDays(), InMemoryUnfinished()
        return
    account = request.getfixturevalue("azurite").connection_string
    async with AsyncExitStack() as stack:
        clients = [TableClient.from_connection_string(account, f"t{an_id()}") for _ in range(2)]
        for client in clients:
            await stack.enter_async_context(client)
            await client.create_table()
        days, unfinished = (Rows(client, page=40) for client in clients)
        yield TableDays(days), TableUnfinished(unfinished)


async def test_indexes_are_cleaned_while_they_are_read(own_indexes: Indexes) -> None:
    """Rows deleted on the way take none of the later pages with them: all are seen once."""
    days, unfinished = own_indexes
    rows = [(an_id(), NOW - (number % 3 + 1) * DAY + number * HOUR / 60) for number in range(150)]
    await asyncio.gather(*(days.note(*row) for row in rows))
    await asyncio.gather(*(unfinished.note(name, at) for name, at in rows))

    seen = []
    async for name, created_at in days.before(NOW):
        seen.append((name, created_at))
        await days.forget(name, created_at)
    due = {}
    async for row in unfinished.due(NOW):
        due[row.restore_id] = row.due_at
        await unfinished.forget(row.restore_id)

    assert sorted(rows, key=in_days) == seen
    assert [row async for row in days.before(NOW)] == []
    assert dict(rows) == due
    assert await due_ids(unfinished, NOW) == {}
