"""Names, addresses, holders and protection that administrators reported."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import BIN, Caller
from tests.unit.local_graph.reports.states import E3, GROUP, HAS_E3, ID, LOST_E3, user

ANNA = "f1000000-0000-4000-8000-000000000002"


async def test_a_mailbox_deleted_in_exchange(graph: Caller) -> None:
    """The name is ExRemoved-..., and only the old name brings the mailbox back."""
    removed = {
        "id": ID,
        "displayName": "Sales desk",
        "userPrincipalName": "ExRemoved-0a1b2c3d4e5f60718293a4b5c6d7e8f9"
        "@contoso.onmicrosoft.example",
        "mail": "salesdesk@contoso.example",
        "proxyAddresses": ["SMTP:salesdesk@contoso.example"],
        "usageLocation": None,
        "accountEnabled": False,
        "deletedDaysAgo": 3,
        "mailbox": None,
    }
    await graph.load(deletedUsers=[removed])

    shown = await graph.get(f"{BIN}/{ID}?$select=userPrincipalName,mail")
    await graph.restore(ID, {"newUserPrincipalName": "salesdesk@contoso.example"})

    assert "ExRemoved-" in shown.body["userPrincipalName"]
    assert (await graph.mailbox(ID)).body["userPurpose"] == "shared"


async def test_a_guest_deleted_for_inactivity(graph: Caller) -> None:
    """Comes back with the address of the partner; there was never a mailbox."""
    guest = {
        "id": ID,
        "displayName": "Partner",
        "userPrincipalName": "partner_fabrikam.example#EXT#@contoso.onmicrosoft.example",
        "mail": "partner@fabrikam.example",
        "proxyAddresses": ["SMTP:partner@fabrikam.example"],
        "userType": "Guest",
        "usageLocation": None,
        "mailbox": None,
        "deletedDaysAgo": 2,
    }
    await graph.load(deletedUsers=[guest])

    reply = await graph.restore(ID)

    assert reply.status == 200
    assert (await graph.state(ID))["mail"] == "partner@fabrikam.example"
    assert (await graph.truth(ID))["mailbox"]["content"] == "never"


async def test_the_name_with_the_id_in_front_is_found(graph: Caller) -> None:
    """As Graph and the portals show it."""
    await graph.load(deletedUsers=[user("nina.berg", **HAS_E3, deletedDaysAgo=2)])
    name = f"{ID.replace('-', '')}nina.berg@contoso.example"
    clause = f"$count=true&$filter=endsWith(userPrincipalName,'{name}')"

    assert (await graph.get(f"{BIN}/microsoft.graph.user?{clause}", eventual=True)).ids == [ID]


async def test_the_aliases_are_gone_with_the_plan(graph: Caller) -> None:
    """Only UPN and mail are left to find an active user by."""
    doe = {
        **user("jdoe", **LOST_E3, licenseRemovedDaysAgo=3),
        "userPrincipalName": "jdoe@contoso.onmicrosoft.example",
        "mail": "john.doe@contoso.example",
        "proxyAddresses": [],
    }
    await graph.load(users=[doe])

    by_mail = await graph.get("/users?$filter=mail eq 'john.doe@contoso.example'&$select=id")
    by_address = await graph.get(
        "/users?$filter=proxyAddresses/any(p:p eq 'smtp:john.doe@contoso.example')&$select=id"
    )

    assert (by_mail.ids, by_address.ids) == ([ID], [])


@pytest.mark.parametrize(
    "error",
    [
        *("CountViolation", "MutuallyExclusiveViolation", "DependencyViolation"),
        *("ProhibitedInUsageLocationViolation", "UniquenessViolation", "Other"),
    ],
)
async def test_a_licensing_group_in_error(graph: Caller, error: str) -> None:
    """Graph says why, in the person's own states. Source: CIPP issue 4459."""
    state = {
        "skuId": E3,
        "assignedByGroup": GROUP,
        "disabledPlans": [],
        "state": "Error",
        "error": error,
    }
    members = {"id": GROUP, "displayName": "Lic E3", "members": [ID]}
    await graph.load(groups=[members], users=[user("g", licenseAssignmentStates=[state])])

    shown = await graph.get(f"/users/{ID}?$select=licenseAssignmentStates,assignedLicenses")

    assert shown.body["licenseAssignmentStates"][0]["error"] == error
    assert shown.body["assignedLicenses"] == []


@pytest.mark.parametrize(
    "holder",
    [
        {
            "groups": [
                {
                    "id": GROUP,
                    "displayName": "Info",
                    "groupTypes": ["Unified"],
                    "mailEnabled": True,
                    "proxyAddresses": ["SMTP:info@contoso.example"],
                }
            ]
        },
        {"users": [{**user("info", proxyAddresses=[]), "id": ANNA}]},
        {"contacts": [{"id": ANNA, "displayName": "Info", "mail": "info@contoso.example"}]},
    ],
)
async def test_an_alias_is_held_elsewhere(graph: Caller, holder: dict[str, Any]) -> None:
    """By a group, as somebody's name, or by a contact; each can be found by a client."""
    addresses = ["SMTP:sanne@contoso.example", "smtp:info@contoso.example"]
    sanne = user("sanne", **HAS_E3, deletedDaysAgo=2, proxyAddresses=addresses)
    await graph.load(**holder, deletedUsers=[sanne])
    await graph.switch(
        tokenRoles=[
            *("User.Read.All", "GroupMember.Read.All", "OrgContact.Read.All"),
            "User.DeleteRestore.All",
        ]
    )
    clause = "$filter=proxyAddresses/any(p:p eq 'smtp:info@contoso.example')"
    name = "$filter=userPrincipalName eq 'info@contoso.example'"

    refused = await graph.restore(ID)
    found = [
        *(await graph.get(f"/groups?{clause}")).ids,
        *(await graph.get(f"/users?{name}")).ids,
        *(await graph.get(f"/contacts?{clause}")).ids,
    ]

    assert refused.body["error"]["details"][0]["target"] == "proxyAddresses"
    assert len(found) == 1


