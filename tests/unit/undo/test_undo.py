"""Undoing: what a restore did is taken back, once, while the world stands as it left it."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.decision import StepName
from shared.domain.guards.guard import GuardState
from shared.domain.outcomes import Code, Status
from shared.domain.person import AssignedLicense
from shared.domain.records.progress import StepStatus
from shared.domain.records.record import Record
from shared.domain.requests.request import LicenseChoice, RestoreKind
from shared.domain.snapshot import Policy
from shared.domain.undos.sign_ins import SignInLook
from shared.errors import NotUndoableError, OutcomeUnknownError
from shared.guards.orders import add_guard
from shared.guards.rounds import keep_guards
from shared.lists.judged_loss import judged_loss
from shared.lists.loss_reads import LossReads
from shared.restore.conclude import publish_end
from shared.restore.hold import LEASE
from shared.restore.retry import retry_restore
from shared.texts.reader import Reader
from shared.undo.start import start_undo
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    UPN,
    USER_ID,
    a_deleted_person,
    a_person,
    a_request,
    because,
)
from tests.fakes import refusals
from tests.reading import EVERYBODY, said
from tests.unit.world.crashing import Death, DiedError
from tests.unit.world.guarded import BY, an_order
from tests.unit.world.world import ASKED_BY, World

HOUR = timedelta(hours=1)
ANOTHER = AssignedLicense("another")
ALLOWED = Policy(undo=True)
LOST = a_person(licenses=(), license_states=(), plans=())


async def restored(world: World, kind: RestoreKind = RestoreKind.MAILBOX) -> Record:
    """A restore that has come through."""
    record = await world.restore(a_request(kind=kind))
    assert record.status is Status.SUCCEEDED
    world.clock.advance(HOUR)
    return record


async def ask(world: World, original: Record, *, is_allowed: bool = True) -> Record:
    """The undo, as it is accepted."""
    return await start_undo(original.id, "a slip", ASKED_BY, world.deps, is_allowed=is_allowed)


async def undo(world: World, original: Record) -> Record:
    """The undo, seen to its end."""
    return await world.finish((await ask(world, original)).id)


def with_deleted(**fields: object) -> World:
    """A world with somebody deleted."""
    world = World(policy=ALLOWED)
    world.put(a_deleted_person(**fields))
    return world


async def test_a_restored_user_is_deleted_again() -> None:
    """By a record of its own, with the effect written down and looked at; the restore says so."""
    world = with_deleted()
    original = await restored(world)

    record = await undo(world, original)

    assert (record.kind, record.undoes) == (RestoreKind.UNDO, original.id)
    assert record.outcome is not None
    assert (record.outcome.code, record.status) == (Code.UNDONE, Status.SUCCEEDED)
    assert record.plan == (StepName.DELETE_USER, StepName.VERIFY_USER)
    assert {step.status for step in record.steps} == {StepStatus.DONE}
    assert world.directory.person(USER_ID).is_deleted
    assert world.directory.deleted_again[USER_ID] == 1
    assert (await world.record(original.id)).undone_by == record.id
    assert (await world.events(original.id))[-1] == "undone"
    assert [e for e in await world.events(record.id) if e in {"attempting", "done"}] == [
        "attempting",
        "done",
        "done",
    ]


async def test_a_licence_is_taken_off_again() -> None:
    """And nothing else of the person is touched."""
    world = World(policy=ALLOWED)
    world.put(LOST)
    original = await restored_license(world)

    record = await undo(world, original)

    assert record.outcome is not None
    assert (record.outcome.code, record.plan) == (
        Code.UNDONE,
        (StepName.REMOVE_LICENSE, StepName.VERIFY_USER),
    )
    assert world.directory.person(USER_ID).licenses == ()
    assert world.directory.taken_off[USER_ID] == 1
    assert not world.directory.person(USER_ID).is_deleted


async def restored_license(world: World) -> Record:
    """A licence that was named and given back, though nobody knows since when it was gone."""
    chosen = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))
    request = a_request(kind=RestoreKind.LICENSE, license=chosen, accept_unknown_window=True)
    record = await world.restore(request)
    assert record.status is Status.SUCCEEDED
    world.clock.advance(HOUR)
    return record


async def test_a_plan_that_was_switched_on_is_switched_off_again() -> None:
    """The licence was there before, with its mailbox part off: so it is again."""
    world = World(policy=ALLOWED)
    off = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
    world.put(a_person(licenses=(off,), plans=()))
    original = await restored_license(world)

    record = await undo(world, original)

    assert record.outcome is not None
    assert record.outcome.code is Code.UNDONE
    assert world.directory.person(USER_ID).licenses == (off,)


async def test_plans_that_somebody_has_switched_since_stay() -> None:
    """To set the plans back as they were would undo somebody else's change with it."""
    world = World(policy=ALLOWED)
    off = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
    world.put(a_person(licenses=(off,), plans=()))
    original = await restored_license(world)
    teams_off = AssignedLicense(ENTERPRISEPACK_ID, ("57ff2da0-773e-42df-b2af-ffb7a2317929",))
    world.put(replace(world.directory.person(USER_ID), licenses=(teams_off,)))

    record = await undo(world, original)

    assert record.outcome is not None
    assert (record.outcome.code, record.outcome.text.variant) == (Code.UNDO_REFUSED, "plans")
    assert world.directory.person(USER_ID).licenses == (teams_off,)
    assert world.directory.taken_off[USER_ID] == 0


