"""The feed of changed users: what a first round has, what is left out, what comes twice."""

from typing import Any

import pytest

from tests.unit.local_graph.caller import BRAM, E3, EMMA, HANNA, NOOR, Caller

FEED = "/users/delta?$select=id,assignedLicenses,jobTitle"


async def whole_round(graph: Caller, path: str, **headers: str) -> tuple[list[dict[str, Any]], str]:
    """Answer all rows of a round, and the link to the next one."""
    rows: list[dict[str, Any]] = []
    while True:
        reply = await graph.send("GET", path, headers=headers)
        rows += reply.body["value"]
        if "@odata.deltaLink" in reply.body:
            return rows, reply.body["@odata.deltaLink"]
        path = reply.body["@odata.nextLink"]


@pytest.mark.parametrize("leaves_out", [True, False])
async def test_what_was_never_set_may_be_left_out(
    graph: Caller,
    leaves_out: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """A property without a value is absent if it never had one, and empty if it had.

    Source: Microsoft "user: delta". The other answer is a switch.
    """
    await graph.switch(deltaLeavesOutUnset=leaves_out)

    rows, link = await whole_round(graph, FEED)
    await graph.assign(HANNA, "", remove=[E3])
    changed, _ = await whole_round(graph, link)

    by_id = {row["id"]: row for row in rows}
    empty: dict[str, Any] = {} if leaves_out else {"assignedLicenses": [], "jobTitle": None}
    assert by_id[NOOR] == {"id": NOOR, **empty}
    assert by_id[BRAM]["assignedLicenses"] == []
    assert ("jobTitle" in by_id[BRAM]) is not leaves_out
    assert changed[0]["assignedLicenses"] == []


@pytest.mark.parametrize("shows", [True, False])
async def test_a_first_round_may_have_the_removed(
    graph: Caller,
    shows: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """Deleted and purged users may be among everybody.

    "@removed can be returned in the initial delta query response": Microsoft "Use delta query to
    track changes in Microsoft Graph data".
    """
    await graph.send("DELETE", f"/directory/deletedItems/{EMMA}")
    await graph.switch(deltaFirstRoundRemoved=shows, deltaPageSize=4)

    rows, _ = await whole_round(graph, FEED)

    removed = {row["id"]: row["@removed"]["reason"] for row in rows if "@removed" in row}
    assert removed.get(EMMA) == ("deleted" if shows else None)
    assert len(removed) == (10 if shows else 0)
    assert len(rows) - len(removed) == 10


@pytest.mark.parametrize(("repeats", "rows"), [(True, 12), (False, 10)])
async def test_a_user_may_come_twice(
    graph: Caller,
    repeats: bool,  # noqa: FBT001 - the answer of the switch
    rows: int,
) -> None:
    """One user may be contained several times; each of the two pages then has one twice.

    "A single entity will be contained multiple times": the same page of Microsoft's.
    """
    await graph.switch(deltaRepeats=repeats, deltaPageSize=5)

    found, _ = await whole_round(graph, FEED)

    assert len(found) == rows
    assert len({row["id"] for row in found}) == 10


@pytest.mark.parametrize("leaves_out", [True, False])
async def test_minimal_rows_have_what_changed(
    graph: Caller,
    leaves_out: bool,  # noqa: FBT001 - the answer of the switch
) -> None:
    """With `Prefer: return=minimal` only the changed properties come; without it, all selected."""
    await graph.switch(deltaLeavesOutUnset=leaves_out)
    _, link = await whole_round(graph, FEED)
    await graph.assign(BRAM)

    whole, _ = await whole_round(graph, link)
    minimal, _ = await whole_round(graph, link, Prefer="return=minimal")
    headers = (await graph.send("GET", link, headers={"Prefer": "return=minimal"})).headers

    unset = set() if leaves_out else {"jobTitle"}
    assert set(whole[0]) == {"id", "assignedLicenses", *unset}
    assert set(minimal[0]) == {"id", "assignedLicenses"}
    assert headers["Preference-Applied"] == "return=minimal"


async def test_the_feed_lags_with_the_replicas(graph: Caller) -> None:
    """A change is told of once the replica has it, and not lost."""
    _, link = await whole_round(graph, FEED)
    await graph.advance(seconds=1)
    await graph.switch(replication={"lagSeconds": 60, "leastLagSeconds": 60, "listLagSeconds": 60})
    await graph.assign(BRAM)

    early, link = await whole_round(graph, link)
    await graph.advance(seconds=61)
    late, _ = await whole_round(graph, link)

    assert early == []
    assert [row["id"] for row in late] == [BRAM]
    assert late[0]["assignedLicenses"][0]["skuId"] == E3
