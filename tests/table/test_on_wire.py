"""Every row of the table over the wire: real Graph adapters, HTTP, and the stand-in's errors."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.table.judge import judge_preflight, judge_run
from tests.table.on_wire import OnWire, Wire, a_standin
from tests.table.row import Row
from tests.table.rows.all import ON_WIRE

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def standin() -> Iterator[str]:
    """Give the address of one stand-in for all rows; each row loads a tenant of its own."""
    with a_standin() as url:
        yield url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def wire(standin: str) -> AsyncIterator[Wire]:
    """Give the real Graph client, kept for all rows as an instance keeps its own."""
    opened = Wire(standin)
    yield opened
    await opened.close()


@pytest.mark.parametrize("row", ON_WIRE, ids=lambda row: row.name)
async def test_every_row_over_the_wire(row: Row, wire: Wire) -> None:
    """Preflight and run come to the outcome, plan, findings and effects that the row names."""
    told = await judge_preflight(row, OnWire(row, wire))

    await judge_run(row, OnWire(row, wire), told)
