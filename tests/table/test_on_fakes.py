"""Every row of the table at unit level, on fakes."""

import pytest

from tests.table.judge import judge_preflight, judge_run
from tests.table.on_fakes import OnFakes
from tests.table.row import Row
from tests.table.rows.all import ON_FAKES


@pytest.mark.parametrize("row", ON_FAKES, ids=lambda row: row.name)
async def test_every_row_on_fakes(row: Row) -> None:
    """Preflight and run come to the outcome, plan, findings and effects that the row names."""
    before = OnFakes(row)
    told = await judge_preflight(row, before)

    await judge_run(row, OnFakes(row), told)
