"""The life of a restore in the hands of people: cancelled, retried and listed, by roles."""

from collections.abc import Iterator
from datetime import timedelta
from secrets import token_hex

import pytest

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.cases import NAMED
from tests.e2e.stage.people import Json, a_deleted_user, an_unlicensed_user, fresh_key
from tests.e2e.stage.signed_in import Person
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World


def in_two_days(stage: Stage) -> str:
    """A time at which the window of a fresh restore is still open."""
    return (stage.clock.now() + timedelta(days=2)).isoformat()


@pytest.fixture(scope="module")
def entra(stage: Stage) -> Iterator[Host]:
    """Give a second host on the same storage, behind platform authentication."""
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        yield host


async def test_scheduled_restore_is_cancelled(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """200 and cancelled, told to the world, and its time passes without effect."""
    user = await world.add(a_deleted_user())
    restore_id = await caller.start(kind="user", user=user["id"], notBefore=in_two_days(stage))
    await caller.parked(restore_id)

    reply = await caller.send("POST", caller.url(f"/restores/{restore_id}/cancel"))
    again = await caller.send("POST", caller.url(f"/restores/{restore_id}/cancel"))

    assert (reply.status, reply.body["status"]) == (200, "cancelled")
    assert reply.body["outcome"]["code"] == "cancelled"
    assert (again.status, again.body) == (200, reply.body)
    events = await storage.results(lambda event: event["subject"] == restore_id)
    assert [event["data"]["status"] for event in events] == ["cancelled"]
    assert (await caller.get(restore_id)).body == reply.body
    assert await storage.rows("restoresunfinished", restore_id) == []
    assert await world.effects(user) == {}


async def test_restored_user_is_not_cancelled(caller: Caller, world: World) -> None:
    """409 once the change was made, during the verification and after it."""
    await world.switch(replicationDelaySeconds=40)
    user = await world.add(a_deleted_user())
    restore_id = await caller.start(kind="user", user=user["id"])
    await caller.parked(restore_id)

    during = await caller.send("POST", caller.url(f"/restores/{restore_id}/cancel"))
    await caller.come_through(restore_id)
    after = await caller.send("POST", caller.url(f"/restores/{restore_id}/cancel"))

    assert (during.status, during.body["code"]) == (409, "not-cancellable")
    assert (after.status, after.body["code"]) == (409, "not-cancellable")
    assert await world.effects(user) == {"restore": 1}


async def test_cancel_needs_the_right_caller(
    caller: Caller, world: World, entra: Host, stage: Stage
) -> None:
    """One's own with Restore.Request, any with Restore.Admin; what is not shown is not there."""
    user = await world.add(a_deleted_user())
    owner = Person(caller, entra, "owner", "Restore.Request")
    started = await owner.post(
        "", {"kind": "user", "user": user["id"], "notBefore": in_two_days(stage)}
    )
    assert started.status == 202
    cancel = f"/{started.body['id']}/cancel"

    hidden = await Person(caller, entra, "other", "Restore.Request").post(cancel)
    reader = await Person(caller, entra, "reader", "Restore.Read").post(cancel)
    own = await owner.post(cancel)
    admin = await Person(caller, entra, "boss", "Restore.Admin").post(cancel)

    assert (hidden.status, hidden.body["code"]) == (404, "restore-not-found")
    assert (reader.status, reader.body["code"]) == (403, "role-missing")
    assert "Restore.Admin" in reader.body["detail"]
    assert (own.status, admin.status) == (200, 200)
    assert admin.body["status"] == "cancelled"


async def test_refused_restore_is_retried(
    caller: Caller, world: World, storage: Storage, entra: Host
) -> None:
    """What was missing is there now: 202, where to look, and the same restore succeeds."""
    user = await world.add(an_unlicensed_user(usageLocation=None))
    refused = await caller.restore(kind="license", user=user["id"], **NAMED)
    assert refused["outcome"]["code"] == "usage-location-missing"
    events = await storage.results(lambda event: event["subject"] == refused["id"])
    await world.patch(user, usageLocation="NL")
    admin = Person(caller, entra, "boss", "Restore.Admin", "Restore.Read")

    reply = await admin.post(f"/{refused['id']}/retry")
    ended = await caller.end_of(refused["id"])
    again = await admin.post(f"/{refused['id']}/retry")

    assert (reply.status, reply.body["status"], reply.body["attempts"]) == (202, "queued", 2)
    assert reply.headers["Location"] == f"{entra.url}/api/restores/{refused['id']}"
    assert int(reply.headers["Retry-After"]) > 0
    assert (ended["outcome"]["code"], ended["attempts"]) == ("license-restored", 2)
    assert (again.status, again.body["code"]) == (409, "not-retryable")
    assert [event["id"] for event in events] == [f"{refused['id']}-1"]
    assert await world.effects(user) == {"assignLicense": 1}


async def test_retry_needs_an_admin(caller: Caller, entra: Host) -> None:
    """403 names the role; with function keys nobody has it."""
    refused = await caller.restore(kind="user", user="nobody")
    path = f"/{refused['id']}/retry"

    requester = Person(caller, entra, "owner", "Restore.Request", "Restore.Read")
    replies = [
        await requester.post(path),
        await caller.send("POST", caller.url(f"/restores{path}")),
    ]

    for reply in replies:
        assert (reply.status, reply.body["code"]) == (403, "role-missing")
        assert "Restore.Admin" in reply.body["detail"]


async def everything(reader: Person, link: str | None) -> list[Json]:
    """The rows from this page to the end of the list.

    Among many restores of others a page may be empty, and say where the list goes on.
    """
    rows: list[Json] = []
    while link is not None:
        page = (await reader.send("GET", link)).body
        rows += page["value"]
        link = page.get("nextLink")
    return rows


async def test_restores_are_listed_newest_first(caller: Caller, entra: Host) -> None:
    """A reader pages through one caller's, and finds them by user and status; nobody else may."""
    owner = Person(caller, entra, f"6fd2c87f-b296-42f0-b197-{token_hex(6)}", "Restore.Request")
    users = [f"nobody-{fresh_key()}" for _ in range(3)]
    ids = []
    for user in users:
        started = await owner.post("", {"kind": "user", "user": user})
        ids.append(started.body["id"])
        await caller.end_of(started.body["id"])
    reader = Person(caller, entra, "reader", "Restore.Read")
    url = f"{entra.url}/api/restores"

    mine = f"requestedBy={started.body['requestedBy']['id']}"

    refused = await owner.send("GET", f"{url}?{mine}&top=2")
    first = await reader.send("GET", f"{url}?{mine}&top=2")
    later = await everything(reader, first.body["nextLink"])
    found = await reader.send("GET", f"{url}?user={users[0].upper()}&status=refused")
    none = await everything(reader, f"{url}?user={users[0]}&status=failed")

    assert (refused.status, refused.body["code"]) == (403, "role-missing")
    assert first.body["nextLink"].startswith(f"{url}?")
    assert [item["id"] for item in first.body["value"]] == [ids[2], ids[1]]
    assert [item["id"] for item in later] == [ids[0]]
    assert found.body["value"] == [
        (await caller.get(ids[0])).body | {"links": {"self": f"{url}/{ids[0]}"}}
    ]
    assert none == []


async def test_wrong_list_is_refused(caller: Caller) -> None:
    """400 with every fault, a token of another make among them."""
    query = "skipToken=xyz&top=0&status=done&sort=up"

    reply = await caller.send("GET", caller.url(f"/restores?{query}"))

    assert (reply.status, reply.body["code"]) == (400, "invalid-request")
    pointers = sorted(fault["pointer"] for fault in reply.body["errors"])
    assert pointers == ["/skipToken", "/sort", "/status", "/top"]
