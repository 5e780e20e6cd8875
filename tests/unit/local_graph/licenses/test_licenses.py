"""Licences: Graph's words for every refusal, and what a licence does to plans and mailbox."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import (
    BRAM,
    E3,
    E5,
    EXCHANGE_PLAN_2,
    HANNA,
    LOTTE,
    NOOR,
    P1,
    TOM,
    Caller,
)

NOT_OURS = "00000000-0000-4000-8000-00000000dead"
GROUP = "5eed9001-0000-4000-8000-000000009001"


@pytest.mark.parametrize(
    ("user", "row", "words"),
    [
        (BRAM, {"skuId": P1}, "does not have any available licenses."),
        (NOOR, {"skuId": E3}, "License assignment cannot be done for user with invalid usage"),
        (BRAM, {"skuId": "x"}, "Cannot convert a primitive value to the expected type 'Edm.Guid'"),
        (BRAM, {"skuId": NOT_OURS}, "does not correspond to a valid company License."),
        (BRAM, {"skuId": E3, "disabledPlans": [NOT_OURS]}, "does not belong to the subscription"),
    ],
)
async def test_assign_license_refuses_in_graphs_words(
    graph: Caller, user: str, row: dict[str, Any], words: str
) -> None:
    """Each refusal is a 400 with its text, and changes nothing.

    The sources of the texts are named in infra/local/graph/rules/assign.py.
    """
    before = await graph.state(user)

    reply = await graph.post(
        f"/users/{user}/assignLicense", {"addLicenses": [row], "removeLicenses": []}
    )

    assert (reply.status, reply.code) == (400, "Request_BadRequest")
    assert words in reply.message
    assert await graph.state(user) == before


async def test_both_arrays_are_required(graph: Caller) -> None:
    """A body without one of the arrays is refused."""
    reply = await graph.post(f"/users/{BRAM}/assignLicense", {"addLicenses": []})

    assert "The missing parameters are: removeLicenses." in reply.message


async def test_plans_that_exclude_or_need_others_are_refused(graph: Caller) -> None:
    """Mutually exclusive plans and missing prerequisites are named."""
    tenant = graph.world.tenant
    plan_1 = tenant.skus[P1]["servicePlans"][0]["servicePlanId"]
    tenant.skus[P1]["enabled"] = 9
    tenant.plan_needs[plan_1] = [EXCHANGE_PLAN_2]

    needs = await graph.assign(BRAM, P1)
    tenant.plan_needs.clear()
    tenant.exclusive_plans.append([plan_1, EXCHANGE_PLAN_2])
    excludes = await graph.assign(HANNA, P1)

    assert "EXCHANGE_S_STANDARD depends on the service plan(s) EXCHANGE_S_ENT" in needs.message
    assert "EXCHANGE_S_STANDARD, EXCHANGE_S_ENTERPRISE are mutually" in excludes.message


async def test_an_inherited_licence_cannot_be_removed(graph: Caller) -> None:
    """A licence from a group stays until the group goes. Source: support.okta.com."""
    graph.world.tenant.groups[GROUP]["deletedDateTime"] = None
    await graph.switch(tokenRoles=["User.ReadWrite.All"])
    await graph.post(f"/users/{TOM}/reprocessLicenseAssignment")

    reply = await graph.assign(TOM, "", remove=[E3])

    assert "inherited from a group membership" in reply.message


async def test_a_licence_within_thirty_days_brings_the_mailbox_back(graph: Caller) -> None:
    """Plans, seats, states and mailbox follow the licence."""
    before = await graph.get(f"/users/{BRAM}/mailboxSettings")

    reply = await graph.assign(BRAM, disabledPlans=[])

    state = await graph.state(BRAM)
    plan = next(r for r in state["assignedPlans"] if r["servicePlanId"] == EXCHANGE_PLAN_2)
    details = await graph.get(f"/users/{BRAM}/licenseDetails")
    assert (before.code, reply.status) == ("MailboxNotEnabledForRESTAPI", 200)
    assert plan["capabilityStatus"] == "Enabled"
    assert state["licenseAssignmentStates"][0]["assignedByGroup"] is None
    assert state["mailbox"]["content"] == "original"
    assert details.body["value"][0]["skuPartNumber"] == "ENTERPRISEPACK"
    assert (await graph.get(f"/users/{BRAM}/mailboxSettings")).status == 200


async def test_a_licence_after_thirty_days_gives_an_empty_mailbox(graph: Caller) -> None:
    """The silent loss: every call answers 200, and nothing old is there.

    Source: the Exchange team's announcement, copied at sebae.net.
    """
    reply = await graph.assign(LOTTE)

    settings = await graph.get(f"/users/{LOTTE}/mailboxSettings")
    assert (reply.status, settings.status) == (200, 200)
    assert (await graph.state(LOTTE))["mailbox"]["content"] == "empty"


@pytest.mark.parametrize(("seconds", "content"), [(-1, "original"), (0, "empty")])
async def test_the_window_ends_to_the_second(graph: Caller, seconds: int, content: str) -> None:
    """Thirty days after the loss the content is gone, one second earlier it is not."""
    await graph.advance(days=26, seconds=seconds)

    await graph.assign(BRAM)

    assert (await graph.state(BRAM))["mailbox"]["content"] == content


async def test_replacing_toggles_plans_without_a_new_seat(graph: Caller) -> None:
    """Sending a SKU again sets its disabled plans; without Exchange the mailbox is lost."""
    before = graph.world.tenant.consumed(E3)

    off = await graph.assign(HANNA, disabledPlans=[EXCHANGE_PLAN_2])
    gone = await graph.get(f"/users/{HANNA}/mailboxSettings")
    on = await graph.assign(HANNA)

    assert (off.status, gone.status, on.status) == (200, 404, 200)
    assert graph.world.tenant.consumed(E3) == before
    assert (await graph.state(HANNA))["mailbox"]["content"] == "original"


async def test_a_removed_licence_frees_its_seat_and_leaves_traces(graph: Caller) -> None:
    """The plan stays as Deleted, the licence is gone, the seat is free."""
    before = graph.world.tenant.consumed(E3)

    await graph.assign(HANNA, "", remove=[E3])

    state = await graph.state(HANNA)
    assert graph.world.tenant.consumed(E3) == before - 1
    assert {row["capabilityStatus"] for row in state["assignedPlans"]} == {"Deleted"}
    assert state["mailbox"]["lostAt"] == "2026-11-22T12:00:00Z"


async def test_the_last_seat_goes_once(graph: Caller) -> None:
    """Seats are counted: the second of two takes none (units in grace count).

    Source: Microsoft "assignedPlan resource type", capabilityStatus.
    """
    sku = graph.world.tenant.skus[E5]
    sku.update(enabled=graph.world.tenant.consumed(E5), warning=1)

    first, second = await graph.assign(BRAM, E5), await graph.assign(LOTTE, E5)

    assert (first.status, second.status) == (200, 400)


async def test_the_mailbox_may_take_its_time(graph: Caller) -> None:
    """Until the delay is over, both known errors come in turn."""
    await graph.switch(mailboxDelaySeconds=600, mailboxErrorAlternates=True)
    await graph.assign(BRAM)

    codes = [(await graph.get(f"/users/{BRAM}/mailboxSettings")).code for _ in range(2)]
    await graph.advance(seconds=600)
    late = await graph.get(f"/users/{BRAM}/mailboxSettings")

    assert codes == ["MailboxNotEnabledForRESTAPI", "ResourceNotFound"]
    assert late.status == 200


async def test_delayed_delicensing_keeps_the_mailbox_for_a_while(graph: Caller) -> None:
    """Where the tenant opted in, the mailbox works 30 days on, and the window comes after."""
    await graph.switch(delayedDelicensing=True)
    await graph.assign(HANNA, "", remove=[E3])

    await graph.advance(days=29)
    still = await graph.get(f"/users/{HANNA}/mailboxSettings")
    await graph.advance(days=30)
    gone = await graph.get(f"/users/{HANNA}/mailboxSettings")
    await graph.assign(HANNA)

    assert (still.status, gone.status) == (200, 404)
    assert (await graph.state(HANNA))["mailbox"]["content"] == "original"


async def test_a_licence_before_the_deletion_starts_the_clock(graph: Caller) -> None:
    """Who lost the licence first and was deleted later has the earlier deadline.

    This is not confirmed by a source.
    """
    await graph.control("POST", "/actions/delete-user", {"userId": BRAM})
    await graph.advance(days=27)

    restored = await graph.restore(BRAM)
    await graph.assign(BRAM)

    assert restored.status == 200
    assert (await graph.state(BRAM))["mailbox"]["content"] == "empty"


async def test_a_group_without_seats_shows_its_error(graph: Caller) -> None:
    """A group licence that finds no seat is a state with an error, not a refusal.

    Source: Microsoft "licenseAssignmentState resource type".
    """
    graph.world.tenant.groups[GROUP]["deletedDateTime"] = None
    graph.world.tenant.skus[E3]["enabled"] = 0
    await graph.switch(tokenRoles=["User.ReadWrite.All"])

    reply = await graph.post(f"/users/{TOM}/reprocessLicenseAssignment")

    row = (await graph.state(TOM))["licenseAssignmentStates"][0]
    assert reply.status == 200
    assert (row["state"], row["error"]) == ("Error", "CountViolation")


async def test_the_same_licence_again_is_a_switch(graph: Caller) -> None:
    """Twice the same licence is a clean 200, or an error.

    Not confirmed by a source; see infra/local/graph/switches.py.
    """
    clean = await graph.assign(HANNA)
    await graph.switch(sameLicenseAgain="error")

    assert clean.status == 200
    assert (await graph.assign(HANNA)).status == 400


async def test_a_changed_location_opens_the_way(graph: Caller) -> None:
    """PATCH usageLocation needs its own permission; then the licence can be given."""
    refused = await graph.send("PATCH", f"/users/{NOOR}", body={"usageLocation": "NL"})
    await graph.switch(tokenRoles=["User.ReadWrite.All"])

    wrong = await graph.send("PATCH", f"/users/{NOOR}", body={"usageLocation": "Holland"})
    done = await graph.send("PATCH", f"/users/{NOOR}", body={"usageLocation": "NL"})

    assert (refused.status, wrong.status, done.status) == (403, 400, 204)
    assert (await graph.assign(NOOR)).status == 200
    assert (await graph.state(NOOR))["mailbox"]["content"] == "empty"
