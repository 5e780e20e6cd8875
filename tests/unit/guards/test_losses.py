"""Losses: which sightings are one loss, and which are the next; one restore for each."""

from dataclasses import replace

import pytest

from shared.domain.guards.guard import GuardState
from shared.domain.outcomes import Code, Status
from shared.domain.person import AssignedLicense
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from shared.domain.window import Evidence
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_sku,
    an_observation,
)
from tests.fakes import refusals
from tests.unit.world.guarded import (
    HOUR,
    a_watched_world,
    an_order,
    begun,
    delete,
    finish_all,
    guard,
    one_look,
    seen,
    tick,
)
from tests.unit.world.people import DAY, UNLICENSED, world_with
from tests.unit.world.world import code_of

E3 = AssignedLicense(ENTERPRISEPACK_ID)
DEFAULT_SKU = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))


async def test_a_loss_is_restored_once_however_often_it_is_seen() -> None:
    """Before the restore has run, while it waits, and after it was refused."""
    world = await a_watched_world()
    delete(world)
    world.directory.roles[USER_ID] = ("Global Administrator",)

    first = await tick(world)
    second = await tick(world)
    await finish_all(world)
    third = await tick(world)
    fourth = await tick(world, DAY)

    assert [kept.begun for kept in (first, second, third, fourth)] == [1, 0, 0, 0]
    assert [code_of(record) for record in begun(world)] == [Code.PRIVILEGED_USER]


async def test_lost_restored_and_lost_again_is_two_losses() -> None:
    """Seen well in between, each has its own key and its own restore."""
    world = await a_watched_world()
    for _ in range(2):
        delete(world)
        await tick(world)
        await finish_all(world)
        await tick(world)
        assert seen(world).state is GuardState.WATCHING

    first, second = begun(world)
    assert first.id != second.id
    assert first.status is second.status is Status.SUCCEEDED
    assert world.directory.restored[USER_ID] == 2


async def test_deleted_again_before_the_next_look_is_a_new_loss() -> None:
    """The timer never saw the person well in between, but the deletion is another one."""
    world = await a_watched_world()
    delete(world)
    await tick(world)
    await finish_all(world)
    world.clock.advance(HOUR / 2)
    delete(world)

    await tick(world, HOUR / 2)
    await finish_all(world)

    assert [record.status for record in begun(world)] == [Status.SUCCEEDED] * 2


async def test_license_lost_again_before_the_next_look_is_a_new_loss() -> None:
    """The restore of the first loss succeeded, so what is lost now was lost after it."""
    world = await a_watched_world(policy=DEFAULT_SKU)
    for _ in range(2):
        world.put(UNLICENSED)
        await tick(world)
        await finish_all(world)

    assert [code_of(record) for record in begun(world)] == [Code.MAILBOX_RESTORED] * 2
    assert world.directory.assigned[USER_ID] == 2


async def test_a_deletion_before_the_guard_acts_is_the_same_loss() -> None:
    """The licence went, the user later: one restore brings both back."""
    world = await a_watched_world()
    world.put(UNLICENSED)
    await one_look(world)
    delete(world)

    await tick(world)
    await finish_all(world)
    await tick(world)

    assert [code_of(record) for record in begun(world)] == [Code.MAILBOX_RESTORED]


async def test_a_deletion_after_the_restore_of_the_license_was_refused_is_a_new_loss() -> None:
    """Nobody could give the licence back; the account is deleted later, and that is acted on."""
    world = await a_watched_world()
    world.storage.observations.kept.clear()
    world.put(UNLICENSED)
    await tick(world)
    await finish_all(world)
    await tick(world, DAY)
    delete(world)

    await tick(world)
    await tick(world)

    assert len(begun(world)) == 2
    loss = seen(world).loss
    assert loss is not None
    assert loss.deleted_at == loss.at


@pytest.mark.parametrize("is_seen_waiting", [True, False])
async def test_a_user_deleted_while_the_guard_waits_for_a_seat_is_brought_back(
    *, is_seen_waiting: bool
) -> None:
    """The restore of the licence ends then, and nobody is there to send the request again."""
    world = await a_watched_world()
    world.directory.put_sku(a_sku(free_seats=0))
    world.put(UNLICENSED)
    await tick(world)
    (first,) = begun(world)
    await world.finish(first.id, until=world.clock.now() + HOUR)
    delete(world)
    if is_seen_waiting:
        await one_look(world)
    await world.finish(first.id)
    world.directory.put_sku(a_sku(free_seats=1))

    await tick(world)
    await finish_all(world)

    assert [code_of(record) for record in begun(world)] == [
        Code.USER_IS_DELETED,
        Code.MAILBOX_RESTORED,
    ]


