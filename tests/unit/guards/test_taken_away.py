"""A guard brings nobody back whom the service itself took away, and everybody else."""

from datetime import datetime

import pytest

from shared.domain.snapshot import Policy
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID
from tests.unit.world.guarded import HOUR, a_watched_world, begun, tick
from tests.unit.world.people import DAY, UNLICENSED


@pytest.mark.parametrize(("undone_at", "count"), [(NOW - 9 * DAY, 1), (NOW + HOUR, 0)])
async def test_of_a_mailbox_that_still_answers_an_undo_explains_what_it_took(
    undone_at: datetime, count: int
) -> None:
    """Licensed again since, it was others who took it; the mailbox answers either way."""
    world = await a_watched_world(policy=Policy(default_sku_ids=(ENTERPRISEPACK_ID,)))
    await world.storage.taken.note(USER_ID, undone_at)
    world.put(UNLICENSED)
    world.directory.lingering.add(USER_ID)

    await tick(world)

    assert len(begun(world)) == count
