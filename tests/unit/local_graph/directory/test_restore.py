"""Restoring: what comes back, what clashes, who is refused."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import (
    BIN,
    DAAN,
    E3,
    EMMA,
    FLEUR,
    IRIS,
    JAN_NEW,
    JAN_OLD,
    LARS_NEW,
    LARS_OLD,
    SALES,
    SANNE,
    SARA,
    Caller,
)

GROUP = "5eed9001-0000-4000-8000-000000009001"


@pytest.mark.parametrize("body", [None, {}, {"autoReconcileProxyConflict": False}])
@pytest.mark.parametrize("action", ["restore", "microsoft.graph.restore", "graph.restore"])
async def test_a_restored_user_is_as_before(graph: Caller, body: Any, action: str) -> None:
    """Name, licences, address and mailbox come back; the answer says it is a user."""
    reply = await graph.post(f"{BIN}/{EMMA}/{action}", body)

    state = await graph.state(EMMA)
    assert reply.status == 200
    assert reply.body["@odata.type"] == "#microsoft.graph.user"
    assert reply.body["userPrincipalName"] == "emma.jansen@contoso.example"
    assert [row["skuId"] for row in state["assignedLicenses"]] == [E3]
    assert state["mailbox"]["content"] == "original"
    assert (await graph.get(f"/users/{EMMA}/mailboxSettings")).body["userPurpose"] == "user"
    assert (await graph.restore(EMMA)).code == "Request_ResourceNotFound"


@pytest.mark.parametrize("status", [400, 409])
async def test_a_taken_name_blocks_the_restore(graph: Caller, status: int) -> None:
    """The clash names its targets, with the status the switch asks for.

    Its shape on a restore is not confirmed by a source; see infra/local/graph/switches.py.
    """
    await graph.switch(conflictStatus=status)

    reply = await graph.restore(JAN_OLD)

    details = reply.body["error"]["details"]
    assert (reply.status, reply.code) == (status, "Request_BadRequest")
    assert {row["code"] for row in details} == {"ObjectConflict"}
    assert {row["target"] for row in details} == {"userPrincipalName", "proxyAddresses"}


async def test_a_new_name_and_dropped_addresses_let_it_pass(graph: Caller) -> None:
    """Both options together settle a taken name; the active user keeps the address."""
    body = {
        "newUserPrincipalName": "jan.dewit2@contoso.example",
        "autoReconcileProxyConflict": True,
    }

    reply = await graph.restore(JAN_OLD, body)

    state = await graph.state(JAN_OLD)
    assert reply.body["userPrincipalName"] == "jan.dewit2@contoso.example"
    assert state["proxyAddresses"] == []
    assert (await graph.state(JAN_NEW))["proxyAddresses"] == ["SMTP:jan.dewit@contoso.example"]


async def test_a_taken_alias_blocks_until_it_is_dropped(graph: Caller) -> None:
    """Only the clashing address is lost, and only when asked for."""
    refused = await graph.restore(SANNE)
    passed = await graph.restore(SANNE, {"autoReconcileProxyConflict": True})

    assert [row["target"] for row in refused.body["error"]["details"]] == ["proxyAddresses"]
    assert passed.status == 200
    assert (await graph.state(SANNE))["proxyAddresses"] == ["SMTP:sanne.kok@contoso.example"]
    assert "smtp:info@contoso.example" in (await graph.state(SARA))["proxyAddresses"]


async def test_the_second_of_two_with_one_name_clashes(graph: Caller) -> None:
    """Whoever is restored first has the name."""
    assert (await graph.restore(LARS_NEW)).status == 200
    assert (await graph.restore(LARS_OLD)).status == 400


@pytest.mark.parametrize("upn", ["a@gone.example", "no-at-sign", "two words@contoso.example"])
async def test_a_name_needs_a_verified_domain(graph: Caller, upn: str) -> None:
    """A new name that cannot be is refused, and nothing is restored."""
    reply = await graph.restore(EMMA, {"newUserPrincipalName": upn})

    assert reply.body["error"]["details"][0]["target"] == "userPrincipalName"
    assert (await graph.state(EMMA))["deletedDateTime"] is not None


async def test_a_lost_domain_asks_for_a_new_name(graph: Caller) -> None:
    """Where the domain has gone, only a new name helps, and the old aliases go.

    Source: crowinthe.cloud/?p=220.
    """
    graph.world.tenant.domains[:] = [{"id": "fabrikam.example"}]

    refused = await graph.restore(EMMA)
    passed = await graph.restore(EMMA, {"newUserPrincipalName": "emma@fabrikam.example"})

    assert refused.status == 400
    assert passed.status == 200
    assert (await graph.state(EMMA))["proxyAddresses"] == []


async def test_thirty_days_end_the_restore(graph: Caller) -> None:
    """After 30 days a user is still listed and cannot be restored.

    Source: Entra docs "Restore or remove a recently deleted user"; office365itpros.com 2022-03-23.
    """
    closed = await graph.restore(FLEUR)
    open_still = await graph.restore(DAAN)
    await graph.switch(restoreAfterWindow=True)

    late = await graph.restore(FLEUR)

    assert (closed.code, open_still.status) == ("Request_ResourceNotFound", 200)
    assert late.status == 200
    assert (await graph.state(FLEUR))["mailbox"]["content"] == "empty"


async def test_an_admin_cannot_be_restored_without_a_role(graph: Caller) -> None:
    """Privileged users answer 403, unless the app holds an admin role.

    Source: Microsoft "Restore deleted item". The 403 itself is not confirmed by a source.
    """
    refused = await graph.restore(IRIS)
    await graph.switch(appHasAdminRole=True)

    assert (refused.status, refused.code) == (403, "Authorization_RequestDenied")
    assert (await graph.restore(IRIS)).status == 200


async def test_seats_do_not_block_a_restore(graph: Caller) -> None:
    """Licences come back even where no seat is free: the tenant is over.

    Source: Entra docs "Restore or remove a recently deleted user".
    """
    graph.world.tenant.skus[E3]["enabled"] = 1

    reply = await graph.restore(EMMA)

    skus = (await graph.get("/subscribedSkus")).body["value"]
    e3 = next(row for row in skus if row["skuId"] == E3)
    assert reply.status == 200
    assert e3["consumedUnits"] > e3["prepaidUnits"]["enabled"]


async def test_a_shared_mailbox_needs_no_licence(graph: Caller) -> None:
    """The shared mailbox is back with its user, sign-in still off.

    Source: support.office.com "Restore a deleted mailbox".
    """
    await graph.restore(SALES)

    settings = await graph.get(f"/users/{SALES}/mailboxSettings")
    assert settings.body["userPurpose"] == "shared"
    assert (await graph.state(SALES))["accountEnabled"] is False


@pytest.mark.parametrize("body", [{"x": 1}, {"autoReconcileProxyConflict": "yes"}, []])
async def test_a_wrong_body_is_a_400(graph: Caller, body: Any) -> None:
    """Parameters the action does not have, or of another type, are refused."""
    assert (await graph.restore(EMMA, body)).status == 400


async def test_effects_and_attempts_are_counted(graph: Caller) -> None:
    """An effect counts once it took place, an attempt whenever it was made."""
    await graph.restore(EMMA)
    await graph.restore(EMMA)

    counters = await graph.control("GET", "/counters")
    assert counters["effects"]["restore"] == {EMMA: 1}
    assert counters["effectAttempts"]["restore"] == {EMMA: 2}


async def test_a_restored_group_licenses_its_members_again(graph: Caller) -> None:
    """A group needs its own permission; its licence comes back with it.

    Source: Microsoft "Restore deleted item", "Delete group" (security groups can be restored). That
    the licence comes back is not confirmed by a source.
    """
    refused = await graph.restore(GROUP)
    await graph.switch(tokenRoles=["Group.ReadWrite.All"])

    assert refused.status == 403
    assert (await graph.restore(GROUP)).body["@odata.type"] == "#microsoft.graph.group"
    tom = await graph.state("tom.mulder@contoso.example")
    assert [row["assignedByGroup"] for row in tom["licenseAssignmentStates"]] == [GROUP]
    assert tom["mailbox"]["content"] == "original"


async def test_a_purged_user_is_gone(graph: Caller) -> None:
    """Purging is open to whoever may delete and restore, and cannot be undone.

    Source: Microsoft "Permanently delete item", as the page is now.
    """
    await graph.switch(tokenRoles=["User.Read.All"])
    refused = await graph.send("DELETE", f"{BIN}/{EMMA}")
    await graph.switch(tokenRoles=["User.DeleteRestore.All"])

    assert refused.status == 403
    assert (await graph.send("DELETE", f"{BIN}/{EMMA}")).status == 204
    assert (await graph.restore(EMMA)).status == 404
