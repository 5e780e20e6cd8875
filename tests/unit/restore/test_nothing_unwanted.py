"""Test that no licence is given and no name changed that nobody asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.documents.outcome import outcome_document
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense
from shared.domain.records.progress import StepStatus
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from shared.domain.text import text
from shared.errors import AnsweredError, OutcomeUnknownError
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    TEAMS_PLAN_ID,
    USER_ID,
    a_deleted_person,
    a_person,
    a_request,
    a_sku,
    an_observation,
    because,
)
from tests.reading import EVERYBODY, said
from tests.unit.world.people import DAY, MAILBOX, NAMED, RESTORE, SHARED, UNLICENSED, world_with
from tests.unit.world.world import World, code_of

E3 = AssignedLicense(ENTERPRISEPACK_ID)
OBSERVED = an_observation(USER_ID, E3, lost_at=NOW - 5 * DAY)
LOST = OutcomeUnknownError(because("lost"))


async def test_an_active_shared_mailbox_is_given_no_licence() -> None:
    """Its licence was taken off when it was made shared: that is no loss."""
    world = World(policy=Policy(default_sku_ids=(ENTERPRISEPACK_ID,)))
    world.put(UNLICENSED)
    world.directory.purposes[USER_ID] = "shared"
    world.directory.license_changes[USER_ID] = [NOW - 5 * DAY]

    record = await world.restore(MAILBOX)

    assert code_of(record) is Code.ALREADY_ACTIVE
    assert world.effects() == []


@pytest.mark.parametrize("purpose", ["shared", "room", "equipment"])
async def test_a_deleted_shared_mailbox_that_had_a_licence_once_is_given_none(purpose: str) -> None:
    """Deleted, nobody can tell; restored, its mailbox says what it is before anything is added."""
    world = World()
    world.put(SHARED)
    world.directory.purposes[USER_ID] = purpose
    await world.storage.observations.note(OBSERVED)

    record = await world.restore(MAILBOX)

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert world.effects() == [f"restore_user {USER_ID}"]
    assert [step.status for step in record.steps] == [
        StepStatus.DONE,
        StepStatus.SKIPPED,
        StepStatus.DONE,
        StepStatus.DONE,
    ]


async def test_a_shared_mailbox_that_answers_late_is_given_no_licence_meanwhile() -> None:
    """Its sign-in is blocked, so its mailbox is given time to say what it is."""
    world = world_with(SHARED)
    world.directory.purposes[USER_ID] = "shared"
    world.directory.mailbox_delay = timedelta(minutes=20)
    await world.storage.observations.note(OBSERVED)

    record = await world.restore(MAILBOX)

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert world.effects() == [f"restore_user {USER_ID}"]


@pytest.mark.parametrize("account_enabled", [True, False])
@pytest.mark.parametrize(
    ("purpose", "waited"), [("user", timedelta(0)), (None, timedelta(minutes=30))]
)
async def test_a_persons_mailbox_does_not_answer_before_its_licence_is_there(
    account_enabled: bool,  # noqa: FBT001 - a column of the table
    purpose: str | None,
    waited: timedelta,
) -> None:
    """Who was seen with a person's mailbox is not kept waiting; who never was, for half an hour.

    Sign-in state decides nothing: blocking it is the first step of every leaver's checklist.
    """
    world = world_with(replace(SHARED, account_enabled=account_enabled))
    await world.storage.observations.note(replace(OBSERVED, purpose=purpose))

    record = await world.restore(MAILBOX)

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert world.directory.assigned[USER_ID] == 1
    assert world.clock.now() - NOW == waited


async def test_a_licence_that_the_caller_names_is_the_callers_word() -> None:
    """A shared mailbox above 50 GB needs one, and somebody who says so is believed."""
    world = World()
    world.put(SHARED)
    world.directory.purposes[USER_ID] = "shared"

    record = await world.restore(replace(MAILBOX, license=NAMED, license_removed_at=NOW - 5 * DAY))

    assert code_of(record) is Code.USER_RESTORED
    assert world.directory.assigned[USER_ID] == 1


async def test_an_acknowledged_restore_is_never_called_purged() -> None:
    """Graph took the restore and shows the user nowhere for ten minutes: that is replication."""
    world = World()
    world.put(SHARED)
    world.directory.replication_delay = timedelta(minutes=10)

    record = await world.restore(replace(MAILBOX, license=NAMED, license_removed_at=NOW - 9 * DAY))

    assert code_of(record) is Code.USER_RESTORED


async def test_a_new_name_is_given_only_if_the_old_one_is_taken() -> None:
    """The caller said what to do in case of a clash, and there is none."""
    world = World()
    world.put(a_deleted_person())
    rename = replace(
        RESTORE, on_upn_conflict="rename", new_user_principal_name="megan2@contoso.com"
    )

    await world.restore(rename)

    assert world.directory.person(USER_ID).user_principal_name == "megan.bowen@contoso.com"


async def test_a_name_taken_at_the_last_moment_is_changed_as_asked() -> None:
    """The clash comes from Graph's own answer; the second try carries the new name."""
    world = World()
    world.put(a_deleted_person())
    clash = AnsweredError(
        status=400,
        code="Request_BadRequest",
        message="Another object ...",
        details=(("ObjectConflict", "userPrincipalName"),),
    )
    world.directory.fail_next("restore_user", clash)
    rename = replace(
        RESTORE, on_upn_conflict="rename", new_user_principal_name="megan2@contoso.com"
    )

    record = await world.restore(rename)

    assert code_of(record) is Code.USER_RESTORED
    assert world.directory.person(USER_ID).user_principal_name == "megan2@contoso.com"


