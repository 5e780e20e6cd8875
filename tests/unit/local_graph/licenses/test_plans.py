"""The state of plans on a person: the subscription's, or another one; and SKUs nobody lists."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import (
    E3,
    E5,
    EXCHANGE_PLAN_2,
    P1,
    SOMEBODY,
    Caller,
    person,
)

MOVED = "946ce899-873d-44bb-9d8b-671870cbfdbf"  # cross-tenant user data migration
TEAMS = "57ff2da0-773e-42df-b2af-ffb7a2317929"
PLAN_1 = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"


def skus(**more: Any) -> list[dict[str, Any]]:
    """Answer E3 with these fields, and Plan 1 with seats."""

    def plan(plan_id: str, name: str) -> dict[str, str]:
        return {"servicePlanId": plan_id, "servicePlanName": name}

    plans = [plan(EXCHANGE_PLAN_2, "EXCHANGE_S_ENTERPRISE"), plan(TEAMS, "TEAMS1")]
    e3 = {"skuId": E3, "skuPartNumber": "ENTERPRISEPACK", "servicePlans": plans}
    p1 = {"skuId": P1, "skuPartNumber": "EXCHANGESTANDARD", "enabled": 10}
    return [{**e3, **more}, {**p1, "servicePlans": [plan(PLAN_1, "EXCHANGE_S_STANDARD")]}]


async def states(graph: Caller) -> dict[str, str]:
    """Answer the state of each of somebody's plans."""
    reply = await graph.get(f"/users/{SOMEBODY}?$select=assignedPlans,provisionedPlans")
    return {row["servicePlanId"]: row["capabilityStatus"] for row in reply.body["assignedPlans"]}


@pytest.mark.parametrize("state", ["Enabled", "Warning", "Suspended", "LockedOut"])
async def test_a_plan_is_as_its_subscription(graph: Caller, state: str) -> None:
    """On the person, in the licence and in what is provisioned.

    Source: Microsoft "assignedPlan resource type", capabilityStatus.
    """
    expired = skus(capabilityStatus=state, enabled=0, suspended=25)
    await graph.load(skus=expired, users=[person(licenses=["ENTERPRISEPACK"])])

    shown = await graph.get(f"/users/{SOMEBODY}?$select=assignedLicenses,provisionedPlans")
    listed = (await graph.get("/subscribedSkus")).body["value"][0]

    assert await states(graph) == {EXCHANGE_PLAN_2: state, TEAMS: state}
    assert {row["capabilityStatus"] for row in shown.body["provisionedPlans"]} == {state}
    assert [row["skuId"] for row in shown.body["assignedLicenses"]] == [E3]
    assert (listed["capabilityStatus"], listed["prepaidUnits"]["suspended"]) == (state, 25)


async def test_a_subscription_that_is_gone_takes_the_plan(graph: Caller) -> None:
    """With the last stage the plan is deleted, and the mailbox loses it."""
    await graph.load(skus=skus(), users=[person(licenses=["ENTERPRISEPACK"])])

    await graph.control("POST", "/skus/ENTERPRISEPACK", {"capabilityStatus": "Deleted"})

    assert set((await states(graph)).values()) == {"Deleted"}
    assert (await graph.truth(SOMEBODY))["mailbox"]["lostAt"] is not None


async def test_renewing_brings_the_plans_back(graph: Caller) -> None:
    """What was suspended is enabled again, with the same day of assignment and content."""
    expired = skus(capabilityStatus="Suspended", enabled=0)
    await graph.load(skus=expired, users=[person(licenses=["ENTERPRISEPACK"])])
    before = (await graph.state(SOMEBODY))["assignedPlans"]

    renewed = {"capabilityStatus": "Enabled", "enabled": 25}
    await graph.control("POST", f"/skus/{E3}", renewed)

    after = (await graph.state(SOMEBODY))["assignedPlans"]
    assert set((await states(graph)).values()) == {"Enabled"}
    assert [row["assignedDateTime"] for row in after] == [r["assignedDateTime"] for r in before]
    assert (await graph.truth(SOMEBODY))["mailbox"]["content"] == "original"


@pytest.mark.parametrize(
    ("told", "exchange", "teams"),
    [
        ("Suspended", "Suspended", "Suspended"),
        ({"EXCHANGE_S_ENTERPRISE": "LockedOut"}, "LockedOut", "Enabled"),
        ({EXCHANGE_PLAN_2: "Warning"}, "Warning", "Enabled"),
    ],
)
async def test_a_person_may_differ_from_the_subscription(
    graph: Caller, told: object, exchange: str, teams: str
) -> None:
    """All plans or one, by name or id; until the licence is given anew."""
    await graph.load(skus=skus(), users=[person(licenses=["ENTERPRISEPACK"], planStatus=told)])

    first = await states(graph)
    await graph.assign(SOMEBODY, "", remove=[E3])
    await graph.assign(SOMEBODY)

    assert first == {EXCHANGE_PLAN_2: exchange, TEAMS: teams}
    assert await states(graph) == {EXCHANGE_PLAN_2: "Enabled", TEAMS: "Enabled"}


