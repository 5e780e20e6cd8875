"""Observing: licences are remembered before they are lost, and the loss has its earlier bound."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.licensing.known import LicenseSource
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.requests.request import RestoreKind
from shared.domain.watch.delta_changes import ChangedUser
from shared.domain.window import Evidence
from shared.errors import AnsweredError
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW, a_request
from tests.fakes.changes import a_row
from tests.unit.world.watched import HOUR, Watched, somebody, unlicensed, watched
from tests.unit.world.world import code_of

ADA, BEN = somebody(1), somebody(2)
REFUSED = AnsweredError(status=403, code="Authorization_RequestDenied", message="no")


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
    [held] = world.seen(ADA).known.held
    assert (held.sku_id, held.group_ids) == (ENTERPRISEPACK_ID, ("a-group",))
    assert len(reads) >= 1


@pytest.mark.parametrize("with_licenses", [True, False])
async def test_a_row_that_does_not_tell_of_licences_decides_nothing(*, with_licenses: bool) -> None:
    """The user is read instead: lost, or as before and not even doubtful."""
    world = watched(ADA)
    await world.look()
    world.feed.add_round((ChangedUser(ADA.id, None),))
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


async def test_a_read_that_shows_nothing_is_no_loss() -> None:
    """Graph has shown whole tenants without anything: doubtful until a read shows something."""
    world = watched(ADA)
    await world.look()
    blank = replace(unlicensed(ADA), account_enabled=None)
    world.tell(blank)
    for _ in range(3):
        await world.look()

        assert world.seen(ADA).lost_at is None
        assert world.storage.doubts.rows == {(ADA.id, NOW + HOUR)}
    world.put(ADA)
    await world.look()

    assert world.storage.doubts.rows == set()
    assert not world.seen(ADA).is_doubted


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
