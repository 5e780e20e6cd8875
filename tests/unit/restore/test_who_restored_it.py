"""An answer that nothing is left to do names the restore that did it, to whoever may know it."""

from dataclasses import replace

import pytest

from shared.domain.outcomes import Code
from shared.domain.person import UserPlan
from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.requests.roles import Role
from shared.restore.accept import accept
from shared.texts.reader import Reader
from tests.builders import EXCHANGE_PLAN_ID, a_deleted_person, a_person, a_request
from tests.reading import said
from tests.unit.world.people import DAY, SHARED, world_with
from tests.unit.world.world import World, code_of

ANNA = RequestedBy(Door.HTTP, "Anna", "anna", (Role.REQUEST,))
BEN = RequestedBy(Door.HTTP, "Ben", "ben", (Role.REQUEST,))
QUEUED = RequestedBy(Door.QUEUE, "anna", "anna", (Role.REQUEST,))
PLAIN = Reader(roles=frozenset({Role.REQUEST}))


async def asked(world: World, by: RequestedBy, **fields: object) -> Record:
    """A restore of Megan's mailbox by somebody, run to its end."""
    order = order_of(a_request(**fields), by)
    opened = await accept(order, world.deps)
    return await world.finish(opened.record.id)


@pytest.mark.parametrize("again", [BEN, QUEUED], ids=["somebody else", "a name on the queue"])
async def test_what_somebody_else_did_is_for_readers_alone(again: RequestedBy) -> None:
    """A caller who may not read a restore is not told that there is one."""
    world = world_with(a_deleted_person())
    first = await asked(world, ANNA)

    second = await asked(world, again)

    assert code_of(second) is Code.ALREADY_ACTIVE
    assert first.id in said(second.outcome).message
    told = said(second.outcome, PLAIN).message
    assert first.id not in told
    assert "brought" not in told
    assert told


async def test_ones_own_restore_is_named_whatever_was_asked_for_then() -> None:
    """Not only an equal request."""
    world = world_with(a_deleted_person())
    first = await asked(world, ANNA, kind=RestoreKind.USER)

    second = await asked(world, ANNA, kind=RestoreKind.MAILBOX)

    assert code_of(second) is Code.ALREADY_ACTIVE
    assert f"Your restore {first.id}" in said(second.outcome, PLAIN).message


async def test_of_a_mail_user_it_is_named_as_of_a_guest() -> None:
    """Nothing is amiss with either; their mailboxes are elsewhere."""
    elsewhere = "megan@fabrikam.com"
    outside = {"mail": elsewhere, "proxy_addresses": (f"SMTP:{elsewhere}",)}
    world = world_with(replace(SHARED, **outside))  # type: ignore[arg-type]
    world.directory.domains = frozenset({"contoso.com"})
    first = await asked(world, ANNA)

    second = await asked(world, ANNA, ticket="again")

    assert code_of(second) is Code.ALREADY_ACTIVE
    assert f"Your restore {first.id}" in said(second.outcome, PLAIN).message


async def test_nothing_is_named_where_something_is_still_amiss() -> None:
    """That a restore brought the user back would sound as if all were well."""
    world = world_with(a_deleted_person())
    first = await asked(world, ANNA)
    world.clock.advance(2 * DAY)
    world.put(a_person(plans=(UserPlan(EXCHANGE_PLAN_ID, "Suspended"),)))

    second = await asked(world, ANNA, ticket="again")

    assert code_of(second) is Code.ALREADY_ACTIVE
    assert first.id not in said(second.outcome).message


async def test_a_restore_of_another_release_is_not_named() -> None:
    """Nobody can read what it did; the answer that nothing is left to do is true without it."""
    world = world_with(a_deleted_person())
    first = await asked(world, ANNA)
    world.clock.advance(2 * DAY)
    opened = await accept(order_of(a_request(), ANNA), world.deps)
    world.storage.ledger.reads = lambda restore_id: restore_id != first.id

    second = await world.finish(opened.record.id)

    assert code_of(second) is Code.ALREADY_ACTIVE
    assert first.id not in said(second.outcome).message
