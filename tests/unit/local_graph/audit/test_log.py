"""The audit log: deletions, how late and how long it tells, and what it refuses to be asked."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import ANOTHER, BRAM, EMMA, HANNA, SOMEBODY, Caller, person

LOG = "/auditLogs/directoryAudits"


async def records(graph: Caller, user: str) -> list[dict[str, Any]]:
    """Answer what the log has of a user, oldest first."""
    reply = await graph.get(f"{LOG}?$filter=targetResources/any(t:t/id eq '{user}')")
    rows: list[dict[str, Any]] = reply.body["value"]
    return sorted(rows, key=lambda row: str(row["activityDateTime"]))


@pytest.mark.parametrize("live", [True, False])
async def test_a_deletion_is_told_as_captures_show_it(
    graph: Caller,
    live: bool,  # noqa: FBT001 - a deletion in the story, or one of the document
) -> None:
    """The target has its mangled name; `Is Hard Deleted` is False, or True for a purge.

    Source: a capture of 2026-09-07 in raymond0mir/district.local.
    """
    user = HANNA if live else EMMA
    await graph.switch(tokenRoles=["User.DeleteRestore.All", "AuditLog.Read.All"])
    if live:
        await graph.send("DELETE", f"/users/{user}")
    await graph.send("DELETE", f"/directory/deletedItems/{user}")

    soft, hard = await records(graph, user)

    for record, is_hard in ((soft, "False"), (hard, "True")):
        [target] = record["targetResources"]
        assert target["userPrincipalName"].startswith(user.replace("-", ""))
        assert target["modifiedProperties"] == [
            {"displayName": "Is Hard Deleted", "oldValue": None, "newValue": f'"{is_hard}"'}
        ]
        assert record["operationType"] == "Delete"
    assert soft["activityDisplayName"] == "Delete user"
    assert hard["activityDisplayName"] == "Hard Delete user"


@pytest.mark.parametrize("refused", [True, False])
async def test_the_log_may_take_no_time(
    graph: Caller,
    refused: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """A filter by time may answer 400; the same question without it is answered.

    Microsoft "List directoryAudits" has the filter; one report has the 400.
    """
    await graph.switch(auditTimeFilterRefused=refused)
    name = "activityDisplayName eq 'Change user license'"

    timed = await graph.get(f"{LOG}?$filter={name} and activityDateTime ge 2026-11-01T00:00:00Z")
    plain = await graph.get(f"{LOG}?$filter={name}")

    assert timed.status == (400 if refused else 200)
    assert BRAM in str(plain.body)


async def test_the_log_is_late(graph: Caller) -> None:
    """What happened just now is not there yet."""
    roles = ["LicenseAssignment.ReadWrite.All", "AuditLog.Read.All"]
    await graph.switch(auditDelaySeconds=300, tokenRoles=roles)
    await graph.assign(BRAM)

    early = len(await records(graph, BRAM))
    await graph.advance(seconds=301)
    late = len(await records(graph, BRAM))

    assert late == early + 2


@pytest.mark.parametrize(("days", "kept"), [(7, 1), (30, 2)])
async def test_the_log_keeps_as_many_days_as_the_licence_gives(
    graph: Caller, days: int, kept: int
) -> None:
    """After 7 days without a premium licence, after 30 with one.

    Source: Entra docs "Microsoft Entra data retention".
    """
    changes = [
        {"changedDaysAgo": 20, "added": ["SPE_E5"]},
        {"changedDaysAgo": 5, "added": ["FLOW_FREE"]},
    ]
    user = person(licenses=["SPE_E5", "FLOW_FREE"], licenseChanges=changes)
    await graph.load(users=[user], switches={"auditRetentionDays": days})

    found = await records(graph, SOMEBODY)

    assert len([row for row in found if row["activityDisplayName"] == "Update user"]) == kept


async def test_raw_records_stand_alone(graph: Caller) -> None:
    """Where a document has records of its own, none is made up beside them."""
    raw = {
        "id": "Directory_1",
        "activityDisplayName": "Change user license",
        "activityDateTime": "2026-11-20T00:00:00Z",
        "result": "success",
        "targetResources": [{"id": ANOTHER, "type": "User"}],
    }
    lost = {"lostLicenses": ["ENTERPRISEPACK"], "licenseRemovedDaysAgo": 4}
    await graph.load(users=[person(**lost)], audits=[raw])

    reply = await graph.get(LOG)

    assert reply.ids == ["Directory_1"]


@pytest.mark.parametrize(("premium", "status"), [("P2", 200), ("P1", 200), ("free", 403)])
async def test_sign_ins_need_a_permission_and_a_licence(
    graph: Caller, premium: str, status: int
) -> None:
    """SignInActivity comes with AuditLog.Read.All in a premium tenant, and only when asked for.

    Sources: Microsoft "signInActivity resource type"; microsoft-graph-docs issue 12772.
    """
    seen = {"lastSignInDateTime": "2026-11-20T09:00:00Z"}
    await graph.load(users=[person(signInActivity=seen)], switches={"entraPremium": premium})
    path = f"/users/{SOMEBODY}?$select=id,signInActivity"

    allowed = await graph.get(path)
    listed = await graph.get("/users?$select=id,signInActivity")
    await graph.switch(tokenRoles=["User.Read.All"])
    refused = await graph.get(path)
    without = await graph.get(f"/users/{SOMEBODY}?$select=id")

    assert allowed.status == listed.status == status
    if status == 200:
        assert allowed.body["signInActivity"] == seen
    else:
        assert allowed.code == "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    assert (refused.status, refused.code) == (403, "Authentication_MSGraphPermissionMissing")
    assert without.status == 200
