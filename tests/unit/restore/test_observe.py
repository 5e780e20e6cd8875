"""Observing: licences are remembered before they are lost, and the loss has its earlier bound."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.licensing import LicenseSource
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState, Person
from shared.domain.request import RestoreKind
from shared.domain.sightings import Removal, Row, Sighting
from shared.domain.window import Evidence
from shared.errors import AnsweredError, OutcomeUnknownError, ThrottledError
from shared.restore.observe import observe
from shared.restore.observing import AT_ONCE, LEASE, RUN_TIME
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW, a_request
from tests.fakes.feed import a_row
from tests.unit.restore.watched import DAY, HOUR, Watched, somebody, unlicensed
from tests.unit.restore.world import code_of

ADA, BEN, CYD = somebody(1), somebody(2), somebody(3)
REFUSED = AnsweredError(status=403, code="Authorization_RequestDenied", message="no")


def watched(*people: Person) -> Watched:
    """Return a tenant whose first round shows these people."""
    world = Watched()
    world.tell(*people)
    return world


async def test_licences_are_remembered_and_written_once() -> None:
    """A user who has a mailbox is remembered; seen again as before, nothing is written."""
    world = watched(ADA, unlicensed(BEN))
    await world.look()
    world.tell(ADA)

    tally = await world.look()

    assert world.seen(ADA).known.licenses == ADA.licenses
    assert world.seen(ADA).known.source is LicenseSource.OBSERVED
    assert BEN.id not in world.storage.observations.kept
    assert world.storage.observations.writes == {ADA.id: 1}
    assert tally is not None
    assert (tally.pages, tally.written) == (1, 0)


async def test_other_licences_are_remembered_in_place_of_the_old() -> None:
    """What is given back one day is what the user had last."""
    world = watched(ADA)
    await world.look()
    extra = AssignedLicense("an-add-on")
    world.tell(replace(ADA, licenses=(*ADA.licenses, extra)))

    await world.look()

    assert set(world.seen(ADA).known.licenses) == {*ADA.licenses, extra}


@pytest.mark.parametrize("with_states", [True, False])
async def test_the_group_a_licence_came_from_is_remembered(*, with_states: bool) -> None:
    """Where the feed does not say it, the user is read: what a group gave is not given by hand."""
    member = replace(ADA, license_states=(LicenseState(ENTERPRISEPACK_ID, "a-group", "Active"),))
    world = Watched()
    world.put(member)
    world.feed.add_round((a_row(member, with_states=with_states),))
    await world.look()
    world.feed.add_round((a_row(unlicensed(ADA), with_states=with_states),))
    world.put(unlicensed(ADA))
    await world.look()

    record = await world.restore(a_request(kind=RestoreKind.MAILBOX, user=ADA.id))

    assert code_of(record) is Code.LICENSE_FROM_GROUP
    reads = [call for call in world.directory.calls if call.startswith("active")]
    assert world.seen(ADA).known.group_of_sku == ((ENTERPRISEPACK_ID, "a-group"),)
    assert len(reads) >= 1


@pytest.mark.parametrize("with_licenses", [True, False])
async def test_a_row_that_does_not_tell_of_licences_decides_nothing(*, with_licenses: bool) -> None:
    """The user is read instead: lost, or as before and not even doubtful."""
    world = watched(ADA)
    await world.look()
    world.feed.add_round((Sighting(ADA.id, None),))
    world.put(ADA if with_licenses else unlicensed(ADA))

    await world.look()

    assert (world.seen(ADA).lost_at is None) == with_licenses
    assert world.storage.doubts.rows == set()


@pytest.mark.parametrize("how", ["removed", "plan switched off"])
async def test_a_loss_begins_where_the_last_round_began(how: str) -> None:
    """The start of the last round that came to its end is the last time the plan was there."""
    off = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
    gone = unlicensed(ADA) if how == "removed" else replace(unlicensed(ADA), licenses=(off,))
    world = watched(ADA)
    await world.look()
    await world.look()
    known_at = world.clock.now()
    world.tell(gone)

    await world.look()

    assert world.seen(ADA).lost_at == known_at == NOW + 2 * HOUR
    assert world.seen(ADA).known.licenses == ADA.licenses
    assert world.storage.losses.rows == {(ADA.id, known_at)}


async def test_a_user_first_seen_in_this_round_was_there_until_then() -> None:
    """A look at the user that is later than the last round is the better bound."""
    world = watched(ADA)
    await world.look()
    world.feed.add_round((a_row(BEN),), (a_row(unlicensed(BEN)),))
    world.put(BEN)

    async def between_pages(link: str | None) -> None:
        if link == "1/1":
            world.clock.advance(timedelta(minutes=1))
            world.put(unlicensed(BEN))

    world.feed.before_page = between_pages
    await world.look()

    assert world.seen(BEN).lost_at == NOW + 2 * HOUR


async def test_a_loss_leads_to_a_restore_on_observed_evidence() -> None:
    """Nobody knows of the loss but the service: the window is open, and the licence is known."""
    world = watched(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    await world.look()

    record = await world.restore(a_request(kind=RestoreKind.MAILBOX, user=ADA.id))
    world.tell(world.directory.person(ADA.id))
    await world.look()

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert record.window is not None
    assert record.window.evidence is Evidence.OBSERVED
    assert record.window.started_at == NOW + HOUR
    assert world.seen(ADA).lost_at is None
    assert world.storage.losses.rows == set()


@pytest.mark.parametrize("is_lost", [True, False])
async def test_a_hint_that_a_read_contradicts_is_looked_at_again(*, is_lost: bool) -> None:
    """An old row, or a read that lags: the next run's read decides, by the bound of the hint."""
    world = watched(ADA)
    await world.look()
    world.feed.add_round((a_row(unlicensed(ADA)),))
    await world.look()
    in_doubt = world.seen(ADA).lost_at
    if is_lost:
        world.put(unlicensed(ADA))

    await world.look()

    assert in_doubt is None
    assert world.seen(ADA).lost_at == (NOW + HOUR if is_lost else None)
    assert world.storage.doubts.rows == set()


