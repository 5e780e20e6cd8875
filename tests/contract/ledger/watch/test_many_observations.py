"""Test that many observations are found by the page where that is less work, and all the same."""

from collections.abc import AsyncIterator

import pytest
from azure.data.tables.aio import TableClient

from infra.local.landscape import Azurite
from shared.ledger.tables.rows import Rows
from shared.ledger.watch.observations import TableObservations
from shared.ports.watch import ObservationWrite
from tests.builders import NOW, an_observation
from tests.contract.ledger.storages import an_id
from tests.contract.ledger.watch.counted_rows import CountedRows

# So large a page that a thousand people in eight partitions need several.
_PAGE = 50


@pytest.fixture
async def rows(azurite: Azurite) -> AsyncIterator[CountedRows]:
    """Give a table of its own, with small pages."""
    name = f"t{an_id()}"
    async with TableClient.from_connection_string(azurite.connection_string, name) as client:
        await client.create_table()
        yield CountedRows(client, page=_PAGE)


async def observed(rows: Rows, many: int) -> list[str]:
    """The ids of so many people who were observed."""
    ids = sorted(an_id() for _ in range(many))
    writes = [ObservationWrite(an_observation(one, seen_at=NOW), None) for one in ids]
    assert await TableObservations(rows).keep(writes)
    return ids


async def test_where_a_page_has_many_of_them_nobody_is_read_alone(rows: CountedRows) -> None:
    """Every second of the tenant; strangers between them are not there."""
    ids = await observed(rows, 800)
    strangers = [an_id() for _ in range(100)]

    found = await TableObservations(rows).many([*ids[::2], *strangers])

    assert sorted(found) == ids[::2]
    assert all(kept.observation.user_id == user_id for user_id, kept in found.items())
    assert rows.reads == 0
    assert 8 <= rows.read_pages <= 32


async def test_where_a_page_has_few_of_them_each_is_read_alone(rows: CountedRows) -> None:
    """One page of each partition shows it, behind one row; no worker looks for it twice."""
    ids = await observed(rows, 1_600)
    observations = TableObservations(rows)
    asked = ids[::8]

    for _ in range(3):
        assert sorted(await observations.many(asked)) == asked

    assert rows.read_pages <= 1 + 8
    assert rows.reads > 2 * len(asked)


async def test_few_are_read_alone(rows: CountedRows) -> None:
    """Nobody is looked for by the page when that is more work; none twice."""
    ids = await observed(rows, 200)
    observations = TableObservations(rows)

    assert sorted(await observations.many(ids[:40])) == ids[:40]
    assert (rows.read_pages, rows.reads) == (0, 40)

    assert sorted(await observations.many(ids)) == ids
    assert rows.read_pages > 0


async def test_until_somebody_was_observed_one_look_tells_of_all(rows: CountedRows) -> None:
    """Nobody is looked for where nobody can be; whoever is observed then is found at once."""
    observations = TableObservations(rows)
    strangers = [an_id() for _ in range(400)]

    assert await observations.many(strangers) == {}
    assert (rows.read_pages, rows.reads) == (1, 0)

    [ada] = await observed(rows, 1)
    assert list(await observations.many([*strangers, ada])) == [ada]
