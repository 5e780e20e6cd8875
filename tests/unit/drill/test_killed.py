"""A drill comes to its end whenever a worker dies: one deletion, one restore, the account back."""

from contextlib import suppress
from datetime import timedelta

import pytest

from shared.domain.drills.drill import drill_id
from shared.domain.outcomes import Code
from shared.drill.start import last_drill, start_drill
from shared.restore.hold import LEASE
from tests.builders import USER_ID
from tests.unit.drill.drilled import Drilled, until_it_dies
from tests.unit.world.crashing import Death, DiedError
from tests.unit.world.world import code_of

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_killed_at_any_call_the_account_comes_back(after: bool) -> None:  # noqa: FBT001 - a case
    """Whenever the worker dies, the sweep leads on: one deletion, one restore, the account back."""
    nth = unsent = 0
    while True:
        nth += 1
        world = Drilled()
        record = await world.begin()
        death = Death(world, nth, after=after)
        await until_it_dies(world, record.id)
        death.revive()
        world.clock.advance(LEASE + MINUTE)
        await world.sweep()
        ended = await world.finish(record.id)
        await world.sweep()

        if world.directory.deleted_again[USER_ID] == 0:
            # It died between writing the deletion down and sending it: it is never sent again.
            assert ended.outcome is not None
            assert ended.outcome.text.variant == "drill-active", nth
            unsent += 1
        else:
            assert code_of(ended) is Code.MAILBOX_RESTORED, nth
        assert world.directory.deleted_again[USER_ID] <= 1, nth
        assert world.directory.restored[USER_ID] == world.directory.deleted_again[USER_ID], nth
        assert not world.directory.person(USER_ID).is_deleted, nth
        assert await world.storage.unfinished.find(record.id) is None, nth
        if not death.is_over:
            break
    assert nth > 30
    assert unsent <= 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_killed_while_it_begins_there_is_one_drill_or_none(after: bool) -> None:  # noqa: FBT001 - a case
    """The timer dies at any call: what was begun comes through, and nothing is left over."""
    nth = 0
    while True:
        nth += 1
        world = Drilled()
        begun_at = world.clock.now()
        death = Death(world, nth, after=after)
        with suppress(DiedError):
            await start_drill(USER_ID, world.deps)
        death.revive()
        for _ in range(3):
            world.clock.advance(HOUR)
            await world.sweep()
            begun = await world.storage.ledger.read(drill_id(begun_at))
            if begun is not None and not begun.record.status.is_final:
                await world.finish(begun.record.id)
                assert await last_drill(world.deps) is not None, nth

        deleted = world.directory.deleted_again[USER_ID]
        assert deleted == world.directory.restored[USER_ID] <= 1, nth
        assert not world.storage.unfinished.rows, nth
        if not death.is_over:
            break
    assert nth > 5
