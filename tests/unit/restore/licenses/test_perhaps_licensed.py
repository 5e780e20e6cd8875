"""A licence that the tenant does not list is perhaps the one that carries the mailbox."""

from dataclasses import replace

import pytest

from shared.domain.decision import StepName
from shared.domain.licensing.meant_removals import CROSS_TENANT_MIGRATION
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, Person, UserPlan
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.domain.text import text
from shared.restore.preflight import check
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    UPN,
    USER_ID,
    an_observation,
)
from tests.unit.world.people import DAY, MAILBOX, NAMED, UNLICENSED, world_with
from tests.unit.world.world import ASKED_BY, World

_UNLISTED = "11111111-2c81-4ef7-b578-5b5392b571df"


def _with(sku_id: str) -> Person:
    return replace(UNLICENSED, licenses=(AssignedLicense(sku_id),))


def _world(sku_id: str = _UNLISTED, *, answers: bool) -> World:
    world = world_with(_with(sku_id))
    world.policy = Policy(default_sku_ids=(ENTERPRISEPACK_ID,))
    if answers:
        world.directory.lingering.add(USER_ID)
    return world


@pytest.mark.parametrize("was_lost", [True, False])
async def test_while_the_mailbox_answers_nothing_is_known_to_be_lost(was_lost: bool) -> None:  # noqa: FBT001 - a column
    """No licence is inferred, not even one that went: the other may have taken its place."""
    world = _world(answers=True)
    if was_lost:
        gone = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 5 * DAY)
        await world.storage.observations.note(gone)

    told = await check(MAILBOX, world.deps)
    ended = await world.restore(MAILBOX)

    perhaps = text("already-active", "perhaps", user=UPN, licenses=(_UNLISTED,))
    assert [one.text for one in told.findings] == [perhaps]
    assert ended.outcome is not None
    assert ended.outcome.text == perhaps
    assert world.effects() == []


async def test_a_licence_that_is_named_is_given_all_the_same() -> None:
    """It is the caller's word, and the mailbox that answers is not called lost."""
    world = _world(answers=True)
    assert Role.OVERRIDE in ASKED_BY.roles

    ended = await world.restore(replace(MAILBOX, license=NAMED, accept_unknown_window=True))

    assert ended.outcome is not None
    assert ended.outcome.code is Code.LICENSE_RESTORED
    assert world.directory.assigned[USER_ID] == 1


async def test_of_a_silent_mailbox_nobody_says_that_it_was_lost() -> None:
    """It is looked at twice, as of somebody licensed; what is not known is not claimed."""
    world = _world(answers=False)

    ended = await world.restore(MAILBOX)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == ("window-unknown", "perhaps")
    assert world.clock.now() > NOW
    assert world.effects() == []


async def test_a_silent_mailbox_is_judged_by_what_is_known_of_the_loss() -> None:
    """Whatever the licence is, it does not keep a mailbox."""
    world = _world(answers=False)
    gone = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 5 * DAY)
    await world.storage.observations.note(gone)

    ended = await world.restore(MAILBOX)

    assert ended.outcome is not None
    assert ended.outcome.code is Code.MAILBOX_RESTORED
    assert world.directory.assigned[USER_ID] == 1


async def test_the_licence_for_a_move_carries_no_mailbox() -> None:
    """Listed or not: what it is is known."""
    world = _world(CROSS_TENANT_MIGRATION, answers=False)
    await world.storage.observations.note(an_observation(USER_ID, lost_at=NOW - 5 * DAY))

    ended = await world.restore(MAILBOX)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == ("license-unknown", "moved")


async def test_whoever_moved_and_was_deleted_comes_back_and_is_told_of_the_move() -> None:
    """No mailbox hangs on that licence, so none has to be named in its place."""
    world = _world(CROSS_TENANT_MIGRATION, answers=False)
    world.put(replace(_with(CROSS_TENANT_MIGRATION), deleted_at=NOW - DAY))

    told = await check(MAILBOX, world.deps)

    assert told.is_restorable
    assert told.plan[0] is StepName.RESTORE_USER
    assert text("moved-to-another-tenant", user=UPN) in [one.text for one in told.findings]


async def test_a_plan_that_shows_late_is_not_that_of_the_move() -> None:
    """The mailbox licence has gone already, whatever the plans still say."""
    world = _world(CROSS_TENANT_MIGRATION, answers=False)
    late = replace(_with(CROSS_TENANT_MIGRATION), plans=(UserPlan(EXCHANGE_PLAN_ID),))
    world.put(late)
    await world.storage.observations.note(an_observation(USER_ID, lost_at=NOW - 5 * DAY))

    told = await check(MAILBOX, world.deps)

    assert "already-active" not in {one.code for one in told.findings}


async def test_of_a_deleted_person_the_plans_that_it_shows_carry_no_mailbox_back() -> None:
    """They are of before the deletion; what would do is named, and leads on."""
    shown = replace(_with(_UNLISTED), deleted_at=NOW - DAY, plans=(UserPlan(EXCHANGE_PLAN_ID),))
    world = _world(answers=False)
    world.put(shown)

    told = await check(MAILBOX, world.deps)
    named = await check(replace(MAILBOX, license=NAMED), world.deps, ASKED_BY)

    assert told.block is not None
    assert told.block.code == Code.LICENSE_NOT_IN_TENANT
    assert named.is_restorable
    assert StepName.ASSIGN_LICENSE in named.plan