async def test_both_are_taken_back_the_last_first() -> None:
    """A user restored and then licensed loses the licence, and is deleted then."""
    world = with_deleted(licenses=(), license_states=(), plans=())
    chosen = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))
    original = await world.restore(a_request(license=chosen, accept_unknown_window=True))
    world.clock.advance(HOUR)

    record = await undo(world, original)

    assert record.plan == (StepName.REMOVE_LICENSE, StepName.DELETE_USER, StepName.VERIFY_USER)
    person = world.directory.person(USER_ID)
    assert (person.is_deleted, person.licenses) == (True, ())


async def test_however_often_it_is_asked_for_it_is_one() -> None:
    """Also with another reason, by somebody else, and when it has ended."""
    world = with_deleted()
    original = await restored(world)
    first = await ask(world, original)
    again = await start_undo(original.id, "another", ASKED_BY, world.deps, is_allowed=True)
    ended = await undo(world, original)
    late = await ask(world, original, is_allowed=False)

    assert first.id == again.id == ended.id == late.id
    assert world.directory.deleted_again[USER_ID] == 1


@pytest.mark.parametrize(
    ("variant", "sign_in", "change"),
    [
        ("", SignInLook(NOW + HOUR), {}),
        (
            "license",
            SignInLook(),
            {"licenses": (ANOTHER,), "license_states": ()},
        ),
        ("gone", SignInLook(), {"deleted_at": NOW}),
        ("roles", SignInLook(), None),
    ],
)
async def test_nothing_is_taken_back_once_the_world_has_moved_on(
    variant: str, sign_in: SignInLook, change: dict[str, object] | None
) -> None:
    """A sign-in, another licence, somebody else's deletion, an admin role: refused, untouched."""
    world = with_deleted()
    original = await restored(world)
    world.directory.sign_ins[USER_ID] = sign_in
    if change is None:
        world.directory.roles[USER_ID] = ("Global Administrator",)
    else:
        world.put(replace(world.directory.person(USER_ID), **change))  # type: ignore[arg-type]
    before = world.directory.person(USER_ID)

    record = await undo(world, original)

    assert record.outcome is not None
    assert (record.outcome.code, record.outcome.text.variant) == (Code.UNDO_REFUSED, variant)
    assert world.directory.person(USER_ID) == before
    assert world.directory.deleted_again[USER_ID] == 0
    assert (await world.record(original.id)).undone_by == ""


