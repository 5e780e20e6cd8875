"""The LossList port: in memory and on Azure Tables."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from azure.data.tables import TableEntity
from azure.data.tables.aio import TableClient

from infra.local.landscape import Azurite
from shared.domain.lists.capacity import Need
from shared.domain.lists.loss_cursor import AuditSign, LossCursor
from shared.domain.lists.losses import ListedLicense, ListedLoss, LossCase, LossPlace
from shared.domain.window import Evidence, Window, WindowVerdict
from shared.ledger.tables.rows import PAGE, Rows
from shared.ledger.watch.losses import TableLossList
from shared.ports.losses import LossGlance, LossList
from tests.builders import NOW
from tests.contract.ledger.storages import an_id
from tests.contract.ledger.watch.counted_rows import CountedRows
from tests.fakes.losses import InMemoryLossList

DAY = timedelta(days=1)
START = LossPlace.ending_at(NOW)


@pytest.fixture(params=["in memory", "azurite", "azurite, pages of 7"])
async def losses(request: pytest.FixtureRequest) -> AsyncIterator[LossList]:
    """Give a table that no other test writes to."""
    if request.param == "in memory":
        yield InMemoryLossList()
        return
    account = request.getfixturevalue("azurite").connection_string
    async with TableClient.from_connection_string(account, f"t{an_id()}") as client:
        await client.create_table()
        yield TableLossList(Rows(client, page=7 if "7" in request.param else PAGE))


def a_loss(
    number: int, ends_at: datetime | None, verdict: str = "open", **fields: object
) -> ListedLoss:
    """Somebody with this number, whose window ends then."""
    window = Window(WindowVerdict(verdict), NOW, ends_at, 1.5, Evidence.OBSERVED)
    row = ListedLoss(
        id=f"{number:08d}-0000-4000-8000-000000000000",
        user_principal_name="räson\n😀@contoso.com",
        case=LossCase.LICENSE_REMOVED,
        window=window,
        looked_at=NOW + timedelta(microseconds=1),
        licenses=(
            ListedLicense("a"),
            ListedLicense("b", "a-group"),
            ListedLicense("a"),
            ListedLicense("c", is_held=True),
        ),
    )
    return replace(row, **fields)  # type: ignore[arg-type]


async def ids(losses: LossList, place: LossPlace = START, most: int = 100) -> list[int]:
    """The numbers of those behind the place."""
    return [int(row.id[:8]) for row in await losses.after(place, most)]


async def test_rows_come_back_as_they_were_in_order(losses: LossList) -> None:
    """Soonest end first, then those that still answer, then the unknown; the ended come before."""
    rows = [
        a_loss(1, None, "unknown"),
        a_loss(2, None),
        a_loss(3, NOW + 2 * DAY),
        a_loss(4, NOW + DAY, deleted_at=NOW - DAY, addresses=("a@x", "b@x")),
        a_loss(5, NOW),
        a_loss(6, NOW - DAY),
        a_loss(7, NOW + timedelta(microseconds=1)),
    ]
    await losses.put(rows)

    found = await losses.after(START, 100)

    assert [int(row.id[:8]) for row in found] == [7, 4, 3, 2, 1]
    assert found[1] == rows[3]
    assert sorted(await losses.before(START, 100)) == [rows[4].id, rows[5].id]
    assert len(await losses.before(START, 1)) == 1


@pytest.mark.parametrize("most", [1, 3, 50])
async def test_pages_hold_everybody_once(losses: LossList, most: int) -> None:
    """Also those whose windows end at the same instant, and those without an end."""
    ends = [NOW + DAY, NOW + DAY, NOW + 2 * DAY, None, None]
    await losses.put([a_loss(n, ends[n % 5], "unknown" if n % 2 else "open") for n in range(40)])

    found: list[int] = []
    place = START
    while rows := await losses.after(place, most):
        found += [int(row.id[:8]) for row in rows]
        place = rows[-1].place

    assert sorted(found) == list(range(40))
    assert len(found) == 40


async def test_a_person_with_very_many_addresses_comes_back_whole(losses: LossList) -> None:
    """Among others, whose rows are short; in the order of the list."""
    addresses = tuple(f"person-{number:05}@contoso.com" for number in range(2_000))
    rows = [a_loss(number, NOW + number * DAY) for number in range(1, 5)]
    rows[1] = replace(rows[1], addresses=addresses)
    await losses.put(rows)

    assert await losses.after(START, 100) == tuple(rows)
    assert await losses.after(rows[0].place, 1) == (rows[1],)


class Meanwhile(CountedRows):
    """Somebody takes a row away, once, just before it is read alone."""

    has_taken = False

    async def get(self, partition: str, row: str) -> TableEntity | None:
        """The row by one point read, if it is still there."""
        if not self.has_taken:
            self.has_taken = True
            await self.delete(partition, row)
        return await super().get(partition, row)


async def test_whoever_leaves_while_the_list_is_read_is_not_its_end(azurite: Azurite) -> None:
    """Fewer rows than asked for would be."""
    text = azurite.connection_string
    async with TableClient.from_connection_string(text, f"t{an_id()}") as client:
        await client.create_table()
        losses = TableLossList(Meanwhile(client))
        rows = [a_loss(number, NOW + number * DAY) for number in range(1, 5)]
        rows[1] = replace(rows[1], addresses=("x" * 20_000,))
        await losses.put(rows, are_new=True)

        assert await losses.after(START, 3) == (rows[0], rows[2], rows[3])


async def test_a_person_has_one_row_wherever_it_stands(losses: LossList) -> None:
    """Filed anew, it moves; dropped, it is gone, and dropped again, nothing happens."""
    await losses.put([a_loss(n, NOW + DAY) for n in range(70)])
    await losses.put([a_loss(n, NOW + 3 * DAY, deleted_at=NOW) for n in range(70)])
    await losses.put([a_loss(1, None, "unknown"), a_loss(2, NOW + 3 * DAY, mail="new@x")])

    assert sorted(await ids(losses)) == list(range(70))
    assert (await ids(losses))[-1] == 1
    row = a_loss(2, None).id
    assert await losses.glance([row, "nobody"]) == {
        row: LossGlance(a_loss(2, None).looked_at, None)
    }
    await losses.drop([a_loss(n, None).id for n in range(69)])
    await losses.drop([row, "nobody"])
    assert await ids(losses) == [69]
    assert await losses.glance([row]) == {}


async def test_two_who_file_the_same_people_leave_one_row_each(losses: LossList) -> None:
    """Whoever comes last counts."""
    crowd = range(10)
    await asyncio.gather(
        *(losses.put([a_loss(n, NOW + days * DAY) for n in crowd]) for days in range(1, 4))
    )

    assert sorted(await ids(losses)) == list(crowd)


async def test_new_people_are_filed_without_a_look_and_none_twice(losses: LossList) -> None:
    """Whoever takes somebody for new who is listed already moves the row all the same."""
    ends = [NOW + DAY * (1 + number % 3) for number in range(120)]
    await losses.put([a_loss(number, ends[number]) for number in range(0, 60, 2)], are_new=True)

    again = [a_loss(number, NOW + 9 * DAY) for number in range(120)]
    await losses.put(again, are_new=True)

    assert await ids(losses, most=500) == list(range(120))


async def test_many_are_looked_for_among_many(losses: LossList) -> None:
    """Close to each other or far apart, at the ends and beyond them, and nobody else."""
    there = [*range(100, 300), *range(300, 2000, 100)]
    await losses.put([a_loss(number, NOW + DAY) for number in there], are_new=True)
    asked = [a_loss(number, None).id for number in range(50, 2100, 5)]

    found = await losses.glance(asked)

    assert sorted(int(one[:8]) for one in found) == [n for n in there if n % 5 == 0]
    assert set(found.values()) == {LossGlance(NOW + timedelta(microseconds=1), None)}
    assert await losses.glance([a_loss(5, None).id]) == {}


@pytest.mark.parametrize("many", [1_000, 2_000])
async def test_looking_for_many_reads_pages_and_not_each_of_them(
    azurite: Azurite, many: int
) -> None:
    """To look for all of a list, and to count its needs, is one page for each thousand."""
    async with TableClient.from_connection_string(
        azurite.connection_string, f"t{an_id()}"
    ) as client:
        await client.create_table()
        rows = CountedRows(client)
        losses = TableLossList(rows)
        crowd = [a_loss(number, NOW + DAY) for number in range(many)]
        await losses.put(crowd, are_new=True)

        assert len(await losses.glance(row.id for row in crowd)) == many
        assert (rows.reads, rows.read_pages) == (0, many // 1_000)
        needs = [need async for page in losses.needs_after(START) for need in page]
        assert len(needs) == many
        assert (rows.reads, rows.read_pages) == (0, 2 * many // 1_000)


async def test_needs_are_told_without_the_rows(losses: LossList) -> None:
    """Each licence once for each person, in the order of the list."""
    await losses.put([a_loss(1, NOW + DAY), a_loss(2, None, licenses=()), a_loss(3, NOW - DAY)])

    needs = [need async for page in losses.needs_after(START) for need in page]

    assert needs == [Need(("a", "b"), NOW + DAY), Need((), None)]


async def test_who_is_half_told_is_told_with_the_needs(losses: LossList) -> None:
    """By the log or by nobody, and without the licence; no other evidence, no licence known."""
    told = a_loss(1, NOW + DAY)
    by_log = replace(told.window, evidence=Evidence.AUDIT)
    half = replace(told, window=by_log, licenses=())
    known = replace(a_loss(2, NOW + DAY), window=by_log)
    other = a_loss(3, NOW + DAY, licenses=())
    undated = replace(a_loss(4, None, licenses=()), window=Window(WindowVerdict.UNKNOWN))
    await losses.put([half, known, other, undated])

    needs = [need async for page in losses.needs_after(START) for need in page]

    assert [one.half_told for one in needs] == [half.id, "", "", undated.id]


async def test_the_cursor_is_kept(losses: LossList) -> None:
    """As it was noted last."""
    assert await losses.cursor() == LossCursor()
    signs = [AuditSign(f"user {n}", NOW + n * DAY) for n in range(3)]
    cursor = LossCursor(NOW, has_many_deleted=True).looked_at(signs)

    await losses.note_cursor(LossCursor(NOW))
    await losses.note_cursor(cursor)

    assert await losses.cursor() == cursor
    assert cursor.left_of(signs, are_few=True) == []
