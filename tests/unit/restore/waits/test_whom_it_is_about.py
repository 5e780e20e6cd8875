"""A restore that waits for days is about whom it found at first, whoever has the name by then."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.approval_rules import ApprovalRules
from shared.domain.outcomes import Code
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from tests.builders import NOW, UPN, USER_ID, a_deleted_person, a_person, a_request
from tests.reading import said
from tests.unit.world.people import DAY, NAMED, UNLICENSED, world_with
from tests.unit.world.world import World, code_of

NEWCOMER = "aaaa0000-0000-4000-8000-00000000000a"
LATER = NOW + 5 * DAY


async def waiting(world: World, **fields: object) -> Record:
    """A restore of the one who is called so, which waits for days."""
    asked = await world.accept(a_request(user=UPN, **fields))
    return await world.finish(asked.id, until=NOW + timedelta(minutes=30))


def renamed(world: World) -> None:
    """She has another name by now, and the old address is not hers any more."""
    new = "megan.married@contoso.com"
    person = replace(world.directory.person(USER_ID), user_principal_name=new, mail=new)
    world.put(replace(person, deleted_at=None, proxy_addresses=(f"SMTP:{new}",)))


def somebody_else(world: World, **fields: object) -> None:
    """Somebody else has her old name."""
    world.put(a_person(id=NEWCOMER, proxy_addresses=(f"SMTP:{UPN}",), **fields))


async def test_a_scheduled_licence_goes_to_whom_it_was_asked_for() -> None:
    """Renamed before it begins, and never observed."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [NOW - 3 * DAY]
    asked = await waiting(world, license=NAMED, not_before=LATER)
    renamed(world)

    ended = await world.finish(asked.id)

    assert asked.person is not None
    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert world.directory.assigned[USER_ID] == 1


async def test_a_schedule_brings_nobody_else_back() -> None:
    """Restored by hand and renamed meanwhile; the next one of the name was deleted on purpose."""
    world = world_with(a_deleted_person())
    asked = await waiting(world, not_before=LATER)
    renamed(world)
    somebody_else(world, deleted_at=NOW + DAY)

    ended = await world.finish(asked.id)

    assert code_of(ended) is Code.ALREADY_ACTIVE
    assert world.directory.person(NEWCOMER).is_deleted


async def test_a_schedule_of_somebody_purged_brings_nobody_else_back() -> None:
    """Nobody is to be found under the id, and the name is not looked for again."""
    world = world_with(a_deleted_person())
    asked = await waiting(world, not_before=LATER)
    world.directory.purge(USER_ID)
    somebody_else(world, deleted_at=NOW + DAY)

    assert code_of(await world.finish(asked.id)) is Code.USER_NOT_FOUND
    assert world.directory.person(NEWCOMER).is_deleted


async def test_an_approval_is_of_the_one_it_was_asked_for() -> None:
    """While nobody decides, the plan is not made anew for somebody else."""
    rules = ApprovalRules(kinds=(RestoreKind.MAILBOX,))
    world = world_with(a_deleted_person(), policy=Policy(approvals=rules))
    asked = await waiting(world)
    renamed(world)
    somebody_else(world, deleted_at=NOW)

    assert asked.waits_for_approval
    assert code_of(await world.finish(asked.id)) is Code.ALREADY_ACTIVE


async def test_a_second_schedule_of_one_person_does_nothing_once_more() -> None:
    """Both are kept; the first brings the person back, and the other says which one did."""
    world = world_with(a_deleted_person())
    first = await waiting(world, not_before=LATER)
    second = await waiting(world, not_before=LATER + DAY)
    assert first.id != second.id

    await world.finish(first.id)
    ended = await world.finish(second.id)

    assert code_of(ended) is Code.ALREADY_ACTIVE
    assert first.id in said(ended.outcome).message
    assert len(world.effects()) == 1
