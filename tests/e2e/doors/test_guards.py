"""Guards through the real host: ordered over HTTP, kept by the timer."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import Json, a_user, fresh_key
from tests.e2e.stage.signed_in import Person
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World


@pytest.fixture(scope="module")
def entra(stage: Stage) -> Iterator[Host]:
    """Give a second host on the same storage, behind platform authentication."""
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        yield host


@pytest.fixture
def admin(caller: Caller, entra: Host) -> Person:
    """Give somebody who may keep guards."""
    return Person(caller, entra, "boss", "Restore.Admin", "Restore.Read")


@pytest.fixture
def url(entra: Host) -> str:
    """Give the address of the guards."""
    return f"{entra.url}/api/guards"


def an_order(user: str) -> Json:
    """An order to guard a mailbox at once."""
    return {"user": user, "kind": "mailbox", "act": "at-once", "reason": "board", "ticket": "T-1"}


async def find(admin: Person, url: str, guard_id: str) -> Json:
    """The guard as the list shows it; there must be just one."""
    found: list[Json] = []
    link: str | None = f"{url}?top=2"
    while link is not None:
        page = (await admin.send("GET", link)).body
        found += [guard for guard in page["value"] if guard["id"] == guard_id]
        link = page.get("nextLink")
    (guard,) = found
    return guard


async def test_a_guarded_person_is_brought_back_once(
    caller: Caller, world: World, admin: Person, url: str
) -> None:
    """Deleted, restored by the timer's own request, and then left alone."""
    user = await world.add(a_user())
    ordered = await admin.send("POST", url, an_order(user["userPrincipalName"]))
    guard_id = ordered.body["id"]
    await world.observe()
    well = await find(admin, url, guard_id)

    await world.delete(user)
    await world.observe()
    seen_once = await find(admin, url, guard_id)
    await world.move_clock(600)
    await world.observe()
    lost = await find(admin, url, guard_id)
    restore = await caller.end_of(lost["lastLoss"]["restoreId"])
    await world.observe()
    await world.observe()
    back = await find(admin, url, guard_id)

    assert ordered.status == 201
    assert ordered.headers["Location"] == ordered.body["links"]["self"] == f"{url}/{guard_id}"
    assert (well["state"], well["userId"], well["lastLoss"]) == ("watching", user["id"], None)
    assert (seen_once["state"], seen_once["lastLoss"]["restoreId"]) == ("lost", None)
    assert (lost["state"], lost["lastLoss"]["evidence"]) == ("lost", "deletedDateTime")
    assert restore["requestedBy"] == {"door": "timer", "name": "guard", "id": guard_id}
    assert (restore["reason"], restore["ticket"]) == ("board", "T-1")
    assert restore["outcome"]["code"] == "mailbox-restored"
    assert (back["state"], back["lastLoss"]) == ("watching", lost["lastLoss"])
    assert await world.effects(user) == {"restore": 1}


async def test_a_person_lost_again_is_brought_back_again(
    caller: Caller, world: World, admin: Person, url: str
) -> None:
    """Two deletions, two restores, whether or not the timer saw the person well in between."""
    user = await world.add(a_user())
    guard_id = (await admin.send("POST", url, an_order(user["id"]))).body["id"]
    restores = set()
    for _ in range(3):
        await world.move_clock(60)
        await world.delete(user)
        await world.observe()
        await world.move_clock(600)
        await world.observe()
        loss = (await find(admin, url, guard_id))["lastLoss"]
        ended = await caller.end_of(loss["restoreId"])
        restores.add(ended["id"])
        if len(restores) == 1:
            await world.observe()

    assert len(restores) == 3
    assert await world.effects(user) == {"restore": 3}


async def test_a_mailbox_that_is_being_converted_is_left_alone(
    caller: Caller, world: World, admin: Person, url: str
) -> None:
    """Its licence goes first; minutes later it is a shared one, which is no loss.

    Source: CIPP issues 1494 and 1565.
    """
    user = await world.add(a_user())
    guard_id = (await admin.send("POST", url, an_order(user["id"]))).body["id"]
    await world.observe()
    await world.move_clock(60)
    await world.remove_license(user)
    await world.observe()
    under_way = await find(admin, url, guard_id)

    await world.patch(user, mailbox={"purpose": "shared", "lostAt": None})
    await world.move_clock(600)
    await world.observe()
    converted = await find(admin, url, guard_id)
    losses = (await caller.send("GET", caller.url("/losses"))).body["value"]

    assert (under_way["state"], under_way["lastLoss"]["restoreId"]) == ("lost", None)
    assert (converted["state"], converted["lastLoss"]["restoreId"]) == ("watching", None)
    assert [row["userId"] for row in losses if row["userId"] == user["id"]] == []
    assert await world.effects(user) == {}


