"""Losses that administrators reported: what the stand-in has of each, seen and unseen."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import Caller
from tests.unit.local_graph.reports.states import (
    ADD_ON,
    ARCHIVE_SKU,
    E3,
    E3_SKU,
    GROUP,
    HAS_E3,
    ID,
    LOST_E3,
    MIGRATION,
    P1,
    P1_SKU,
    user,
)

LOG = "/auditLogs/directoryAudits"


async def box(graph: Caller) -> dict[str, Any]:
    """Answer the truth about the mailbox."""
    found: dict[str, Any] = (await graph.truth(ID))["mailbox"]
    return found


async def test_licence_off_first_account_deleted_later(graph: Caller) -> None:
    """Half a day is left; the deleted user shows no licence, the log both records.

    Source: exovoice, "How to purge a soft deleted mailbox in Office 365".
    """
    leaver = user("leaver.one", **LOST_E3, licenseRemovedDaysAgo=29.5, deletedDaysAgo=1)
    await graph.load(deletedUsers=[leaver])

    shown = await graph.get(
        f"/directory/deletedItems/{ID}/microsoft.graph.user?$select=assignedLicenses,assignedPlans"
    )
    log = await graph.get(f"{LOG}?$filter=targetResources/any(t:t/id eq '{ID}')")

    assert shown.body["assignedLicenses"] == []
    assert {row["capabilityStatus"] for row in shown.body["assignedPlans"]} == {"Deleted"}
    assert len(log.body["value"]) == 3
    assert (await box(graph))["gone"] is False
    await graph.advance(days=0.6)
    assert (await box(graph))["gone"] is True


async def test_an_unrelated_change_before_the_loss(graph: Caller) -> None:
    """Two bare records, the older one 30.4 days ago, in a log of 31 days; lost yesterday."""
    audits = [
        {
            "id": f"Directory_{at}",
            "activityDisplayName": "Change user license",
            "activityDateTime": at,
            "result": "success",
            "targetResources": [{"id": ID, "type": "User", "modifiedProperties": []}],
        }
        for at in ("2026-10-23T02:24:00Z", "2026-11-21T12:00:00Z")
    ]
    swap = user("swap", **LOST_E3, licenseRemovedDaysAgo=1)
    await graph.load(users=[swap], audits=audits, switches={"auditRetentionDays": 31})

    log = await graph.get(f"{LOG}?$filter=activityDisplayName eq 'Change user license'")

    assert len(log.body["value"]) == 2
    assert ((await box(graph))["lostAt"], (await box(graph))["gone"]) == (
        "2026-11-21T12:00:00Z",
        False,
    )


async def test_the_archive_add_on_went_with_the_mailbox_licence(graph: Caller) -> None:
    """Given back is one of two: the archive's own clock runs on."""
    both = ["EXCHANGESTANDARD", "EXCHANGEARCHIVE_ADDON"]
    lost = user("arch", lostLicenses=both, licenseRemovedDaysAgo=5, usageLocation="NL")
    await graph.load(skus=[P1_SKU, ARCHIVE_SKU], users=[lost])

    await graph.assign(ID, P1)

    truth = await graph.truth(ID)
    assert truth["mailbox"]["lostAt"] is None
    assert truth["archive"] == {
        "content": "original",
        "lostAt": "2026-11-17T12:00:00Z",
        "gone": False,
    }
    assert ADD_ON[0] in str(await graph.state(ID))


async def test_usage_location_is_set_and_tried_again(graph: Caller) -> None:
    """First 400, then 200. Sources: CIPP issues 783 and 889."""
    lost = user("place", **{**LOST_E3, "usageLocation": None}, licenseRemovedDaysAgo=3)
    await graph.load(users=[lost])

    first = await graph.assign(ID)
    await graph.control("POST", f"/users/{ID}", {"usageLocation": "NL"})

    assert first.status == 400
    assert (await graph.assign(ID)).status == 200


async def test_a_subscription_that_lapsed(graph: Caller) -> None:
    """Suspended, and still on the person; another SKU has seats."""
    lapsed = {**E3_SKU, "capabilityStatus": "Suspended", "enabled": 0, "suspended": 25}
    await graph.load(skus=[lapsed, P1_SKU], users=[user("late", **HAS_E3)])

    shown = await graph.get(f"/users/{ID}?$select=assignedPlans,assignedLicenses")
    skus = (await graph.get("/subscribedSkus")).body["value"]

    assert shown.body["assignedPlans"][0]["capabilityStatus"] == "Suspended"
    assert [row["skuId"] for row in shown.body["assignedLicenses"]] == [E3]
    assert [row["prepaidUnits"]["enabled"] for row in skus] == [0, 10]
    assert (await box(graph))["lostAt"] is None


async def test_the_same_subscription_for_somebody_who_lost_it(graph: Caller) -> None:
    """It cannot be assigned, whatever the count says."""
    lapsed = {**E3_SKU, "capabilityStatus": "Suspended", "enabled": 0, "suspended": 25}
    await graph.load(skus=[lapsed], users=[user("late", **LOST_E3, licenseRemovedDaysAgo=3)])

    assert (await graph.assign(ID)).status == 400


