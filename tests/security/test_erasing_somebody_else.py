"""What a caller writes into a request about somebody makes no erasure take others along."""

from dataclasses import replace
from typing import Final

import pytest

from shared.audit_trail.erase_person import erase_person
from shared.domain.audit_trail.traces import Traces
from shared.domain.guards.guard import Guard, GuardAct, GuardOrder, open_guard
from shared.domain.outcomes import Status
from shared.domain.records.received import LARGEST
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from tests.builders import NOW, USER_ID, a_deleted_person, a_request
from tests.security.meter import time_of
from tests.unit.world.world import World

MOST_MILLISECONDS: Final = 100
ADMIN = RequestedBy(Door.HTTP, "Alex Admin", "oid-admin")
BOSS = "boss@contoso.com"
BOSS_ID = "b0550000-0000-4000-8000-000000000001"


@pytest.fixture
def world() -> World:
    """Somebody who leaves, and the boss, who is deleted as well."""
    world = World()
    world.put(a_deleted_person())
    world.put(
        a_deleted_person(
            id=BOSS_ID,
            user_principal_name=BOSS,
            display_name="The Boss",
            mail=BOSS,
            proxy_addresses=(f"SMTP:{BOSS}",),
        )
    )
    return world


async def guarded(world: World, user: str, user_id: str | None) -> Guard:
    """A guard that was ordered by this name, and stands for this person since."""
    order = GuardOrder(user, RestoreKind.MAILBOX, GuardAct.AT_ONCE, reason="he pays")
    guard = replace(open_guard(order, ADMIN, NOW), user_id=user_id)
    assert await world.storage.guards.insert(guard)
    return guard


@pytest.mark.parametrize("ran", [True, False], ids=["looked up", "not yet looked up"])
async def test_a_name_that_was_only_asked_for_is_nobody_s(world: World, *, ran: bool) -> None:
    """Whoever may ask for restores, asks for a stranger's name: the stranger loses nothing."""
    guard = await guarded(world, BOSS, None)
    his = await world.accept(a_request(user=BOSS, reason="boss is back"))
    planted = await world.accept(
        a_request(
            user=USER_ID, dry_run=True, on_upn_conflict="rename", new_user_principal_name=BOSS
        )
    )
    if ran:
        await world.finish(planted.id)

    await erase_person(USER_ID, ADMIN, world.deps)

    left = await world.record(his.id)
    assert left.request == his.request
    assert left.status is Status.QUEUED
    kept = await world.deps.guards.read(guard.id)
    assert kept is not None
    assert kept.guard == guard
    mine = await world.record(planted.id)
    assert mine.request is not None
    assert mine.request.new_user_principal_name is None


async def test_a_name_that_was_decided_on_and_never_given_is_nobody_s(world: World) -> None:
    """A trial run says which name the person would get; the stranger who has it loses nothing."""
    guard = await guarded(world, BOSS, None)
    planted = await world.accept(
        a_request(
            user=USER_ID, dry_run=True, on_upn_conflict="always", new_user_principal_name=BOSS
        )
    )
    assert (await world.finish(planted.id)).new_name == BOSS

    await erase_person(USER_ID, ADMIN, world.deps)

    assert await world.deps.guards.read(guard.id) is not None


async def test_a_name_that_was_given_is_the_person_s(world: World) -> None:
    """Where the restore has used it, it goes as every other name does."""
    record = await world.accept(
        a_request(
            user=USER_ID,
            kind=RestoreKind.USER,
            on_upn_conflict="always",
            new_user_principal_name="new.name@contoso.com",
        )
    )
    stored = await world.deps.ledger.read(record.id)
    assert stored is not None
    ended = replace(await world.finish(record.id), new_name="new.name@contoso.com")
    assert ended.was_touched
    again = await world.deps.ledger.read(record.id)
    assert again is not None
    await world.deps.ledger.write(again, ended)
    guard = await guarded(world, "new.name@contoso.com", None)

    await erase_person(USER_ID, ADMIN, world.deps)

    assert await world.deps.guards.read(guard.id) is None


@pytest.mark.parametrize(
    "part", ["\\", "\\\\u", "\\u0041", "QUJD ", "%41", "A", "\x00", "megan.bowen@"]
)
async def test_no_text_makes_an_erasure_long(part: str) -> None:
    """A kept message has 32 KiB, of whatever its sender likes; there may be thousands."""
    traces = Traces(USER_ID).with_names(["megan.bowen@contoso.com", "Megan Bowen"])
    written = (part * LARGEST)[:LARGEST]

    async def look() -> None:
        traces.are_in(written)

    assert await time_of(look, enough=MOST_MILLISECONDS) <= MOST_MILLISECONDS


async def test_the_guard_of_who_has_the_name_now_goes_on(world: World) -> None:
    """It is about the person whom it stands for, and says so by the object id from now on."""
    name = a_deleted_person().user_principal_name
    guard = await guarded(world, name, BOSS_ID)
    await world.finish((await world.accept(a_request(user=name))).id)

    await erase_person(USER_ID, ADMIN, world.deps)

    kept = await world.deps.guards.read(guard.id)
    assert kept is not None
    assert kept.guard.user_id == BOSS_ID
    assert kept.guard.order.user == BOSS_ID
    assert kept.guard.id == guard.id
