"""Advance: each kind of restore from its request to its end, and what the journal says of it."""

import pytest

from shared.domain.decision import StepName
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, Person
from shared.domain.records.progress import StepStatus
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.domain.snapshot import Policy
from shared.errors import OutcomeUnknownError
from shared.ports.ledger import LockedBy
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_person,
    a_request,
    an_observation,
    because,
)
from tests.reading import shown
from tests.unit.world.people import DAY, NAMED, SHARED, UNLICENSED, ask, world_with
from tests.unit.world.world import World, code_of


async def test_a_deleted_user_comes_back() -> None:
    """One effect, verified, and every step written down before and after."""
    world = world_with(a_deleted_person())

    record = await world.restore(ask(RestoreKind.USER))

    assert code_of(record) is Code.USER_RESTORED
    assert world.effects() == [f"restore_user {USER_ID}"]
    assert [step.status for step in record.steps] == [StepStatus.DONE] * 3
    assert shown(record.steps[2].detail) == (
        "the mailbox answers (user mailbox); its content was not checked"
    )
    assert await world.events(record.id) == [
        "accepted",
        "claimed",
        "planned",
        "attempting",
        "done",
        "done",
        "done",
        "settled",
    ]


async def test_the_end_is_published_and_nothing_is_left_open() -> None:
    """One event, no unfinished row, no lock, no lease."""
    world = world_with(a_deleted_person())

    record = await world.restore(ask(RestoreKind.USER))

    (event,) = world.storage.outbox.results
    assert (event["type"], event["subject"]) == ("restore.finished.v1", record.id)
    assert [row async for row in world.storage.unfinished.due(NOW + 99 * DAY)] == []
    # Whose row is left behind has ended: it says who changed the user last.
    assert world.storage.locks.holders == {USER_ID: record.id}
    assert record.lease is None


async def test_a_shared_mailbox_gets_no_licence_and_its_sign_in_stays_off() -> None:
    """The user object is restored and nothing else is touched."""
    world = world_with(SHARED, policy=Policy(default_sku_ids=(ENTERPRISEPACK_ID,)))
    world.directory.purposes[USER_ID] = "shared"

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.USER_RESTORED
    assert record.outcome is not None
    assert record.outcome.text.variant == "shared"
    assert world.effects() == [f"restore_user {USER_ID}"]
    assert world.directory.person(USER_ID).licenses == ()
    assert shown(record.steps[1].detail) == "sign-in is blocked"


