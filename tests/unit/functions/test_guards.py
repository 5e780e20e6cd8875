"""Who may keep guards, and what becomes of the orders."""

import json
from dataclasses import replace

import pytest

from functions.http.guards import add, list_for, remove
from shared.domain.guards.guard import Guard
from shared.domain.requests.roles import Role
from shared.errors import (
    GuardNotFoundError,
    RoleMissingError,
    StorageUnavailableError,
    UnreadableTextError,
    WrongContentTypeError,
)
from shared.guards.orders import Added
from shared.intake.caller import KEY_HOLDER, Caller
from shared.intake.guards import GuardQuery
from tests.unit.world.world import World

ADMIN = Caller("Boss", "b055", frozenset({Role.ADMIN}))
OTHERS = Caller("n", "i", frozenset({Role.READ, Role.REQUEST, Role.OVERRIDE}))
BODY = {"user": "megan@contoso.com", "kind": "mailbox", "act": "at-once"}


async def added(world: World, **fields: str) -> Added:
    """A guard that was ordered."""
    body = json.dumps({**BODY, **fields}).encode()
    return await add(body, "application/json", ADMIN, world.deps)


async def test_only_an_admin_keeps_guards() -> None:
    """Whoever else is told the role, whatever was sent."""
    world = World()
    guard = (await added(world)).guard

    for caller in (KEY_HOLDER, OTHERS):
        for work in (
            add(b"no json", None, caller, world.deps),
            list_for(GuardQuery(), caller, world.deps),
            remove(guard.id, caller, world.deps),
        ):
            with pytest.raises(RoleMissingError) as missing:
                await work
            assert missing.value.role == Role.ADMIN
    assert list(world.storage.guards.rows) == [guard.id]


async def test_an_equal_order_finds_the_same_guard() -> None:
    """A repeated POST makes no second guard, and changes nothing of the first but its remarks."""
    world = World()

    first = await added(world, reason="one")
    again = await added(world, user="MEGAN@contoso.com", reason="two")

    assert (first.is_new, again.is_new) == (True, False)
    order = replace(first.guard.order, reason="two")
    assert replace(again.guard, confirmed_at=None, findings=()) == replace(
        first.guard, order=order, findings=()
    )
    assert first.guard.created_by.name == "Boss"


async def test_an_order_that_is_not_json_is_refused_unread() -> None:
    """Another content type is not looked into."""
    with pytest.raises(WrongContentTypeError):
        await add(b"{}", "text/xml", ADMIN, World().deps)


@pytest.mark.parametrize("top", [1, 2, 3, 5, 100])
async def test_a_list_shows_every_guard_once(top: int) -> None:
    """Page by page; the last page has no place to go on from."""
    world = World()
    guards = [(await added(world, user=f"p{at}@contoso.com")).guard for at in range(5)]

    found: list[Guard] = []
    after: str | None = ""
    while after is not None:
        page = await list_for(GuardQuery(top, after), ADMIN, world.deps)
        assert 0 < len(page.guards) <= top
        found += page.guards
        after = page.next

    assert found == sorted(guards, key=lambda guard: guard.id)


async def test_a_guard_that_cannot_be_read_hides_no_other() -> None:
    """It was written by a release of tomorrow."""
    world = World()
    for at in range(3):
        await added(world, user=f"p{at}@contoso.com")
    world.storage.guards.fail_next("read", UnreadableTextError("of tomorrow"))

    page = await list_for(GuardQuery(), ADMIN, world.deps)

    assert len(page.guards) == 2


async def test_a_removed_guard_is_gone() -> None:
    """Removing it again, or anything that never was one, finds nothing."""
    world = World()
    guard = (await added(world)).guard

    await remove(guard.id, ADMIN, world.deps)

    for guard_id in (guard.id, "", "../x", "0" * 32):
        with pytest.raises(GuardNotFoundError):
            await remove(guard_id, ADMIN, world.deps)
    assert (await list_for(GuardQuery(), ADMIN, world.deps)).guards == ()


async def test_a_guard_that_comes_and_goes_is_not_waited_for() -> None:
    """Somebody removes it each time between two looks: that is told, not looped over."""
    world = World()

    async def taken(guard: Guard) -> bool:  # noqa: ARG001 - the port's
        return False

    world.storage.guards.insert = taken  # type: ignore[method-assign]
    with pytest.raises(StorageUnavailableError):
        await added(world)
