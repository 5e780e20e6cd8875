"""What the audit log tells of a change of licences: much, little, broken off, or nothing."""

import json
from typing import Any

import pytest

from tests.unit.local_graph.caller import E3, EXCHANGE_PLAN_2, SOMEBODY, Caller, person

LOG = "/auditLogs/directoryAudits"
VISIO = "c5928f49-12ba-48f7-ada3-0d743a3601d5"
CHANGE, UPDATE = "Change user license", "Update user"
LOST = {"lostLicenses": ["ENTERPRISEPACK"], "licenseRemovedDaysAgo": 4}


async def records(graph: Caller) -> list[dict[str, Any]]:
    """Answer what the log has of somebody, oldest first."""
    reply = await graph.get(f"{LOG}?$filter=targetResources/any(t:t/id eq '{SOMEBODY}')")
    rows: list[dict[str, Any]] = reply.body["value"]
    return sorted(rows, key=lambda row: str(row["activityDateTime"]))


def values(record: dict[str, Any], name: str) -> tuple[str, str] | None:
    """Answer the old and the new value of a modified property, if it is there."""
    rows = record["targetResources"][0]["modifiedProperties"]
    found = [(row["oldValue"], row["newValue"]) for row in rows if row["displayName"] == name]
    return found[0] if found else None


async def lose(graph: Caller, detail: str, *, live: bool) -> list[dict[str, Any]]:
    """Let somebody lose E3, before the story or in it, and answer the records of it."""
    switches = {"auditDetail": detail}
    if not live:
        await graph.load(users=[person(**LOST)], switches=switches)
        return await records(graph)
    await graph.load(users=[person(licenses=["ENTERPRISEPACK"])], switches=switches)
    await graph.assign(SOMEBODY, "", remove=[E3])
    return await records(graph)


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize(
    ("detail", "told_in"),
    [("update", {UPDATE}), ("both", {CHANGE, UPDATE}), ("bare", set())],
)
async def test_which_record_has_the_content(
    graph: Caller,
    detail: str,
    told_in: set[str],
    live: bool,  # noqa: FBT001 - a change in the story, or one of the document
) -> None:
    """In "Update user", in both, or in none; always two records.

    Sources: a capture of 2021 in Wazuh's samples (the first); michev.info post 6168 (the second);
    office365itpros.com 2022-10-14 (the third).
    """
    found = await lose(graph, detail, live=live)

    assert [row["activityDisplayName"] for row in found] == [CHANGE, UPDATE]
    assert {r["activityDisplayName"] for r in found if values(r, "AssignedLicense")} == told_in
    assert {row["operationType"] for row in found} == {"Update"}
    assert found[0]["correlationId"] == found[1]["correlationId"]


@pytest.mark.parametrize("live", [True, False])
async def test_the_content_is_as_captures_show_it(
    graph: Caller,
    live: bool,  # noqa: FBT001 - a change in the story, or one of the document
) -> None:
    """Licences as text in brackets, plans as rows with a number for their state."""
    _, update = await lose(graph, "update", live=live)

    licences = values(update, "AssignedLicense")
    plans = values(update, "AssignedPlan")
    assert licences is not None
    assert plans is not None
    [text] = json.loads(licences[0])
    tenant = graph.world.tenant.id
    assert text == (f"[SkuName=ENTERPRISEPACK, AccountId={tenant}, SkuId={E3}, DisabledPlans=[]]")
    assert json.loads(licences[1]) == []
    old, new = ({r["ServicePlanId"]: r["CapabilityStatus"] for r in json.loads(p)} for p in plans)
    assert (old[EXCHANGE_PLAN_2], new[EXCHANGE_PLAN_2]) == (0, 3)
    assert set(json.loads(plans[0])[0]) == {
        "SubscribedPlanId",
        "ServiceInstance",
        "CapabilityStatus",
        "AssignedTimestamp",
        "InitialState",
        "Capability",
        "ServicePlanId",
    }


async def test_a_plan_switched_off_is_told_of(graph: Caller) -> None:
    """The licence stays, with the plan among those that are off."""
    await graph.load(users=[person(licenses=["ENTERPRISEPACK"])])

    await graph.assign(SOMEBODY, disabledPlans=[EXCHANGE_PLAN_2])

    licences = values((await records(graph))[1], "AssignedLicense")
    assert licences is not None
    assert "DisabledPlans=[]" in licences[0]
    assert f"DisabledPlans=[{EXCHANGE_PLAN_2}]" in licences[1]