async def test_a_sign_in_from_before_the_restore_does_not_count() -> None:
    """What the user did before the loss says nothing about the time since."""
    world = with_deleted()
    original = await restored(world)
    world.directory.sign_ins[USER_ID] = SignInLook(NOW - HOUR)

    record = await undo(world, original)

    assert record.outcome is not None
    assert record.outcome.code is Code.UNDONE


async def test_another_restore_since_is_not_taken_back_with_it() -> None:
    """Whoever has changed the user since is named, to those who may know it."""
    world = with_deleted()
    original = await restored(world)
    world.put(replace(world.directory.person(USER_ID), deleted_at=world.clock.now()))
    later = await restored(world)

    record = await undo(world, original)

    assert record.outcome is not None
    assert record.outcome.text.variant == "restore"
    assert later.id in said(record.outcome, EVERYBODY).message
    assert later.id not in said(record.outcome, Reader()).message
    assert world.directory.deleted_again[USER_ID] == 0


async def test_sign_ins_that_are_not_told_are_said_not_to_be() -> None:
    """The undo goes on, with a warning that nobody looked."""
    world = with_deleted()
    original = await restored(world)
    world.directory.sign_ins[USER_ID] = SignInLook(is_told=False)

    record = await undo(world, original)

    assert record.outcome is not None
    assert record.outcome.code is Code.UNDONE
    assert [warning.text.key for warning in record.warnings] == ["audit-not-checked/sign-ins"]


async def test_what_graph_cannot_put_back_is_left_to_hands() -> None:
    """A new name stays, and the outcome says which one it was before."""
    world = with_deleted()
    new = "megan2@contoso.com"
    original = await world.restore(a_request(on_upn_conflict="always", new_user_principal_name=new))
    world.clock.advance(HOUR)

    record = await undo(world, original)

    assert record.outcome is not None
    told = said(record.outcome)
    assert record.outcome.text.variant == "by-hand"
    assert UPN in told.message
    assert new in told.fix


async def test_a_lost_answer_is_looked_at_and_not_repeated() -> None:
    """The effect took place: the next look shows it, and nothing is sent again."""
    world = with_deleted()
    original = await restored(world)
    world.directory.fail_next(
        "delete_user", OutcomeUnknownError(because("lost")), after_effect=True
    )

    record = await undo(world, original)

    assert record.outcome is not None
    assert record.outcome.code is Code.UNDONE
    assert world.directory.deleted_again[USER_ID] == 1
    assert world.directory.calls.count(f"delete_user {USER_ID}") == 1


async def test_a_refusal_of_graphs_is_told_with_its_permission() -> None:
    """Nothing was changed, and the restore is not called undone."""
    world = with_deleted()
    original = await restored(world)
    world.directory.fail_next("delete_user", refusals.denied())

    record = await undo(world, original)

    assert record.outcome is not None
    assert record.outcome.code is Code.PERMISSION_MISSING
    assert "User.DeleteRestore.All" in said(record.outcome).message
    assert not (await world.record(original.id)).undone_by
    assert world.storage.taken.rows == set()


async def test_an_undo_that_failed_can_be_retried() -> None:
    """Under the same id, with a look first."""
    world = with_deleted()
    original = await restored(world)
    world.directory.fail_next("delete_user", refusals.denied())
    failed = await undo(world, original)

    again = await retry_restore(failed.id, ASKED_BY, world.deps)
    record = await world.finish(again.id)

    assert record.outcome is not None
    assert (record.id, record.outcome.code) == (failed.id, Code.UNDONE)
    assert (await world.record(original.id)).undone_by == record.id


