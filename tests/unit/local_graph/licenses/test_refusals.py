"""What a direct assignment may meet: a taken address, a location not taken yet, or not allowed."""

import pytest

from tests.unit.local_graph.caller import ANOTHER, E3, SOMEBODY, Caller, person

GROUP = {"id": "f9000001-0000-4000-8000-000000000001", "displayName": "Info"}
OTHER = {"userPrincipalName": "other@contoso.example"}
LOCATION = "License assignment cannot be done for user with invalid usage location."


@pytest.mark.parametrize(
    "holder",
    [
        {"groups": [{**GROUP, "proxyAddresses": ["smtp:somebody@contoso.example"]}]},
        {"contacts": [{**GROUP, "mail": "somebody@contoso.example"}]},
        {
            "users": [
                person(
                    ANOTHER,
                    userPrincipalName="b@contoso.example",
                    proxyAddresses=["SMTP:somebody@contoso.example"],
                )
            ]
        },
    ],
)
async def test_a_mailbox_needs_addresses_of_its_own(
    graph: Caller, holder: dict[str, list[object]]
) -> None:
    """Somebody else has the address: 400 in these words, and nothing is assigned.

    Source of the words: azure-docs issue 54426.
    """
    users = [person(proxyAddresses=[], mail=None), *holder.get("users", [])]
    await graph.load(**{**holder, "users": users})

    reply = await graph.assign(SOMEBODY)

    assert (reply.status, reply.code) == (400, "Request_BadRequest")
    assert reply.message == "Uniqueness violation. Property: ProxyAddresses."
    assert (await graph.state(SOMEBODY))["assignedLicenses"] == []


async def test_a_licence_without_mailbox_does_not_mind(graph: Caller) -> None:
    """No plan that carries a mailbox, no address that could clash."""
    holder = {**GROUP, "mail": "somebody@contoso.example"}
    flow = "f30db892-07e9-47e9-837c-80727f46fd3d"
    await graph.load(contacts=[holder], users=[person(proxyAddresses=[], mail=None)])

    assert (await graph.assign(SOMEBODY, flow)).status == 200


@pytest.mark.parametrize("through_graph", [True, False])
async def test_a_new_location_is_not_taken_at_once(
    graph: Caller,
    through_graph: bool,  # noqa: FBT001 - set through Graph, or by an administrator
) -> None:
    """For a while after it was set the assignment goes on to fail as before.

    Others poll for it: dbca-wa/it-assets pull request 685.
    """
    roles = ["User.ReadWrite.All"]
    switches = {"usageLocationDelaySeconds": 90, "tokenRoles": roles}
    await graph.load(users=[person(usageLocation=None)], switches=switches)
    place = {"usageLocation": "NL"}
    if through_graph:
        await graph.send("PATCH", f"/users/{SOMEBODY}", body=place)
    else:
        await graph.control("POST", f"/users/{SOMEBODY}", place)

    shown = (await graph.get(f"/users/{SOMEBODY}?$select=usageLocation")).body["usageLocation"]
    early = await graph.assign(SOMEBODY)
    await graph.advance(seconds=89)
    still = await graph.assign(SOMEBODY)
    await graph.advance(seconds=1)

    assert shown == "NL"
    assert early.message == still.message == LOCATION
    assert (await graph.assign(SOMEBODY)).status == 200


async def test_without_the_delay_it_is_taken_at_once(graph: Caller) -> None:
    """The other answer of the switch; and a location that was always there never waits."""
    await graph.load(users=[person(usageLocation=None), person(ANOTHER, **OTHER)])
    await graph.control("POST", f"/users/{SOMEBODY}", {"usageLocation": "NL"})
    first = await graph.assign(SOMEBODY)
    await graph.switch(usageLocationDelaySeconds=90)

    assert first.status == 200
    assert (await graph.assign(ANOTHER)).status == 200


async def test_a_licence_may_be_prohibited_where_somebody_is(graph: Caller) -> None:
    """The words are not confirmed by a source; the error of a group is."""
    await graph.load(users=[person(usageLocation="CN")])
    await graph.control("POST", f"/skus/{E3}", {"prohibitedIn": ["CN"]})

    reply = await graph.assign(SOMEBODY)

    assert reply.status == 400
    assert "is not allowed in the usage location CN" in reply.message
