"""Lists: the advanced-query rules, selection, paging, mangled names."""

from urllib.parse import quote

import pytest

from infra.local.graph.tenant.directory import Lag
from tests.unit.local_graph.caller import (
    BIN,
    EMMA,
    FLEUR,
    HANNA,
    JAN_OLD,
    LARS_NEW,
    LARS_OLD,
    Caller,
)

DELETED = f"{BIN}/microsoft.graph.user"


async def test_a_deleted_name_carries_the_id_in_front(graph: Caller) -> None:
    """The UPN of a deleted user is 32 hex digits of its id, then the name.

    Source: Office365itpros Report-HardDeletedUserAccounts.PS1.
    """
    reply = await graph.get(f"{BIN}/{EMMA}?$select=userPrincipalName")

    name = reply.body["userPrincipalName"]
    assert name == EMMA.replace("-", "") + "emma.jansen@contoso.example"


@pytest.mark.parametrize("mangled", [True, False])
async def test_mangling_is_a_switch(graph: Caller, mangled: bool) -> None:  # noqa: FBT001
    """A user deleted through Graph is renamed, or not."""
    await graph.switch(mangleUpn=mangled)

    reply = await graph.send("DELETE", f"/users/{HANNA}")

    state = await graph.state(HANNA)
    assert reply.status == 204
    assert (state["userPrincipalName"] == "hanna.vos@contoso.example") != mangled
    assert (await graph.get(f"/users/{HANNA}")).code == "Request_ResourceNotFound"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("$filter=endsWith(userPrincipalName,'x')", "Operator 'endsWith' is not supported"),
        ("$filter=accountEnabled ne true", "Operator 'ne' is not supported"),
        ("$filter=not (accountEnabled eq true)", "Operator 'not' is not supported"),
        ('$search="displayName:emma"', "'ConsistencyLevel: eventual'"),
        ("$orderby=deletedDateTime desc", "Unsupported sort property 'deletedDateTime' for 'User'"),
        ("$filter=accountEnabled eq true&$orderby=displayName", "Sorting not supported"),
        ("$filter=proxyAddresses/$count eq 0", "Operator '$count' is not supported"),
    ],
)
async def test_advanced_queries_need_their_headers(graph: Caller, query: str, words: str) -> None:
    """Without the header and $count the query is refused, with both it runs."""
    path = f"{DELETED}?{quote(query, safe='$=&')}"

    without = await graph.get(f"{path}&$count=true")
    with_both = await graph.get(f"{path}&$count=true", eventual=True)

    assert without.status == 400
    assert without.code == "Request_UnsupportedQuery"
    assert words in without.message
    assert with_both.status == 200
    assert with_both.body["@odata.count"] == len(with_both.body["value"])


@pytest.mark.parametrize(
    ("switch", "refused"),
    [
        ({}, []),
        ({"deletedDateFilter": False}, ["filter", "both"]),
        ({"deletedDateSort": False}, ["sort", "both"]),
        ({"deletedSortWithFilter": False}, ["both"]),
    ],
)
async def test_what_deletion_dates_are_good_for_is_a_switch(
    graph: Caller, switch: dict[str, bool], refused: list[str]
) -> None:
    """Filter, order, or both together; each can be refused by itself."""
    await graph.switch(**switch)
    sort = "$orderby=deletedDateTime"
    keep = quote("$filter=deletedDateTime ge 2026-11-01T00:00:00Z", safe="$=:")
    asked = {"sort": sort, "filter": keep, "both": f"{sort}&{keep}"}

    replies = {
        name: await graph.get(f"{DELETED}?$count=true&{query}", eventual=True)
        for name, query in asked.items()
    }

    assert [name for name, reply in replies.items() if reply.status != 200] == refused
    assert all(replies[name].code == "Request_UnsupportedQuery" for name in refused)


async def test_count_alone_is_ignored_in_silence(graph: Caller) -> None:
    """`$count=true` without the header answers 200 without a count; the segment is a 400."""
    silent = await graph.get("/users?$count=true")
    segment = await graph.get("/users/$count")
    counted = await graph.get("/users/$count", eventual=True)

    assert "@odata.count" not in silent.body
    assert segment.message == "$count is not currently supported."
    assert counted.body == "10"


async def test_the_list_of_everything_deleted_needs_a_type(graph: Caller) -> None:
    """Without a cast the deleted items cannot be listed. Source: Microsoft "List deletedItems"."""
    reply = await graph.get(BIN)

    assert (reply.status, reply.code) == (400, "Request_UnsupportedQuery")


async def test_two_deleted_users_share_one_name(graph: Caller) -> None:
    """EndsWith finds both; startsWith finds none because of the prefix."""
    path = f"{DELETED}?$count=true&$filter="

    ends = await graph.get(
        path + "endsWith(userPrincipalName,'lars.groot@contoso.example')", eventual=True
    )
    starts = await graph.get(path + "startsWith(userPrincipalName,'lars')")

    assert set(ends.ids) == {LARS_OLD, LARS_NEW}
    assert starts.ids == []


