"""A restore of a later time does not outlive the right to ask for it."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain.outcomes import Code
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.requests.roles import Role
from shared.errors import NotSentError
from shared.restore.accept import accept
from tests.builders import USER_ID, a_deleted_person, a_request, because
from tests.unit.world.world import World, code_of

PLANTED = timedelta(days=5)


async def planted(world: World, roles: tuple[Role, ...], **fields: Any) -> str:
    """A restore of a later time, asked for over HTTP by a caller with these roles."""
    world.put(a_deleted_person())
    later = world.clock.now() + PLANTED
    request = a_request(kind=RestoreKind.USER, user=USER_ID, not_before=later, **fields)
    by = RequestedBy(Door.HTTP, "Ann", "a11", roles)
    accepted = await accept(order_of(request, by), world.deps)
    await world.run(accepted.record.id)
    return accepted.record.id


@pytest.mark.parametrize(
    ("had", "fields", "has", "gone"),
    [
        ((Role.REQUEST,), {}, frozenset(), (Role.REQUEST,)),
        ((Role.REQUEST,), {}, {Role.READ}, (Role.REQUEST,)),
        (
            (Role.OVERRIDE, Role.REQUEST),
            {"allow_synced": True},
            {Role.REQUEST},
            (Role.OVERRIDE,),
        ),
    ],
    ids=["everything is gone", "another role is left", "the override is gone"],
)
async def test_a_schedule_does_not_outlive_the_right_to_it(
    had: tuple[Role, ...], fields: dict[str, Any], has: frozenset[Role], gone: tuple[Role, ...]
) -> None:
    """Where Graph tells who has which role, it is called off when its time comes."""
    world = World()
    restore_id = await planted(world, had, **fields)
    world.caller_roles.held = {"a11": frozenset(has)}
    world.clock.advance(PLANTED)

    ended = await world.finish(restore_id)

    assert code_of(ended) is Code.CANCELLED
    assert ended.outcome is not None
    assert ended.outcome.text.param("roles") == tuple(role.value for role in gone)
    assert world.effects() == []


@pytest.mark.parametrize(
    "held", [None, {"a11": frozenset({Role.REQUEST})}], ids=["not shown", "still there"]
)
async def test_a_schedule_goes_on_where_the_right_is_there_or_not_shown(
    held: dict[str, frozenset[Role]] | None,
) -> None:
    """The roles at the time of asking hold where the service may not see; no new one counts."""
    world = World()
    restore_id = await planted(world, (Role.OVERRIDE, Role.REQUEST))
    world.caller_roles.held = held
    world.clock.advance(PLANTED)

    ended = await world.finish(restore_id)

    assert code_of(ended) is Code.USER_RESTORED
    kept = (Role.OVERRIDE, Role.REQUEST) if held is None else (Role.REQUEST,)
    assert ended.requested_by.roles == kept


async def test_what_begins_at_once_asks_nobody() -> None:
    """The token was read a moment ago."""
    world = World()
    world.put(a_deleted_person())
    world.caller_roles.held = {}
    by = RequestedBy(Door.HTTP, "Ann", "a11", (Role.REQUEST,))
    accepted = await accept(
        order_of(a_request(kind=RestoreKind.USER, user=USER_ID), by), world.deps
    )

    assert code_of(await world.finish(accepted.record.id)) is Code.USER_RESTORED
    assert world.caller_roles.calls["roles_of"] == 0


async def test_a_graph_that_does_not_answer_is_asked_again() -> None:
    """Nothing is called off, and nothing begun, on no answer at all."""
    world = World()
    restore_id = await planted(world, (Role.REQUEST,))
    world.caller_roles.held = {}
    world.caller_roles.fail_next("roles_of", NotSentError(because("no route")))
    world.clock.advance(PLANTED)

    first = await world.run(restore_id)

    assert not first.status.is_final
    assert code_of(await world.finish(restore_id)) is Code.CANCELLED
