"""Roles: held, held through a group, and only eligible; and whom nobody may touch."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import ANOTHER, BIN, SOMEBODY, Caller, person

RM = "/roleManagement/directory"
GROUP = "f9000001-0000-4000-8000-000000000001"
HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8"
UNIT = {"id": "fa000001-0000-4000-8000-000000000001", "displayName": "Board"}
RESTRICTED = (
    "Target object is a member of a restricted management administrative unit and can only be "
    "modified by administrators scoped to that administrative unit."
)
READ = ["User.Read.All", "GroupMember.Read.All", "RoleManagement.Read.Directory"]


def grant(principal: str) -> dict[str, str]:
    """Answer a role of a principal."""
    name = "Helpdesk Administrator"
    return {"principalId": principal, "roleDefinitionId": HELPDESK, "roleName": name}


async def test_eligible_roles_have_a_list_of_their_own(graph: Caller) -> None:
    """Filtered by principal, with the role's name on demand; not among the roles held.

    Source: Microsoft "List roleEligibilityScheduleInstances".
    """
    await graph.load(users=[person()], eligibleRoles=[grant(SOMEBODY), grant(ANOTHER)])
    path = f"{RM}/roleEligibilityScheduleInstances?$filter=principalId eq '{SOMEBODY}'"

    reply = await graph.get(f"{path}&$expand=roleDefinition")
    held = await graph.get(f"{RM}/roleAssignments")

    [row] = reply.body["value"]
    assert (row["principalId"], row["memberType"], row["endDateTime"]) == (SOMEBODY, "Direct", None)
    assert row["roleDefinition"]["displayName"] == "Helpdesk Administrator"
    assert held.body["value"] == []


@pytest.mark.parametrize("premium", ["P2", "P1", "free"])
async def test_eligible_roles_need_a_premium_licence(graph: Caller, premium: str) -> None:
    """Without P2 the tenant answers 400 in these words.

    Source: a capture of 2026-09-02 in raymond0mir/district.local.
    """
    await graph.switch(entraPremium=premium)

    replies = [
        await graph.get(f"{RM}/roleEligibilityScheduleInstances"),
        await graph.get(f"{RM}/roleAssignmentScheduleInstances"),
    ]

    assert {reply.status for reply in replies} == ({200} if premium == "P2" else {400})
    if premium != "P2":
        assert {reply.code for reply in replies} == {"AadPremiumLicenseRequired"}
        assert replies[0].message.startswith("The tenant needs to have Microsoft Entra ID P2")


async def test_a_role_may_be_a_groups(graph: Caller) -> None:
    """A client finds it by the groups of the user and the roles of those."""
    group = {
        "id": GROUP,
        "displayName": "Helpdesk",
        "isAssignableToRole": True,
        "members": [SOMEBODY],
    }
    await graph.load(
        users=[person()],
        groups=[group],
        roleAssignments=[grant(GROUP)],
        switches={"tokenRoles": READ},
    )

    groups = await graph.get(
        f"/users/{SOMEBODY}/transitiveMemberOf/microsoft.graph.group?$select=id,isAssignableToRole"
    )
    roles = await graph.get(f"{RM}/roleAssignments?$filter=principalId eq '{GROUP}'")
    direct = await graph.get(f"/users/{SOMEBODY}/memberOf/microsoft.graph.directoryRole")
    every = await graph.get(f"/users/{SOMEBODY}/transitiveMemberOf/microsoft.graph.directoryRole")

    assert groups.body["value"][0]["isAssignableToRole"] is True
    assert roles.body["value"][0]["roleDefinitionId"] == HELPDESK
    assert direct.body["value"] == []
    assert every.ids == [HELPDESK]


async def test_roles_are_expanded_filtered_and_read_one_by_one(graph: Caller) -> None:
    """Principal and role on demand; definitions by name and by id.

    Source: Microsoft "List unifiedRoleAssignments", example 1.
    """
    await graph.load(users=[person()], roleAssignments=[grant(SOMEBODY)])

    expanded = await graph.get(f"{RM}/roleAssignments?$expand=principal")
    named = await graph.get(
        f"{RM}/roleDefinitions?$filter=displayName eq 'Helpdesk Administrator'&$select=id"
    )
    other = await graph.get(f"{RM}/roleDefinitions?$filter=displayName eq 'Global Administrator'")
    one = await graph.get(f"{RM}/roleDefinitions/{HELPDESK}")

    principal = expanded.body["value"][0]["principal"]
    assert principal["@odata.type"] == "#microsoft.graph.user"
    assert principal["displayName"] == "Some Body"
    assert named.body["value"] == [{"id": HELPDESK}]
    assert other.body["value"] == []
    assert one.body["displayName"] == "Helpdesk Administrator"
    assert (await graph.get(f"{RM}/roleDefinitions/{GROUP}")).status == 404


@pytest.mark.parametrize("as_owner", [True, False])
async def test_a_role_assignable_group_protects_its_people(
    graph: Caller,
    as_owner: bool,  # noqa: FBT001 - owner or member
) -> None:
    """Members and owners are as out of reach as admins.

    Source: Microsoft "Restore deleted item".
    """
    people = {"owners" if as_owner else "members": [SOMEBODY]}
    group = {"id": GROUP, "displayName": "Helpdesk", "isAssignableToRole": True, **people}
    await graph.load(deletedUsers=[person(deletedDaysAgo=1)], groups=[group])

    refused = await graph.restore(SOMEBODY)
    await graph.switch(appHasAdminRole=True)

    assert (refused.status, refused.code) == (403, "Authorization_RequestDenied")
    assert (await graph.restore(SOMEBODY)).status == 200


@pytest.mark.parametrize("protects", [True, False])
async def test_whether_an_eligible_role_protects_is_a_switch(
    graph: Caller,
    protects: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """Nobody is known to have tried."""
    await graph.load(
        deletedUsers=[person(deletedDaysAgo=1)],
        eligibleRoles=[grant(SOMEBODY)],
        switches={"eligibleRolesProtect": protects},
    )

    assert (await graph.restore(SOMEBODY)).status == (403 if protects else 200)


def restricted_by(how: str) -> dict[str, Any]:
    """Answer how somebody comes under restricted management: by unit, or by the property."""
    if how == "unit":
        unit = {**UNIT, "members": [SOMEBODY], "isMemberManagementRestricted": True}
        return {"administrativeUnits": [unit]}
    return {}


@pytest.mark.parametrize("how", ["unit", "property"])
async def test_restricted_management_keeps_everybody_out(graph: Caller, how: str) -> None:
    """Every change is refused in Graph's own words, with the permission in the token.

    Sources: Entra docs "Restricted management administrative units"; Cloud-Architekt/
    AzureAD-Attack-Defense for the words and the permission that lifts it.
    """
    marked = {"isManagementRestricted": True} if how == "property" else {}
    own = ["User.ReadWrite.All", "LicenseAssignment.ReadWrite.All"]
    await graph.load(users=[person(**marked)], **restricted_by(how), switches={"tokenRoles": own})

    replies = [
        await graph.assign(SOMEBODY),
        await graph.send("PATCH", f"/users/{SOMEBODY}", body={"jobTitle": "x"}),
        await graph.send("DELETE", f"/users/{SOMEBODY}"),
        await graph.post(f"/users/{SOMEBODY}/reprocessLicenseAssignment"),
    ]
    shown = await graph.get(f"/users/{SOMEBODY}?$select=isManagementRestricted")
    await graph.switch(tokenRoles=[*own, "Directory.Write.Restricted"])

    assert {(reply.status, reply.code) for reply in replies} == {
        (403, "Authorization_RequestDenied")
    }
    assert all(RESTRICTED in reply.message for reply in replies)
    assert shown.body["isManagementRestricted"] is True
    assert (await graph.assign(SOMEBODY)).status == 200


async def test_restricted_management_holds_in_the_bin(graph: Caller) -> None:
    """A deleted user of such a unit can be neither restored nor purged."""
    await graph.load(deletedUsers=[person(deletedDaysAgo=1)], **restricted_by("unit"))

    replies = [await graph.restore(SOMEBODY), await graph.send("DELETE", f"{BIN}/{SOMEBODY}")]

    assert all(RESTRICTED in reply.message for reply in replies)


async def test_administrative_units_are_memberships(graph: Caller) -> None:
    """Named for whoever may read them, an id for the others."""
    unit = {**UNIT, "members": [SOMEBODY]}
    await graph.load(users=[person()], administrativeUnits=[unit])
    path = f"/users/{SOMEBODY}/memberOf/microsoft.graph.administrativeUnit"

    without = (await graph.get(path)).body["value"][0]
    await graph.switch(tokenRoles=["User.Read.All", "AdministrativeUnit.Read.All"])
    named = (await graph.get(path)).body["value"][0]

    assert (without["displayName"], named["displayName"]) == (None, "Board")
    assert named["isMemberManagementRestricted"] is False
