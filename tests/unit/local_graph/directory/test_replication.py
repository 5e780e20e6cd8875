"""Replicas: reads that lag, that disagree, and that do so again in the same way."""

from itertools import pairwise
from typing import Any

import pytest

from tests.unit.local_graph.caller import BIN, BRAM, E3, EMMA, HANNA, Caller, person

DELETED = f"{BIN}/microsoft.graph.user"


async def licences(graph: Caller, times: int) -> list[int]:
    """Answer how many licences each of so many reads shows."""
    path = f"/users/{BRAM}?$select=assignedLicenses"
    return [len((await graph.get(path)).body["assignedLicenses"]) for _ in range(times)]


@pytest.mark.parametrize(
    ("share", "fresh"), [(0, range(1)), (1, range(60, 61)), (0.4, range(14, 35))]
)
async def test_a_share_of_the_reads_is_fresh(graph: Caller, share: float, fresh: range) -> None:
    """The others show the state before the effect, for as long as the lag lasts."""
    await graph.switch(
        replication={"lagSeconds": 120, "leastLagSeconds": 120, "freshShare": share, "seed": 7}
    )

    await graph.assign(BRAM)
    seen = await licences(graph, 60)
    await graph.advance(seconds=121)
    later = await licences(graph, 10)

    assert sum(seen) in fresh
    assert later == [1] * 10


async def test_replicas_disagree_while_time_passes(graph: Caller) -> None:
    """Half-way through, some reads have caught up; one may show less than the one before."""
    await graph.switch(replication={"lagSeconds": 120, "seed": 3})
    await graph.assign(BRAM)
    await graph.advance(seconds=60)

    seen = await licences(graph, 40)

    assert 5 < sum(seen) < 35
    assert any(later < earlier for earlier, later in pairwise(seen))


async def test_one_seed_is_one_story(graph: Caller) -> None:
    """The same reads meet the same replicas again; another seed makes another story."""
    plan = {"lagSeconds": 120, "freshShare": 0.5}
    stories = []
    for seed in (1, 1, 2):
        switches = {"replication": {**plan, "seed": seed}}
        await graph.load(users=[person(BRAM)], switches=switches)
        await graph.assign(BRAM)
        await graph.advance(seconds=60)
        stories.append(await licences(graph, 30))

    assert stories[0] == stories[1] != stories[2]


@pytest.mark.parametrize(
    ("plan", "seen"),
    [
        ({"lagSeconds": 0, "listLagSeconds": 60, "leastLagSeconds": 60}, (200, False, False)),
        (
            {"lagSeconds": 0, "listLagSeconds": 0, "searchLagSeconds": 60, "leastLagSeconds": 60},
            (200, True, False),
        ),
        ({"lagSeconds": 60, "leastLagSeconds": 60, "listLagSeconds": 0}, (404, True, True)),
    ],
)
async def test_lists_and_searches_have_a_lag_of_their_own(
    graph: Caller, plan: dict[str, Any], seen: tuple[int, bool, bool]
) -> None:
    """A read by id, a list and an advanced query may each be behind by another time."""
    await graph.switch(replication=plan)
    clause = "$count=true&$filter=endsWith(userPrincipalName,'emma.jansen@contoso.example')"

    await graph.restore(EMMA)
    by_id = (await graph.get(f"/users/{EMMA}")).status
    listed = EMMA in (await graph.get("/users?$select=id")).ids
    found = EMMA in (await graph.get(f"/users?{clause}&$select=id", eventual=True)).ids

    assert (by_id, listed, found) == seen


async def test_the_bin_lags_as_well(graph: Caller) -> None:
    """Somebody just deleted is in neither list yet, or still in the old one."""
    roles = {"tokenRoles": ["User.Read.All", "User.DeleteRestore.All"]}
    lag = {"lagSeconds": 30, "leastLagSeconds": 30}
    await graph.switch(**roles, replication=lag, restoreVisibility="neither")

    await graph.send("DELETE", f"/users/{HANNA}")
    early = [HANNA in (await graph.get(path)).ids for path in ("/users", DELETED)]
    await graph.advance(seconds=31)
    late = [HANNA in (await graph.get(path)).ids for path in ("/users", DELETED)]

    assert (early, late) == ([False, False], [False, True])


async def test_effects_act_on_what_is_there(graph: Caller) -> None:
    """However old a read is, a second assignment meets the first, and no seat is taken twice."""
    await graph.switch(replication={"lagSeconds": 120, "leastLagSeconds": 120})
    before = graph.world.tenant.consumed(E3)

    await graph.assign(BRAM)
    again = await graph.assign(BRAM)

    assert again.status == 200
    assert graph.world.tenant.consumed(E3) == before + 1
    assert (await graph.restore(EMMA)).status == 200
    assert (await graph.restore(EMMA)).status == 404


@pytest.mark.parametrize(
    "value",
    [
        {"lagSeconds": -1},
        {"freshShare": 2},
        {"freshShare": "half"},
        {"nonsense": 1},
        [],
        "yes",
        {"lagSeconds": True},
    ],
)
async def test_impossible_replicas_are_refused(graph: Caller, value: object) -> None:
    """With words, and nothing changed."""
    answer = await graph.client.post("/_control/switches", json={"replication": value})

    assert answer.status == 400
    assert "replication" in (await answer.json())["error"]
    assert (await graph.control("GET", "/switches"))["replication"] is None


async def test_what_is_left_out_of_the_plan_is_told(graph: Caller) -> None:
    """Two minutes at most, none of it sure, lists and searches as reads by id."""
    await graph.switch(replication={})

    assert (await graph.control("GET", "/switches"))["replication"] == {
        "lagSeconds": 120,
        "leastLagSeconds": 0,
        "freshShare": 0,
        "listLagSeconds": 120,
        "searchLagSeconds": 120,
        "seed": 1,
    }
