"""Addresses that go and come with the plan that carries the mailbox: three answers, one switch."""

import pytest

from tests.unit.local_graph.caller import E3, SOMEBODY, Caller, person

BEFORE = ["SMTP:somebody@contoso.example", "smtp:some.alias@contoso.example"]
ROUTING = "somebody@contoso.onmicrosoft.example"


@pytest.mark.parametrize(
    ("mode", "addresses", "mail"),
    [
        ("kept", BEFORE, "somebody@contoso.example"),
        ("routing", [f"SMTP:{ROUTING}", "smtp:some.alias@contoso.example"], ROUTING),
        ("emptied", [], "somebody@contoso.example"),
    ],
)
async def test_what_stays_without_the_plan(
    graph: Caller, mode: str, addresses: list[str], mail: str
) -> None:
    """All; or the initial domain's address in place of the UPN's; or none, and mail stays.

    Sources: two versions of Microsoft's article "How the proxyAddresses attribute is populated",
    and microsoft-graph-docs issue 460.
    """
    user = person(licenses=["ENTERPRISEPACK"], proxyAddresses=BEFORE)
    await graph.load(users=[user], switches={"addressesWithoutPlan": mode})

    await graph.assign(SOMEBODY, "", remove=[E3])

    state = await graph.state(SOMEBODY)
    assert state["proxyAddresses"] == addresses
    assert state["mail"] == mail


@pytest.mark.parametrize(
    ("mode", "addresses"),
    [
        ("kept", BEFORE),
        (
            "routing",
            [
                "SMTP:somebody@contoso.example",
                f"smtp:{ROUTING}",
                "smtp:some.alias@contoso.example",
            ],
        ),
        ("emptied", ["SMTP:somebody@contoso.example"]),
    ],
)
async def test_what_comes_with_the_plan(graph: Caller, mode: str, addresses: list[str]) -> None:
    """One address is made from `mail`, or the UPN is the primary one again; aliases may be lost."""
    user = person(licenses=["ENTERPRISEPACK"], proxyAddresses=BEFORE)
    await graph.load(users=[user], switches={"addressesWithoutPlan": mode})
    await graph.assign(SOMEBODY, "", remove=[E3])

    await graph.assign(SOMEBODY)

    assert (await graph.state(SOMEBODY))["proxyAddresses"] == addresses


@pytest.mark.parametrize("mode", ["routing", "emptied"])
async def test_a_shared_mailbox_keeps_its_addresses(graph: Caller, mode: str) -> None:
    """It needs no plan, so nothing goes with one."""
    user = person(licenses=["ENTERPRISEPACK"], proxyAddresses=BEFORE, mailbox="shared")
    await graph.load(users=[user], switches={"addressesWithoutPlan": mode})

    await graph.assign(SOMEBODY, "", remove=[E3])

    assert (await graph.state(SOMEBODY))["proxyAddresses"] == BEFORE
