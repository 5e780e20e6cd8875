"""Names that no longer lead to their owner in the directory are found by what was observed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.observations.rounds import RoundStretch
from shared.domain.watch.delta_changes import RemovedUser
from shared.watch.cleanup import clean_up_observations
from tests.builders import NOW
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, unlicensed, watched

ADA = somebody(1)
MARRIED = "married@contoso.com"


async def found(world: Watched, name: str) -> tuple[str, ...]:
    """Who was called so, by what is remembered."""
    return await world.storage.watch.names.find(name)


@pytest.mark.parametrize("is_lost", [True, False])
async def test_a_rename_leaves_the_old_name(*, is_lost: bool) -> None:
    """Whether the licence is there or went before; the new name is found in the directory."""
    world = watched(ADA)
    await world.look()
    if is_lost:
        world.tell(unlicensed(ADA))
        await world.look()
    now = unlicensed(ADA) if is_lost else ADA
    world.tell(replace(now, user_principal_name=MARRIED, mail=MARRIED))
    await world.look()

    assert world.seen(ADA).names.user_principal_name == MARRIED
    assert await found(world, ADA.user_principal_name.upper()) == (ADA.id,)
    assert await found(world, MARRIED) == ()


async def test_addresses_that_go_with_the_plan_lead_to_the_person() -> None:
    """As in tenants that empty them."""
    world = watched(ADA)
    await world.look()
    world.tell(replace(unlicensed(ADA), proxy_addresses=(), mail=None))
    await world.look()

    assert await found(world, "megan@contoso.com") == (ADA.id,)
    assert "megan@contoso.com" in world.seen(ADA).names.addresses


@pytest.mark.parametrize("how", ["told", "in the bin at the first look"])
async def test_whoever_is_gone_is_found_by_every_name(how: str) -> None:
    """Deleted, then purged: the directory forgets the names, and a namesake may come."""
    gone = replace(ADA, deleted_at=NOW + HOUR / 2)
    if how == "told":
        world = watched(ADA)
        await world.look()
        world.tell(gone)
    else:
        world = Watched()
        world.put(gone)
    await world.look()
    world.directory.purge(ADA.id)
    world.feed.add_round((RemovedUser(ADA.id, is_purged=True),))
    await world.look()

    assert world.seen(ADA).purged_at is not None
    for name in (ADA.user_principal_name, "MEGAN@contoso.com"):
        assert await found(world, name) == (ADA.id,)


async def test_who_is_forgotten_is_found_by_no_name() -> None:
    """Past the keep time nothing personal stays."""
    world = watched(ADA)
    await world.look()
    world.tell(replace(ADA, deleted_at=world.clock.now()))
    await world.look()
    world.clock.advance(91 * DAY)
    await clean_up_observations(world.deps)

    assert ADA.id not in world.storage.observations.kept
    assert world.storage.names.rows == set()


async def test_rounds_are_remembered_with_their_gaps() -> None:
    """Their starts, as long as they come each day."""
    world = watched(ADA)
    for after in (HOUR, HOUR, timedelta(days=2), HOUR):
        await world.look(after=after)

    starts = [NOW + hours * HOUR for hours in (1, 2, 50, 51)]
    assert world.storage.rounds.stored.round.log.stretches == (
        RoundStretch(starts[0], starts[1]),
        RoundStretch(starts[2], starts[3]),
    )


async def test_what_is_in_doubt_is_not_seen_by_rounds() -> None:
    """The feed and a read say different things: the rounds until the next look say nothing."""
    world = watched(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    world.put(ADA)
    await world.look()

    assert world.seen(ADA).is_doubted
    assert world.seen(ADA).runs[-1].last == NOW + HOUR
