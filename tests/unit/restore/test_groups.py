"""Licences that come from a group: the group is named, and where it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import AuditRecord, LicenseContent
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.records.progress import WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.domain.text import text
from shared.restore.preflight import check
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_person,
    an_observation,
)
from tests.reading import said
from tests.unit.world.people import DAY, NAMED, UNLICENSED, ask, world_with
from tests.unit.world.world import World, code_of

GROUP_ID = "22222222-2222-4333-8444-555555555555"
E3 = AssignedLicense(ENTERPRISEPACK_ID)
BY_GROUP = LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Active")
E3_NAME = "Office 365 E3 (ENTERPRISEPACK)"
OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))


def observed(world: World, *groups: tuple[str, str]) -> None:
    """The service saw the licence, and how it came to Megan, before it was lost."""
    seen = an_observation(USER_ID, E3, lost_at=NOW - 2 * DAY, groups=dict(groups))
    world.storage.observations.kept[USER_ID] = seen


@pytest.fixture
def world() -> World:
    """Give Megan without the licence that a group gave her."""
    world = world_with(UNLICENSED)
    observed(world, (ENTERPRISEPACK_ID, GROUP_ID))
    return world


@pytest.mark.parametrize(
    ("group", "words", "fix"),
    [
        (Group(GROUP_ID, "Sales", GroupStanding.ACTIVE), f"Sales ({GROUP_ID})", "Add the user"),
        (Group(GROUP_ID, "Sales", GroupStanding.DELETED), "which is deleted", "Restore the group"),
        (Group(GROUP_ID, None, GroupStanding.GONE), "not there any more", "another group"),
        (Group(GROUP_ID, None, GroupStanding.MISSING), "not there any more", "another group"),
        (Group(GROUP_ID), GROUP_ID, "whether the group is there"),
    ],
)
async def test_the_group_is_named(world: World, group: Group, words: str, fix: str) -> None:
    """And what to do about it; the licence can always be named instead."""
    world.directory.put_group(group)

    record = await world.restore(ask(RestoreKind.LICENSE))

    assert code_of(record) is Code.LICENSE_FROM_GROUP
    assert record.outcome is not None
    assert words in said(record.outcome).message
    assert fix in said(record.outcome).fix
    assert "name the licence" in said(record.outcome).fix


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_a_group_that_only_the_log_knows_of_has_no_name(*, is_deleted: bool) -> None:
    """The log says that group-based licensing took the licence, and not for which group."""
    gone = replace(UNLICENSED, deleted_at=NOW - DAY) if is_deleted else UNLICENSED
    world = world_with(gone)
    before, after = LicenseContent((E3,)), LicenseContent(())
    took = AuditRecord(USER_ID, NOW - 2 * DAY, before=before, after=after, by_group=True)
    world.directory.audit_records.append(took)

    told = await check(ask(RestoreKind.MAILBOX), world.deps)
    record = await world.restore(ask(RestoreKind.MAILBOX))

    variant = "unnamed-deleted" if is_deleted else "unnamed"
    assert record.outcome is not None
    assert record.outcome.text == text("license-from-group", variant, licenses=(E3_NAME,))
    assert told.block is not None
    assert told.block.text == record.outcome.text


async def test_a_named_licence_asks_for_no_group(world: World) -> None:
    """The caller's word overrides, and Graph is not asked in vain."""
    record = await world.restore(ask(RestoreKind.LICENSE, license=NAMED))

    assert code_of(record) is Code.LICENSE_RESTORED
    assert not [call for call in world.directory.calls if call.startswith("group")]


async def test_a_lost_direct_licence_where_a_group_grants_it_now() -> None:
    """The mailbox is served by the group: there is nothing to do."""
    world = world_with(a_person(license_states=(BY_GROUP,)))
    observed(world)

    record = await world.restore(ask(RestoreKind.LICENSE))

    assert code_of(record) is Code.ALREADY_ACTIVE