async def test_long_values_break_off(graph: Caller) -> None:
    """What is too long cannot be read any more; what is short can.

    Source: michev.info post 6168, on the records before 2024.
    """
    _, update = await lose(graph, "truncated", live=True)

    licences = values(update, "AssignedLicense")
    assert licences is not None
    assert licences[0].startswith('["[SkuName=ENTERPRISEPACK')
    with pytest.raises(json.JSONDecodeError):
        json.loads(licences[0])
    assert json.loads(licences[1]) == []


async def test_long_records_come_in_parts(graph: Caller) -> None:
    """One correlation id, numbered parts without modified properties, which make up the whole.

    Source: learn.microsoft.com question 5724461.
    """
    found = await lose(graph, "sequence", live=True)

    details = [
        {row["key"]: row["value"] for row in record["additionalDetails"]} for record in found
    ]
    whole = "".join(part["b"] for part in sorted(details, key=lambda part: int(part["seq"])))
    content = json.loads(whole)["targetUpdatedProperties"]
    assert {row["activityDisplayName"] for row in found} == {CHANGE}
    assert len({row["correlationId"] for row in found}) == 1
    assert {part["c"] for part in details} == {str(len(found))}
    assert all(not row["targetResources"][0]["modifiedProperties"] for row in found)
    assert content[0]["displayName"] == "AssignedLicense"


@pytest.mark.parametrize("live", [True, False])
async def test_a_change_may_leave_no_record(
    graph: Caller,
    live: bool,  # noqa: FBT001 - a change in the story, or one of the document
) -> None:
    """Some events were missing altogether. Source: practical365.com; microsoft-365-docs 7909."""
    assert await lose(graph, "absent", live=live) == []


@pytest.mark.parametrize(("correlates", "ids"), [(True, 1), (False, 2)])
async def test_the_two_records_may_share_an_id(
    graph: Caller,
    correlates: bool,  # noqa: FBT001 - the answer of the switch
    ids: int,
) -> None:
    """As in the capture of 2021, or not, a second apart at most."""
    await graph.load(users=[person(**LOST)], switches={"auditCorrelates": correlates})

    found = await records(graph)

    assert len({row["correlationId"] for row in found}) == ids
    assert len({row["activityDateTime"] for row in found}) == 1


@pytest.mark.parametrize("indented", [False, True])
async def test_values_may_have_line_breaks(
    graph: Caller,
    indented: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """As the unified log writes them, or in one line; both read the same."""
    await graph.load(users=[person(**LOST)], switches={"auditValuesIndented": indented})

    licences = values((await records(graph))[1], "AssignedLicense")

    assert licences is not None
    assert ("\r\n" in licences[0]) is indented
    assert E3 in json.loads(licences[0])[0]


async def test_unrelated_changes_have_their_records(graph: Caller) -> None:
    """Visio came, Power BI went: the mailbox licence is on both sides of each record."""
    changes = [
        {"changedDaysAgo": 20, "added": [VISIO]},
        {"changedDaysAgo": 3, "removed": ["a403ebcc-fae0-4ca2-8c8c-7a907fd6c235"]},
    ]
    await graph.load(users=[person(licenses=["ENTERPRISEPACK", VISIO], licenseChanges=changes)])

    found = [values(row, "AssignedLicense") for row in await records(graph)]

    told = [[len(json.loads(old)), len(json.loads(new))] for old, new in filter(None, found)]
    assert told == [[2, 3], [3, 2]]
    assert all(E3 in old and E3 in new for old, new in filter(None, found))


async def test_changes_and_the_loss_make_one_story(graph: Caller) -> None:
    """What each record has as old is what the one before has as new."""
    changes = [{"changedDaysAgo": 28, "added": [VISIO]}]
    await graph.load(users=[person(**LOST, licenses=[VISIO], licenseChanges=changes)])

    found = [values(row, "AssignedLicense") for row in await records(graph)]
    first, second = filter(None, found)

    assert E3 in first[0]
    assert VISIO not in first[0]
    assert first[1] == second[0]
    assert E3 not in second[1]
    assert VISIO in second[1]
