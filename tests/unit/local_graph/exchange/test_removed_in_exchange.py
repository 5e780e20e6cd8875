"""Deleted from the Exchange side: another name, and a mailbox that stays away under it.

Source: it-bibouroku.hateblo.jp/entry/ExRemoved; one author, so each answer is a switch.
"""

from typing import Any

import pytest

from tests.unit.local_graph.caller import BIN, HANNA, KEES, SALES, SOMEBODY, Caller, person

OLD = "salesdesk@contoso.example"
AWAY = {
    "userPrincipalName": "ExRemoved-0a1b2c3d4e5f60718293a4b5c6d7e8f9@contoso.onmicrosoft.example",
    "mail": OLD,
    "proxyAddresses": [f"SMTP:{OLD}"],
    "usageLocation": None,
    "accountEnabled": False,
    "deletedDaysAgo": 3,
    "mailbox": None,
}


async def test_under_its_present_name_the_mailbox_stays_away(graph: Caller) -> None:
    """Restored as it is called now, the user is back, and no mailbox answers."""
    await graph.load(deletedUsers=[person(**AWAY)])

    await graph.restore(SOMEBODY)

    assert (await graph.mailbox(SOMEBODY)).status == 404
    assert (await graph.state(SOMEBODY))["userPrincipalName"].startswith("ExRemoved-0a1b")


async def test_under_its_old_name_the_mailbox_comes_back(graph: Caller) -> None:
    """Restored with the old name, or renamed afterwards; with what was in it."""
    await graph.load(deletedUsers=[person(**AWAY)])

    reply = await graph.restore(SOMEBODY, {"newUserPrincipalName": OLD})

    settings = await graph.mailbox(SOMEBODY)
    assert reply.body["userPrincipalName"] == OLD
    assert settings.body["userPurpose"] == "shared"
    assert (await graph.truth(SOMEBODY))["mailbox"]["content"] == "original"


@pytest.mark.parametrize("returns", [True, False])
async def test_a_later_rename_does_it_as_well(
    graph: Caller,
    returns: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """A PATCH of the name brings the mailbox back, unless the switch says that it never returns."""
    switches = {"exRemovedMailboxReturns": returns, "tokenRoles": ["User.ReadWrite.All"]}
    await graph.load(deletedUsers=[person(**AWAY)], switches=switches)
    await graph.restore(SOMEBODY)

    await graph.send("PATCH", f"/users/{SOMEBODY}", body={"userPrincipalName": OLD})
    await graph.switch(tokenRoles=["MailboxSettings.Read"])

    assert (await graph.mailbox(SOMEBODY)).status == (200 if returns else 404)


async def test_thirty_days_count_for_it_too(graph: Caller) -> None:
    """Renamed too late, it is empty."""
    await graph.load(
        deletedUsers=[person(**{**AWAY, "deletedDaysAgo": 29})],
        switches={"tokenRoles": ["User.ReadWrite.All"]},
    )
    await graph.restore(SOMEBODY)
    await graph.advance(days=2)

    await graph.send("PATCH", f"/users/{SOMEBODY}", body={"userPrincipalName": OLD})

    assert (await graph.truth(SOMEBODY))["mailbox"]["content"] == "empty"


async def test_where_no_address_is_left_the_former_name_counts(graph: Caller) -> None:
    """The document tells it; where nothing tells it, any name of the tenant's own does."""
    bare: dict[str, Any] = {**AWAY, "mail": None, "proxyAddresses": []}
    other = person("f0000002-0000-4000-8000-000000000002", **bare)
    # An address that the document leaves out is made from the name, which tells nothing here.
    del other["mail"], other["proxyAddresses"]
    told = person(**bare, formerUserPrincipalName=OLD)
    await graph.load(deletedUsers=[told, other])

    await graph.restore(SOMEBODY, {"newUserPrincipalName": "other@contoso.example"})
    await graph.restore(other["id"], {"newUserPrincipalName": "third@contoso.example"})

    assert (await graph.mailbox(SOMEBODY)).status == 404
    assert (await graph.mailbox(other["id"])).status == 200


@pytest.mark.parametrize("by_switch", [True, False])
async def test_deleting_a_mailbox_deletes_its_user_so(
    graph: Caller,
    by_switch: bool,  # noqa: FBT001 - the switch, or the order to the control
) -> None:
    """Name, sign-in and mailbox change; a switch says what becomes of the addresses."""
    await graph.restore(SALES)
    await graph.switch(exRemovedKeepsAddresses=not by_switch)
    if by_switch:
        await graph.switch(deletedInExchange=True, tokenRoles=["User.DeleteRestore.All"])
        await graph.send("DELETE", f"/users/{SALES}")
    else:
        order = {"userId": SALES, "inExchange": True}
        await graph.control("POST", "/actions/delete-user", order)

    state = await graph.state(SALES)
    name = state["userPrincipalName"].removeprefix(SALES.replace("-", ""))
    assert name.startswith("ExRemoved-")
    assert name.endswith("@contoso.onmicrosoft.example")
    assert state["accountEnabled"] is False
    assert state["mailbox"]["away"] == "sales@contoso.example"
    assert bool(state["proxyAddresses"]) is not by_switch


async def test_deleting_a_mailbox_blocks_sign_in(graph: Caller) -> None:
    """Of somebody who could sign in, too; deleting the user in the directory does not."""
    for user, there in ((HANNA, True), (KEES, False)):
        order = {"userId": user, "inExchange": there}
        await graph.control("POST", "/actions/delete-user", order)

    assert (await graph.state(HANNA))["accountEnabled"] is False
    assert (await graph.state(KEES))["accountEnabled"] is True


async def test_deleting_in_the_directory_changes_nothing_of_that(graph: Caller) -> None:
    """The ordinary way: the old name under the prefix, the mailbox back with the user."""
    await graph.switch(tokenRoles=["User.DeleteRestore.All", "MailboxSettings.Read"])
    await graph.restore(SALES)

    await graph.send("DELETE", f"/users/{SALES}")
    await graph.restore(SALES)

    assert (await graph.mailbox(SALES)).status == 200
    assert (await graph.get(f"{BIN}/{SALES}")).status == 403
