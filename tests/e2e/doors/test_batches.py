"""Many restores at once, and one action for each kind, through the real host."""

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World

BAD = [
    {"kind": "mailbx", "user": "x@contoso.example"},
    {"kind": "user"},
    {"kind": "user", "user": "x@contoso.example", "acceptUnknownWindow": True},
]


async def test_a_batch_restores_the_good_and_names_the_bad(
    caller: Caller, world: World, stage: Stage
) -> None:
    """Twenty-seven come back, three are told why not, and each effect is made once."""
    users = [await world.add(a_deleted_user()) for _ in range(27)]
    good = [{"kind": "user", "user": user["id"]} for user in users]
    batch = {"idempotencyKey": fresh_key(), "restores": [*good[:13], *BAD, *good[13:]]}

    first = await caller.send("POST", caller.url("/batches"), json=batch)
    replies = await caller.follow(first)
    again = await caller.send("POST", caller.url("/batches"), json=batch)

    last = replies[-1]
    assert (first.status, last.status, again.status) == (202, 200, 200)
    assert first.headers["Location"] == f"{stage.host.url}/api/batches/{first.body['id']}"
    assert first.headers["Retry-After"].isdecimal()
    assert last.body["counts"] == {"invalid": 3, "succeeded": 27}
    assert again.body == last.body
    bad = [item for item in last.body["items"] if item["status"] == "invalid"]
    pointers = [[error["pointer"] for error in item["errors"]] for item in bad]
    assert pointers == [
        ["/restores/13/kind"],
        ["/restores/14/user"],
        ["/restores/15/acceptUnknownWindow"],
    ]
    one = await caller.send("GET", last.body["items"][0]["link"])
    assert one.body["requestedBy"]["door"] == "batch"
    assert one.body["user"]["id"] == users[0]["id"]
    for user in users:
        assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize(
    ("path", "kind"), [("users", "user"), ("mailboxes", "mailbox"), ("licenses", "license")]
)
async def test_each_kind_has_a_route(caller: Caller, world: World, path: str, kind: str) -> None:
    """The kind is the route's; in the body it is refused."""
    user = await world.add(a_deleted_user())
    url = caller.url(f"/{path}/restore")

    reply = await caller.send("POST", url, json={"user": user["id"]})
    named = await caller.send("POST", url, json={"user": user["id"], "kind": kind})

    assert (reply.status, reply.body["kind"]) == (202, kind)
    assert (named.status, named.body["errors"][0]["pointer"]) == (400, "/kind")
    await caller.end_of(reply.body["id"])
