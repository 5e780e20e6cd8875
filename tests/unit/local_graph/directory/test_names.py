"""Names: what a new one may be made of, and who holds one already."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import ANOTHER, EMMA, HANNA, SOMEBODY, Caller, person

INVALID = "Property userPrincipalName is invalid."
ALIAS = {"proxyAddresses": ["SMTP:somebody@contoso.example", "smtp:info2@contoso.example"]}
GROUP = {"id": "f9000001-0000-4000-8000-000000000001", "displayName": "Info"}


@pytest.mark.parametrize(
    "local",
    [
        *("nina.müller", "nina&co", "nina..berg", ".nina", "nina.", "nina,berg", "ninà", "a+b"),
        *("nina berg", "", "a@b", "x" * 65),
    ],
)
async def test_a_new_name_is_made_of_microsofts_alphabet(graph: Caller, local: str) -> None:
    """No accents, no plus, no two dots: 400 InvalidValue, on restore, create and change.

    Sources: microsoft-365-docs issues 3088 and 3100; microsoft-graph-docs issue 15161.
    """
    name = f"{local}@contoso.example"
    made = {
        "accountEnabled": True,
        "displayName": "New",
        "mailNickname": "new",
        "userPrincipalName": name,
        "passwordProfile": {"password": "made-up"},
    }

    replies = [await graph.restore(EMMA, {"newUserPrincipalName": name})]
    await graph.switch(tokenRoles=["User.ReadWrite.All"])
    replies.append(await graph.post("/users", made))
    replies.append(await graph.send("PATCH", f"/users/{HANNA}", body={"userPrincipalName": name}))

    if local:
        details = [reply.body["error"]["details"][0] for reply in replies]
        assert {(one["code"], one["target"]) for one in details} == {
            ("InvalidValue", "userPrincipalName")
        }
        assert {reply.message for reply in replies} == {INVALID}
    assert {reply.status for reply in replies} == {400}
    assert (await graph.state(EMMA))["deletedDateTime"] is not None


@pytest.mark.parametrize("local", ["o'neill", "a.b-c_d!e#f^g~1", "X" * 64])
async def test_the_whole_alphabet_is_taken(graph: Caller, local: str) -> None:
    """Letters, digits and ' . - _ ! # ^ ~, up to 64."""
    name = f"{local}@contoso.example"

    assert (await graph.restore(EMMA, {"newUserPrincipalName": name})).status == 200


@pytest.mark.parametrize("local", ["pat.o'brien", "a+b&c%d", "müller", "İß"])
async def test_an_old_name_comes_back_as_it_was(graph: Caller, local: str) -> None:
    """What somebody was called is not measured by the alphabet."""
    name = f"{local}@contoso.example"
    await graph.load(deletedUsers=[person(userPrincipalName=name, deletedDaysAgo=1)])

    assert (await graph.restore(SOMEBODY)).body["userPrincipalName"] == name


@pytest.mark.parametrize(
    "holder",
    [
        {"groups": [{**GROUP, "proxyAddresses": ["SMTP:info2@contoso.example"]}]},
        {"groups": [{**GROUP, "mail": "info2@contoso.example"}]},
        {"contacts": [{**GROUP, "mail": "info2@contoso.example"}]},
        {"users": [person(ANOTHER, userPrincipalName="INFO2@contoso.example", proxyAddresses=[])]},
    ],
)
async def test_an_address_is_held_by_groups_contacts_and_names(
    graph: Caller, holder: dict[str, Any]
) -> None:
    """The restore is refused, or drops the address if asked to; the holder keeps it.

    Sources: azure-docs pull request 74908 (a contact); vilega/O365Troubleshooters issue 215 (a
    UPN).
    """
    await graph.load(**holder, deletedUsers=[person(**ALIAS, deletedDaysAgo=1)])

    refused = await graph.restore(SOMEBODY)
    passed = await graph.restore(SOMEBODY, {"autoReconcileProxyConflict": True})

    targets = [row["target"] for row in refused.body["error"]["details"]]
    assert (refused.status, targets) == (400, ["proxyAddresses"])
    assert passed.status == 200
    assert (await graph.state(SOMEBODY))["proxyAddresses"] == ["SMTP:somebody@contoso.example"]


@pytest.mark.parametrize("blocks", [True, False])
@pytest.mark.parametrize("kind", ["groups", "contacts"])
async def test_a_name_may_be_a_groups_address(
    graph: Caller,
    kind: str,
    blocks: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """Whether an address of a group or a contact keeps a UPN from being taken is a switch."""
    holder = {**GROUP, "mail": "somebody@contoso.example"}
    nobody = person(proxyAddresses=[], mail=None, deletedDaysAgo=1)
    switches = {"groupAddressBlocksUpn": blocks}
    await graph.load(**{kind: [holder]}, deletedUsers=[nobody], switches=switches)

    reply = await graph.restore(SOMEBODY)

    assert reply.status == (400 if blocks else 200)
    if blocks:
        assert reply.body["error"]["details"][0]["target"] == "userPrincipalName"


async def test_a_deleted_holder_holds_nothing(graph: Caller) -> None:
    """The address of a deleted group is free."""
    holder = {**GROUP, "mail": "info2@contoso.example", "deletedDaysAgo": 2}
    await graph.load(groups=[holder], deletedUsers=[person(**ALIAS, deletedDaysAgo=1)])

    assert (await graph.restore(SOMEBODY)).status == 200


async def test_contacts_are_listed_and_searched(graph: Caller) -> None:
    """With the permission for them, by address too; a deleted one is not there."""
    contact = {**GROUP, "mail": "info2@contoso.example"}
    gone = {**GROUP, "id": ANOTHER, "mail": "old@contoso.example", "deletedDaysAgo": 2}
    roles = {"tokenRoles": ["OrgContact.Read.All"]}
    await graph.load(contacts=[contact, gone], switches=roles)

    listed = await graph.get("/contacts?$select=id,displayName")
    found = await graph.get(
        "/contacts?$filter=proxyAddresses/any(p:p eq 'smtp:info2@contoso.example')&$select=id"
    )

    assert listed.body["value"] == [{"id": GROUP["id"], "displayName": "Info"}]
    assert found.ids == [GROUP["id"]]
    assert (await graph.get(f"/contacts/{GROUP['id']}")).body["mail"] == contact["mail"]
    assert (await graph.get(f"/contacts/{ANOTHER}")).status == 404


async def test_the_spelling_of_a_new_users_properties_does_not_matter(graph: Caller) -> None:
    """CLI for Microsoft 365 sends mailNickName."""
    await graph.switch(tokenRoles=["User.ReadWrite.All"])
    body = {
        "AccountEnabled": True,
        "displayname": "New",
        "mailNickName": "new",
        "userPrincipalName": "new@contoso.example",
        "passwordProfile": {"password": "made-up"},
    }

    reply = await graph.post("/users", body)

    assert reply.status == 201
    assert (await graph.state(reply.body["id"]))["mailNickname"] == "new"
