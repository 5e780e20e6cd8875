"""ListLosses and ListLicenses: the tenant's lists through the real host, page by page."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from infra.local.landscape import Host
from shared.ledger.connections import StorageSettings
from shared.ledger.storage import open_storage
from tests.builders import an_observation
from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import SKU, SKU_ID, SURNAME, Json, a_deleted_user, a_user
from tests.e2e.stage.signed_in import Person
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World

_BIN = "GET /directory/deletedItems/microsoft.graph.user"


@pytest.fixture(scope="module")
def entra(stage: Stage) -> Iterator[Host]:
    """Give a second host on the same storage, behind platform authentication."""
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        yield host


async def deleted(caller: Caller, **query: object) -> Reply:
    """One page of the losses."""
    return await caller.send("GET", caller.url(f"/losses?{urlencode(query)}"))


async def pages(caller: Caller, **query: object) -> list[list[Json]]:
    """Every page, followed from link to link."""
    reply = await deleted(caller, **query)
    found = [reply.body["value"]]
    while (link := reply.body.get("nextLink")) is not None:
        reply = await caller.send("GET", link)
        assert reply.status == 200, reply
        found.append(reply.body["value"])
    return found


async def some_deleted(world: World, *days_ago: float, **fields: Any) -> list[Json]:
    """Users deleted that long ago."""
    return [await world.add(a_deleted_user(deletedDaysAgo=days, **fields)) for days in days_ago]


def ids(rows: list[Json]) -> list[str]:
    """Who they are."""
    return [row["id"] for row in rows]


async def test_soonest_end_of_window_first(caller: Caller, world: World) -> None:
    """Closing, open; under the names of before, with what each still has; no closed ones."""
    await world.add(a_user())
    opened, _, closing = await some_deleted(world, 5, 31, 28, onPremisesSyncEnabled=True)

    reply = await deleted(caller)

    rows = reply.body["value"]
    assert reply.status == 200
    assert ids(rows) == [closing["id"], opened["id"]]
    assert [row["window"]["verdict"] for row in rows] == ["closing", "open"]
    assert rows[1] == {
        "id": opened["id"],
        "userPrincipalName": opened["userPrincipalName"],
        "displayName": opened["displayName"],
        "mail": opened["userPrincipalName"],
        "userType": "Member",
        "onPremisesSyncEnabled": True,
        "case": "deleted-user",
        "lostAt": None,
        "deletedAt": rows[1]["deletedAt"],
        "window": rows[1]["window"] | {"evidence": "deletedDateTime"},
        "licenses": [
            {"skuId": SKU_ID, "skuPartNumber": SKU, "name": "Office 365 E3", "fromGroup": None}
        ],
    }
    assert rows[1]["window"]["startedAt"] == rows[1]["deletedAt"]
    assert "nextLink" not in reply.body
    assert (await world.graph_calls())[_BIN] == 1


@pytest.mark.parametrize("top", [1, 3, 7, 999])
async def test_all_pages_hold_everybody_once(caller: Caller, world: World, top: int) -> None:
    """In order across the pages, also where many were deleted at the same instant."""
    users = await some_deleted(world, *[9, 3, 9, 9, 1, 9, 20])

    found = await pages(caller, top=top)

    rows = [row for page in found for row in page]
    assert sorted(ids(rows)) == sorted(ids(users))
    assert rows == sorted(rows, key=lambda row: str(row["window"]["endsAt"]))
    assert [len(page) for page in found[:-1]] == [top] * (len(found) - 1)


@pytest.mark.parametrize("top", [2, 100])
async def test_search_looks_at_the_names_of_before(caller: Caller, world: World, top: int) -> None:
    """Any part of name or address in any case; never the id in front of a deleted name."""
    users = await some_deleted(world, *[4, 5, 6, 7, 8])
    odd = await world.add(a_deleted_user(displayName="Zoë O'Brien & Co", mail="zb@x.example"))

    everybody = await pages(caller, search=SURNAME.upper(), top=top)
    one = await pages(caller, search=users[3]["userPrincipalName"][:12], top=top)
    quoted = await pages(caller, search="ZOË O'b", top=top)
    mail = await pages(caller, search="zb@X", top=top)
    hexadecimal = await pages(caller, search=users[0]["id"].replace("-", ""), top=top)

    assert [row for page in everybody for row in ids(page)] == ids(users)[::-1]
    assert [ids(page) for page in one if page] == [[users[3]["id"]]]
    assert [ids(page) for page in quoted if page] == [[odd["id"]]] == [ids(p) for p in mail if p]
    assert hexadecimal == [[]]


@pytest.mark.parametrize(
    "switches",
    [
        {},
        {"deletedDateFilter": False},
        {"deletedSortWithFilter": False},
        {"deletedDateSort": False},
    ],
    ids=["all", "no filter", "not together", "no order"],
)
async def test_closing_within_days_whatever_graph_grants(
    caller: Caller, world: World, switches: Json
) -> None:
    """The same users in the same order, closed ones and later ones left out."""
    await world.switch(**switches)
    users = await some_deleted(world, 27.5, 31, 29.5, 28.5, 5, 26.5, 30.5)

    found = await pages(caller, closingWithinDays="3.0", top=2)
    reply = await deleted(caller, closingWithinDays=3)
    half = await deleted(caller, closingWithinDays="0.6")

    rows = [row for page in found for row in page]
    wanted = [users[2]["id"], users[3]["id"], users[0]["id"]]
    assert ids(rows) == wanted == ids(reply.body["value"])
    assert {row["window"]["verdict"] for row in rows} == {"closing"}
    assert ids(half.body["value"]) == [users[2]["id"]]


async def test_one_list_for_everybody_who_lost_a_mailbox(caller: Caller, world: World) -> None:
    """Deleted, and only without a licence since the timer looked; both leave it when restored."""
    # Whatever token of the change feed a test before has left is too old by now.
    await world.move_clock(8 * 86_400)
    kept, gone = await world.add(a_user()), await world.add(a_user())
    await world.observe()
    await world.remove_license(gone)
    await world.delete(kept)
    await world.observe()

    rows = {row["id"]: row for row in (await deleted(caller)).body["value"]}
    capacity = await caller.send("GET", caller.url("/losses/capacity"))
    csv = await caller.send("GET", caller.url("/losses"), headers={"Accept": "text/csv"})

    assert rows[gone["id"]]["case"] == "license-removed"
    assert rows[kept["id"]]["case"] == "deleted-user"
    assert rows[gone["id"]]["window"]["evidence"] == "observed"
    assert rows[gone["id"]]["licenses"][0]["skuId"] == SKU_ID
    [seats] = [one for one in capacity.body["value"] if one["skuId"] == SKU_ID]
    assert seats["needed"] >= 2
    assert csv.headers["Content-Type"].startswith("text/csv")
    for user in (kept, gone):
        await caller.restore(kind="mailbox", user=user["id"])
    left = ids((await deleted(caller)).body["value"])
    assert not {kept["id"], gone["id"]} & set(left)


async def test_an_observed_loss_moves_the_window(
    caller: Caller, world: World, stage: Stage
) -> None:
    """Deleted five days ago, without a licence for 29: a day is left, and the list says why."""
    user, other = await some_deleted(world, 5, 6, licenses=[])
    now = stage.clock.now()
    storage = open_storage(StorageSettings(stage.connection_string))
    lost_at = now - timedelta(days=29)
    await storage.observations.note(an_observation(user["id"], lost_at=lost_at))
    await storage.close()

    rows = (await deleted(caller)).body["value"]

    assert ids(rows) == [user["id"], other["id"]]
    assert [row["window"]["evidence"] for row in rows] == ["observed", "deletedDateTime"]
    assert (rows[0]["window"]["verdict"], rows[0]["window"]["daysLeft"] <= 1) == ("closing", True)


async def test_the_lists_by_roles(caller: Caller, world: World, entra: Host) -> None:
    """Restore.Read sees who is lost, Restore.Request the licences it may name; others nothing."""
    await some_deleted(world, 5)
    answers = {}
    for role in ("Restore.Read", "Restore.Request", "Restore.Admin"):
        person = Person(caller, entra, role, role)
        replies = [
            await person.send("GET", f"{entra.url}/api/{path}") for path in ("losses", "licenses")
        ]
        answers[role] = [(reply.status, reply.body.get("code")) for reply in replies]
    nobody = await caller.send("GET", f"{entra.url}/api/losses")

    missing = (403, "role-missing")
    assert answers == {
        "Restore.Read": [(200, None), missing],
        "Restore.Request": [missing, (200, None)],
        "Restore.Admin": [missing, missing],
    }
    assert (nobody.status, nobody.body["code"]) == (401, "not-signed-in")


async def test_bad_parameters_are_told_all_at_once(caller: Caller, world: World) -> None:
    """400 with every fault, a typo among them, and nothing is asked of Graph."""
    reply = await deleted(caller, top="1000", closingWithinDays="soon", skipToken="x", sort="y")

    assert (reply.status, reply.body["code"]) == (400, "invalid-request")
    pointers = [fault["pointer"] for fault in reply.body["errors"]]
    assert sorted(pointers) == ["/closingWithinDays", "/skipToken", "/sort", "/top"]
    assert await world.graph_calls() == {}


async def test_a_link_holds_nothing_of_graphs_address(caller: Caller, world: World) -> None:
    """Ours and absolute; what is within it is a place."""
    await some_deleted(world, 5, 6)

    link = (await deleted(caller, top=1)).body["nextLink"]

    token = link.rpartition("skipToken=")[2]
    inside = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    assert link.startswith(caller.url("/losses?top=1&skipToken="))
    assert "http" not in inside
    assert "/" not in inside


async def test_a_user_restored_while_the_list_is_read_takes_nobody_along(
    caller: Caller, world: World
) -> None:
    """The others are on the pages that follow."""
    users = await some_deleted(world, 9, 8, 7, 6, 5)
    first = await deleted(caller, top=2)
    await caller.restore(kind="user", user=users[0]["id"])

    second = await caller.send("GET", first.body["nextLink"])
    third = await caller.send("GET", second.body["nextLink"])

    rest = ids(second.body["value"]) + ids(third.body["value"])
    assert rest == ids(users[2:])


async def test_licences_that_carry_a_mailbox(caller: Caller, world: World) -> None:
    """By part number, full ones included, those without a mailbox left out; a seat is counted."""
    before = await caller.send("GET", caller.url("/licenses"))
    await world.add(a_user())
    after = await caller.send("GET", caller.url("/licenses"))

    rows = before.body["value"]
    names = [row["skuPartNumber"] for row in rows]
    assert before.status == 200
    assert names == sorted(names, key=str.casefold)
    assert SKU in names
    assert not {"FLOW_FREE", "M365_F1"} & set(names)
    assert all(row["mailboxPlans"] and row["skuId"] for row in rows)
    [free] = [row["freeSeats"] for row in rows if row["skuPartNumber"] == SKU]
    [left] = [row["freeSeats"] for row in after.body["value"] if row["skuPartNumber"] == SKU]
    assert left == free - 1
    assert (await world.graph_calls()) == {"GET /subscribedSkus": 2}


@pytest.mark.parametrize("path", ["losses", "licenses"])
@pytest.mark.parametrize(
    ("fault", "code", "wait"),
    [
        ({"status": 503}, "directory-unavailable", "10"),
        ({"drop": "before"}, "directory-unavailable", "10"),
        ({"contentType": "text/html"}, "directory-unavailable", "10"),
        ({"status": 429, "retryAfter": 40}, "directory-unavailable", "40"),
        ({"status": 403}, "directory-unavailable", "60"),
    ],
    ids=["503", "dropped", "a proxy's page", "429", "403"],
)
async def test_lists_while_graph_is_down(
    caller: Caller, world: World, path: str, fault: Json, code: str, wait: str
) -> None:
    """503 with when to come back, never an empty list; then all is as before."""
    await some_deleted(world, 5)
    await world.fault(path="^/(directory|subscribedSkus)", **fault)

    reply = await caller.send("GET", caller.url(f"/{path}"))
    await world.clear_faults()
    after = await caller.send("GET", caller.url(f"/{path}"))

    assert (reply.status, reply.body["code"]) == (503, code)
    assert reply.headers["Retry-After"] == wait
    assert ("Read.All" in reply.body["fix"]) == (fault == {"status": 403})
    assert after.status == 200
    assert after.body["value"]


async def test_the_search_is_in_no_log(caller: Caller, world: World, stage: Stage) -> None:
    """What is searched for is a person's name."""
    await some_deleted(world, 5)

    await deleted(caller, search="Whoever-is-sought")

    assert "whoever-is-sought" not in json.dumps(stage.written()).lower()
