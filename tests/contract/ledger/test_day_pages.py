"""The DayIndex port read backwards, in pages: in memory and on Azure Tables."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from azure.data.tables.aio import TableClient

from shared.domain.lists.restores import ListPlace
from shared.ledger.restores_by_day import TableDays
from shared.ledger.tables.rows import Rows
from shared.ports.ledger import DayIndex
from tests.builders import NOW
from tests.contract.ledger.storages import an_id
from tests.fakes.days import InMemoryDays

DAY = timedelta(days=1)


@pytest.fixture(params=["in memory", "azurite"])
async def days(request: pytest.FixtureRequest) -> AsyncIterator[DayIndex]:
    """Give an index that no other test writes to; the real one reads pages of 7 at most."""
    if request.param == "in memory":
        yield InMemoryDays()
        return
    account = request.getfixturevalue("azurite").connection_string
    async with TableClient.from_connection_string(account, f"t{an_id()}") as client:
        await client.create_table()
        yield TableDays(Rows(client, page=7))


@pytest.mark.parametrize("limit", [1, 3, 10, 30])
async def test_the_pages_of_a_day_are_the_day(days: DayIndex, limit: int) -> None:
    """Newest first, each once, restores of one instant included; other days are left alone."""
    moments = [NOW + timedelta(microseconds=number // 3) for number in range(20)]
    places = [ListPlace(moment, an_id()) for moment in moments]
    others = [ListPlace(NOW - DAY, an_id()), ListPlace(NOW + DAY, an_id())]
    await asyncio.gather(*(days.note(row.restore_id, row.created_at) for row in places + others))

    seen: list[ListPlace] = []
    place = ListPlace.end_of(NOW)
    while page := await days.page(place, limit):
        assert len(page) <= limit
        seen += page
        place = page[-1]

    assert seen == sorted(places, key=lambda row: (-row.created_at.timestamp(), row.restore_id))
    assert await days.page(ListPlace.end_of(NOW - DAY), limit) == (others[0],)


async def test_a_place_without_a_restore_is_before_those_of_its_instant(
    days: DayIndex,
) -> None:
    """To the last microsecond of a UTC day."""
    last = datetime(2026, 11, 22, 23, 59, 59, 999_999, tzinfo=UTC)
    place = ListPlace(last, an_id())
    await days.note(place.restore_id, last)

    assert await days.page(ListPlace.end_of(NOW), 5) == (place,)
    assert await days.page(place, 5) == ()


async def test_the_oldest_day_is_known(days: DayIndex) -> None:
    """None while nothing is filed."""
    assert await days.oldest_day() is None
    for back in (3, 40, 9):
        await days.note(an_id(), NOW - back * DAY)

    assert await days.oldest_day() == ListPlace(NOW - 40 * DAY).day