async def test_a_restore_after_an_undo_is_a_new_loss() -> None:
    """Whoever is wanted back after all is asked for again, and comes back."""
    world = with_deleted()
    original = await restored(world)
    await undo(world, original)
    world.clock.advance(HOUR)

    back = await world.restore(a_request(idempotency_key="after all"))

    assert back.status is Status.SUCCEEDED
    assert not world.directory.person(USER_ID).is_deleted


async def test_the_end_of_an_undo_survives_a_crash() -> None:
    """A worker that dies after the end was written leaves the note on the restore to the sweep."""
    world = with_deleted()
    original = await restored(world)
    record = await undo(world, original)
    stored = await world.storage.ledger.read(original.id)
    assert stored is not None
    await world.storage.ledger.write(stored, replace(stored.record, undone_by=""))

    await publish_end(record, world.deps)

    assert (await world.record(original.id)).undone_by == record.id


@pytest.mark.parametrize(
    ("variant", "prepare"),
    [("off", "off"), ("unfinished", "unfinished"), ("", "nothing"), ("of-its-own", "undo")],
)
async def test_what_cannot_be_undone(variant: str, prepare: str) -> None:
    """Undoing turned off, a restore under way, one that changed nothing, an undo itself."""
    world = with_deleted() if prepare != "nothing" else World(policy=ALLOWED)
    world.put(*([a_person()] if prepare == "nothing" else []))
    original = await world.accept(a_request())
    if prepare != "unfinished":
        original = await world.finish(original.id)
        world.clock.advance(HOUR)
    if prepare == "undo":
        original = await undo(world, original)

    with pytest.raises(NotUndoableError) as refused:
        await ask(world, original, is_allowed=prepare != "off")

    assert refused.value.text.variant == variant


async def test_an_undone_restore_is_no_loss_for_lists_and_guards() -> None:
    """The service itself took it away: nobody is told, and no guard brings it back."""
    world = with_deleted()
    original = await restored(world)
    guard = (await add_guard(an_order(), BY, world.deps)).guard
    await undo(world, original)
    world.clock.advance(HOUR)

    for _ in range(3):
        await keep_guards(world.deps)
        world.clock.advance(HOUR)
    kept = await world.storage.guards.read(guard.id)
    reads = await LossReads.of(world.deps)

    assert kept is not None
    assert (kept.guard.state, kept.guard.loss) == (GuardState.WATCHING, None)
    assert await judged_loss(world.directory.person(USER_ID), None, reads) is None


async def test_a_deletion_by_somebody_else_after_that_is_one() -> None:
    """Back by hand and deleted again, the user is lost like anybody."""
    world = with_deleted()
    await undo(world, await restored(world))
    world.clock.advance(HOUR)
    again = replace(world.directory.person(USER_ID), deleted_at=world.clock.now())
    world.put(again)

    assert await judged_loss(again, None, await LossReads.of(world.deps)) is not None


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["user", "licence"])
async def test_killed_at_any_call_it_ends_and_changes_once(kind: str, after: bool) -> None:  # noqa: FBT001 - a case
    """Whenever the worker dies, the next one looks: one effect, and the restore is noted."""
    nth = 0
    while True:
        nth += 1
        world = with_deleted() if kind == "user" else World(policy=ALLOWED)
        if kind == "licence":
            world.put(LOST)
        original = await (restored(world) if kind == "user" else restored_license(world))
        record = await ask(world, original)
        death = Death(world, nth, after=after)
        with suppress(DiedError):
            await world.finish(record.id)
        death.revive()
        world.clock.advance(LEASE + timedelta(minutes=5))
        await world.sweep()
        ended = await world.finish(record.id)
        await world.sweep()

        assert ended.outcome is not None
        assert ended.outcome.code is Code.UNDONE, nth
        made = world.directory.deleted_again if kind == "user" else world.directory.taken_off
        assert made[USER_ID] == 1, nth
        assert (await world.record(original.id)).undone_by == record.id, nth
        if not death.is_over:
            break
    assert nth > 15
