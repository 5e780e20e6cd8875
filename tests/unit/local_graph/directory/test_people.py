"""People who are not the usual member: guests, mail users, namesakes, who reads as null."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import (
    ANOTHER,
    BIN,
    BRAM,
    E3,
    EMMA,
    HANNA,
    NOW,
    SALES,
    SOMEBODY,
    Caller,
    person,
)

SELECT = "$select=id,accountEnabled,assignedLicenses,assignedPlans,licenseAssignmentStates"
OUTSIDE = {
    "mail": "partner@fabrikam.example",
    "proxyAddresses": ["SMTP:partner@fabrikam.example"],
    "usageLocation": None,
    "mailbox": None,
    "deletedDaysAgo": 2,
}
GUEST = {
    **OUTSIDE,
    "userPrincipalName": "partner_fabrikam.example#EXT#@contoso.onmicrosoft.example",
    "userType": "Guest",
}


@pytest.mark.parametrize("dropped", [True, False])
@pytest.mark.parametrize(
    "outsider",
    [GUEST, {**GUEST, "userType": "Member"}, {**OUTSIDE, "userPrincipalName": "p@contoso.example"}],
)
async def test_an_outside_address_stays_with_its_owner(
    graph: Caller,
    outsider: dict[str, Any],
    dropped: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """A guest's, or a mail user's, address lies on no domain of the tenant and comes back.

    What a guest looks like: timmcmic.blog 2021-06-14, jb1c.blog 2022-04-23.
    """
    switches = {"lostDomainAliasesDropped": dropped}
    await graph.load(deletedUsers=[person(**outsider)], switches=switches)

    reply = await graph.restore(SOMEBODY)

    state = await graph.state(SOMEBODY)
    assert reply.status == 200
    assert state["proxyAddresses"] == ["SMTP:partner@fabrikam.example"]
    assert state["mail"] == "partner@fabrikam.example"
    assert (await graph.mailbox(SOMEBODY)).status == 404


@pytest.mark.parametrize("dropped", [True, False])
async def test_a_domain_that_the_tenant_lost_is_another_matter(
    graph: Caller,
    dropped: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """Named as not verified, its addresses go with everybody, or keep them from coming back."""
    domains = [{"id": "contoso.example"}, {"id": "fabrikam.example", "isVerified": False}]
    outsider = person(**{**OUTSIDE, "userPrincipalName": "p@contoso.example"})
    switches = {"lostDomainAliasesDropped": dropped}
    await graph.load(deletedUsers=[outsider], domains=domains, switches=switches)

    reply = await graph.restore(SOMEBODY)

    assert reply.status == (200 if dropped else 400)
    assert bool((await graph.state(SOMEBODY))["proxyAddresses"]) is not dropped


async def test_namesakes_of_three_kinds_are_told_apart(graph: Caller) -> None:
    """One active, one deleted, one purged: the log alone remembers the third."""
    name = {"userPrincipalName": "joe@contoso.example", "licenses": ["ENTERPRISEPACK"]}
    gone = {"id": "f0000003-0000-4000-8000-000000000003", "purgedDaysAgo": 10, "deletedDaysAgo": 20}
    await graph.load(
        users=[person(**name, createdDaysAgo=3)],
        deletedUsers=[person(ANOTHER, **name, deletedDaysAgo=12)],
        purgedUsers=[{**gone, "userPrincipalName": name["userPrincipalName"]}],
    )

    active = await graph.get("/users/joe@contoso.example?$select=id,createdDateTime")
    deleted = await graph.get(f"{BIN}/{ANOTHER}?$select=userPrincipalName")
    purged = await graph.get(f"{BIN}/{gone['id']}")
    log = await graph.get(
        f"/auditLogs/directoryAudits?$filter=targetResources/any(t:t/id eq '{gone['id']}')"
    )

    names = [row["activityDisplayName"] for row in log.body["value"]]
    assert active.body["createdDateTime"] == "2026-11-19T12:00:00Z"
    assert deleted.body["userPrincipalName"] == ANOTHER.replace("-", "") + "joe@contoso.example"
    assert purged.status == 404
    assert names == ["Hard Delete user", "Delete user"]


@pytest.mark.parametrize("leaves_out", [True, False])
@pytest.mark.parametrize("whom", ["*", HANNA])
async def test_people_can_read_as_null(
    graph: Caller,
    whom: str,
    leaves_out: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """No sign-in state, no licences, no plans, in reads, lists and the feed; mailboxes answer.

    Source: microsoft-graph-docs issue 16054. The feed leaves out what somebody never had, or not.
    """
    await graph.switch(deltaLeavesOutUnset=leaves_out)
    feed = (await graph.get(f"/users/delta?{SELECT}")).body["@odata.deltaLink"]
    blank: dict[str, Any] = {
        "accountEnabled": None,
        "assignedLicenses": [],
        "assignedPlans": [],
        "licenseAssignmentStates": [],
    }

    await graph.switch(readsAsNull=[whom])
    one = (await graph.get(f"/users/{HANNA}?{SELECT}")).body
    listed = (await graph.get(f"/users?{SELECT}")).body["value"]
    told = await graph.get(feed)
    after = await graph.get(told.body["@odata.deltaLink"])
    await graph.switch(readsAsNull=[])
    back = await graph.get(after.body["@odata.deltaLink"])

    affected = 10 if whom == "*" else 1
    assert {**one, "@odata.context": ""} == {"@odata.context": "", "id": HANNA, **blank}
    assert sum(row["accountEnabled"] is None for row in listed) == affected
    rows = {row["id"]: row for row in told.body["value"]}
    assert rows[HANNA] == {"id": HANNA, **blank}
    assert sum(row.get("accountEnabled", "") is None for row in rows.values()) == affected
    if not leaves_out:
        assert sum({**row, "id": ""} == {"id": "", **blank} for row in rows.values()) == affected
    assert after.body["value"] == []
    assert (await graph.mailbox(HANNA)).status == 200
    by_id = {row["id"]: row for row in back.body["value"]}
    assert by_id[HANNA]["assignedLicenses"][0]["skuId"] == E3
    assert (await graph.state(HANNA))["accountEnabled"] is True


async def test_a_change_is_made_to_what_is_there_not_to_what_is_read(graph: Caller) -> None:
    """Whoever reads as null keeps everything when a licence is assigned."""
    await graph.switch(readsAsNull=["*"])

    await graph.assign(BRAM)
    await graph.assign(HANNA)

    for user in (BRAM, HANNA):
        state = await graph.state(user)
        assert state["accountEnabled"] is True
        assert [row["skuId"] for row in state["assignedLicenses"]] == [E3]


@pytest.mark.parametrize(("mode", "shown"), [("shown", [E3]), ("empty", []), ("missing", None)])
async def test_the_origin_of_licences_may_be_unknown(
    graph: Caller, mode: str, shown: list[str] | None
) -> None:
    """The states are there, empty, or not in the answer at all; the licences are in any case."""
    await graph.switch(licenseStates=mode)

    bodies = [
        (await graph.get(f"/users/{HANNA}?{SELECT}")).body,
        (await graph.get(f"/users?{SELECT}")).body["value"][0],
        (await graph.get(f"/users/delta?{SELECT}")).body["value"][0],
        (await graph.get(f"{BIN}/{EMMA}?{SELECT}")).body,
        (await graph.get(f"{BIN}/{EMMA}/microsoft.graph.user?{SELECT}")).body,
        (await graph.get(f"{BIN}/microsoft.graph.user?{SELECT}")).body["value"][0],
    ]

    for body in bodies:
        states = body.get("licenseAssignmentStates")
        assert (None if states is None else [row["skuId"] for row in states]) == shown
        assert len(body["assignedLicenses"]) == 1


@pytest.mark.parametrize(("shows", "seen"), [(True, [True, False]), (False, [False, False])])
async def test_sign_in_of_the_deleted(
    graph: Caller,
    shows: bool,  # noqa: FBT001 - the answer of the switch
    seen: list[bool],
) -> None:
    """As it was, or off for everybody as in Microsoft's sample; the restore brings back what was.

    Source of the second: entra-powershell, Get-EntraDeletedUser, example 6.
    """
    await graph.switch(deletedShowsSignIn=shows)

    ids = (EMMA, SALES)
    shown = [(await graph.get(f"{BIN}/{one}?{SELECT}")).body["accountEnabled"] for one in ids]
    listed = (await graph.get(f"{BIN}/microsoft.graph.user?{SELECT}")).body["value"]
    await graph.restore(EMMA)

    by_id = {row["id"]: row["accountEnabled"] for row in listed}
    assert shown == [by_id[EMMA], by_id[SALES]] == seen
    assert (await graph.get(f"/users/{EMMA}?{SELECT}")).body["accountEnabled"] is True


@pytest.mark.parametrize("after", [None, True, False])
async def test_sign_in_after_a_restore_is_a_switch(
    graph: Caller,
    after: bool | None,  # noqa: FBT001 - the answer of the switch
) -> None:
    """As before the deletion, on, or off."""
    await graph.switch(restoredAccountEnabled=after)

    await graph.restore(EMMA)
    await graph.restore(SALES)

    states = [(await graph.state(one))["accountEnabled"] for one in (EMMA, SALES)]
    assert states == ([True, False] if after is None else [after, after])


async def test_a_document_puts_the_clock_where_it_likes(graph: Caller) -> None:
    """What a test loads is as old as it says."""
    await graph.load(users=[person(createdDaysAgo=1)])

    reply = await graph.get(f"/users/{SOMEBODY}?$select=createdDateTime")

    assert reply.body["createdDateTime"] == NOW.replace("22T", "21T")
