"""Groups: dynamic and nested ones, who is in them, and how a client may ask."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import ANOTHER, BIN, SOMEBODY, THIRD, Caller, person

INNER, OUTER, GONE = (f"f900000{n}-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
READ = ["User.Read.All", "GroupMember.Read.All", "RoleManagement.Read.Directory"]
RULE = '(user.department -eq "Sales")'


def nested() -> list[dict[str, Any]]:
    """Answer a dynamic group within an assigned one, and a deleted group."""
    inner = {
        "id": INNER,
        "displayName": "Sales",
        "groupTypes": ["DynamicMembership"],
        "membershipRule": RULE,
        "members": [SOMEBODY],
        "licenses": ["EXCHANGESTANDARD"],
    }
    outer = {
        "id": OUTER,
        "displayName": "Licences: E3",
        "members": [INNER, ANOTHER],
        "licenses": ["ENTERPRISEPACK"],
        "owners": [THIRD],
    }
    gone = {"id": GONE, "displayName": "Old", "members": [SOMEBODY], "deletedDaysAgo": 2}
    return [inner, outer, gone]


def people() -> list[dict[str, Any]]:
    """Answer three people."""
    names = {SOMEBODY: "a", ANOTHER: "b", THIRD: "c"}
    return [person(one, userPrincipalName=f"{x}@contoso.example") for one, x in names.items()]


@pytest.fixture
async def tenant(graph: Caller) -> Caller:
    """Answer a caller of a tenant with nested groups."""
    await graph.load(users=people(), groups=nested(), switches={"tokenRoles": READ})
    return graph


async def test_a_group_says_how_one_comes_into_it(tenant: Caller) -> None:
    """Type, rule and licences can be read; the licences only when asked for."""
    chosen = "$select=groupTypes,membershipRule,membershipRuleProcessingState,assignedLicenses"

    asked = (await tenant.get(f"/groups/{INNER}?{chosen}")).body
    usual = (await tenant.get(f"/groups/{INNER}")).body
    found = await tenant.get("/groups?$filter=groupTypes/any(t:t eq 'DynamicMembership')")

    assert asked["groupTypes"] == ["DynamicMembership"]
    assert (asked["membershipRule"], asked["membershipRuleProcessingState"]) == (RULE, "On")
    assert len(asked["assignedLicenses"]) == 1
    assert "assignedLicenses" not in usual
    assert len(usual) >= 30
    assert found.ids == [INNER]
    assert (await tenant.get(f"/groups/{GONE}")).status == 404


async def test_members_are_direct_or_transitive(tenant: Caller) -> None:
    """A group is a member like a person; the people in it are so only transitively."""
    direct = await tenant.get(f"/groups/{OUTER}/members")
    every = await tenant.get(f"/groups/{OUTER}/transitiveMembers?$select=id")
    owners = await tenant.get(f"/groups/{OUTER}/owners")

    kinds = [row["@odata.type"] for row in direct.body["value"]]
    assert direct.ids == [INNER, ANOTHER]
    assert kinds == ["#microsoft.graph.group", "#microsoft.graph.user"]
    assert every.ids == [INNER, ANOTHER, SOMEBODY]
    assert owners.ids == [THIRD]


async def test_memberships_are_direct_or_transitive(tenant: Caller) -> None:
    """The same seen from the person; a deleted group is not among them."""
    path = f"/users/{SOMEBODY}"

    direct = await tenant.get(f"{path}/memberOf")
    every = await tenant.get(f"{path}/transitiveMemberOf")
    cast = await tenant.get(
        f"{path}/transitiveMemberOf/microsoft.graph.group?$select=id,isAssignableToRole"
    )

    assert direct.ids == [INNER]
    assert every.ids == cast.ids == [INNER, OUTER]
    assert set(cast.body["value"][0]) == {"@odata.type", "id", "isAssignableToRole"}


@pytest.mark.parametrize("action", ["checkMemberGroups", "getMemberGroups"])
async def test_membership_can_be_asked_for_by_name(tenant: Caller, action: str) -> None:
    """Transitive, for 20 groups at most, with the permission for users and for groups.

    Source: Microsoft "directoryObject: checkMemberGroups".
    """
    path = f"/users/{SOMEBODY}/{action}"
    body = {"groupIds": [OUTER, INNER, GONE, THIRD], "securityEnabledOnly": False}

    reply = await tenant.post(path, body)
    many = await tenant.post(path, {"groupIds": [OUTER] * 21})
    await tenant.switch(tokenRoles=["User.Read.All"])
    refused = await tenant.post(path, body)

    assert set(reply.body["value"]) == {INNER, OUTER}
    assert reply.body["@odata.context"].endswith("#Collection(Edm.String)")
    assert many.status == (400 if action == "checkMemberGroups" else 200)
    assert (refused.status, refused.code) == (403, "Authorization_RequestDenied")


@pytest.mark.parametrize(
    ("says", "status", "groups"),
    [("told", 200, {INNER, OUTER}), ("none", 200, set()), ("refused", 404, None)],
)
async def test_the_groups_of_a_deleted_user(
    tenant: Caller, says: str, status: int, groups: set[str] | None
) -> None:
    """Whether Graph tells of them is not known: a switch has each answer."""
    await tenant.control("POST", "/actions/delete-user", {"userId": SOMEBODY})
    await tenant.switch(deletedGroups=says)

    path = f"/directory/deletedItems/{SOMEBODY}/checkMemberGroups"
    reply = await tenant.post(path, {"groupIds": [OUTER, INNER, THIRD]})

    assert reply.status == status
    assert groups is None or set(reply.body["value"]) == groups


async def test_asking_for_membership_is_no_write(tenant: Caller) -> None:
    """A POST that changes nothing is not under the quota of writes."""
    await tenant.switch(writesPer150s=1)
    path, body = f"/users/{SOMEBODY}/checkMemberGroups", {"groupIds": [OUTER]}

    assert [(await tenant.post(path, body)).status for _ in range(3)] == [200] * 3


async def test_long_memberships_come_in_pages(tenant: Caller) -> None:
    """A list of objects of several types has links like any other."""
    first = await tenant.get(f"/groups/{OUTER}/members?$top=1")
    second = await tenant.get(first.body["@odata.nextLink"])

    assert (first.ids, second.ids) == ([INNER], [ANOTHER])
    assert "@odata.nextLink" not in second.body


async def test_a_group_can_lose_the_licence_itself(tenant: Caller) -> None:
    """Its members lose it, are logged, and the group no longer shows it."""
    await tenant.switch(tokenRoles=[*READ, "AuditLog.Read.All"])
    before = (await tenant.state(ANOTHER))["licenseAssignmentStates"]

    await tenant.control("POST", f"/groups/{OUTER}", {"licenses": []})

    after = await tenant.state(ANOTHER)
    log = await tenant.get(
        f"/auditLogs/directoryAudits?$filter=targetResources/any(t:t/id eq '{ANOTHER}')"
    )
    group = await tenant.get(f"/groups/{OUTER}?$select=assignedLicenses,displayName")
    assert [row["assignedByGroup"] for row in before] == [OUTER]
    assert after["licenseAssignmentStates"] == after["assignedLicenses"] == []
    assert after["mailbox"]["lostAt"] is not None
    assert {row["activityDisplayName"] for row in log.body["value"]} == {
        "Change user license",
        "Update user",
    }
    assert group.body["assignedLicenses"] == []
    assert group.body["displayName"] == "Licences: E3"


@pytest.mark.parametrize("change", [{"deletedDaysAgo": 0}, {"members": []}])
async def test_who_leaves_a_group_loses_its_licence(tenant: Caller, change: dict[str, Any]) -> None:
    """By the deletion of the group, or by leaving it; and has it again when it is back."""
    await tenant.control("POST", f"/groups/{OUTER}", change)
    without = (await tenant.state(ANOTHER))["assignedLicenses"]

    undone = {"deletedDateTime": None, "members": [INNER, ANOTHER]}
    await tenant.control("POST", f"/groups/{OUTER}", undone)

    assert without == []
    assert len((await tenant.state(ANOTHER))["assignedLicenses"]) == 1
    assert (await tenant.state(ANOTHER))["mailbox"]["content"] == "original"


async def test_a_deleted_group_is_in_the_bin(tenant: Caller) -> None:
    """With its type and members' permission; it can be purged."""
    await tenant.switch(tokenRoles=["Group.ReadWrite.All"])

    listed = await tenant.get(f"{BIN}/microsoft.graph.group")
    purged = await tenant.send("DELETE", f"{BIN}/{GONE}")

    assert listed.ids == [GONE]
    assert purged.status == 204
    assert (await tenant.get(f"{BIN}/microsoft.graph.group")).ids == []
