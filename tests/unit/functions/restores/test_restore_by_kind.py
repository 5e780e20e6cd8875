"""One route for each kind: StartRestore with the kind fixed, in the same key space."""

from collections.abc import Iterator

import pytest

from functions.http.restores.by_kind import restore_license, restore_mailbox, restore_user
from functions.http.restores.start_and_read import start_restore
from tests.builders import USER_ID
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

ROUTES = {
    "mailbox": ("/mailboxes/restore", restore_mailbox),
    "user": ("/users/restore", restore_user),
    "license": ("/licenses/restore", restore_license),
}
CALLER = principal("Restore.Request")


@pytest.fixture
def world() -> Iterator[World]:
    """Give an empty world behind the door."""
    with opened(World()) as made:
        yield made


@pytest.mark.parametrize("kind", ROUTES)
async def test_the_route_fixes_the_kind(world: World, kind: str) -> None:
    """202 with the restore of that kind, and where to look for it."""
    path, action = ROUTES[kind]

    answer = await action(request("POST", path, {"user": USER_ID}, headers=CALLER))

    body = content(answer)
    assert answer.status_code == 202
    assert body["kind"] == kind
    assert answer.headers["Location"] == f"https://reprieve.example/api/restores/{body['id']}"
    assert len(world.storage.outbox.work) == 1


@pytest.mark.parametrize("kind", ROUTES)
async def test_a_kind_in_the_body_is_not_accepted(world: World, kind: str) -> None:
    """Not even the same one: the route has said it."""
    path, action = ROUTES[kind]

    answer = await action(request("POST", path, {"user": USER_ID, "kind": kind}, headers=CALLER))

    assert answer.status_code == 400
    errors = content(answer)["errors"]
    assert errors == [{"pointer": "/kind", "message": "is fixed by this address; leave it out"}]
    assert world.storage.outbox.work == []


async def test_the_routes_share_one_key_space(world: World) -> None:
    """The same request by either route is one restore; another kind under its key is 409."""
    keyed = {"user": USER_ID, "idempotencyKey": "k"}

    general = await start_restore(
        request("POST", "/restores", {**keyed, "kind": "user"}, headers=CALLER)
    )
    same = await restore_user(request("POST", "/users/restore", keyed, headers=CALLER))
    other = await restore_mailbox(request("POST", "/mailboxes/restore", keyed, headers=CALLER))

    assert content(general)["id"] == content(same)["id"]
    assert (other.status_code, content(other)["code"]) == (409, "key-reused")
    assert len(world.storage.ledger.records) == 1


async def test_the_routes_ask_for_the_same_role() -> None:
    """403 that names Restore.Request."""
    with opened(World()):
        answer = await restore_user(
            request("POST", "/users/restore", {}, headers=principal("Restore.Read"))
        )

    assert (answer.status_code, content(answer)["code"]) == (403, "role-missing")
