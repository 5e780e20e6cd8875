"""Many people read without a plan while their mailboxes answer: doubts, no losses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.guards.guard import GuardAct, GuardOrder
from shared.domain.lists.losses import LossQuery
from shared.domain.person import Person
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.guards.orders import add_guard
from shared.guards.rounds import keep_guards
from shared.lists.losses import list_losses
from tests.fakes.changes import a_row
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, the_data, unlicensed

CROWD = [somebody(number) for number in range(40)]
MINUTE = timedelta(minutes=1)
BY = RequestedBy(Door.HTTP, "Boss", "b055")
ORDER = GuardOrder(CROWD[0].id, RestoreKind.MAILBOX, GuardAct.AT_ONCE)


def blank(person: Person) -> Person:
    """The person as Graph shows somebody of whom it can read nothing."""
    return replace(unlicensed(person), account_enabled=None)


async def a_tenant(*, answers: bool) -> Watched:
    """Forty people, one of them guarded; the mailboxes of those without a plan answer or not."""
    world = Watched()
    world.tell(*CROWD)
    await world.look()
    await add_guard(ORDER, BY, world.deps)
    if answers:
        world.directory.lingering = {person.id for person in CROWD}
    return world


async def look(world: Watched, after: timedelta = 10 * MINUTE) -> None:
    """The timer observes and keeps the guards."""
    await world.look(after=after)
    await keep_guards(world.deps)


@pytest.mark.parametrize("how", [unlicensed, blank], ids=["no licences", "no properties"])
async def test_a_reading_of_many_is_in_doubt(how: object) -> None:
    """No losses, no restores, nobody in the list; the alert says so, once."""
    assert callable(how)
    world = await a_tenant(answers=True)
    world.tell(*map(how, CROWD))

    for _ in range(5):
        await look(world)

    assert world.storage.losses.rows == set()
    assert world.effects() == []
    assert world.storage.ledger.records == {}
    assert (await list_losses(LossQuery(), world.deps)).rows == ()
    (alert,) = world.alerts()
    data = the_data(alert)
    assert (alert["type"], data["inDoubt"], data["count"]) == (
        "restore.mass-deletion.v1",
        True,
        len(CROWD),
    )


async def test_the_doubt_ends_when_everybody_is_back() -> None:
    """As if nothing had been."""
    world = await a_tenant(answers=True)
    world.tell(*map(unlicensed, CROWD))
    await look(world)
    world.tell(*CROWD)

    for _ in range(3):
        await look(world)

    assert world.storage.rounds.stored.round.doubted_since is None
    assert world.storage.doubts.rows == set()
    assert all(world.seen(person).has_plan for person in CROWD)


async def test_mailboxes_that_fall_silent_are_lost() -> None:
    """Then it was no error of the reading, and the guard acts."""
    world = await a_tenant(answers=True)
    world.tell(*map(unlicensed, CROWD))
    await look(world)
    world.directory.lingering.clear()

    for _ in range(4):
        await look(world)

    assert len(world.storage.losses.rows) == len(CROWD)
    assert [the_data(one)["inDoubt"] for one in world.alerts("mass-deletion")] == [False]
    assert len(world.storage.ledger.records) == 1


async def test_a_person_s_word_lets_the_guard_act() -> None:
    """The same order once more."""
    world = await a_tenant(answers=True)
    world.tell(*map(unlicensed, CROWD))
    for _ in range(3):
        await look(world)
    before = len(world.storage.ledger.records)
    world.directory.lingering.discard(CROWD[0].id)

    await add_guard(ORDER, BY, world.deps)
    for _ in range(3):
        await keep_guards(world.deps)
        world.clock.advance(10 * MINUTE)

    assert (before, len(world.storage.ledger.records)) == (0, 1)


async def test_many_silent_mailboxes_are_many_losses() -> None:
    """A mass removal is told of as one."""
    world = await a_tenant(answers=False)
    world.tell(*map(unlicensed, CROWD))

    for _ in range(3):
        await look(world)

    assert len(world.storage.losses.rows) == len(CROWD)
    assert [the_data(one)["inDoubt"] for one in world.alerts("mass-deletion")] == [False]


async def test_a_few_whose_mailboxes_answer_are_no_doubt() -> None:
    """Three of forty: each is looked at by itself."""
    world = await a_tenant(answers=True)
    world.feed.add_round(tuple(a_row(unlicensed(person)) for person in CROWD[:3]))
    world.put(*map(unlicensed, CROWD[:3]))

    await look(world, HOUR)
    await look(world, DAY)

    assert world.storage.rounds.stored.round.doubted_since is None
    assert len(world.storage.losses.rows) == 3
