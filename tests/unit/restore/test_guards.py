"""Guards: whoever is lost is brought back, once for each loss, and nobody else is touched."""

from dataclasses import replace

import pytest

from shared.domain.guard import GuardAct, GuardState
from shared.domain.licensing import KnownLicenses, LicenseSource
from shared.domain.outcomes import Code, Status
from shared.domain.person import AssignedLicense
from shared.domain.request import Door, RestoreKind
from shared.domain.snapshot import Observation, Policy
from shared.domain.window import Evidence
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    UPN,
    USER_ID,
    a_deleted_person,
    a_person,
    a_sku,
)
from tests.fakes import refusals
from tests.unit.restore.cast import DAY, UNLICENSED, world_with
from tests.unit.restore.watch import HOUR, an_order, begun, finish_all, guard, seen, tick
from tests.unit.restore.world import World, code_of

KNOWN = KnownLicenses((AssignedLicense(ENTERPRISEPACK_ID),), LicenseSource.OBSERVED)
DEFAULT_SKU = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))
CLOSING = an_order(act=GuardAct.WHEN_CLOSING)


async def a_watched_world(order: object = None, **fields: object) -> World:
    """Megan, guarded, and seen well once."""
    world = world_with(a_person(), **fields)
    await guard(world, order or an_order())  # type: ignore[arg-type]
    await tick(world)
    return world


def delete(world: World) -> None:
    """Have Megan deleted now."""
    world.put(replace(world.directory.person(USER_ID), deleted_at=world.clock.now()))


async def test_a_person_who_is_well_is_left_alone() -> None:
    """The object id is pinned, and nothing is begun."""
    world = await a_watched_world()

    assert begun(world) == []
    assert seen(world).state is GuardState.WATCHING
    assert seen(world).user_id == USER_ID
    assert seen(world).last_seen_at == world.clock.now()


async def test_a_deleted_person_is_brought_back() -> None:
    """By the timer's own request: by object id, with the guard's remarks and without overrides."""
    world = await a_watched_world()
    delete(world)
    deleted_at = world.clock.now()

    kept = await tick(world)
    (record,) = begun(world)
    ended = await world.finish(record.id)

    assert (kept.looked_at, kept.begun) == (1, 1)
    assert record.requested_by.door is Door.TIMER
    assert record.requested_by.id == seen(world).id
    request = record.request
    assert request is not None
    assert (request.user, request.kind) == (USER_ID, RestoreKind.MAILBOX)
    assert (request.reason, request.ticket) == ("the board", "T-1")
    assert (request.accept_unknown_window, request.allow_synced) == (False, False)
    assert request.on_address_conflict == "fail"
    assert code_of(ended) is Code.MAILBOX_RESTORED
    loss = seen(world).loss
    assert loss is not None
    assert (loss.at, loss.evidence, loss.restore_id) == (deleted_at, Evidence.DELETED, record.id)


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


async def test_a_deletion_after_the_license_went_is_the_same_loss() -> None:
    """One restore was begun and refused; it is retried, not repeated."""
    world = await a_watched_world()
    world.put(UNLICENSED)
    await tick(world)
    await finish_all(world)
    world.put(replace(UNLICENSED, deleted_at=world.clock.now()))

    await tick(world)
    await tick(world)

    assert len(begun(world)) == 1
    loss = seen(world).loss
    assert loss is not None
    assert loss.deleted_at is not None


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
    lost = Observation(USER_ID, world.clock.now(), KNOWN, lost_at=world.clock.now() + HOUR / 4)
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
    lost = Observation(USER_ID, world.clock.now(), KNOWN, lost_at=world.clock.now() + HOUR / 4)
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


@pytest.mark.parametrize("purpose", ["shared", "room", "equipment"])
async def test_a_converted_mailbox_is_no_loss(purpose: str) -> None:
    """Active without a licence, and the mailbox answers as one that needs none."""
    world = await a_watched_world()
    world.put(UNLICENSED)
    world.directory.purposes[USER_ID] = purpose

    for _ in range(3):
        await tick(world)

    assert begun(world) == []
    assert seen(world).state is GuardState.WATCHING


async def test_when_closing_waits_for_the_last_days() -> None:
    """Not an hour before the window is closing, and then at the next look."""
    world = await a_watched_world(CLOSING)
    delete(world)

    await tick(world)
    assert seen(world, CLOSING).state is GuardState.LOST
    await tick(world, 26 * DAY)
    before = len(begun(world))
    await tick(world, DAY)

    assert before == 0
    (record,) = begun(world)
    assert code_of(await world.finish(record.id)) is Code.MAILBOX_RESTORED


@pytest.mark.parametrize("act", GuardAct)
async def test_a_loss_first_seen_too_late_is_refused_on_record(act: GuardAct) -> None:
    """The administrator sees that the guard could not help: one refusal, and no second."""
    order = an_order(act=act)
    world = await a_watched_world(order)
    delete(world)

    await tick(world, 31 * DAY)
    await finish_all(world)
    await tick(world)

    assert [code_of(record) for record in begun(world)] == [Code.WINDOW_CLOSED]


async def test_a_loss_by_nobodys_evidence_is_pinned_when_first_seen() -> None:
    """Evidence that arrives later makes no second restore for it."""
    world = world_with(UNLICENSED)
    await guard(world)
    await tick(world)
    first_seen = world.clock.now()
    world.directory.license_changes[USER_ID] = [NOW - 2 * DAY]
    await world.storage.observations.note(Observation(USER_ID, NOW, KNOWN, lost_at=NOW - DAY))

    await tick(world)
    await finish_all(world)
    await tick(world)

    assert len(begun(world)) == 1
    loss = seen(world).last_loss
    assert loss is not None
    assert (loss.at, loss.evidence) == (first_seen, Evidence.NONE)