async def test_two_of_one_name_both_lost(graph: Caller) -> None:
    """One active without a licence since yesterday, one deleted 12 days ago."""
    active = {**user("anna", **LOST_E3, licenseRemovedDaysAgo=1), "id": ANNA}
    await graph.load(users=[active], deletedUsers=[user("anna", **HAS_E3, deletedDaysAgo=12)])
    clause = "$count=true&$filter=endsWith(userPrincipalName,'anna@contoso.example')&$select=id"

    in_bin = await graph.get(f"{BIN}/microsoft.graph.user?{clause}", eventual=True)

    assert in_bin.ids == [ID]
    assert (await graph.get("/users/anna@contoso.example")).body["id"] == ANNA
    assert (await graph.restore(ID)).status == 400


async def test_a_new_account_under_the_name_of_a_purged_one(graph: Caller) -> None:
    """Three days old, licensed, an empty mailbox that answers."""
    joe = user("joe", **HAS_E3, createdDaysAgo=3, mailbox={"purpose": "user", "content": "empty"})
    purged = {
        "id": ANNA,
        "userPrincipalName": "joe@contoso.example",
        "deletedDaysAgo": 40,
        "purgedDaysAgo": 10,
    }
    await graph.load(users=[joe], purgedUsers=[purged])

    log = await graph.get(
        "/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Hard Delete user'"
    )

    assert (await graph.mailbox(ID)).status == 200
    assert (await graph.truth(ID))["mailbox"]["content"] == "empty"
    assert log.body["value"][0]["targetResources"][0]["id"] == ANNA


async def test_synced_people_in_the_bin(graph: Caller) -> None:
    """Restored in the cloud, somebody is still synced and keeps the immutable id."""
    synced = {"onPremisesSyncEnabled": True, "onPremisesImmutableId": "bWlsYW4="}
    await graph.load(deletedUsers=[user("milan", **HAS_E3, **synced, deletedDaysAgo=8)])

    await graph.restore(ID)

    shown = await graph.get(f"/users/{ID}?$select=onPremisesSyncEnabled,onPremisesImmutableId")
    assert shown.body["onPremisesSyncEnabled"] is True
    assert shown.body["onPremisesImmutableId"] == "bWlsYW4="


async def test_out_of_reach_with_the_permission_in_the_token(graph: Caller) -> None:
    """A restricted management unit: 403 in Graph's own words."""
    unit = {
        "id": GROUP,
        "displayName": "Board",
        "members": [ID],
        "isMemberManagementRestricted": True,
    }
    await graph.load(
        users=[user("boss", **LOST_E3, licenseRemovedDaysAgo=2)], administrativeUnits=[unit]
    )

    reply = await graph.assign(ID)

    assert (reply.status, reply.code) == (403, "Authorization_RequestDenied")
    assert "restricted management administrative unit" in reply.message


async def test_aliases_are_missing_after_the_restore(graph: Caller) -> None:
    """Three addresses observed, one left: they went with the plan before the deletion."""
    three = [f"smtp:{name}@contoso.example" for name in ("one", "two")]
    anna = user("anna", **HAS_E3, proxyAddresses=["SMTP:anna@contoso.example", *three])
    await graph.load(users=[anna], switches={"addressesWithoutPlan": "emptied"})

    await graph.assign(ID, "", remove=[E3])
    await graph.assign(ID)

    assert (await graph.state(ID))["proxyAddresses"] == ["SMTP:anna@contoso.example"]


async def test_back_and_cannot_sign_in(graph: Caller) -> None:
    """The restore leaves sign-in off."""
    await graph.load(
        deletedUsers=[user("back", **HAS_E3, deletedDaysAgo=2)],
        switches={"restoredAccountEnabled": False},
    )

    await graph.restore(ID)

    shown = await graph.get(f"/users/{ID}?$select=accountEnabled")
    assert shown.body["accountEnabled"] is False


async def test_a_licence_that_follows_its_user_later(graph: Caller) -> None:
    """Right after the restore no licence is there; it comes by itself.

    Source: office365itpros.com 2019-06-19. The state is put there, and taken away.
    """
    await graph.load(deletedUsers=[user("slow", **HAS_E3, deletedDaysAgo=2)])
    await graph.restore(ID)
    held = (await graph.state(ID))["licenseAssignmentStates"]

    await graph.control("POST", f"/users/{ID}", {"licenseAssignmentStates": []})
    without = await graph.mailbox(ID)
    await graph.control("POST", f"/users/{ID}", {"licenseAssignmentStates": held})

    assert without.status == 404
    assert (await graph.mailbox(ID)).status == 200
    assert (await graph.truth(ID))["mailbox"]["content"] == "original"