async def test_plans_may_be_written_as_graph_shows_them(graph: Caller) -> None:
    """Rows of assignedPlans in a document are taken as they stand."""
    row = {
        "servicePlanId": EXCHANGE_PLAN_2,
        "capabilityStatus": "Suspended",
        "assignedDateTime": "2026-01-01T00:00:00Z",
        "service": "exchange",
    }
    await graph.load(skus=skus(), users=[person(licenses=["ENTERPRISEPACK"], assignedPlans=[row])])

    assert await states(graph) == {EXCHANGE_PLAN_2: "Suspended", TEAMS: "Enabled"}
    shown = (await graph.state(SOMEBODY))["assignedPlans"][0]
    assert shown["assignedDateTime"] == "2026-01-01T00:00:00Z"


async def test_a_licence_in_place_of_a_suspended_one_enables_the_mailbox(graph: Caller) -> None:
    """Another SKU with seats brings its own plan; the suspended one stays as it is."""
    expired = skus(capabilityStatus="Suspended", enabled=0)
    await graph.load(skus=expired, users=[person(licenses=["ENTERPRISEPACK"])])

    again = await graph.assign(SOMEBODY, E3)
    other = await graph.assign(SOMEBODY, P1)

    assert (again.status, other.status) == (200, 200)
    assert await states(graph) == {
        EXCHANGE_PLAN_2: "Suspended",
        TEAMS: "Suspended",
        PLAN_1: "Enabled",
    }


@pytest.mark.parametrize("order", [[E3, E5], [E5, E3]])
async def test_of_two_subscriptions_the_better_one_counts(graph: Caller, order: list[str]) -> None:
    """One plan in two licences, one of them suspended: it works, whichever came first."""
    expired, plan_1 = skus(capabilityStatus="Suspended", enabled=0)
    other = {**expired, "skuId": E5, "skuPartNumber": "SPE_E5", "capabilityStatus": "Enabled"}
    await graph.load(skus=[expired, plan_1, other], users=[person(licenses=order)])

    assert await states(graph) == {EXCHANGE_PLAN_2: "Enabled", TEAMS: "Enabled"}
    assert (await graph.mailbox(SOMEBODY)).status == 200


async def test_a_suspended_subscription_gives_no_new_licence(graph: Caller) -> None:
    """However many units it once had. Source: admindroid.com, on the disabled stage."""
    await graph.load(skus=skus(capabilityStatus="Suspended", enabled=25), users=[person()])

    reply = await graph.assign(SOMEBODY, E3)

    assert "does not have any available licenses" in reply.message


@pytest.mark.parametrize("known", [True, False])
async def test_somebody_may_carry_a_sku_that_nobody_lists(
    graph: Caller,
    known: bool,  # noqa: FBT001 - whether its plans are known
) -> None:
    """By its bare id, or with plans of its own; it cannot be assigned, and can be removed."""
    plan = {"servicePlanId": EXCHANGE_PLAN_2, "servicePlanName": "EXCHANGE_S_ENTERPRISE"}
    moved = {"skuId": MOVED, "skuPartNumber": "MIGRATION", "listed": False, "servicePlans": [plan]}
    more = [moved] if known else []
    await graph.load(skus=[*skus(), *more], users=[person(licenses=[MOVED])])

    listed = (await graph.get("/subscribedSkus")).body["value"]
    one = await graph.get(f"/subscribedSkus/x_{MOVED}")
    details = (await graph.get(f"/users/{SOMEBODY}/licenseDetails")).body["value"]
    again = await graph.assign(SOMEBODY, MOVED)
    shown = await states(graph)
    removed = await graph.assign(SOMEBODY, "", remove=[MOVED])

    assert MOVED not in {row["skuId"] for row in listed}
    assert [row["skuId"] for row in details] == [MOVED]
    assert (one.status, again.status, removed.status) == (404, 400, 200)
    assert "does not correspond to a valid company License" in again.message
    assert shown == ({EXCHANGE_PLAN_2: "Enabled"} if known else {})
    assert (await graph.state(SOMEBODY))["assignedLicenses"] == []


async def test_details_and_subscriptions_are_lists_like_others(graph: Caller) -> None:
    """Filtered and selected."""
    await graph.load(users=[person(licenses=[E3, E5])])
    await graph.switch(tokenRoles=["User.Read.All", "Organization.Read.All"])

    details = await graph.get(f"/users/{SOMEBODY}/licenseDetails?$select=skuPartNumber")
    bought = await graph.get(
        "/directory/subscriptions?$filter=skuPartNumber eq 'SPE_E5'&$select=status"
    )

    assert details.body["value"] == [
        {"skuPartNumber": "ENTERPRISEPACK"},
        {"skuPartNumber": "SPE_E5"},
    ]
    assert bought.body["value"] == [{"status": "Enabled"}]