@pytest.mark.parametrize("cast", ["microsoft.graph.user", "graph.user", "Microsoft.Graph.User"])
async def test_pages_hold_every_user_once(graph: Caller, cast: str) -> None:
    """NextLink leads through all pages with the same query."""
    reply = await graph.get(f"{BIN}/{cast}?$top=4&$select=id&$orderby=displayName desc")
    seen = reply.ids
    while link := reply.body.get("@odata.nextLink"):
        reply = await graph.get(link)
        seen += reply.ids

    assert len(seen) == len(set(seen)) == 10


@pytest.mark.parametrize("top", ["0", "1000", "x"])
async def test_a_page_holds_at_most_999(graph: Caller, top: str) -> None:
    """Page sizes out of range are refused."""
    assert (await graph.get(f"/users?$top={top}")).status == 400


async def test_without_select_only_the_usual_properties_come(graph: Caller) -> None:
    """DeletedDateTime and licences come only when asked for.

    Source: Microsoft "user resource type".
    """
    usual = await graph.get(f"{BIN}/{EMMA}/microsoft.graph.user")
    asked = await graph.get(f"{BIN}/{EMMA}?$select=id,deletedDateTime,assignedLicenses")
    wrong = await graph.get(f"/users/{HANNA}?$select=nonsense")

    assert "deletedDateTime" not in usual.body
    assert asked.body["deletedDateTime"] == "2026-11-17T12:00:00Z"
    assert len(asked.body["assignedLicenses"]) == 1
    assert "Could not find a property named 'nonsense'" in wrong.message


@pytest.mark.parametrize("name", [HANNA.upper(), "HANNA.vos@contoso.example", f"('{HANNA}')"])
async def test_a_user_is_found_by_id_and_by_name(graph: Caller, name: str) -> None:
    """Ids and UPNs do not mind case, and the key syntax works too."""
    path = f"/users{name}" if name.startswith("(") else f"/users/{name}"

    assert (await graph.get(path)).body["id"] == HANNA


async def test_switches_hide_what_deleted_users_may_not_show(graph: Caller) -> None:
    """Licences and addresses of deleted users can be left out.

    What Graph shows is not confirmed by a source; see infra/local/graph/switches.py.
    """
    await graph.switch(deletedKeepsLicenses=False, deletedKeepsAddresses=False)

    reply = await graph.get(f"{BIN}/{EMMA}?$select=assignedLicenses,mail,proxyAddresses")

    assert reply.body["assignedLicenses"] == reply.body["proxyAddresses"] == []
    assert reply.body["mail"] is None


@pytest.mark.parametrize(("visibility", "lists"), [("old", 1), ("neither", 0), ("both", 2)])
async def test_a_restored_user_is_slow_to_move(graph: Caller, visibility: str, lists: int) -> None:
    """While replication lasts the user is in the old list, in neither, or in both.

    Source: Microsoft "Designing for Eventual Consistency for Microsoft Entra", 2026-03.
    """
    await graph.switch(replicationDelaySeconds=60, restoreVisibility=visibility)

    assert (await graph.restore(EMMA)).status == 200
    early = await graph.get(f"/users/{EMMA}")
    shown = [(await graph.get("/users")).ids, (await graph.get(DELETED)).ids]
    await graph.advance(seconds=61)
    late = await graph.get(f"/users/{EMMA}")

    assert (early.status, late.status) == (404, 200)
    assert sum(EMMA in ids for ids in shown) == lists
    assert EMMA not in (await graph.get(DELETED)).ids


async def test_the_index_lags_behind_the_directory(graph: Caller) -> None:
    """Only queries with ConsistencyLevel: eventual see the index."""
    await graph.switch(indexDelaySeconds=60)
    await graph.restore(EMMA)

    indexed = await graph.get(f"{DELETED}?$count=true", eventual=True)

    assert EMMA in indexed.ids
    assert EMMA not in (await graph.get(DELETED)).ids


async def test_writes_can_see_the_lagging_copy(graph: Caller) -> None:
    """A licence given just after a restore may meet a user that is not there yet."""
    await graph.switch(replicationDelaySeconds=60, writesSeeReplica=True)
    await graph.restore(EMMA)

    assert (await graph.assign(EMMA)).code == "Request_ResourceNotFound"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 400, "BadRequest"),
        ("PUT", "/users", 405, "Request_BadRequest"),
        ("POST", f"/users/{JAN_OLD}/restore", 404, "Request_ResourceNotFound"),
        ("GET", f"{BIN}/not-a-guid", 400, "Request_BadRequest"),
        ("GET", f"{BIN}/{HANNA}", 404, "Request_ResourceNotFound"),
    ],
)
async def test_what_is_not_there_is_refused_as_graph_does(
    graph: Caller, method: str, path: str, status: int, code: str
) -> None:
    """Every refusal has the envelope, a request id and the caller's own id."""
    reply = await graph.send(method, path, headers={"client-request-id": "mine"})

    assert (reply.status, reply.code) == (status, code)
    assert reply.headers["client-request-id"] == "mine"
    assert reply.body["error"]["innerError"]["request-id"] == reply.headers["request-id"]


async def test_expired_users_linger_until_the_purge_comes(graph: Caller) -> None:
    """A user is listed after 30 days, until the purge the switch asks for."""
    before = (await graph.get(DELETED)).ids
    await graph.switch(purgeAfterDays=30.5)

    after = (await graph.get(DELETED)).ids

    assert FLEUR in before
    assert FLEUR not in after
    assert graph.world.tenant.directory.seen(FLEUR, Lag(graph.world.now)) is None
