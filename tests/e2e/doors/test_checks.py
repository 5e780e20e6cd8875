"""CheckRestore: what would come of a request; it changes nothing, at a known price of calls."""

from typing import Any

import pytest

from shared.ledger.storage import TABLE_NAMES
from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.cases import ASSIGN, NAMED, RESTORE, VERIFY
from tests.e2e.stage.people import (
    Json,
    a_deleted_shared_mailbox,
    a_deleted_unlicensed_user,
    a_deleted_user,
    a_user,
    an_unlicensed_user,
    fresh_key,
)
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World

_GRAPH = "^/(users|directory|subscribedSkus|organization|roleManagement|auditLogs)"

# User, request, case, plan, requests to Graph: those of a run up to its first change.
_RESTORABLE: dict[str, tuple[Json, Json, str, tuple[str, ...], int]] = {
    "deleted": (a_deleted_user(), {}, "deleted-user", (RESTORE, *VERIFY), 7),
    # One more: some tenants write of a licence under "Update user" alone.
    "shared": (a_deleted_shared_mailbox(), {}, "deleted-user", (RESTORE, *VERIFY), 9),
    "unlicensed": (an_unlicensed_user(), NAMED, "license-removed", (ASSIGN, *VERIFY), 7),
    "both": (
        a_deleted_unlicensed_user(),
        NAMED,
        "deleted-and-unlicensed",
        (RESTORE, ASSIGN, *VERIFY),
        9,
    ),
}


async def check(caller: Caller, **request: Any) -> Reply:
    """Ask what would come of a mailbox request."""
    return await caller.send("POST", caller.url("/checks"), json={"kind": "mailbox", **request})


def codes(preflight: Json, severity: str) -> list[str]:
    """The codes of the findings of this severity."""
    return [item["code"] for item in preflight["findings"] if item["severity"] == severity]


@pytest.mark.parametrize("name", _RESTORABLE)
async def test_check_tells_the_plan_and_the_run_follows_it(
    caller: Caller, world: World, name: str
) -> None:
    """Case, plan and window are those of the run that follows; the check itself changed nothing."""
    made, request, case, plan, calls = _RESTORABLE[name]
    user = await world.add(made)

    reply = await check(caller, user=user["userPrincipalName"], **request)
    graph_calls, requests = await world.graph_calls(), await world.graph_requests()
    effects, attempts = await world.effects(user), await world.attempts(user)
    ended = await caller.restore(kind="mailbox", user=user["userPrincipalName"], **request)

    told = reply.body
    assert (reply.status, told["restorable"], told["case"]) == (200, True, case)
    assert tuple(told["plan"]) == plan == tuple(ended["plan"])
    # Of a deleted user no groups show, and the least permissions do not let the service look
    # through those and contacts for addresses.
    unseen = ["roles-not-checked", "conflicts-not-checked"] if "restore-user" in plan else []
    assert (codes(told, "block"), codes(told, "warn")) == ([], unseen)
    # Nobody has seen the shared one with a mailbox: that it comes back is not promised.
    assert ("mailbox-comes-back" in codes(told, "info")) == (name != "shared")
    assert (told["window"]["verdict"], told["candidates"]) == ("open", [])
    same = ("startedAt", "endsAt", "evidence")
    assert [told["window"][key] for key in same] == [ended["window"][key] for key in same]
    assert (effects, attempts) == ({}, 0)
    assert requests == calls, graph_calls
    assert {call.split()[0] for call in graph_calls if call != "POST /$batch"} == {"GET"}


async def test_check_of_an_active_user(caller: Caller, world: World) -> None:
    """Nothing blocks and nothing is to be done: not restorable, and the finding says why."""
    user = await world.add(a_user())

    reply = await check(caller, user=user["userPrincipalName"])

    assert (reply.status, reply.body["restorable"], reply.body["case"]) == (200, False, "active")
    assert [(item["code"], item["severity"]) for item in reply.body["findings"]] == [
        ("already-active", "info")
    ]


async def test_check_tells_every_fault_at_once(caller: Caller, world: World) -> None:
    """A closed window hides neither the taken name nor the synchronisation."""
    user = await world.add(a_deleted_user(deletedDaysAgo=31, onPremisesSyncEnabled=True))
    holder = await world.add(a_user(userPrincipalName=user["userPrincipalName"]))

    reply = await check(caller, user=user["id"])

    assert (reply.status, reply.body["restorable"]) == (200, False)
    assert codes(reply.body, "block") == [
        "window-closed",
        "synced-from-on-premises",
        "upn-conflict",
        "address-conflict",
    ]
    assert holder["id"] in str(reply.body["findings"])
    assert await world.attempts(user) == 0


async def test_check_of_an_ambiguous_name_lists_the_candidates(
    caller: Caller, world: World
) -> None:
    """Both deleted users of one name, newest first, each with the end of its window."""
    older = await world.add(a_deleted_user(deletedDaysAgo=9))
    newer = await world.add(a_deleted_user(userPrincipalName=older["userPrincipalName"]))

    reply = await check(caller, user=older["userPrincipalName"])

    candidates = reply.body["candidates"]
    assert codes(reply.body, "block") == ["ambiguous-user"]
    assert [item["id"] for item in candidates] == [newer["id"], older["id"]]
    assert candidates[0]["window"]["endsAt"] > candidates[1]["window"]["endsAt"]
    assert {item["userPrincipalName"] for item in candidates} == {older["userPrincipalName"]}


async def test_a_check_of_nobody_is_answered_200(caller: Caller, world: World) -> None:
    """A business "no" is 200."""
    reply = await check(caller, user="nobody@people.contoso.example")

    assert (reply.status, reply.body["case"]) == (200, "not-found")
    assert codes(reply.body, "block") == ["user-not-found"]
    assert await world.graph_calls() != {}


async def test_check_leaves_nothing_in_the_ledger(
    caller: Caller, world: World, storage: Storage
) -> None:
    """No restore, no index row, no lock: as if nobody had asked."""
    user = await world.add(a_deleted_user())

    await check(caller, user=user["id"], idempotencyKey=fresh_key())

    for table in TABLE_NAMES:
        assert await storage.rows(table, user["id"]) == []


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        ({"status": 503}, "10"),
        ({"drop": "before"}, "10"),
        ({"contentType": "text/html"}, "10"),
        ({"status": 429, "retryAfter": 40}, "40"),
    ],
    ids=["503", "dropped", "a proxy's page", "429"],
)
async def test_check_while_graph_is_down(
    caller: Caller, world: World, fault: dict[str, Any], wait: str
) -> None:
    """503 with when to come back, and the next check is answered."""
    user = await world.add(a_deleted_user())
    await world.fault(path=_GRAPH, **fault)

    reply = await check(caller, user=user["userPrincipalName"])
    await world.clear_faults()
    after = await check(caller, user=user["userPrincipalName"])

    assert (reply.status, reply.body["code"]) == (503, "directory-unavailable")
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert reply.headers["Retry-After"] == wait
    assert (after.status, after.body["restorable"]) == (200, True)
    assert await world.attempts(user) == 0


async def test_check_without_the_permission_to_read(caller: Caller, world: World) -> None:
    """A retry would not mend it: a finding that names the permission."""
    user = await world.add(a_deleted_user())
    await world.fault(path="subscribedSkus", status=403)

    reply = await check(caller, user=user["userPrincipalName"])

    assert (reply.status, reply.body["restorable"]) == (200, False)
    [finding] = reply.body["findings"]
    assert (finding["code"], finding["severity"]) == ("permission-missing", "block")
    assert "LicenseAssignment.Read.All" in finding["message"]
