"""Which permission opens which address, and how each service says that one is missing."""

import pytest

from tests.unit.local_graph.caller import BIN, EMMA, HANNA, Caller

DIRECTORY = "Authorization_RequestDenied"
OUTLOOK = "ErrorAccessDenied"
REPORTS = "Authentication_MSGraphPermissionMissing"
GROUP = "5eed9002-0000-4000-8000-000000009002"
RM = "/roleManagement/directory"


@pytest.mark.parametrize(
    ("method", "path", "role", "code"),
    [
        ("GET", "/users", "User.Read.All", DIRECTORY),
        ("GET", f"{BIN}/graph.user", "User.Read.All", DIRECTORY),
        ("POST", f"{BIN}/{EMMA}/restore", "User.DeleteRestore.All", DIRECTORY),
        ("DELETE", f"/users/{HANNA}", "User.DeleteRestore.All", DIRECTORY),
        ("DELETE", f"{BIN}/{EMMA}", "User.DeleteRestore.All", DIRECTORY),
        ("GET", "/subscribedSkus", "LicenseAssignment.Read.All", DIRECTORY),
        ("GET", f"/users/{HANNA}/mailboxSettings", "MailboxSettings.Read", OUTLOOK),
        ("GET", "/auditLogs/directoryAudits", "AuditLog.Read.All", REPORTS),
        ("GET", f"{RM}/roleAssignments", "RoleManagement.Read.Directory", DIRECTORY),
        (
            "GET",
            f"{RM}/roleEligibilityScheduleInstances",
            "RoleEligibilitySchedule.Read.Directory",
            DIRECTORY,
        ),
        ("GET", "/organization", "Organization.Read.All", DIRECTORY),
        ("GET", "/groups", "GroupMember.Read.All", DIRECTORY),
        ("GET", f"/groups/{GROUP}/members", "GroupMember.Read.All", DIRECTORY),
        ("GET", "/contacts", "OrgContact.Read.All", DIRECTORY),
        ("GET", "/domains", "Domain.Read.All", DIRECTORY),
    ],
)
async def test_each_address_asks_for_its_permission(
    graph: Caller, method: str, path: str, role: str, code: str
) -> None:
    """Without the role 403 in the words of the service behind the address, with it 2xx."""
    await graph.switch(tokenRoles=["Unrelated.Read.All"])
    without = await graph.send(method, path)
    await graph.switch(tokenRoles=[role])

    assert (without.status, without.code) == (403, code)
    assert (await graph.send(method, path)).status in {200, 204}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/users", "Insufficient privileges to complete the operation."),
        (
            f"/users/{HANNA}/mailboxSettings",
            "Access is denied. Check credentials and try again.",
        ),
        (
            "/auditLogs/directoryAudits",
            "Calling principal does not have required MSGraph permissions AuditLog.Read.All",
        ),
    ],
)
async def test_the_words_are_the_services_own(graph: Caller, path: str, message: str) -> None:
    """Each refusal is a known message.

    Sources: Microsoft "Combine multiple HTTP requests using JSON batching"; OfficeDev/office-js
    issue 6057; microsoft-graph-docs-contrib issue 8997.
    """
    await graph.switch(tokenRoles=[])

    assert (await graph.get(path)).message == message


async def test_who_may_assign_licences_may_not_read_them(graph: Caller) -> None:
    """LicenseAssignment.ReadWrite.All alone opens neither the SKUs nor somebody's licences.

    Source: permissions.json in microsoftgraph/microsoft-graph-devx-content.
    """
    await graph.switch(tokenRoles=["LicenseAssignment.ReadWrite.All"])

    skus = await graph.get("/subscribedSkus")
    details = await graph.get(f"/users/{HANNA}/licenseDetails")
    assigned = await graph.assign(HANNA)

    assert (skus.status, details.status, assigned.status) == (403, 403, 200)


@pytest.mark.parametrize("opens", [True, False])
async def test_reading_users_may_open_a_little_of_the_organisation(
    graph: Caller,
    opens: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """With User.Read.All alone: id, name and verified domains, or nothing.

    Source: Microsoft "Get organization", and permissions.json; whether it is so is a switch.
    """
    await graph.switch(tokenRoles=["User.Read.All"], organizationWithUserRead=opens)

    reply = await graph.get("/organization")

    assert reply.status == (200 if opens else 403)
    if opens:
        row = reply.body["value"][0]
        known = {name for name, value in row.items() if value}
        assert known == {"id", "displayName", "verifiedDomains"}
    await graph.switch(tokenRoles=["Organization.Read.All"])
    whole = (await graph.get("/organization")).body["value"][0]
    assert whole["countryLetterCode"] == "NL"
    assert len(whole) >= 25


async def test_names_of_members_need_their_own_permission(graph: Caller) -> None:
    """Who may read groups alone sees members by id."""
    await graph.switch(tokenRoles=["GroupMember.Read.All"])
    without = (await graph.get(f"/groups/{GROUP}/members")).body["value"]
    await graph.switch(tokenRoles=["GroupMember.Read.All", "User.Read.All"])
    named = (await graph.get(f"/groups/{GROUP}/members")).body["value"]

    assert {row["@odata.type"] for row in named} == {"#microsoft.graph.user"}
    assert [row["displayName"] for row in without] == [None, None]
    assert [row["displayName"] for row in named] == ["Hanna Vos", "Bram Dekker"]