async def test_deleted_refused_and_restored_by_hand_without_license_is_a_new_loss() -> None:
    """A guard on the licence could not help with the deletion; now it can."""
    order = an_order(kind=RestoreKind.LICENSE)
    world = await a_watched_world(order, policy=DEFAULT_SKU)
    delete(world)
    await tick(world)
    await finish_all(world)
    world.put(UNLICENSED)

    await tick(world)
    await finish_all(world)
    await tick(world)

    assert [record.status for record in begun(world)] == [Status.REFUSED, Status.SUCCEEDED]


async def test_own_restore_that_fails_half_way_is_no_new_loss() -> None:
    """It brought the user back and no licence: what is left is its own, to be retried."""
    world = await a_watched_world()
    lost = an_observation(USER_ID, E3, lost_at=world.clock.now() + HOUR / 4)
    await world.storage.observations.note(lost)
    world.put(replace(UNLICENSED, deleted_at=world.clock.now() + HOUR / 2))
    conflict = refusals.bad_request("The plans are mutually exclusive.")
    world.directory.fail_next("assign_licenses", conflict)
    await tick(world)
    (record,) = begun(world)
    await world.finish(record.id)

    await tick(world)

    assert code_of(await world.record(record.id)) is Code.LICENSE_CONFLICT
    assert not world.directory.person(USER_ID).is_deleted
    assert len(begun(world)) == 1
    assert seen(world).state is GuardState.LOST


async def test_a_restore_that_was_never_noted_is_still_the_guards_own() -> None:
    """The note was lost and the restore has come half-way: it is found by its key, not repeated."""
    world = await a_watched_world()
    lost = an_observation(USER_ID, E3, lost_at=world.clock.now() + HOUR / 4)
    await world.storage.observations.note(lost)
    world.put(replace(UNLICENSED, deleted_at=world.clock.now() + HOUR / 2))
    world.directory.put_sku(a_sku(free_seats=0))
    await tick(world)
    (record,) = begun(world)
    stored = await world.storage.guards.read(seen(world).id)
    assert stored is not None
    loss = stored.guard.loss
    assert loss is not None
    unnoted = replace(stored.guard, last_loss=replace(loss, restore_id=None))
    await world.storage.guards.write(stored, unnoted)
    half_way = await world.run(record.id)

    await tick(world)

    assert half_way.status is Status.WAITING
    assert not world.directory.person(USER_ID).is_deleted
    assert [item.id for item in begun(world)] == [record.id]
    noted = seen(world).loss
    assert noted is not None
    assert noted.restore_id == record.id


async def test_a_loss_by_nobodys_evidence_is_pinned_when_first_seen() -> None:
    """Evidence that arrives later makes no second restore for it."""
    world = world_with(UNLICENSED)
    await guard(world)
    await one_look(world)
    first_seen = NOW
    world.directory.license_changes[USER_ID] = [NOW - 2 * DAY]
    await world.storage.observations.note(an_observation(USER_ID, E3, lost_at=NOW - DAY))

    await tick(world)
    await finish_all(world)
    await tick(world)

    assert len(begun(world)) == 1
    loss = seen(world).last_loss
    assert loss is not None
    assert (loss.at, loss.evidence) == (first_seen, Evidence.NONE)


@pytest.mark.parametrize("source", [Evidence.OBSERVED, Evidence.AUDIT])
async def test_a_lost_license_is_pinned_at_its_evidence(source: Evidence) -> None:
    """What was observed, or the audit log; nothing is declared then."""
    world = await a_watched_world()
    lost_at = world.clock.now() + HOUR / 2
    world.put(UNLICENSED)
    if source is Evidence.OBSERVED:
        await world.storage.observations.note(an_observation(USER_ID, E3, lost_at=lost_at))
    else:
        world.directory.license_changes[USER_ID] = [lost_at]

    await tick(world)

    loss = seen(world).loss
    assert loss is not None
    assert (loss.at, loss.evidence) == (lost_at, source)


async def test_evidence_of_a_loss_before_is_none_of_this_one() -> None:
    """The audit log goes on telling the earliest change of the month."""
    world = await a_watched_world(policy=DEFAULT_SKU)
    world.directory.license_changes[USER_ID] = [world.clock.now() + HOUR / 2]
    for _ in range(2):
        world.put(UNLICENSED)
        await tick(world)
        await finish_all(world)
        await tick(world)

    first, second = begun(world)
    assert first.id != second.id
    assert world.directory.assigned[USER_ID] == 2


async def test_a_read_that_lags_shows_no_new_loss() -> None:
    """Just seen well, shown deleted as before once more: the same deletion is not undone twice."""
    world = await a_watched_world()
    delete(world)
    gone = world.directory.person(USER_ID)
    await tick(world)
    await finish_all(world)
    back = world.directory.person(USER_ID)
    await tick(world)
    world.put(gone)
    await tick(world, HOUR / 60)
    world.put(back)

    await tick(world)

    assert len(begun(world)) == 1
    assert seen(world).state is GuardState.WATCHING
