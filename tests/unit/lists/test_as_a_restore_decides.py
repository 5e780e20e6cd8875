"""A row of somebody deleted says what a check of that person says: the case, and the one clock."""

from dataclasses import replace

import pytest

from shared.domain.decision import Case
from shared.domain.lists.losses import ListedLoss, LossQuery
from shared.domain.person import Person
from shared.domain.window import Evidence
from shared.lists.losses import list_losses
from shared.restore.preflight import check
from tests.builders import a_request
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, unlicensed, watched
from tests.unit.world.world import ASKED_BY

ADA = somebody(1)


async def lost(world: Watched, person: Person) -> ListedLoss:
    """The row of a person who was deleted between two looks of the timer, three days later."""
    world.clock.advance(HOUR / 2)
    world.tell(replace(person, deleted_at=world.clock.now()))
    for _ in range(3 * 24):
        await world.look()
    (row,) = (await list_losses(LossQuery(), world.deps)).rows
    return row


async def demand_agreement(world: Watched, row: ListedLoss) -> Case | None:
    """Check the person as well, and compare; return the case."""
    checked = await check(a_request(user=row.id), world.deps, ASKED_BY)
    assert row.window == checked.window
    assert checked.case is not None
    assert row.case.value == checked.case.value
    return checked.case


async def test_a_licensed_user_goes_by_the_deletion() -> None:
    """However often the user was seen with the licence until then."""
    world = watched(ADA)
    await world.look()

    row = await lost(world, ADA)

    assert await demand_agreement(world, row) is Case.DELETED_USER
    assert (row.window.evidence, row.window.started_at) == (Evidence.DELETED, row.deleted_at)


async def test_a_user_whose_licence_the_bin_does_not_show_goes_by_the_deletion() -> None:
    """Seen with a licence until it was deleted: in such a tenant nobody has lost it before."""
    world = watched(ADA)
    await world.look()

    row = await lost(world, unlicensed(ADA))

    assert await demand_agreement(world, row) is Case.DELETED_USER
    assert row.lost_at is None
    assert [one.sku_id for one in row.licenses] == [ADA.licenses[0].sku_id]


@pytest.mark.parametrize("hours", [2, 48])
async def test_a_licence_that_went_before_the_deletion_is_told(hours: int) -> None:
    """Then its own clock counts, which began earlier."""
    world = watched(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    for _ in range(hours):
        await world.look()

    row = await lost(world, unlicensed(ADA))

    assert await demand_agreement(world, row) is Case.DELETED_AND_UNLICENSED
    assert row.lost_at is not None
    assert row.deleted_at is not None
    assert row.deleted_at - row.lost_at < (hours + 2) * HOUR + DAY