async def test_when_closing_does_not_wait_for_an_end_that_nobody_knows() -> None:
    """The refusal says what to do while somebody can still say when the licence went."""
    world = world_with(UNLICENSED)
    await guard(world, CLOSING)

    await tick(world)
    await finish_all(world)

    assert [code_of(record) for record in begun(world)] == [Code.WINDOW_UNKNOWN]


async def test_a_guard_that_saw_the_person_well_knows_when_the_license_went() -> None:
    """Its last look is the earlier bound: the window is known without any other evidence."""
    world = await a_watched_world(CLOSING, policy=DEFAULT_SKU)
    well_at = world.clock.now()
    world.put(UNLICENSED)

    await tick(world)
    await tick(world, 26 * DAY)
    before = len(begun(world))
    await tick(world, DAY)
    await finish_all(world)

    assert before == 0
    (record,) = begun(world)
    assert record.request is not None
    assert record.request.license_removed_at == well_at
    assert code_of(await world.record(record.id)) is Code.MAILBOX_RESTORED


@pytest.mark.parametrize("source", [Evidence.OBSERVED, Evidence.AUDIT])
async def test_a_lost_license_is_pinned_at_its_evidence(source: Evidence) -> None:
    """What was observed, or the audit log; nothing is declared then."""
    world = await a_watched_world()
    lost_at = world.clock.now() + HOUR / 2
    world.put(UNLICENSED)
    if source is Evidence.OBSERVED:
        await world.storage.observations.note(Observation(USER_ID, NOW, KNOWN, lost_at=lost_at))
    else:
        world.directory.license_changes[USER_ID] = [lost_at]

    await tick(world)

    loss = seen(world).loss
    assert loss is not None
    assert (loss.at, loss.evidence, loss.licensed_at) == (lost_at, source, None)


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


async def test_the_guard_follows_the_person_and_not_the_name() -> None:
    """Somebody else has the name now: the lost one is asked for by id, the other is let be."""
    other_id = "11111111-2222-4333-8444-555555555555"
    world = await a_watched_world()
    delete(world)
    world.put(a_person(id=other_id, display_name="Megan Other", mail=None, proxy_addresses=()))

    await tick(world)
    await finish_all(world)

    (record,) = begun(world)
    assert record.request is not None
    assert record.request.user == USER_ID
    assert code_of(await world.record(record.id)) is Code.UPN_CONFLICT
    assert world.effects() == []


async def test_a_name_means_who_has_it_now() -> None:
    """At the first look the active holder is guarded, not one who was deleted with that name."""
    other_id = "11111111-2222-4333-8444-555555555555"
    world = world_with(a_deleted_person(id=other_id), a_person())
    await guard(world)

    await tick(world)

    assert seen(world).user_id == USER_ID
    assert begun(world) == []


async def test_a_person_who_is_deleted_already_is_brought_back() -> None:
    """A guard that comes late is as good as a restore request."""
    world = world_with(a_deleted_person())
    await guard(world)

    await tick(world)
    await finish_all(world)

    assert [code_of(record) for record in begun(world)] == [Code.MAILBOX_RESTORED]


@pytest.mark.parametrize("user", ["nobody@contoso.com", USER_ID])
async def test_a_name_without_a_person_begins_nothing(user: str) -> None:
    """The guard says that it has not found anybody, and looks again."""
    order = an_order(user=user)
    world = World()
    await guard(world, order)

    await tick(world)

    assert seen(world, order).state is GuardState.UNRESOLVED
    assert seen(world, order).user_id is None
    world.put(a_person(user_principal_name=user))
    await tick(world)
    assert seen(world, order).state is GuardState.WATCHING
    assert begun(world) == []


async def test_a_purged_person_is_one_refusal() -> None:
    """Not at the first look, which may fall between two lists; then once."""
    world = await a_watched_world()
    world.directory.purge(USER_ID)

    await tick(world)
    before = len(begun(world))
    await tick(world)
    await finish_all(world)
    await tick(world)

    assert before == 0
    assert [code_of(record) for record in begun(world)] == [Code.USER_NOT_FOUND]


async def test_a_person_between_two_lists_is_no_loss() -> None:
    """In neither list for a moment, and well at the next look."""
    world = await a_watched_world()
    person = world.directory.person(USER_ID)
    world.directory.purge(USER_ID)
    await tick(world)
    world.put(person)

    await tick(world)

    assert seen(world).state is GuardState.WATCHING
    assert begun(world) == []


async def test_reads_that_contradict_each_other_decide_nothing() -> None:
    """In both lists at once, as in the minute of a deletion."""
    world = await a_watched_world()
    before = seen(world)
    real = world.directory.deleted

    async def both(user_id: str) -> object:
        await real(user_id)
        return a_deleted_person()

    world.directory.deleted = both  # type: ignore[method-assign, assignment]
    await tick(world)

    assert seen(world) == before
    assert begun(world) == []


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


async def test_a_guard_on_the_user_lets_licenses_be() -> None:
    """Kind `user` is about the deleted object alone, as a request of that kind."""
    order = an_order(kind=RestoreKind.USER, user=UPN.upper())
    world = await a_watched_world(order)
    world.put(UNLICENSED)

    await tick(world)

    assert begun(world) == []


async def test_a_loss_that_waits_costs_the_audit_log_one_question() -> None:
    """It allows five in ten seconds for the whole tenant, and the instant is pinned."""
    world = world_with(UNLICENSED)
    await guard(world, CLOSING)
    world.directory.license_changes[USER_ID] = [NOW]

    for _ in range(4):
        await tick(world)

    asked = [call for call in world.directory.calls if call.startswith("license_changed_at")]
    assert len(asked) == 1
