"""A restore that has waited looks once more whether it would be refused by now, before it acts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.findings.codes import FindingCode
from shared.domain.licensing.groups import GroupMembership
from shared.domain.licensing.meant_removals import CROSS_TENANT_MIGRATION
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense
from shared.domain.records.record import Record
from shared.domain.requests.request import LicenseChoice
from shared.domain.snapshot import Policy
from shared.errors import OutcomeUnknownError, ThrottledError
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_sku,
    an_observation,
    because,
)
from tests.fakes import refusals
from tests.reading import said
from tests.unit.world.people import DAY, MAILBOX, NAMED, RESTORE, UNLICENSED
from tests.unit.world.world import World, code_of

GROUP = "0f0f0f0f-0000-4000-8000-00000000000f"
MARKED = Policy(do_not_restore=MarkRule(group_id=GROUP))


async def a_wait_for_a_seat(
    policy: Policy | None = None, *, named: LicenseChoice | None = None, is_deleted: bool = False
) -> tuple[World, Record]:
    """A restore of somebody who lost E3 three days ago, and no seat is free."""
    world = World(policy=policy or Policy())
    world.directory.put_sku(a_sku(free_seats=0))
    gone = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), lost_at=NOW - 3 * DAY)
    await world.storage.observations.note(gone)
    world.put(replace(UNLICENSED, deleted_at=NOW - DAY) if is_deleted else UNLICENSED)
    asked = await world.accept(replace(MAILBOX, license=named))
    return world, await world.finish(asked.id, until=NOW + timedelta(hours=1))


async def with_a_seat(world: World, waiting: Record) -> Record:
    """The restore, seen to its end once a seat is free."""
    world.directory.put_sku(a_sku(free_seats=1))
    return await world.finish(waiting.id)


async def test_a_mailbox_that_became_a_shared_one_is_given_no_licence() -> None:
    """For want of a seat somebody has converted it; what it lost is told as before a request."""
    world, waiting = await a_wait_for_a_seat()
    world.directory.purposes[USER_ID] = "shared"

    ended = await with_a_seat(world, waiting)

    assert code_of(ended) is Code.ALREADY_ACTIVE
    assert "shared, room or equipment" in said(ended.outcome).message
    assert FindingCode.SHARED_UNLICENSED in {one.code for one in ended.warnings}
    assert world.directory.assigned[USER_ID] == 0
    assert not world.storage.seats.queues[ENTERPRISEPACK_ID]


async def test_a_licence_that_is_named_is_given_to_a_shared_mailbox() -> None:
    """It is the caller's word that one is needed."""
    world, waiting = await a_wait_for_a_seat(named=NAMED)
    world.directory.purposes[USER_ID] = "shared"

    await with_a_seat(world, waiting)

    assert world.directory.assigned[USER_ID] == 1


async def test_a_mailbox_that_may_not_be_looked_at_is_a_persons() -> None:
    """As it was when the restore was decided on."""
    world, waiting = await a_wait_for_a_seat()
    world.directory.fail_next("mailbox", refusals.denied())

    await with_a_seat(world, waiting)

    assert world.directory.assigned[USER_ID] == 1


async def test_whoever_has_moved_to_another_tenant_is_given_no_licence() -> None:
    """The licence for the move came while the restore waited."""
    world, waiting = await a_wait_for_a_seat()
    world.directory.put_sku(a_sku(sku_id=CROSS_TENANT_MIGRATION, plan_ids=()))
    moved = replace(UNLICENSED, licenses=(AssignedLicense(CROSS_TENANT_MIGRATION),))
    world.put(moved)

    ended = await with_a_seat(world, waiting)

    assert code_of(ended) is Code.LICENSE_UNKNOWN
    assert world.directory.assigned[USER_ID] == 0


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_whoever_was_marked_meanwhile_is_given_no_licence(*, is_deleted: bool) -> None:
    """Not to be brought back; where the account is back already, that is said first."""
    world, waiting = await a_wait_for_a_seat(MARKED, is_deleted=is_deleted)
    world.directory.memberships[GROUP, USER_ID] = GroupMembership.DIRECT

    ended = await with_a_seat(world, waiting)

    assert code_of(ended) is Code.REHIRE_BLOCKED
    assert ended.outcome is not None
    assert (ended.outcome.before is not None) is is_deleted
    assert world.directory.assigned[USER_ID] == 0


async def test_whoever_was_marked_while_graph_throttled_is_not_restored() -> None:
    """The change was refused once, and is not sent again."""
    world = World(policy=MARKED)
    world.put(a_deleted_person())
    busy = ThrottledError(because("429"), retry_after=timedelta(minutes=10))
    world.directory.fail_next("restore_user", busy)
    asked = await world.accept(RESTORE)
    await world.run(asked.id)
    world.directory.memberships[GROUP, USER_ID] = GroupMembership.DIRECT

    ended = await world.finish(asked.id)

    assert code_of(ended) is Code.REHIRE_BLOCKED
    assert world.directory.restored[USER_ID] == 0


async def test_a_change_that_may_have_been_made_is_looked_for_and_not_refused() -> None:
    """The answer was lost, reads lag, and whoever is perhaps back was marked meanwhile."""
    world = World(policy=MARKED)
    world.put(a_deleted_person())
    world.directory.replication_delay = timedelta(seconds=50)
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("restore_user", lost, after_effect=True)
    asked = await world.accept(RESTORE)
    await world.run(asked.id)
    world.directory.memberships[GROUP, USER_ID] = GroupMembership.DIRECT

    ended = await world.finish(asked.id)

    assert code_of(ended) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1


async def test_a_mark_that_is_set_aside_stops_nothing() -> None:
    """With the right to, somebody said so in the request."""
    world = World(policy=MARKED)
    world.put(a_deleted_person())
    world.directory.memberships[GROUP, USER_ID] = GroupMembership.DIRECT
    busy = ThrottledError(because("429"), retry_after=timedelta(minutes=10))
    world.directory.fail_next("restore_user", busy)

    ended = await world.restore(replace(RESTORE, accept_rehire=True))

    assert code_of(ended) is Code.USER_RESTORED
