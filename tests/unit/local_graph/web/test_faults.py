"""Faults on order, quotas, permissions and the control."""

import asyncio
from typing import Any

import aiohttp
import pytest

from infra.local.graph.web.throttle import charges_for
from tests.unit.local_graph.caller import BRAM, E3, EMMA, HANNA, LOTTE, NOW, Caller
from tests.waiting import eventually

RESTORE = {"method": "POST", "path": "/restore$"}


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
async def test_a_fault_strikes_before_or_after_the_effect(
    graph: Caller, when: str, made: int
) -> None:
    """The answer is the fault's; the counters say whether the effect took place."""
    fault = {**RESTORE, "status": 503, "retryAfter": "2.128", "when": when, "times": 1}
    await graph.control("POST", "/faults", [fault])

    reply = await graph.restore(EMMA)

    counters = await graph.control("GET", "/counters")
    assert (reply.status, reply.headers["Retry-After"]) == (503, "2.128")
    assert sum(counters["effects"]["restore"].values()) == made
    assert counters["effectAttempts"]["restore"] == {EMMA: 1}
    assert (await graph.restore(EMMA)).status == (404 if made else 200)


@pytest.mark.parametrize(
    ("order", "made"),
    [({"drop": "before"}, 0), ({"drop": "after"}, 1), ({"truncate": True}, 1)],
)
async def test_a_connection_can_break(graph: Caller, order: dict[str, Any], made: int) -> None:
    """The caller sees a broken connection, with the effect made or not."""
    await graph.control("POST", "/faults", [{**RESTORE, **order}])

    with pytest.raises(aiohttp.ClientError):
        await graph.restore(EMMA)

    counters = await graph.control("GET", "/counters")
    assert sum(counters["effects"]["restore"].values()) == made


async def test_a_call_can_hang(graph: Caller) -> None:
    """No answer comes until the caller gives up."""
    await graph.control("POST", "/faults", [{"path": "^/users$", "hang": True}])

    asked = asyncio.create_task(graph.get("/users"))

    async def hangs() -> bool:
        log = await graph.control("GET", "/log")
        return bool(log) and log[-1]["status"] == "HangError"

    await eventually(hangs)
    assert not asked.done()
    asked.cancel()


async def test_only_the_calls_named_suffer(graph: Caller) -> None:
    """`calls` picks by number, a page of HTML can come in place of JSON, DELETE heals all."""
    fault = {"path": "^/users/", "calls": [2], "status": 502, "contentType": "text/html"}
    await graph.control("POST", "/faults", [fault, {"path": "/subscribedSkus", "status": 500}])

    replies = [await graph.get(f"/users/{HANNA}") for _ in range(3)]
    broken = await graph.get("/subscribedSkus")
    await graph.control("DELETE", "/faults")

    assert [reply.status for reply in replies] == [200, 502, 200]
    assert replies[1].body.startswith("<html>")
    assert broken.status == 500
    assert (await graph.get("/subscribedSkus")).status == 200


async def test_latency_is_real_time(graph: Caller) -> None:
    """A slow call takes its time and then answers as ever."""
    await graph.control("POST", "/faults", [{"path": "/users", "latencySeconds": 0.05}])
    began = asyncio.get_running_loop().time()

    reply = await graph.get(f"/users/{HANNA}")

    assert reply.status == 200
    assert asyncio.get_running_loop().time() - began >= 0.05


@pytest.mark.parametrize(
    ("style", "retry_after"), [("integer", "150"), ("fractional", "150.000"), ("absent", None)]
)
async def test_three_thousand_writes_fit_in_150_seconds(
    graph: Caller, style: str, retry_after: str | None
) -> None:
    """The write after the 3,000th is throttled, and passes when the window has moved on."""
    await graph.switch(retryAfter=style)
    call = {"id": "1", "method": "POST", "url": f"/users/{HANNA}/nothing"}
    assert (await graph.post("/$batch", {"requests": [call]})).status == 200
    spend_writes(graph, 2999)

    last, over = await graph.assign(BRAM), await graph.assign(LOTTE)
    await graph.advance(seconds=150)

    assert (last.status, over.status) == (200, 429)
    assert over.code == "TooManyRequests"
    assert over.headers.get("Retry-After") == retry_after
    assert over.headers["x-ms-throttle-information"] == "WriteLimitExceeded"
    assert last.headers["x-ms-throttle-limit-percentage"] == "1.0"
    assert (await graph.assign(LOTTE)).status == 200
    assert (await graph.control("GET", "/counters"))["throttled"] == 1


