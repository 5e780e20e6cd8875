"""A loss is looked at twice, and the tenant in between two ticks of the timer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.queues.work import work_on
from shared.domain.watch.second_look import WATCH_ID
from shared.errors import AnsweredError, NotSentError, ThrottledError
from shared.restore.message_again import WorkMessage
from shared.upkeep.sweep import sweep
from shared.upkeep.watch_tenant import watch_tenant
from tests.builders import because
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, unlicensed, watched

ADA, BEN = somebody(1), somebody(2)
MINUTE = timedelta(minutes=1)


async def lost(world: Watched, *people: object) -> None:
    """These lose their licence, and the timer notices."""
    del people
    world.tell(unlicensed(ADA))
    await world.look()


async def test_two_looks_make_a_loss_sure() -> None:
    """Ten minutes apart; the second is asked for before the next tick of the timer."""
    world = watched(ADA)
    await world.look()
    await lost(world)
    first = world.seen(ADA)
    row = await world.storage.unfinished.find(WATCH_ID)

    await world.look(after=10 * MINUTE)

    assert (first.lost_at, first.is_seen_twice) == (world.seen(ADA).lost_at, False)
    assert row is not None
    assert row.due_at == world.clock.now()
    assert world.seen(ADA).is_seen_twice
    assert world.storage.second_looks.rows == set()


async def test_a_mailbox_that_answers_wants_no_third_look() -> None:
    """On hold, perhaps: each answer moves the loss, and the tenant is not looked at for each."""
    world = watched(ADA)
    await world.look()
    world.directory.lingering.add(ADA.id)
    await lost(world)

    await world.look(after=10 * MINUTE)

    assert world.seen(ADA).lost_at == world.clock.now()
    assert world.seen(ADA).license_lost_at == world.clock.now() - 10 * MINUTE - HOUR
    assert world.storage.second_looks.rows == set()


async def test_a_loss_of_another_licence_is_looked_at_twice_again() -> None:
    """Back in between: the mailbox that answered before is asked twice anew."""
    world = watched(ADA)
    await world.look()
    world.directory.lingering.add(ADA.id)
    for _ in range(2):
        await lost(world)
        noted = len(world.storage.second_looks.rows)
        await world.look(after=10 * MINUTE)
        world.tell(ADA)
        await world.look()

        assert noted == 1


@pytest.mark.parametrize("how", ["swapped", "shared"])
async def test_a_loss_that_is_none_minutes_later(how: str) -> None:
    """A licence was swapped for another, or the mailbox converted to a shared one: no loss."""
    world = watched(ADA)
    await world.look()
    await lost(world)
    if how == "swapped":
        world.put(ADA)
    else:
        world.directory.purposes[ADA.id] = "shared"

    for _ in range(31):
        await world.look(after=10 * MINUTE)
        await world.look(after=DAY)

    assert world.seen(ADA).lost_at is None
    assert world.storage.losses.rows == set()
    assert world.alerts() == []


async def test_no_alert_goes_out_after_one_look() -> None:
    """Found with two days left: told of once it was looked at a second time."""
    world = watched(ADA)
    await world.look()
    world.clock.advance(28 * DAY)
    await lost(world)
    early = world.alerts()

    await world.look(after=10 * MINUTE)

    assert early == []
    assert len(world.alerts("window-closing")) == 1


@pytest.mark.parametrize(
    ("error", "after"),
    [
        (NotSentError(because("500")), 3 * MINUTE),
        (ThrottledError(because("429"), 7 * MINUTE), 7 * MINUTE),
        (AnsweredError(status=500, code="x", message="no"), 3 * MINUTE),
    ],
    ids=["unreachable", "throttled", "refused"],
)
async def test_one_fault_costs_a_round_minutes(error: Exception, after: timedelta) -> None:
    """The round goes on from the page where it stood, and not an hour later."""
    world = watched(ADA)
    world.feed.add_round((), ())
    world.feed.fail_next("page", error)
    await world.look()
    row = await world.storage.unfinished.find(WATCH_ID)

    await world.look(after=after)

    assert row is not None
    assert row.due_at == world.clock.now()
    assert ADA.id in world.storage.observations.kept


async def test_a_look_in_between_is_a_worker_s() -> None:
    """The sweep has one take it; it observes, keeps the guards, and asks for no more."""
    world = watched(ADA)
    await world.look()
    await lost(world)
    world.clock.advance(11 * MINUTE)

    await sweep(world.deps)
    [(message, _)] = world.storage.outbox.work
    await work_on(message, world.deps, WorkMessage("m", 1))

    assert message == WATCH_ID
    assert world.seen(ADA).is_seen_twice
    assert world.storage.guards.calls["page"] > 0
    assert await world.storage.unfinished.find(WATCH_ID) is None


async def test_a_quiet_hour_asks_for_no_look_in_between() -> None:
    """Nothing lost, nothing failed."""
    world = watched(ADA, replace(BEN, licenses=()))
    world.clock.advance(HOUR)

    await watch_tenant(world.deps)

    assert await world.storage.unfinished.find(WATCH_ID) is None
