"""No licence is inferred for a mailbox that may be a shared one, and none is kept back for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.findings.unseen_mailbox import MAILBOX_PERMISSION
from shared.domain.licensing.chosen import Doubt
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState, Person, says_what_it_is
from shared.domain.records.progress import StepStatus
from shared.domain.snapshot import Policy
from shared.errors import OutcomeUnknownError
from shared.restore.preflight import check
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_person,
    an_observation,
    because,
)
from tests.fakes.refusals import denied
from tests.reading import said
from tests.unit.world.people import DAY, MAILBOX, NAMED, SHARED, UNLICENSED, world_with
from tests.unit.world.world import World, code_of

_E3 = AssignedLicense(ENTERPRISEPACK_ID)
_LOST = an_observation(USER_ID, _E3, lost_at=NOW - 5 * DAY)
_RESTORED = f"restore_user {USER_ID}"
_ASSIGNED = f"assign_licenses {USER_ID}"


async def _lost(*people: object, purpose: str | None = None) -> World:
    """Whoever was seen to lose E3 five days ago, with the mailbox as last seen."""
    world = world_with(*people)
    await world.storage.observations.note(replace(_LOST, purpose=purpose))
    return world


def _keep_away(world: World, *, permitted: bool) -> None:
    """Whoever asks the mailbox is refused, with the permission or for want of it."""
    held = {MAILBOX_PERMISSION} if permitted else set()
    world.grants.permissions = world.grants.permissions - {MAILBOX_PERMISSION} | held
    for _ in range(99):
        world.directory.fail_next("mailbox", denied())


@pytest.mark.parametrize("purpose", [None, "", "others", "unknownFutureValue", "User"])
def test_what_says_nothing_is_no_persons_mailbox(purpose: str | None) -> None:
    """Nor a shared one: nobody knows."""
    assert not says_what_it_is(purpose)


@pytest.mark.parametrize("purpose", [None, "others"])
async def test_a_restored_mailbox_that_does_not_say_what_it_is_gets_no_inferred_licence(
    purpose: str | None,
) -> None:
    """The account is back, and the outcome says so; the caller may name a licence."""
    world = await _lost(SHARED)
    world.directory.purposes[USER_ID] = purpose
    world.directory.lingering.add(USER_ID)

    ended = await world.restore(MAILBOX)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == ("license-unknown", "purpose-unsaid")
    assert ended.outcome.before is not None
    assert world.effects() == [_RESTORED]
    assert [step.status for step in ended.steps][:2] == [StepStatus.DONE, StepStatus.FAILED]

    named = await world.restore(replace(MAILBOX, license=NAMED))
    assert code_of(named) is Code.LICENSE_RESTORED
    assert world.effects() == [_RESTORED, _ASSIGNED]


async def test_what_was_last_read_counts_where_the_mailbox_does_not_say() -> None:
    """A person's mailbox was seen before the loss."""
    world = await _lost(SHARED, purpose="user")
    world.directory.purposes[USER_ID] = None
    world.directory.lingering.add(USER_ID)

    assert code_of(await world.restore(MAILBOX)) is Code.MAILBOX_RESTORED


async def test_a_restored_mailbox_behind_an_access_policy_gets_no_inferred_licence() -> None:
    """The permission is there, and not for this mailbox."""
    world = await _lost(SHARED, purpose="user")
    _keep_away(world, permitted=True)

    ended = await world.restore(MAILBOX)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == ("license-unknown", "purpose")
    assert world.effects() == [_RESTORED]


async def test_without_the_permission_the_restore_goes_on() -> None:
    """And says that nobody looked."""
    world = await _lost(SHARED, purpose="user")
    _keep_away(world, permitted=False)

    ended = await world.restore(MAILBOX)

    assert world.effects() == [_RESTORED, _ASSIGNED]
    assert "mailbox-not-verified" in [item.code for item in ended.warnings]


@pytest.mark.parametrize("person", [a_person(), UNLICENSED], ids=["licensed", "unlicensed"])
async def test_a_check_says_beforehand_that_no_mailbox_can_be_looked_at(person: Person) -> None:
    """Which permission is missing, too; not where an access policy keeps this one mailbox away."""
    told = {}
    for permitted in (False, True):
        world = await _lost(person)
        _keep_away(world, permitted=permitted)
        found = (await check(MAILBOX, world.deps)).findings
        told[permitted] = [one for one in found if one.code == "mailbox-not-verified"]

    (missing,) = told[False]
    assert (missing.severity, missing.text.variant) == ("warn", "unseen")
    assert MAILBOX_PERMISSION in said(missing).fix
    assert told[True] == []


async def test_a_licence_that_was_on_the_deleted_user_is_given_back_in_spite_of_a_policy() -> None:
    """It is the user's own, and was not inferred from anything."""
    direct = LicenseState(ENTERPRISEPACK_ID, None, "Active")
    world = world_with(a_deleted_person(license_states=(direct,)))
    _keep_away(world, permitted=True)
    # The run ends before it sees the user, who then has no licence.
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("restore_user", lost, after_effect=True)
    record = await world.accept(MAILBOX)
    await world.run(record.id)
    world.put(UNLICENSED)

    await world.finish(record.id)

    assert world.effects() == [_RESTORED, _ASSIGNED]


@pytest.mark.parametrize(
    ("purpose", "doubt"), [(None, Doubt.PURPOSE_UNSAID), ("others", Doubt.PURPOSE_UNSAID)]
)
async def test_an_active_mailbox_that_does_not_say_what_it_is_gets_no_inferred_licence(
    purpose: str | None, doubt: Doubt
) -> None:
    """Neither the one that was lost nor the default."""
    world = await _lost(UNLICENSED)
    world.policy = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))
    world.directory.purposes[USER_ID] = purpose
    world.directory.lingering.add(USER_ID)

    ended = await world.restore(MAILBOX)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == ("license-unknown", doubt.value)
    assert world.effects() == []


async def test_after_a_mailbox_that_was_not_seen_the_next_request_looks_again() -> None:
    """Twice, some minutes apart; it is not called active and well while no mailbox answers."""
    world = world_with(a_deleted_person())
    world.directory.mailbox_delay = 30 * DAY
    first = await world.restore(MAILBOX)
    began = world.clock.now()

    second = await world.restore(replace(MAILBOX, idempotency_key="another"))

    assert code_of(first) is Code.MAILBOX_NOT_SEEN
    assert second.outcome is not None
    assert (second.outcome.code, second.outcome.text.variant) == ("mailbox-not-seen", "licensed")
    assert timedelta(minutes=2) < world.clock.now() - began < timedelta(minutes=10)
    assert world.effects() == [_RESTORED]


@pytest.mark.parametrize("person", [a_deleted_person(), SHARED], ids=["a person", "shared"])
async def test_while_the_mailbox_of_a_restore_is_waited_for_the_next_request_waits_too(
    person: object,
) -> None:
    """It neither says that all is well nor asks when the licence went, and assigns nothing."""
    world = world_with(person)
    world.policy = Policy(default_sku_ids=(ENTERPRISEPACK_ID,), unknown_window="attempt")
    if person is SHARED:
        world.directory.purposes[USER_ID] = "shared"
    world.directory.mailbox_delay = timedelta(minutes=40)
    await world.run((await world.accept(MAILBOX)).id)

    second = await world.restore(replace(MAILBOX, idempotency_key="another"))

    assert code_of(second) is Code.ALREADY_ACTIVE
    assert world.clock.now() - NOW >= timedelta(minutes=40)
    assert world.effects() == [_RESTORED]