async def test_a_named_licence_that_is_there_keeps_its_other_plans_off() -> None:
    """Only Exchange is switched on: nobody asked for Teams."""
    world = World()
    off = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID, TEAMS_PLAN_ID))
    world.put(replace(UNLICENSED, licenses=(off,)))

    await world.restore(
        a_request(
            kind=RestoreKind.LICENSE,
            user=USER_ID,
            license=NAMED,
            license_removed_at=NOW - DAY,
        )
    )

    now_there = world.directory.person(USER_ID).licenses
    assert now_there == (AssignedLicense(ENTERPRISEPACK_ID, (TEAMS_PLAN_ID,)),)


async def restored_as(world: World, person: object) -> object:
    """Restore the deleted user, who comes back as this person, without the licence."""
    world.directory.fail_next("restore_user", LOST, after_effect=True)
    record = await world.accept(RESTORE)
    await world.run(record.id)
    world.put(person)  # type: ignore[arg-type]
    return await world.finish(record.id)


async def test_a_licence_of_unknown_origin_is_not_made_direct() -> None:
    """Nothing says whether it came from a group, so it is only mentioned."""
    world = World()
    world.put(a_deleted_person(license_states=()))
    world.directory.purposes[USER_ID] = "shared"

    record = await restored_as(world, UNLICENSED)

    assert [item.code for item in record.warnings] == ["license-left-out", "sign-in-open"]  # type: ignore[attr-defined]
    assert world.directory.assigned[USER_ID] == 0


async def test_a_user_back_with_another_mailbox_licence_gets_no_second_one() -> None:
    """Assigned only if no mailbox plan is enabled afterwards."""
    world = World()
    other = "11111111-0000-4000-8000-000000000011"
    world.directory.put_sku(a_sku(sku_id=other, part_number="SPE_E5"))
    world.put(a_deleted_person())

    record = await restored_as(world, a_person(licenses=(AssignedLicense(other),)))

    assert code_of(record) is Code.USER_RESTORED  # type: ignore[arg-type]
    assert world.directory.assigned[USER_ID] == 0


async def test_an_assignment_nobody_asked_for_does_not_fail_the_restore() -> None:
    """The user is back, which was asked for; the licence that is not is a warning."""
    world = World()
    world.put(a_deleted_person())
    world.directory.purposes[USER_ID] = "shared"
    refusal = AnsweredError(status=400, code="Request_BadRequest", message="Something new.")
    world.directory.fail_next("assign_licenses", refusal)

    record = await restored_as(world, UNLICENSED)

    assert code_of(record) is Code.USER_RESTORED  # type: ignore[arg-type]


async def test_a_refusal_after_the_restore_says_what_was_done() -> None:
    """The licence was refused; that the user is back is part of the answer."""
    world = World()
    world.put(SHARED)
    refusal = AnsweredError(status=403, code="Authorization_RequestDenied", message="No.")
    world.directory.fail_next("assign_licenses", refusal)

    record = await world.restore(replace(MAILBOX, license=NAMED, license_removed_at=NOW - 9 * DAY))

    assert code_of(record) is Code.PERMISSION_MISSING
    assert record.outcome is not None
    assert record.outcome.before == text("before", "user-restored")
    document = outcome_document(record.outcome, EVERYBODY)
    assert str(document["message"]).startswith("The user was restored; the licence was not given.")


async def test_addresses_that_graph_dropped_are_in_the_record() -> None:
    """Nobody knew of the clash before; the restored user shows what is gone."""
    world = World()
    world.put(a_deleted_person())
    world.directory.tells_conflicts = False
    world.put(
        a_person(
            id="11111111-2222-4333-8444-555555555555",
            user_principal_name="other@contoso.com",
            mail="other@contoso.com",
            proxy_addresses=("SMTP:other@contoso.com", "smtp:megan@contoso.com"),
        )
    )

    record = await world.restore(replace(RESTORE, on_address_conflict="drop"))

    told = {item.code: said(item).message for item in record.warnings}
    assert "megan@contoso.com" in told["addresses-dropped"]