async def test_licensed_and_silent_for_days(graph: Caller) -> None:
    """No mailbox answers, and nothing is lost. Source: benw, 2018-09-18."""
    await graph.load(users=[user("quiet", **HAS_E3, mailbox={"purpose": "user", "silent": True})])

    assert (await graph.mailbox(ID)).code == "MailboxNotEnabledForRESTAPI"
    assert (await box(graph))["lostAt"] is None


async def test_moved_to_another_tenant(graph: Caller) -> None:
    """E3 was taken away on purpose; a SKU that nobody lists stays on the person."""
    moved = user("moved", **LOST_E3, licenseRemovedDaysAgo=3, licenses=[MIGRATION])
    await graph.load(users=[moved])

    shown = await graph.get(f"/users/{ID}?$select=assignedLicenses")
    skus = (await graph.get("/subscribedSkus")).body["value"]

    assert [row["skuId"] for row in shown.body["assignedLicenses"]] == [MIGRATION]
    assert MIGRATION not in {row["skuId"] for row in skus}


@pytest.mark.parametrize("mailbox", ["user", {"purpose": "user", "hosted": "onPremises"}])
async def test_synced_and_never_seen_in_the_cloud(graph: Caller, mailbox: Any) -> None:
    """E3 lost three days ago; the mailbox is on-premises, or went with the licence."""
    synced = {"onPremisesSyncEnabled": True, "licenseRemovedDaysAgo": 3, "mailbox": mailbox}
    await graph.load(users=[user("hybrid", **LOST_E3, **synced)])

    assert (await graph.mailbox(ID)).status == 404
    assert ((await box(graph))["lostAt"] is None) is isinstance(mailbox, dict)


async def test_a_shared_mailbox_loses_plan_2_and_archive(graph: Caller) -> None:
    """It answers on; the archive has 26 days left. Source: techcommunity 607991."""
    lost = {"lostLicenses": ["ENTERPRISEPACK", "EXCHANGEARCHIVE_ADDON"]}
    shared = user("desk", **lost, licenseRemovedDaysAgo=4, mailbox="shared")
    await graph.load(skus=[E3_SKU, ARCHIVE_SKU], users=[shared])

    truth = await graph.truth(ID)

    assert (await graph.mailbox(ID)).body["userPurpose"] == "shared"
    assert truth["archive"]["lostAt"] == "2026-11-18T12:00:00Z"


async def test_a_conversion_to_shared_is_running(graph: Caller) -> None:
    """A round sees purpose user and no plan; minutes later it is shared."""
    box_now = {"purpose": "user", "lostAt": None, "becomes": {"purpose": "shared"}}
    await graph.load(users=[user("half", usageLocation="NL", mailbox=box_now)])

    seen = [(await graph.mailbox(ID)).body["userPurpose"] for _ in range(2)]

    assert seen == ["user", "shared"]


@pytest.mark.parametrize("nested", [False, True])
async def test_a_licence_from_a_dynamic_group(
    graph: Caller,
    nested: bool,  # noqa: FBT001 - the person sits in a group within
) -> None:
    """The rule is in the group; who sits in a group within gets nothing. Source: CIPP 4090."""
    inner = "f9000000-0000-4000-8000-00000000000b"
    licensing = {
        "id": GROUP,
        "displayName": "Sales",
        "groupTypes": ["DynamicMembership"],
        "membershipRule": '(user.department -eq "Sales")',
        "licenses": ["ENTERPRISEPACK"],
        "members": [inner] if nested else [],
    }
    groups = [licensing, {"id": inner, "displayName": "Inner", "members": [ID]}]
    lost = user("sales", **LOST_E3, licenseRemovedDaysAgo=3, department="Marketing")
    await graph.load(users=[lost], groups=groups)
    await graph.switch(tokenRoles=["User.Read.All", "GroupMember.Read.All"])

    rule = await graph.get(f"/groups/{GROUP}?$select=membershipRule,groupTypes")
    members = await graph.get(f"/groups/{GROUP}/transitiveMembers?$select=id")

    assert rule.body["membershipRule"] == '(user.department -eq "Sales")'
    assert (ID in members.ids) is nested
    assert (await graph.state(ID))["assignedLicenses"] == []


async def test_everybody_reads_as_null(graph: Caller) -> None:
    """Hundreds look as if they had lost everything, and their mailboxes answer."""
    many = [
        {**user(f"p{n}", **HAS_E3), "id": f"f1000000-0000-4000-8000-{n:012d}"} for n in range(25)
    ]
    await graph.load(users=many)
    link = (await graph.get("/users/delta?$select=assignedLicenses")).body["@odata.deltaLink"]

    await graph.switch(readsAsNull=["*"])
    rows = (await graph.get(link)).body["value"]

    assert len(rows) == 25
    assert all(row["assignedLicenses"] == [] for row in rows)
    assert (await graph.mailbox(many[0]["id"])).status == 200