@pytest.mark.parametrize("kind", [RestoreKind.LICENSE, RestoreKind.MAILBOX])
async def test_a_licence_comes_back_by_the_audit_log(kind: RestoreKind) -> None:
    """The named SKU is assigned while the window by the audit log is open."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [NOW - 3 * DAY]

    record = await world.restore(ask(kind, license=NAMED))

    wanted = {
        RestoreKind.LICENSE: Code.LICENSE_RESTORED,
        RestoreKind.MAILBOX: Code.MAILBOX_RESTORED,
    }
    assert code_of(record) is wanted[kind]
    assert world.effects() == [f"assign_licenses {USER_ID}"]
    assert world.directory.person(USER_ID).licenses == (AssignedLicense(ENTERPRISEPACK_ID),)
    assert record.window is not None
    assert record.window.evidence == "audit"


async def test_an_observed_licence_needs_no_naming() -> None:
    """What the service saw before the loss says which licence, and when it went."""
    world = world_with(UNLICENSED)
    had = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 2 * DAY)
    await world.storage.observations.note(had)

    record = await world.restore(ask(RestoreKind.LICENSE))

    assert code_of(record) is Code.LICENSE_RESTORED
    assert record.window is not None
    assert record.window.evidence == "observed"


async def test_a_user_deleted_after_the_licence_went_gets_both_back() -> None:
    """Restore, then assign, within the window of the earlier loss."""
    world = world_with(SHARED)

    record = await world.restore(
        ask(RestoreKind.MAILBOX, license=NAMED, license_removed_at=NOW - 9 * DAY)
    )

    assert code_of(record) is Code.USER_RESTORED
    assert world.effects() == [f"restore_user {USER_ID}", f"assign_licenses {USER_ID}"]


async def test_a_licence_that_does_not_come_back_with_the_user_is_assigned() -> None:
    """After five minutes without it, the licence the deleted user had is put back."""
    world = world_with(a_deleted_person())
    world.directory.fail_next(
        "restore_user", OutcomeUnknownError(because("lost")), after_effect=True
    )
    record = await world.accept(ask(RestoreKind.USER))
    await world.run(record.id)
    world.put(UNLICENSED)

    record = await world.finish(record.id)

    assert code_of(record) is Code.USER_RESTORED
    assert world.effects() == [f"restore_user {USER_ID}", f"assign_licenses {USER_ID}"]
    assert "assign-license" in record.plan


@pytest.mark.parametrize(
    ("request_", "person", "code"),
    [
        (ask(RestoreKind.USER), a_deleted_person(deleted_at=NOW - 30 * DAY), Code.WINDOW_CLOSED),
        (ask(RestoreKind.LICENSE, license=NAMED), UNLICENSED, Code.WINDOW_UNKNOWN),
        (ask(RestoreKind.USER), a_deleted_person(synced=True), Code.SYNCED),
        (ask(RestoreKind.USER), a_person(), Code.ALREADY_ACTIVE),
        (ask(RestoreKind.USER, dry_run=True), a_deleted_person(), Code.DRY_RUN),
    ],
    ids=lambda value: str(value) if isinstance(value, Code) else "",
)
async def test_what_is_refused_or_done_already_changes_nothing(
    request_: RestoreRequest, person: Person, code: Code
) -> None:
    """No effect, and the lock is free again."""
    world = world_with(person)

    record = await world.restore(request_)

    assert code_of(record) is code
    assert world.effects() == []
    assert await world.storage.locks.take(USER_ID, LockedBy("next", 1)) == LockedBy("next", 1)


async def test_a_dry_run_shows_the_plan() -> None:
    """Everything up to the first change, then stop."""
    world = world_with(a_deleted_person())

    record = await world.restore(ask(RestoreKind.USER, dry_run=True))

    assert record.plan == (
        StepName.RESTORE_USER,
        StepName.VERIFY_USER,
        StepName.VERIFY_MAILBOX,
    )
    assert record.window is not None
    assert record.window.verdict == "open"


async def test_a_user_found_by_name_is_read_again_by_id() -> None:
    """A search runs on an index that lags: what it says is looked at before it is acted on."""
    world = world_with(a_deleted_person())

    record = await world.restore(a_request(kind=RestoreKind.USER, user="MEGAN.bowen@contoso.com"))

    assert code_of(record) is Code.USER_RESTORED
    assert f"deleted {USER_ID}" in world.directory.calls


async def test_nobody_of_that_name() -> None:
    """The refusal says what to check."""
    record = await World().restore(a_request())

    assert code_of(record) is Code.USER_NOT_FOUND


async def test_two_deleted_users_of_one_name() -> None:
    """Nothing is guessed: both are listed."""
    world = World()
    other = "11111111-2222-4333-8444-555555555555"
    world.put(a_deleted_person(), a_deleted_person(id=other, deleted_at=NOW - 9 * DAY))

    record = await world.restore(a_request())

    assert code_of(record) is Code.AMBIGUOUS_USER
    assert [one.id for one in record.candidates] == [USER_ID, other]


async def test_the_name_belongs_to_somebody_else_now() -> None:
    """The deleted person is the one meant; the new owner of the name is the clash."""
    world = World()
    world.put(a_deleted_person(), a_person(id="11111111-2222-4333-8444-555555555555"))

    record = await world.restore(a_request())

    assert code_of(record) is Code.UPN_CONFLICT
    assert world.effects() == []
