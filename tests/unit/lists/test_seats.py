"""Test which licences of a loss take a seat: what went, and nothing that is still there."""

from dataclasses import replace

from shared.domain.licensing.skus import Sku
from shared.domain.lists.losses import LossQuery
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan
from shared.lists.capacity import read_capacity
from shared.lists.losses import list_losses
from shared.upkeep.weekly_report import send_weekly_report
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, a_sku
from tests.unit.world.watched import DAY, Watched, somebody, the_data, unlicensed, watched

ADA = somebody(1)
ARCHIVE_ID = "ee02fd1b-340e-4a4b-b355-4a514e4c8943"
ARCHIVE_PLAN_ID = "176a09a6-7ec5-4039-ac02-b2791c6ba793"
ARCHIVE = Sku(ARCHIVE_ID, "EXCHANGEARCHIVE_ADDON", (ARCHIVE_PLAN_ID,), free_seats=0)


def having(person: Person, *licenses: AssignedLicense, plans: tuple[str, ...]) -> Person:
    """The same person with these licences, given directly, and with these plans working."""
    states = tuple(LicenseState(one.sku_id, None, "Active") for one in licenses)
    return replace(
        person, licenses=licenses, license_states=states, plans=tuple(map(UserPlan, plans))
    )


async def lost_to(before: Person, after: Person) -> Watched:
    """A tenant without a free seat, in which this person was seen as before, and twice as after."""
    world = watched(before)
    world.directory.put_sku(a_sku(free_seats=0))
    world.directory.put_sku(ARCHIVE)
    await world.look()
    world.tell(after)
    await world.look()
    await world.look()
    return world


async def listed(world: Watched) -> list[str]:
    """The licences of the one person in the list."""
    (row,) = (await list_losses(LossQuery(), world.deps)).rows
    return [one.sku_id for one in row.licenses]


async def needed(world: Watched) -> dict[str, tuple[int, int]]:
    """How many seats are needed of each licence, and how many are missing."""
    seats = (await read_capacity(world.deps)).seats
    return {one.sku.part_number: (one.needed, one.short) for one in seats}


async def test_a_mailbox_switched_off_in_a_licence_takes_no_seat() -> None:
    """It comes back in the licence that is still there; the list says which that is."""
    off = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
    world = await lost_to(ADA, having(ADA, off, plans=()))

    assert await listed(world) == [ENTERPRISEPACK_ID]
    assert await needed(world) == {}


async def test_an_archive_that_is_still_there_is_not_lost() -> None:
    """Only the licence that went comes back, and takes a seat."""
    mailbox, archive = AssignedLicense(ENTERPRISEPACK_ID), AssignedLicense(ARCHIVE_ID)
    before = having(ADA, mailbox, archive, plans=(EXCHANGE_PLAN_ID, ARCHIVE_PLAN_ID))
    world = await lost_to(before, having(ADA, archive, plans=(ARCHIVE_PLAN_ID,)))

    assert await listed(world) == [ENTERPRISEPACK_ID]
    assert await needed(world) == {"ENTERPRISEPACK": (1, 1)}


async def test_what_went_a_moment_ago_is_listed_as_last_seen() -> None:
    """The timer has not seen it yet: the person, read for the list, shows what is still there."""
    mailbox, archive = AssignedLicense(ENTERPRISEPACK_ID), AssignedLicense(ARCHIVE_ID)
    world = watched(having(ADA, mailbox, archive, plans=(EXCHANGE_PLAN_ID, ARCHIVE_PLAN_ID)))
    world.directory.put_sku(ARCHIVE)
    await world.look()
    world.put(having(ADA, archive, plans=(ARCHIVE_PLAN_ID,)))
    world.storage.changed.rows.add((ADA.id, world.clock.now()))

    assert await listed(world) == [ENTERPRISEPACK_ID]


async def test_a_licence_that_the_tenant_lists_no_more_is_missing_altogether() -> None:
    """Its subscription has ended since; the report does not say that there are enough."""
    world = await lost_to(ADA, unlicensed(ADA))
    world.directory.drop_sku(ENTERPRISEPACK_ID)
    world.directory.put_sku(Sku("another-sku", "SPE_E3", (EXCHANGE_PLAN_ID,), free_seats=9))
    await world.look(after=2 * DAY)

    await send_weekly_report(world.deps)

    assert await listed(world) == [ENTERPRISEPACK_ID]
    assert await needed(world) == {"Office 365 E3": (1, 1)}
    [report] = world.alerts("weekly-report")
    assert "you need 1 more Office 365 E3;" in the_data(report)["message"]


async def test_beside_a_licence_with_a_mailbox_none_is_listed_that_nobody_knows() -> None:
    """It is known what the mailbox came by, and nothing else is made of the other one."""
    other = AssignedLicense("nobody-knows")
    before = having(ADA, AssignedLicense(ENTERPRISEPACK_ID), other, plans=(EXCHANGE_PLAN_ID,))
    world = await lost_to(before, unlicensed(ADA))

    assert await listed(world) == [ENTERPRISEPACK_ID]
