"""What a fix says, done as told over the wire, leads on: some, each with and without a key.

All of them are walked in memory: tests/table/fixes.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import Json, a_deleted_user, an_unlicensed_user
from tests.e2e.stage.world import World


@dataclass(frozen=True)
class Walk:
    """A person, what is asked for, how that is refused, and what its fix says to do."""

    person: Callable[[], Json]
    asked: Json
    code: str
    says: str
    then: Json
    mend: Callable[[World, Json], Awaitable[Any]] | None = None


async def _set_location(world: World, user: Json) -> None:
    await world.patch(user, usageLocation="NL")


NAMED: Json = {"license": {"skuPartNumbers": ["ENTERPRISEPACK"]}}
WALKS = {
    "a country is set": Walk(
        lambda: an_unlicensed_user(usageLocation=None),
        {"kind": "mailbox", **NAMED},
        "usage-location-missing",
        "Set the country",
        {},
        _set_location,
    ),
    "another kind": Walk(
        a_deleted_user,
        {"kind": "license"},
        "user-is-deleted",
        'Use kind "mailbox"',
        {"kind": "mailbox"},
    ),
    "the mailbox is asked for": Walk(
        an_unlicensed_user,
        {"kind": "user", **NAMED},
        "already-active",
        'use kind "mailbox"',
        {"kind": "mailbox"},
    ),
    "not a trial any more": Walk(
        a_deleted_user,
        {"kind": "mailbox", "dryRun": True},
        "dry-run",
        "leave dryRun out",
        {"dryRun": None},
    ),
}


@pytest.mark.parametrize("with_key", [False, True], ids=["no key", "key"])
@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
async def test_what_a_fix_says_leads_on_over_the_wire(
    caller: Caller, world: World, walk: Walk, *, with_key: bool
) -> None:
    """To the mailbox, which is there again."""
    user = await world.add(walk.person())
    keys: list[Json] = [{}, {}]
    if with_key:
        keys = [{"idempotencyKey": f"e2e-secret-key-{user['id']}-{n}"} for n in (1, 2)]

    refused = await caller.restore(user=user["id"], **walk.asked, **keys[0])
    if walk.mend is not None:
        await walk.mend(world, user)
    ended = await caller.restore(user=user["id"], **{**walk.asked, **walk.then}, **keys[1])

    assert refused["outcome"]["code"] == walk.code
    assert walk.says in refused["outcome"]["fix"]
    assert ended["outcome"]["code"] == "mailbox-restored", ended["outcome"]
    assert ended["id"] != refused["id"]