async def test_a_lost_direct_licence_where_a_group_grants_it_without_a_mailbox() -> None:
    """The direct one is what was lost, so it is what comes back."""
    person = replace(UNLICENSED, licenses=(OFF,), license_states=(BY_GROUP,))
    world = world_with(person)
    observed(world)

    record = await world.restore(ask(RestoreKind.LICENSE))

    assert code_of(record) is Code.LICENSE_RESTORED
    assert world.directory.person(USER_ID).licenses == (E3,)


async def test_a_group_licence_that_does_not_come_back_with_the_user() -> None:
    """The warning names the group and says that it is deleted."""
    world = world_with(a_deleted_person(license_states=(BY_GROUP,)))
    world.directory.put_group(Group(GROUP_ID, "Sales", GroupStanding.DELETED))
    world.directory.replication_delay = timedelta(seconds=30)
    record = await world.accept(ask(RestoreKind.USER))
    await world.run(record.id)
    world.put(replace(UNLICENSED, mail=None))

    ended = await world.finish(record.id)

    warning = next(item for item in ended.warnings if item.code == "license-left-out")
    assert f"Sales ({GROUP_ID}), which is deleted" in said(warning).message


SALES = Group(GROUP_ID, "Sales", GroupStanding.ACTIVE, licenses=(E3,), members=7)
WANTS_SEAT = LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Error", "CountViolation")


async def _waits_for_a_seat(world: World) -> str:
    """A restore that waits until the group has a seat for Megan."""
    world.put(replace(UNLICENSED, license_states=(WANTS_SEAT,)))
    world.directory.put_group(SALES)
    world.directory.memberships[GROUP_ID, USER_ID] = GroupMembership.DIRECT
    record = await world.run((await world.accept(ask(RestoreKind.LICENSE))).id)
    assert record.waiting is not None
    assert record.waiting.reason is WaitingFor.SEAT
    return record.id


@pytest.mark.parametrize(
    ("group", "states", "membership", "variant"),
    [
        (replace(SALES, standing=GroupStanding.DELETED), (), GroupMembership.NONE, "deleted"),
        (SALES, (), GroupMembership.NONE, "not-member"),
        (replace(SALES, licenses=()), (), GroupMembership.DIRECT, "unlicensed"),
        (
            SALES,
            (replace(WANTS_SEAT, error="MutuallyExclusiveViolation"),),
            GroupMembership.DIRECT,
            "conflict",
        ),
    ],
)
async def test_nobody_waits_for_a_seat_that_would_not_help(
    world: World,
    group: Group,
    states: tuple[LicenseState, ...],
    membership: GroupMembership,
    variant: str,
) -> None:
    """Once it is seen for longer than reads lag, it is told as if it had been so at first."""
    restore_id = await _waits_for_a_seat(world)
    world.put(replace(UNLICENSED, license_states=states))
    world.directory.put_group(group)
    world.directory.memberships[GROUP_ID, USER_ID] = membership
    changed_at = world.clock.now()

    record = await world.finish(restore_id)

    assert record.outcome is not None
    assert record.outcome.text.key == f"license-from-group/{variant}"
    assert timedelta(minutes=2) < world.clock.now() - changed_at < timedelta(minutes=10)


async def test_a_group_that_is_at_work_is_waited_for(world: World) -> None:
    """Its row may be away for a while; and one that was seen amiss for a moment is well again."""
    restore_id = await _waits_for_a_seat(world)
    world.directory.put_group(replace(SALES, licenses=()))
    world.put(UNLICENSED)
    await world.finish(restore_id, until=NOW + timedelta(minutes=1))
    world.directory.put_group(SALES)
    await world.finish(restore_id, until=NOW + DAY)
    assert (await world.record(restore_id)).waiting is not None

    world.put(a_person(license_states=(BY_GROUP,)))

    assert code_of(await world.finish(restore_id)) is Code.LICENSE_RESTORED
