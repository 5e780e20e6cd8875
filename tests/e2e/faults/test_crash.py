"""The host is killed in mid-restore: the next one goes on from the ledger, with a look first."""

from typing import Any

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World
from tests.waiting import eventually

# Longer than a worker's lease and than a lost change stays in doubt.
_PAST_THE_LEASE = 150

# Where the host is when it is killed: the call it hangs in, and how often the change is then sent.
_PLACES: dict[str, tuple[dict[str, Any], int]] = {
    "before any change": ({"method": "GET", "path": "/subscribedSkus"}, 1),
    "before the change": ({"method": "POST", "path": "/restore$"}, 2),
    "after the change": ({"method": "POST", "path": "/restore$", "when": "after"}, 1),
    "while verifying": ({"method": "GET", "path": "/mailboxSettings"}, 1),
}


@pytest.mark.parametrize("place", _PLACES)
async def test_restore_survives_the_death_of_its_host(
    caller: Caller, world: World, storage: Storage, stage: Stage, place: str
) -> None:
    """Killed anywhere, it ends under the next host, with one change and a whole journal."""
    where, attempts = _PLACES[place]
    user = await world.add(a_deleted_user())
    request = {"kind": "mailbox", "user": user["userPrincipalName"], "idempotencyKey": fresh_key()}
    await world.fault(hang=True, times=1, **where)

    restore_id = await caller.start(**request)
    await eventually(world.faults_made)
    stage.host.kill()
    stage.start_host()
    left = (await caller.get(restore_id)).body
    await world.sweep()
    early = (await caller.get(restore_id)).body
    await world.pass_time(_PAST_THE_LEASE)
    (ended,) = await caller.come_through(restore_id)

    assert left["status"] == early["status"] == "running"
    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1}
    assert await world.attempts(user) == attempts
    events = [event for event, _ in await storage.journal(restore_id)]
    assert events[:2] == ["accepted", "claimed"]
    assert events.count("claimed") >= 2
    assert events.count("attempting") == attempts
    assert (events.count("settled"), events[-1]) == (1, "settled")
    again = await caller.post(request)
    assert (again.status, again.body["id"]) == (200, restore_id)


async def test_crash_leaves_nothing_behind(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """After the end nobody is locked out, nothing is unfinished or poison, and it is told once."""
    user = await world.add(a_deleted_user())
    await world.fault(hang=True, times=1, method="POST", path="/restore$", when="after")
    restore_id = await caller.start(kind="user", user=user["userPrincipalName"])
    await eventually(world.faults_made)

    stage.host.kill()
    stage.start_host()
    await world.pass_time(_PAST_THE_LEASE)
    await caller.come_through(restore_id)
    event = await storage.result_for(user)

    assert event["subject"] == restore_id
    # The row stays, to say who changed the user last, and the next restore takes the lock over.
    assert [row["restoreId"] for row in await storage.rows("userlocks", user["id"])] == [restore_id]
    assert await storage.rows("restoresunfinished", restore_id) == []
    assert await storage.waiting("restore-work-poison") == 0
    following = await caller.start(kind="user", user=user["id"], idempotencyKey=fresh_key())
    (ended,) = await caller.come_through(following)
    assert ended["outcome"]["code"] == "already-active"
    assert await world.effects(user) == {"restore": 1}


async def test_other_restore_of_the_user_waits_for_the_crashed_one(
    caller: Caller, world: World, stage: Stage
) -> None:
    """The lock outlives its worker: a second order waits until the first one has been ended."""
    user = await world.add(a_deleted_user())
    await world.fault(hang=True, times=1, method="POST", path="/restore$", when="after")
    first = await caller.start(kind="mailbox", user=user["userPrincipalName"])
    await eventually(world.faults_made)
    stage.host.kill()
    stage.start_host()

    second = await caller.start(kind="mailbox", user=user["id"], idempotencyKey=fresh_key())
    waiting = await caller.parked(second)
    await world.pass_time(_PAST_THE_LEASE)
    ended = await caller.come_through(first, second)

    assert waiting["waiting"]["for"] == "user-lock"
    codes = [restore["outcome"]["code"] for restore in ended]
    assert codes == ["mailbox-restored", "already-active"]
    assert await world.effects(user) == {"restore": 1}
