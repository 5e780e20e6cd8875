"""Test a host that asks for function keys, as Azure does with AUTH_MODE=keys."""

import json
from collections.abc import Iterator

import pytest

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import KEY_MARK, a_deleted_user
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import in_base64
from tests.e2e.stage.world import World

_KEY = f"{KEY_MARK}-function"


@pytest.fixture(scope="module")
def guarded(stage: Stage) -> Iterator[Host]:
    """Give a second host on the same storage, which asks for a key."""
    with stage.start_another_host("--function-key", _KEY) as host:
        yield host


async def test_key_opens_and_its_absence_does_not(
    caller: Caller, world: World, guarded: Host
) -> None:
    """Without the key, or with another, 401 and nothing begun; with it 202."""
    user = await world.add(a_deleted_user())
    request = {"kind": "user", "user": user["id"]}
    url = f"{guarded.url}/api/restores"

    without = await caller.send("POST", url, json=request)
    wrong = await caller.send("POST", url, json=request, headers={"x-functions-key": "wrong"})
    unread = await caller.send("GET", f"{url}/{'0' * 32}")
    nothing_begun = await world.graph_calls()
    opened = await caller.send("POST", url, json=request, headers={"x-functions-key": _KEY})

    assert (without.status, wrong.status, unread.status) == (401, 401, 401)
    assert nothing_begun == {}
    assert opened.status == 202
    assert opened.body["requestedBy"] == {"door": "http", "name": None, "id": None}
    await caller.end_of(opened.body["id"])
    assert await world.effects(user) == {"restore": 1}


async def test_location_does_not_carry_the_key(caller: Caller, world: World, guarded: Host) -> None:
    """A key sent in the address is in neither header nor body of the answer."""
    user = await world.add(a_deleted_user())
    request = {"kind": "user", "user": user["id"]}

    reply = await caller.send("POST", f"{guarded.url}/api/restores?code={_KEY}", json=request)

    assert reply.headers["Location"] == f"{guarded.url}/api/restores/{reply.body['id']}"
    assert _KEY not in f"{reply.headers}{reply.body}"
    await caller.end_of(reply.body["id"])


async def test_health_needs_no_key(caller: Caller, guarded: Host) -> None:
    """Health needs no key: a probe has none."""
    reply = await caller.send("GET", f"{guarded.url}/api/health")

    assert (reply.status, reply.body["status"]) == (200, "ok")


async def test_principal_header_is_not_believed(
    caller: Caller, world: World, guarded: Host
) -> None:
    """With keys a caller cannot write itself a name or a role: the platform did not sign it in."""
    user = await world.add(a_deleted_user())
    claims = [{"typ": "oid", "val": "x"}, {"typ": "roles", "val": "Restore.Override"}]
    forged = in_base64(json.dumps({"claims": claims}))
    headers = {"x-functions-key": _KEY, "X-MS-CLIENT-PRINCIPAL": forged}
    request = {"kind": "user", "user": user["id"], "allowSynced": True}

    reply = await caller.send("POST", f"{guarded.url}/api/restores", json=request, headers=headers)

    assert (reply.status, reply.body["code"]) == (403, "role-missing")
