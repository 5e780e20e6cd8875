"""The three kinds on every way a mailbox is lost: what is done, at what price in Graph calls."""

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.cases import CASES, GRAPH_CALLS, NAMED
from tests.e2e.stage.people import (
    SKU_ID,
    a_deleted_shared_mailbox,
    a_deleted_user,
    an_unlicensed_user,
)
from tests.e2e.stage.world import World


@pytest.mark.parametrize("name", CASES)
async def test_kind_does_what_its_loss_needs(caller: Caller, world: World, name: str) -> None:
    """Plan, changes, outcome and evidence are those of the loss, at the price in the table."""
    case = CASES[name]
    user = await world.add(case.user)
    asked = user["id"] if case.by_id else user["userPrincipalName"]

    ended = await caller.restore(user=asked, **case.request)

    assert (ended["status"], ended["outcome"]["code"]) == ("succeeded", case.code)
    assert tuple(ended["plan"]) == case.plan
    assert ended["window"]["evidence"] == case.evidence
    assert ended["user"]["id"] == user["id"]
    assert ended["user"]["userPrincipalName"] == user["userPrincipalName"]
    assert ended["user"]["displayName"] == user["displayName"]
    assert ended["warnings"] == []
    assert await world.effects(user) == case.effects
    calls = await world.graph_calls()
    made, _least = GRAPH_CALLS[name]
    assert await world.graph_requests() == made, calls


async def test_table_of_calls_is_complete() -> None:
    """Every case has its price, and none is below the least that would do."""
    assert GRAPH_CALLS.keys() == CASES.keys()
    assert all(made >= least for made, least in GRAPH_CALLS.values())


@pytest.mark.parametrize("kind", ["user", "mailbox"])
async def test_steps_of_a_restore_carry_graph_request_ids(
    caller: Caller, world: World, kind: str
) -> None:
    """Each change shows the request id Graph gave it, and every step when it began and ended."""
    user = await world.add(a_deleted_user())

    ended = await caller.restore(kind=kind, user=user["id"])

    steps = {step["name"]: step for step in ended["steps"]}
    assert {step["status"] for step in ended["steps"]} == {"done"}
    assert all(step["startedAt"] and step["endedAt"] for step in ended["steps"])
    assert steps["restore-user"]["graphRequestId"]
    assert "content was not checked" in steps["verify-mailbox"]["detail"]
    assert ended["finishedAt"] >= ended["createdAt"]


async def test_restored_user_has_everything_back(caller: Caller, world: World) -> None:
    """The user is active under the old name, with licence, sign-in and the original mailbox."""
    user = await world.add(a_deleted_user())

    await caller.restore(kind="mailbox", user=user["userPrincipalName"])

    now = await world.user(user)
    assert now["deletedDateTime"] is None
    assert now["userPrincipalName"] == user["userPrincipalName"]
    assert [row["skuId"] for row in now["assignedLicenses"]] == [SKU_ID]
    assert now["accountEnabled"] is True
    assert (now["mailbox"]["content"], now["mailbox"]["reachable"]) == ("original", True)


async def test_shared_mailbox_gets_no_licence_and_no_sign_in(caller: Caller, world: World) -> None:
    """A deleted shared mailbox comes back as it was: unlicensed, with sign-in blocked."""
    user = await world.add(a_deleted_shared_mailbox())

    ended = await caller.restore(kind="mailbox", user=user["userPrincipalName"])

    now = await world.user(user)
    assert ended["outcome"]["code"] == "user-restored"
    assert (now["assignedLicenses"], now["accountEnabled"]) == ([], False)
    assert (now["mailbox"]["purpose"], now["mailbox"]["content"]) == ("shared", "original")
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize("kind", ["license", "mailbox"])
async def test_licence_comes_back_with_the_original_mailbox(
    caller: Caller, world: World, kind: str
) -> None:
    """A licence assigned within the window brings the old mailbox, not a new one."""
    user = await world.add(an_unlicensed_user())

    await caller.restore(kind=kind, user=user["userPrincipalName"], **NAMED)

    now = await world.user(user)
    assert [row["skuId"] for row in now["assignedLicenses"]] == [SKU_ID]
    assert now["mailbox"]["content"] == "original"