async def test_a_mailbox_that_became_shared_is_not_lost() -> None:
    """A conversion takes the licence on purpose; what the mailbox answers is noted."""
    world = watched(ADA)
    await world.look()
    world.directory.purposes[ADA.id] = "shared"
    world.tell(unlicensed(ADA))
    await world.look()
    world.tell(unlicensed(ADA))

    await world.look()

    assert (world.seen(ADA).lost_at, world.seen(ADA).purpose) == (None, "shared")
    assert world.storage.observations.writes[ADA.id] == 2
    assert world.storage.losses.rows == set()


async def test_without_the_right_to_look_at_mailboxes_a_loss_is_a_loss() -> None:
    """A window taken for open costs a question, one not seen the mailbox."""
    world = watched(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    world.directory.fail_next("mailbox", REFUSED)

    await world.look()

    assert world.seen(ADA).lost_at == NOW + HOUR


async def test_a_deleted_user_keeps_the_licences_of_before() -> None:
    """The deletion is noted; restored, the user is as before."""
    world = watched(ADA)
    await world.look()
    deleted_at = world.clock.now() + HOUR / 2
    world.tell(replace(ADA, deleted_at=deleted_at))
    await world.look()
    gone = world.seen(ADA)
    world.tell(ADA)
    await world.look()

    assert (gone.gone_at, gone.lost_at) == (deleted_at, None)
    assert gone.known.licenses == ADA.licenses
    assert world.seen(ADA).gone_at is None


async def test_a_user_unlicensed_and_then_deleted_was_lost_before_the_deletion() -> None:
    """Both happened between two rounds: the earlier bound counts, not the deletion."""
    world = watched(ADA)
    await world.look()
    world.tell(replace(unlicensed(ADA), deleted_at=world.clock.now() + HOUR / 2))

    await world.look()

    assert world.seen(ADA).lost_at == NOW + HOUR


async def test_a_user_restored_without_a_licence_stays_lost() -> None:
    """The end of the deletion is not the end of the loss."""
    world = watched(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    await world.look()
    world.tell(replace(unlicensed(ADA), deleted_at=world.clock.now()))
    await world.look()
    world.tell(unlicensed(ADA))

    await world.look()

    assert (world.seen(ADA).lost_at, world.seen(ADA).gone_at) == (NOW + HOUR, None)


async def test_a_purged_user_is_known_to_have_been() -> None:
    """`user-purged`, and not `user-not-found`, is what the caller is told."""
    world = watched(ADA)
    await world.look()
    world.directory.purge(ADA.id)
    world.feed.add_round((Removal(ADA.id, is_purged=True),))
    await world.look()

    record = await world.restore(a_request(kind=RestoreKind.MAILBOX, user=ADA.id))

    assert code_of(record) is Code.USER_PURGED
    assert world.seen(ADA).gone_at == NOW + 2 * HOUR


async def test_who_was_deleted_before_the_first_round_is_taken_from_the_bin() -> None:
    """They never appear in the feed; what their objects show of licences is remembered."""
    world = Watched()
    deleted_at = NOW - 20 * DAY
    world.put(replace(ADA, deleted_at=deleted_at), replace(unlicensed(BEN), deleted_at=deleted_at))

    await world.look()

    assert world.seen(ADA).known.licenses == ADA.licenses
    assert world.seen(ADA).gone_at == deleted_at
    assert BEN.id not in world.storage.observations.kept
    assert world.alerts() == []


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
    assert world.storage.observations.writes == {ADA.id: 1 + is_lost, BEN.id: 2}


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
    "error", [REFUSED, ThrottledError("wait", None), OutcomeUnknownError("502")]
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
    world.directory.fail_next("active", OutcomeUnknownError("time-out"))

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
    rows: list[Row] = [a_row(as_state(state)) for state in shown]
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
