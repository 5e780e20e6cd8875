"""The HTTP door: what a caller is answered, and that no repetition starts a second restore."""

import asyncio

import pytest

from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World

# Contract, section 3.
FIELDS = {
    "id",
    "batchId",
    "kind",
    "status",
    "user",
    "outcome",
    "window",
    "plan",
    "steps",
    "waiting",
    "warnings",
    "approval",
    "undoes",
    "undoneBy",
    "candidates",
    "requestedBy",
    "reason",
    "ticket",
    "attempts",
    "createdAt",
    "updatedAt",
    "finishedAt",
    "links",
}
STEP_FIELDS = {"name", "status", "startedAt", "endedAt", "graphRequestId", "detail"}


async def test_restore_is_accepted_followed_and_found_again(
    caller: Caller, world: World, stage: Stage
) -> None:
    """202 with where and when, 202 while it runs, 200 at the end, 200 for the same key later."""
    user = await world.add(a_deleted_user())
    # The first look is to find it unfinished.
    await world.fault(method="GET", path="deletedItems", latencySeconds=20, times=1)
    request = {
        "kind": "user",
        "user": user["userPrincipalName"],
        "idempotencyKey": fresh_key(),
        "reason": "left too early",
        "ticket": "T-1",
    }

    first = await caller.post(request)
    look = await caller.send("GET", first.headers["Location"])
    await world.clear_faults()
    replies = [first, *await caller.follow(look)]
    again = await caller.post(request)

    restore_id = first.body["id"]
    assert first.status == 202
    assert first.headers["Location"] == f"{stage.host.url}/api/restores/{restore_id}"
    assert first.headers["Retry-After"].isdecimal()
    assert set(first.body) == FIELDS
    assert (first.body["status"], first.body["outcome"]) == ("queued", None)
    assert first.body["requestedBy"] == {"door": "http", "name": None, "id": None}
    assert (first.body["reason"], first.body["ticket"]) == ("left too early", "T-1")
    assert look.status == 202
    assert [reply.status for reply in replies[:-1]] == [202] * (len(replies) - 1)
    assert all("Location" in reply.headers for reply in replies[:-1])
    last = replies[-1]
    assert (last.status, last.body["outcome"]["code"]) == (200, "user-restored")
    assert set(last.body) == FIELDS
    assert all(set(step) == STEP_FIELDS for step in last.body["steps"])
    assert last.body["links"]["self"] == first.headers["Location"]
    assert "Location" not in last.headers
    assert (again.status, again.body) == (200, last.body)
    assert await world.effects(user) == {"restore": 1}


async def test_unfinished_restore_is_202_when_read(caller: Caller, world: World) -> None:
    """A look at a restore that runs is answered 202 with the same two headers."""
    user = await world.add(a_deleted_user())
    await world.fault(method="GET", path="deletedItems", latencySeconds=20, times=1)
    first = await caller.post({"kind": "user", "user": user["id"]})

    look = await caller.get(first.body["id"])
    await world.clear_faults()

    assert look.status == 202
    assert look.headers["Location"] == first.headers["Location"]
    assert look.headers["Retry-After"].isdecimal()
    await caller.end_of(first.body["id"])


async def test_key_with_another_request_is_409(caller: Caller, world: World) -> None:
    """A key belongs to the request it first came with."""
    user, other = await world.add(a_deleted_user()), await world.add(a_deleted_user())
    key = fresh_key()
    restore_id = await caller.start(kind="user", user=user["id"], idempotencyKey=key)

    reply = await caller.post({"kind": "user", "user": other["id"], "idempotencyKey": key})

    assert (reply.status, reply.body["code"]) == (409, "key-reused")
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail", "code", "fix", "errors"} <= set(reply.body)
    await caller.end_of(restore_id)
    assert await world.effects(other) == {}


async def test_header_and_body_key_are_one_key(caller: Caller, world: World) -> None:
    """The header Idempotency-Key means the same as the field, alone or beside it."""
    user = await world.add(a_deleted_user())
    key = fresh_key()
    bare, keyed = {"kind": "user", "user": user["id"]}, {"idempotencyKey": key}

    replies = [
        await caller.post(bare, headers={"Idempotency-Key": key}),
        await caller.post({**bare, **keyed}),
        await caller.post({**bare, **keyed}, headers={"Idempotency-Key": key}),
    ]

    assert len({reply.body["id"] for reply in replies}) == 1
    await caller.end_of(replies[0].body["id"])
    assert await world.effects(user) == {"restore": 1}


async def test_differing_keys_in_header_and_body_are_400(caller: Caller, world: World) -> None:
    """Two keys for one request leave open which is meant, so nothing is begun."""
    user = await world.add(a_deleted_user())
    request = {"kind": "user", "user": user["id"], "idempotencyKey": fresh_key()}

    reply = await caller.post(request, headers={"Idempotency-Key": fresh_key()})

    assert (reply.status, reply.body["code"]) == (400, "invalid-request")
    assert [error["pointer"] for error in reply.body["errors"]] == ["/idempotencyKey"]
    assert await world.graph_calls() == {}


async def test_equal_request_without_key_joins_the_unfinished_one(
    caller: Caller, world: World
) -> None:
    """An equal request joins the restore that runs; a finished one is never joined."""
    user = await world.add(a_deleted_user())
    # The second request is to find the first unfinished.
    await world.fault(method="GET", path="deletedItems", latencySeconds=20, times=1)
    request = {"kind": "user", "user": user["userPrincipalName"]}
    in_capitals = {"kind": "user", "user": user["userPrincipalName"].upper()}

    first, joined = await caller.post(request), await caller.post(in_capitals)
    await world.clear_faults()
    await caller.end_of(first.body["id"])
    late = await caller.post(request)

    assert joined.body["id"] == first.body["id"]
    assert late.body["id"] != first.body["id"]
    ended = await caller.end_of(late.body["id"])
    assert ended["outcome"]["code"] == "already-active"
    assert first.body["id"] in ended["outcome"]["message"]
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize("with_key", [True, False], ids=["one key", "no key"])
async def test_twenty_at_once_are_one_restore(
    caller: Caller, world: World, *, with_key: bool
) -> None:
    """However many equal requests race, there is one restore and one change."""
    user = await world.add(a_deleted_user())
    request = {"kind": "mailbox", "user": user["userPrincipalName"]}
    request |= {"idempotencyKey": fresh_key()} if with_key else {}

    replies = await asyncio.gather(*(caller.post(request) for _ in range(20)))

    assert {reply.status for reply in replies} <= {200, 202}
    assert len(_ids(replies)) == 1
    ended = await caller.end_of(replies[0].body["id"])
    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize(
    ("kind", "code"), [("user", "user-restored"), ("mailbox", "mailbox-restored")]
)
async def test_twenty_keys_for_one_user_change_it_once(
    caller: Caller, world: World, kind: str, code: str
) -> None:
    """Orders for one person wait for each other; one restores, the others find it done."""
    user = await world.add(a_deleted_user())
    orders = [{"kind": kind, "user": user["id"], "idempotencyKey": fresh_key()} for _ in range(20)]

    replies = await asyncio.gather(*map(caller.post, orders))
    restores = await caller.come_through(*_ids(replies))

    assert len(restores) == 20
    codes = sorted(restore["outcome"]["code"] for restore in restores)
    assert codes == sorted([code] + ["already-active"] * 19)
    assert await world.effects(user) == {"restore": 1}


def _ids(replies: list[Reply]) -> set[str]:
    return {reply.body["id"] for reply in replies}