async def test_a_lost_license_waits_for_the_last_days(
    caller: Caller, world: World, admin: Person, url: str
) -> None:
    """`when-closing`: nothing is begun for 25 days; in the last ones the restore is taken in."""
    user = await world.add(a_user())
    order = {"user": user["id"], "kind": "mailbox", "act": "when-closing"}
    guard_id = (await admin.send("POST", url, order)).body["id"]
    await world.observe()
    await world.remove_license(user)
    await world.move_clock(3600)
    await world.observe()
    lost = await find(admin, url, guard_id)
    await world.move_clock(25 * 86_400)
    await world.observe()
    waiting = await find(admin, url, guard_id)
    untouched = await world.effects(user)
    await world.move_clock(3 * 86_400)
    await world.observe()
    begun = await find(admin, url, guard_id)
    ended = await caller.end_of(begun["lastLoss"]["restoreId"])

    assert (lost["state"], lost["lastLoss"]["restoreId"]) == ("lost", None)
    assert lost["lastLoss"]["evidence"] in {"audit", "observed"}
    assert waiting["lastLoss"] == lost["lastLoss"]
    assert untouched == {}
    assert ended["window"]["verdict"] == "closing"
    assert ended["requestedBy"]["door"] == "timer"
    assert datetime.fromisoformat(ended["window"]["startedAt"]) == datetime.fromisoformat(
        lost["lastLoss"]["at"]
    )


async def test_a_repeated_order_is_one_guard_until_it_is_removed(admin: Person, url: str) -> None:
    """201, then 200 with the same guard; 204, then 404."""
    order = {"user": f"{fresh_key()}@contoso.example", "kind": "user", "act": "at-once"}

    first = await admin.send("POST", url, order)
    again = await admin.send("POST", url, order)
    removed = await admin.send("DELETE", first.headers["Location"])
    missing = await admin.send("DELETE", first.headers["Location"])

    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body
    assert again.headers["Location"] == first.headers["Location"]
    assert (removed.status, removed.body) == (204, "")
    assert (missing.status, missing.body["code"]) == (404, "guard-not-found")


async def test_wrong_orders_are_refused_with_every_fault(admin: Person, url: str) -> None:
    """400 for the order and for the list, each fault with its pointer."""
    order = await admin.send("POST", url, {"user": "", "act": "soon", "Ticket": "x"})
    listed = await admin.send("GET", f"{url}?top=0&skipToken=x")

    pointers = sorted(fault["pointer"] for fault in order.body["errors"])
    assert (order.status, order.body["code"]) == (400, "invalid-request")
    assert pointers == ["/Ticket", "/act", "/kind", "/user"]
    assert listed.status == 400
    assert sorted(fault["pointer"] for fault in listed.body["errors"]) == ["/skipToken", "/top"]


async def test_guards_need_an_admin(caller: Caller, entra: Host, url: str) -> None:
    """403 names the role; with function keys nobody has it."""
    other = Person(caller, entra, "other", "Restore.Read", "Restore.Request", "Restore.Override")

    replies = [
        await other.send("POST", url, {"user": "x"}),
        await other.send("GET", url),
        await other.send("DELETE", f"{url}/{'0' * 32}"),
        await caller.send("GET", caller.url("/guards")),
    ]

    for reply in replies:
        assert (reply.status, reply.body["code"]) == (403, "role-missing")
        assert "Restore.Admin" in reply.body["detail"]


async def test_one_429_on_the_feed_costs_a_guarded_person_nothing(
    caller: Caller, world: World, admin: Person, url: str
) -> None:
    """The round that would have remembered the licence was cut off: the guard's look remembers it.

    The audit log is closed, so that nothing else can tell which licence it was.
    """
    await world.switch(auditForbidden=True)
    user = await world.add(a_user())
    ordered = await admin.send("POST", url, an_order(user["userPrincipalName"]))
    guard_id = ordered.body["id"]
    await world.fault(method="GET", path="/users/delta", status=429, retryAfter=1, times=1)
    await world.observe()
    struck = await world.faults_made()

    await world.remove_license(user)
    await world.observe()
    await world.move_clock(600)
    await world.observe()
    lost = await find(admin, url, guard_id)
    restore = await caller.end_of(lost["lastLoss"]["restoreId"])

    assert struck == 1
    assert restore["outcome"]["code"] == "mailbox-restored"
    assert restore["window"]["evidence"] == "observed"
