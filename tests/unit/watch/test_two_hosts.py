"""Two hosts watch one tenant: what one notes for later, the other does not lose."""

from datetime import timedelta

import pytest

from shared.domain.observations.observation import SECOND_LOOK
from shared.domain.watch.second_look import WATCH_ID
from shared.upkeep.watch_tenant import watch_tenant
from tests.chaos.tap import Call, tapped
from tests.unit.world.watched import HOUR, Watched, somebody, unlicensed, watched

MEGAN = somebody(1)


async def about_to_see_a_loss() -> Watched:
    """A tenant whose next round shows one person without a plan."""
    world = watched(MEGAN)
    await world.look()
    world.tell(unlicensed(MEGAN))
    world.clock.advance(HOUR)
    return world


class _Beside:
    """Another host's run, before or after the nth call of this one's."""

    def __init__(self, world: Watched, nth: int, *, after: bool) -> None:
        self._world, self._nth, self._after = world, nth, after
        self.calls = 0

    async def __call__(self, call: Call, *, is_done: bool) -> None:
        """Count, and have the other host run when it is its turn."""
        del call
        self.calls += is_done is self._after
        if self.calls == self._nth and is_done is self._after:
            await watch_tenant(self._world.deps)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_second_look_stays_noted_whenever_another_run_begins(*, after: bool) -> None:
    """The timer fires in both, a moment apart: the later one finds the lease, or looks itself."""
    nth = 0
    while True:
        nth += 1
        world = await about_to_see_a_loss()
        beside = _Beside(world, nth, after=after)
        await watch_tenant(tapped(world.deps, beside))
        if beside.calls < nth:
            break
        noted = world.storage.unfinished.rows.get(WATCH_ID)
        assert noted is not None, nth
        assert noted <= world.clock.now() + SECOND_LOOK, nth
    assert nth > 30


async def test_a_second_look_stays_noted_on_a_clock_that_is_behind() -> None:
    """The look lies a little further ahead for this host, and it has dropped the note."""
    world = await about_to_see_a_loss()
    await watch_tenant(world.deps)
    first = world.storage.unfinished.rows[WATCH_ID]

    world.clock.jump(-timedelta(seconds=2))
    await watch_tenant(world.deps)

    assert world.storage.unfinished.rows[WATCH_ID] == first
