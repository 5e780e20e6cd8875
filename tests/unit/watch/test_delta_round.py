"""Runs of the observe timer: resync, time, faults, rivals, and rows in disorder."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.person import Person
from shared.errors import AnsweredError, OutcomeUnknownError, ThrottledError
from shared.pacing import AT_ONCE
from shared.upkeep.observe import observe
from shared.watch.round_lease import LEASE, RUN_TIME
from tests.builders import NOW, because
from tests.fakes.changes import a_row
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, unlicensed, watched

ADA, BEN = somebody(1), somebody(2)
REFUSED = AnsweredError(status=403, code="Authorization_RequestDenied", message="no")


@pytest.mark.parametrize("is_lost", [True, False])
async def test_after_a_resync_the_bound_is_still_the_last_round(*, is_lost: bool) -> None:
    """The token is too old: everybody is looked at anew, and unchanged users cost no write."""
    world = watched(ADA, BEN)
    await world.look()
    world.clock.advance(8 * DAY)
    world.feed.expired.add("1/0")
    if is_lost:
        world.put(unlicensed(ADA))
        world.feed.rounds[0] = [(a_row(unlicensed(ADA)), a_row(BEN))]

    await world.look()
    world.feed.expired.clear()
    world.tell(unlicensed(BEN))
    await world.look()

    assert world.seen(ADA).lost_at == (NOW + HOUR if is_lost else None)
    assert world.seen(BEN).lost_at == NOW + 8 * DAY + 2 * HOUR
    assert world.storage.observations.writes == {ADA.id: 1 + 2 * is_lost, BEN.id: 2}


async def test_a_run_ends_in_time_and_the_next_goes_on_from_there() -> None:
    """No page is asked for twice, and the bound of later losses is the start of the whole round."""
    world = Watched()
    people = [somebody(number) for number in range(6)]
    world.put(*people)
    world.feed.add_round(*((a_row(person),) for person in people))

    async def slowly(_: str | None) -> None:
        world.clock.advance(RUN_TIME / 2)

    world.feed.before_page = slowly
    for _ in range(3):
        await world.look()
    world.tell(unlicensed(people[0]))
    await world.look()

    assert list(world.feed.asked)[:6] == [None, *(f"0/{at}" for at in range(1, 6))]
    assert world.seen(people[0]).lost_at == NOW + HOUR


@pytest.mark.parametrize(
    "error", [REFUSED, ThrottledError(because("wait"), None), OutcomeUnknownError(because("502"))]
)
@pytest.mark.parametrize(
    ("port", "method"),
    [("feed", "page"), ("directory", "active"), ("directory", "skus"), ("feed", "deleted_between")],
)
async def test_a_fault_of_graph_ends_the_run_and_alerts_nobody(
    port: str, method: str, error: Exception
) -> None:
    """The next tick goes on from the progress that was kept; the run itself does not fail."""
    world = watched(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    getattr(world, port).fail_next(method, error)

    await world.look()
    alerts = world.alerts()
    await world.look()

    assert world.seen(ADA).lost_at == NOW + HOUR
    assert alerts == world.alerts() == []


async def test_a_graph_that_fails_is_not_asked_for_everybody() -> None:
    """Forty users lost their licence, and the first reads fail: the others are not tried."""
    world = watched(*(people := [somebody(number) for number in range(40)]))
    await world.look()
    world.tell(*map(unlicensed, people))
    world.directory.calls.clear()
    world.directory.fail_next("active", OutcomeUnknownError(because("time-out")))

    await world.look()

    asked = [call for call in world.directory.calls if call.startswith("active")]
    assert len(asked) <= AT_ONCE
    assert world.storage.losses.rows == set()


async def test_of_two_runs_at_once_one_works() -> None:
    """The second one finds the lease and leaves."""
    world = watched(ADA)
    overlapping: list[object] = []

    async def meanwhile(_: str | None) -> None:
        overlapping.append(await observe(world.deps))

    world.feed.before_page = meanwhile
    first = await world.look()

    assert overlapping == [None]
    assert first is not None
    assert first.written == 1


async def test_a_run_that_was_overtaken_puts_nothing_old_over_new() -> None:
    """Its lease ran out in the middle of a page; another run saw the loss; the first one stops."""
    world = watched(ADA)
    await world.look()
    world.feed.add_round((a_row(ADA),))
    overtaken: list[str | None] = []

    async def meanwhile(link: str | None) -> None:
        if not overtaken:
            overtaken.append(link)
            world.clock.advance(LEASE + timedelta(seconds=1))
            world.put(unlicensed(ADA))
            world.feed.rounds[1] = [(a_row(unlicensed(ADA)),)]
            await observe(world.deps)
            world.feed.rounds[1] = [(a_row(ADA),)]

    world.feed.before_page = meanwhile
    await world.look()
    progress = world.storage.rounds.stored.round
    await world.look()

    assert overtaken == ["1/0"]
    assert world.seen(ADA).lost_at == NOW + HOUR
    assert progress.link == "2/0"
    assert world.storage.losses.rows == {(ADA.id, NOW + HOUR)}


states = st.sampled_from(["licensed", "unlicensed", "deleted"])


def as_state(state: str, deleted_at: datetime = NOW) -> Person:
    """Return Ada in this state."""
    return {
        "licensed": ADA,
        "unlicensed": unlicensed(ADA),
        "deleted": replace(ADA, deleted_at=deleted_at),
    }[state]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    before=states,
    truth=states,
    stale=st.lists(states, max_size=4),
    at=st.integers(0, 4),
    cuts=st.lists(st.integers(0, 5), max_size=2),
)
async def test_replayed_and_disordered_rows_come_to_the_truth(
    before: str, truth: str, stale: list[str], at: int, cuts: list[int]
) -> None:
    """Old rows before or after the true one, in one page or several: the truth is what is kept."""
    world = watched(ADA)
    await world.look()
    world.tell(as_state(before))
    await world.look()
    world.put(as_state(truth))
    shown = [*stale[:at], truth, *stale[at:]]
    rows = [a_row(as_state(state)) for state in shown]
    places = sorted({0, *(cut for cut in cuts if cut < len(rows)), len(rows)})
    pages = [tuple(rows[a:b]) for a, b in pairwise(places)]
    world.feed.add_round(*pages)

    await world.look()
    await world.look()

    kept = world.seen(ADA)
    assert (kept.lost_at is not None) == (truth == "unlicensed")
    assert (kept.gone_at is not None) == (truth == "deleted")
    assert kept.known.licenses == ADA.licenses
    expected = {(ADA.id, kept.lost_at)} if kept.lost_at else set()
    assert expected <= world.storage.losses.rows
    assert world.storage.doubts.rows == set()
