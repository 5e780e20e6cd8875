"""An observe run that dies at any port call: the next runs come to the same end as if it had not.

The scenario has everything that is written in an order: a new user, a loss, the end of one, a
deletion, a doubt, a mailbox that answers without a licence, closing windows and a burst.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alerts.thresholds import AlertThresholds
from shared.domain.observations.observation import SECOND_LOOK
from shared.upkeep.observe import observe
from shared.watch.round_lease import LEASE
from tests.fakes.changes import a_row
from tests.unit.world.crashing import Death, DiedError
from tests.unit.world.watched import DAY, Watched, somebody, unlicensed

NEW, LOST, BACK, GONE, DOUBTED, OLD, HELD = map(somebody, range(1, 8))
BULK = [somebody(number) for number in range(10, 13)]


async def _before() -> Watched:
    """Return a tenant whose next run has a bit of everything to do."""
    world = Watched(alerting=AlertThresholds(mass_count=4))
    world.tell(LOST, BACK, GONE, DOUBTED, OLD, HELD, *BULK)
    await world.look()
    world.directory.lingering.add(HELD.id)
    world.tell(unlicensed(BACK), unlicensed(OLD), unlicensed(HELD))
    await world.look()
    world.clock.advance(28 * DAY)
    deleted = [replace(person, deleted_at=world.clock.now()) for person in (GONE, *BULK)]
    world.tell(NEW, unlicensed(LOST), BACK)
    world.feed.rounds[-1].append((a_row(unlicensed(DOUBTED)),))
    world.tell(*deleted)
    return world


def _end(world: Watched) -> object:
    """What is left in the end, without the instants at which it happened to be seen."""
    kept = {
        user_id: (one.known.held, one.license_lost_at, one.gone_at, one.purpose)
        for user_id, one in world.storage.observations.kept.items()
    }
    told = {(one["id"], one["type"]) for one in world.alerts()}
    store = world.storage
    # A mailbox that answers is lost since its last answer: the row stands under that.
    losses = {(name, None if name == HELD.id else at) for name, at in store.losses.rows}
    rows = (losses, store.departures.rows, store.doubts.rows)
    names = {name for name, _ in store.marks.rows}, {name for name, _ in store.lingering.rows}
    return kept, told, rows, names, store.rounds.stored.round.link


async def _finish(world: Watched) -> None:
    for _ in range(4):
        await observe(world.deps)
        world.clock.advance(SECOND_LOOK)


async def _undisturbed() -> tuple[object, int]:
    world = await _before()
    calls = Death(world, 10**6, after=False)
    await _finish(world)
    return _end(world), 10**6 - calls._left


@pytest.mark.parametrize("after", [False, True])
async def test_a_run_that_dies_anywhere_is_made_good(*, after: bool) -> None:
    """At every port call, before it and after it; an alert sent twice has the same id."""
    expected, calls = await _undisturbed()
    assert calls > 40

    for nth in range(1, calls + 1):
        world = await _before()
        death = Death(world, nth, after=after)
        with suppress(DiedError):
            await _finish(world)
        assert death.is_over
        death.revive()
        world.clock.advance(LEASE + timedelta(seconds=1))
        await _finish(world)

        assert _end(world) == expected, f"after the death at call {nth}"


async def test_the_scenario_has_something_of_everything() -> None:
    """A crash test of a run that does nothing would prove nothing."""
    world = await _before()
    await _finish(world)

    kinds = sorted(str(one["type"]) for one in world.alerts())
    assert kinds == ["restore.mass-deletion.v1", *["restore.window-closing.v1"] * 3]
    assert world.seen(LOST).lost_at is not None
    assert world.seen(BACK).lost_at is None
    assert world.seen(GONE).gone_at is not None
    assert world.storage.doubts.calls["forget"] == 1
    assert NEW.id in world.storage.observations.kept
