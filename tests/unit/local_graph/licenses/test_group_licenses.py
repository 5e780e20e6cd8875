"""Licences from groups: each reason why a member does not get one, and what mends it."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import (
    ANOTHER,
    E3,
    EXCHANGE_PLAN_2,
    P1,
    SOMEBODY,
    THIRD,
    Caller,
    person,
)

GROUP = "f9000001-0000-4000-8000-000000000001"
PLAN_1 = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
TEAMS = "57ff2da0-773e-42df-b2af-ffb7a2317929"
REPROCESS = {"tokenRoles": ["User.ReadWrite.All", "LicenseAssignment.ReadWrite.All"]}


def group(**more: Any) -> dict[str, Any]:
    """Answer a group that grants E3 to somebody."""
    return {"id": GROUP, "displayName": "Lic E3", "licenses": [E3], "members": [SOMEBODY], **more}


async def state(graph: Caller) -> tuple[str, str]:
    """Answer state and error of what the group grants somebody."""
    rows = (await graph.get(f"/users/{SOMEBODY}?$select=licenseAssignmentStates")).body
    [row] = [one for one in rows["licenseAssignmentStates"] if one["assignedByGroup"] == GROUP]
    return row["state"], row["error"]


CAUSES: dict[str, dict[str, Any]] = {
    "CountViolation": {"seats": 0},
    "MutuallyExclusiveViolation": {
        "user": {"licenses": [P1]},
        "document": {"exclusivePlans": [[PLAN_1, EXCHANGE_PLAN_2]]},
    },
    "DependencyViolation": {"document": {"planNeeds": {EXCHANGE_PLAN_2: [PLAN_1]}}},
    "ProhibitedInUsageLocationViolation": {"sku": {"prohibitedIn": ["NL"]}},
    "UniquenessViolation": {
        "document": {
            "contacts": [{"id": ANOTHER, "mail": "somebody@contoso.example"}],
        }
    },
}


@pytest.mark.parametrize("error", CAUSES)
async def test_each_cause_has_its_error(graph: Caller, error: str) -> None:
    """The row stands with state Error, the licence is not there, and the log says why.

    Source: microsoft-graph-docs pull request 3167, by an engineer of Microsoft's.
    """
    cause = CAUSES[error]
    await graph.load(users=[person(**cause.get("user", {}))], **cause.get("document", {}))
    await graph.switch(tokenRoles=["User.Read.All", "AuditLog.Read.All"])
    if "seats" in cause:
        graph.world.tenant.skus[E3]["enabled"] = graph.world.tenant.consumed(E3)
    await graph.control("POST", f"/skus/{E3}", cause.get("sku", {}))
    await graph.control("POST", f"/groups/{GROUP}", group())

    log = await graph.get(
        "/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Change user license'"
    )
    [failure] = [row for row in log.body["value"] if row["result"] == "failure"]
    held = (await graph.state(SOMEBODY))["assignedLicenses"]
    assert await state(graph) == ("Error", error)
    assert E3 not in {row["skuId"] for row in held}
    assert failure["resultReason"]
    assert failure["initiatedBy"]["app"]["displayName"].endswith("Group-Based Licensing")


@pytest.mark.parametrize(
    "error",
    [*CAUSES, "Other"],
)
async def test_a_document_may_show_any_error(graph: Caller, error: str) -> None:
    """As it stands, whether or not the cause is there, until the licences are reprocessed."""
    row = {
        "skuId": E3,
        "assignedByGroup": GROUP,
        "disabledPlans": [],
        "state": "Error",
        "error": error,
    }
    await graph.load(
        users=[person(licenseAssignmentStates=[row])], groups=[group()], switches=REPROCESS
    )

    before = await state(graph)
    await graph.get("/users")
    same = await state(graph)
    await graph.post(f"/users/{SOMEBODY}/reprocessLicenseAssignment")

    assert before == same == ("Error", error)
    assert await state(graph) == ("Active", "None")
    assert [x["skuId"] for x in (await graph.state(SOMEBODY))["assignedLicenses"]] == [E3]


@pytest.mark.parametrize("follows", [True, False])
@pytest.mark.parametrize("how", ["bought", "freed", "deleted"])
async def test_a_group_follows_by_itself_once_there_is_a_seat(
    graph: Caller,
    how: str,
    follows: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """A seat is bought, given back, or freed by a deletion; the member has it, or has to ask."""
    other = {"userPrincipalName": "b@contoso.example", "licenses": [E3]}
    await graph.load(
        users=[person(), person(ANOTHER, **other)],
        switches={**REPROCESS, "groupsFollowSeats": follows},
    )
    full = graph.world.tenant.consumed(E3)
    await graph.control("POST", f"/skus/{E3}", {"enabled": full})
    await graph.control("POST", f"/groups/{GROUP}", group())
    before = await state(graph)

    if how == "bought":
        await graph.control("POST", f"/skus/{E3}", {"enabled": full + 1})
    elif how == "freed":
        await graph.assign(ANOTHER, "", remove=[E3])
    else:
        await graph.send("DELETE", f"/users/{ANOTHER}")
    alone = await state(graph)
    await graph.post(f"/users/{SOMEBODY}/reprocessLicenseAssignment")

    assert before == ("Error", "CountViolation")
    assert alone == (("Active", "None") if follows else before)
    assert await state(graph) == ("Active", "None")


async def test_one_seat_serves_one(graph: Caller) -> None:
    """Two wait, one seat comes."""
    two = [person(), person(THIRD, userPrincipalName="c@contoso.example")]
    await graph.load(users=two)
    full = graph.world.tenant.consumed(E3)
    await graph.control("POST", f"/skus/{E3}", {"enabled": full})
    await graph.control("POST", f"/groups/{GROUP}", group(members=[SOMEBODY, THIRD]))

    await graph.control("POST", f"/skus/{E3}", {"enabled": full + 1})
    await graph.get("/users")

    held = [(await graph.state(one))["assignedLicenses"] for one in (SOMEBODY, THIRD)]
    assert sorted(len(rows) for rows in held) == [0, 1]


async def test_a_seat_that_was_free_all_along_changes_nothing(graph: Caller) -> None:
    """A document may show somebody without a seat although some are free; one more serves them."""
    row = {
        "skuId": E3,
        "assignedByGroup": GROUP,
        "disabledPlans": [],
        "state": "Error",
        "error": "CountViolation",
    }
    bare = group(licenses=[])
    await graph.load(users=[person(licenseAssignmentStates=[row])], groups=[bare])

    await graph.get("/users")
    waiting = await state(graph)
    await graph.control("POST", f"/skus/{E3}", {"enabled": 26})
    await graph.get("/users")

    assert waiting == ("Error", "CountViolation")
    assert await state(graph) == ("Active", "None")


async def test_members_of_a_group_within_get_nothing(graph: Caller) -> None:
    """Group licences are for direct members. Source: Entra docs "What is group-based licensing"."""
    outer = "f9000002-0000-4000-8000-000000000002"
    inner = {"id": GROUP, "displayName": "Inner", "members": [SOMEBODY]}
    await graph.load(users=[person()], groups=[inner, group(id=outer, members=[GROUP])])

    assert (await graph.state(SOMEBODY))["licenseAssignmentStates"] == []


async def test_a_group_may_switch_the_mailbox_off(graph: Caller) -> None:
    """Its licence comes without the plan that carries it."""
    off = [{"sku": E3, "disabledPlans": [EXCHANGE_PLAN_2]}]
    await graph.load(users=[person()], groups=[group(licenses=off)])

    state_of = await graph.state(SOMEBODY)

    plans = {row["servicePlanId"] for row in state_of["assignedPlans"]}
    assert EXCHANGE_PLAN_2 not in plans
    assert TEAMS in plans
    assert state_of["licenseAssignmentStates"][0]["disabledPlans"] == [EXCHANGE_PLAN_2]
