"""Test that nobody is judged by the deletion alone of whom more is known."""

from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord
from shared.domain.lists.losses import ListedLoss, LossCase, LossQuery
from shared.domain.person import Person
from shared.domain.window import Evidence
from shared.lists.judged_loss import judged_loss
from shared.lists.loss_reads import LossReads
from shared.lists.losses import list_losses
from shared.lists.relist import list_people
from tests.builders import NOW, an_observation
from tests.unit.lists.test_losses import deleted
from tests.unit.world.watched import DAY, somebody, unlicensed
from tests.unit.world.world import World

ADA = somebody(1)
# Of so many at once the names in the log are read, of few they are not.
OTHERS = [[], [somebody(number) for number in range(2, 80)]]


def gone(person: Person) -> Person:
    """The same person, without a licence and deleted two days ago."""
    return deleted(unlicensed(person), days_ago=2)


async def listed_by(world: World, people: list[Person]) -> dict[str, ListedLoss]:
    """The rows of these people, once they were listed, by their ids."""
    await list_people(people, await LossReads.of(world.deps))
    return world.storage.loss_list.rows


@pytest.mark.parametrize("others", OTHERS, ids=["few", "many"])
async def test_who_was_observed_is_judged_by_that(others: list[Person]) -> None:
    """The licence went before the deletion, as only the observation tells."""
    world = World()
    world.storage.observations.kept[ADA.id] = an_observation(
        ADA.id, *ADA.licenses, seen_at=NOW - 20 * DAY, lost_at=NOW - 20 * DAY
    )

    rows = await listed_by(world, [gone(ADA), *map(gone, others)])

    assert rows[ADA.id].case is LossCase.DELETED_AND_UNLICENSED
    assert rows[ADA.id].lost_at == NOW - 20 * DAY
    assert {rows[one.id].case for one in others} <= {LossCase.DELETED_USER}


@pytest.mark.parametrize("others", OTHERS, ids=["few", "many"])
async def test_whom_the_log_names_is_judged_by_that(others: list[Person]) -> None:
    """Also where the record was looked into long ago and is no sign any more."""
    world = World()
    await list_losses(LossQuery(), world.deps)
    generation = (await world.deps.audit_cursors.load()).cursor.generation
    record = AuditRecord(ADA.id, NOW - 4 * DAY, Activity.UPDATE_USER)
    await world.storage.audit_cursors.add(generation, [record])

    rows = await listed_by(world, [gone(ADA), *map(gone, others)])

    assert rows[ADA.id].window.evidence is Evidence.AUDIT
    assert rows[ADA.id].window.ends_at == NOW - 4 * DAY + timedelta(days=30)
    assert {rows[one.id].window.evidence for one in others} <= {Evidence.DELETED}


async def test_who_is_judged_at_once_comes_to_the_same_row() -> None:
    """As each of them alone: with a licence, without one, a guest, one whose window has closed."""
    world = World()
    people = [
        deleted(ADA, days_ago=2),
        gone(somebody(2)),
        gone(somebody(3, user_type="Guest")),
        gone(somebody(4, proxy_addresses=(), user_type="Member")),
        deleted(somebody(5), days_ago=31),
        deleted(somebody(6), days_ago=-1),
    ]

    rows = await listed_by(world, people)

    reads = await LossReads.of(world.deps)
    alone = {one.id: await judged_loss(one, None, reads) for one in people}
    assert rows == {user_id: row for user_id, row in alone.items() if row is not None}
    assert rows.keys() == {people[at].id for at in (0, 1, 3, 5)}
