"""Observing users who go: deleted, purged, restored, or deleted before anybody looked."""

from dataclasses import replace

import pytest

from shared.domain.outcomes import Code
from shared.domain.requests.request import RestoreKind
from shared.domain.watch.delta_changes import RemovedUser
from tests.builders import NOW, a_request
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, unlicensed, watched
from tests.unit.world.world import code_of

ADA, BEN = somebody(1), somebody(2)


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


@pytest.mark.parametrize("shows", [True, False])
async def test_a_user_unlicensed_and_then_deleted_was_lost_before_the_deletion(
    *, shows: bool
) -> None:
    """Both between two rounds: the earlier bound counts, if deleted users show licences at all."""
    world = watched(ADA)
    if shows:
        world.put(replace(BEN, deleted_at=NOW - DAY))
    await world.look()
    world.tell(replace(unlicensed(ADA), deleted_at=world.clock.now() + HOUR / 2))

    await world.look()

    assert world.seen(ADA).lost_at == (NOW + HOUR if shows else None)
    assert world.seen(ADA).runs[0].last == NOW + HOUR
    assert world.storage.rounds.stored.round.shows_deleted_licenses is shows


async def test_who_was_gone_before_the_first_look_is_filed_by_the_departure() -> None:
    """The cleanup finds by it what need not be remembered any more."""
    world = watched(ADA)
    world.put(replace(BEN, deleted_at=NOW - DAY))

    await world.look()

    assert world.storage.departures.rows == {(BEN.id, NOW - DAY)}


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


async def test_a_shared_mailbox_that_comes_back_is_not_forgotten() -> None:
    """Converted, deleted, restored: it is there, so nothing of it is past its keep time."""
    world = watched(ADA)
    await world.look()
    world.directory.purposes[ADA.id] = "shared"
    world.tell(unlicensed(ADA))
    await world.look()
    world.tell(replace(unlicensed(ADA), deleted_at=world.clock.now()))
    await world.look()
    gone = world.seen(ADA)
    world.tell(unlicensed(ADA))
    await world.look()

    assert (gone.lost_at, gone.gone_at, gone.purpose) == (None, NOW + 2 * HOUR, "shared")
    back = world.seen(ADA)
    assert (back.lost_at, back.gone_at, back.purpose) == (None, None, "shared")


async def test_a_purged_user_is_known_to_have_been() -> None:
    """`user-purged`, and not `user-not-found`, is what the caller is told."""
    world = watched(ADA)
    await world.look()
    world.directory.purge(ADA.id)
    world.feed.add_round((RemovedUser(ADA.id, is_purged=True),))
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