async def test_write_quota_can_be_made_small(graph: Caller) -> None:
    """A small machine meets the limit when it is set to what that machine can reach."""
    await graph.switch(writesPer150s=1)

    within, over = await graph.assign(BRAM), await graph.assign(LOTTE)

    assert (within.status, over.status) == (200, 429)
    assert over.headers["x-ms-throttle-information"] == "WriteLimitExceeded"


def spend_writes(graph: Caller, number: int) -> None:
    """Use up part of the write quota at once."""
    charges = charges_for("directory", "", number, size="L", writes=3000)
    limit, _ = charges["writes"]
    graph.world.quotas.spend({"writes": (limit, number)}, graph.world.now)


async def test_reading_costs_resource_units(graph: Caller) -> None:
    """A list of users costs 2, with $select 1; a small tenant has 3,500 in ten seconds."""
    plain = await graph.get("/users")
    picked = await graph.get("/users?$select=id")
    graph.world.quotas.spend(_units(3496), graph.world.now)

    last, over = await graph.get("/users?$select=id"), await graph.get("/users?$select=id")
    await graph.switch(quotas=False)

    assert plain.headers["x-ms-resource-unit"] == "2"
    assert picked.headers["x-ms-resource-unit"] == "1"
    assert (last.status, over.status) == (200, 429)
    assert over.headers["x-ms-throttle-information"] == "ResourceUnitLimitExceeded"
    assert (await graph.get("/users")).status == 200


def _units(number: int) -> Any:
    return charges_for("directory", "", number, size="S")


async def test_roles_and_groups_of_a_user_are_told(graph: Caller) -> None:
    """Role assignments can be filtered and expanded; group names need a permission."""
    path = "/roleManagement/directory/roleAssignments?$expand=roleDefinition&$filter="
    admin = "5eed0009-0000-4000-8000-000000000009"

    roles = await graph.get(f"{path}principalId eq '{admin}'")
    held = await graph.get(f"/users/{admin}/memberOf/microsoft.graph.directoryRole")
    member = await graph.get(f"/users/{HANNA}/memberOf")

    names = [row["roleDefinition"]["displayName"] for row in roles.body["value"]]
    assert names == ["Global Administrator"]
    assert held.body["value"][0]["displayName"] == "Global Administrator"
    assert member.body["value"][0]["displayName"] is None


async def test_the_control_replaces_and_shows_the_tenant(graph: Caller) -> None:
    """What the control shows can be loaded again and is the same tenant."""
    await graph.restore(EMMA)
    await graph.control("POST", "/users", {"userPrincipalName": "new@contoso.example"})
    shown = await graph.control("GET", "/tenant")

    await graph.control("POST", "/tenant", {**shown, "now": NOW, "frozen": True})

    again = await graph.control("GET", "/tenant")
    assert again["users"] == shown["users"]
    assert again["deletedUsers"] == shown["deletedUsers"]
    assert again["audits"] == shown["audits"]
    assert [row["consumed"] for row in again["skus"]] == [row["consumed"] for row in shown["skus"]]
    assert (await graph.control("GET", "/counters"))["total"] == 0


async def test_the_control_takes_licences_away_in_the_past(graph: Caller) -> None:
    """A loss can be put at any time; a user's raw fields can be changed."""
    at = "2026-10-30T12:00:00Z"
    order = {"userId": HANNA, "skuId": "ENTERPRISEPACK", "at": at}

    after = await graph.control("POST", "/actions/remove-license", order)
    await graph.control("POST", f"/users/{HANNA}", {"mailbox": {"lostAt": NOW}, "city": "Delft"})

    assert after["mailbox"]["lostAt"] == at
    assert (await graph.state(HANNA))["mailbox"]["lostAt"] == NOW
    assert (await graph.get(f"/users/{HANNA}?$select=city")).body["city"] == "Delft"
    assert E3 not in str((await graph.state(HANNA))["assignedLicenses"])


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/switches", {"nonsense": 1}, 400),
        ("/switches", {"conflictStatus": 500}, 400),
        ("/faults", [{"path": "("}], 400),
        ("/tenant", {"seed": "other"}, 400),
        ("/tenant", {"users": [{"licenses": ["NOPE"], "userPrincipalName": "a@b"}]}, 400),
        ("/tenant", {"users": [{}]}, 400),
        ("/users/nobody", {}, 404),
        ("/clock", {"now": "soon"}, 400),
    ],
)
async def test_the_control_says_what_is_wrong(
    graph: Caller, path: str, body: Any, status: int
) -> None:
    """A mistaken order is refused with words and changes nothing."""
    before = await graph.control("GET", "/tenant")

    answer = await graph.client.post(f"/_control{path}", json=body)

    assert answer.status == status
    assert "error" in await answer.json()
    assert await graph.control("GET", "/tenant") == before
