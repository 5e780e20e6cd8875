"""Guards: whoever is lost is brought back, once for each loss, and nobody else is touched."""

from datetime import timedelta

import pytest

from shared.domain.guards.guard import GuardAct, GuardState
from shared.domain.outcomes import Code
from shared.domain.requests.request import Door, RestoreKind
from shared.domain.snapshot import Policy
from shared.domain.window import Evidence
from shared.errors import ThrottledError
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    UPN,
    USER_ID,
    a_deleted_person,
    a_person,
    because,
)
from tests.unit.world.guarded import (
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
from tests.unit.world.world import World, code_of

DEFAULT_SKU = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))
CLOSING = an_order(act=GuardAct.WHEN_CLOSING)


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


async def test_when_closing_acts_shortly_before_a_mailbox_that_still_answers_may_go() -> None:
    """On hold, perhaps: nothing is lost so far, and the licence's own 30 days run all the same."""
    world = await a_watched_world(CLOSING, policy=DEFAULT_SKU)
    world.put(UNLICENSED)
    world.directory.lingering.add(USER_ID)

    await tick(world)
    await tick(world, 26 * DAY)
    before = len(begun(world))
    await tick(world, DAY)

    assert before == 0
    (record,) = begun(world)
    assert code_of(await world.finish(record.id)) is Code.LICENSE_RESTORED


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
    assert record.request.license_removed_at is None
    assert record.window is not None
    assert (record.window.started_at, record.window.evidence) == (well_at, Evidence.OBSERVED)
    assert code_of(await world.record(record.id)) is Code.MAILBOX_RESTORED


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

    await one_look(world)
    before = len(begun(world))
    await tick(world)
    await finish_all(world)
    await tick(world)

    assert before == 0
    assert [code_of(record) for record in begun(world)] == [Code.USER_PURGED]


async def test_a_person_between_two_lists_is_no_loss() -> None:
    """In neither list for a moment, and well at the next look."""
    world = await a_watched_world()
    person = world.directory.person(USER_ID)
    world.directory.purge(USER_ID)
    await one_look(world)
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


async def test_a_guard_on_the_user_lets_licenses_be() -> None:
    """Kind `user` is about the deleted object alone, as a request of that kind."""
    order = an_order(kind=RestoreKind.USER, user=UPN.upper())
    world = await a_watched_world(order)
    world.put(UNLICENSED)

    await tick(world)

    assert begun(world) == []


async def test_a_round_costs_the_audit_log_one_request() -> None:
    """It takes five in ten seconds from the whole tenant, however many persons are guarded."""
    world = world_with(UNLICENSED)
    await guard(world, CLOSING)
    world.directory.license_changes[USER_ID] = [NOW]
    world.directory.calls.clear()

    await one_look(world)

    asked = [call for call in world.directory.calls if call.startswith("changes_since")]
    assert len(asked) == 1


async def test_a_busy_audit_log_makes_nobody_act_too_early() -> None:
    """Who waits for the closing of the window is looked at again when the log can tell of it."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [NOW]
    for _ in range(2):
        world.directory.fail_next("changes_since", ThrottledError(because("429"), None))

    await guard(world, CLOSING)
    await tick(world)
    early = begun(world)
    world.clock.advance(timedelta(minutes=2))
    await tick(world)

    assert early == begun(world) == []
