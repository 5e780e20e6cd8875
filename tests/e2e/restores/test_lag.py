"""Reads that lag behind writes, as Graph's do: an old state that is shown proves nothing."""

from datetime import datetime

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.cases import NAMED
from tests.e2e.stage.people import (
    Json,
    a_deleted_unlicensed_user,
    a_deleted_user,
    an_unlicensed_user,
)
from tests.e2e.stage.storage import WORK, Storage
from tests.e2e.stage.world import World
from tests.waiting import eventually

_LAG_SECONDS = 40
_LOST = {"status": 503, "when": "after", "times": 1}


async def test_lost_answer_under_lag_is_not_repeated(
    caller: Caller, world: World, storage: Storage
) -> None:
    """The change took place, its answer is lost, the reads still show the old state: no repeat."""
    await world.switch(replicationDelaySeconds=_LAG_SECONDS)
    user = await world.add(a_deleted_user())
    await world.fault(method="POST", path="/restore$", **_LOST)
    restore_id = await caller.start(kind="user", user=user["id"])
    first = await caller.parked(restore_id)

    # A second look comes early, while the directory still shows the user as deleted.
    await world.move_clock(12)
    await storage.send(WORK, restore_id)
    second = await eventually(lambda: _parked_anew(caller, first))
    (ended,) = await caller.come_through(restore_id)

    assert second["waiting"]["for"] == "directory"
    assert _instant(second) > _instant(first)
    assert ended["outcome"]["code"] == "user-restored"
    assert await world.attempts(user) == 1
    assert await world.effects(user) == {"restore": 1}


async def test_lost_answer_to_a_licence_under_lag_is_not_repeated(
    caller: Caller, world: World, storage: Storage
) -> None:
    """The same for a licence."""
    await world.switch(replicationDelaySeconds=_LAG_SECONDS)
    user = await world.add(an_unlicensed_user())
    await world.fault(method="POST", path="/assignLicense$", **_LOST)
    restore_id = await caller.start(kind="license", user=user["id"], **NAMED)
    first = await caller.parked(restore_id)

    await world.move_clock(12)
    await storage.send(WORK, restore_id)
    await eventually(lambda: _parked_anew(caller, first))
    (ended,) = await caller.come_through(restore_id)

    assert ended["outcome"]["code"] == "license-restored"
    assert await world.attempts(user) == 1
    assert await world.effects(user) == {"assignLicense": 1}


@pytest.mark.parametrize("shown", ["old", "neither", "both"])
async def test_restored_user_is_waited_for(caller: Caller, world: World, shown: str) -> None:
    """Until the directory shows the user as active the restore waits, whatever it shows instead."""
    await world.switch(replicationDelaySeconds=_LAG_SECONDS, restoreVisibility=shown)
    user = await world.add(a_deleted_user())

    restore_id = await caller.start(kind="mailbox", user=user["userPrincipalName"])
    (ended,) = await caller.come_through(restore_id)

    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1}


async def test_licence_waits_for_the_restored_user(caller: Caller, world: World) -> None:
    """Restore and licence under lag: both are made, once each and in this order."""
    await world.switch(replicationDelaySeconds=_LAG_SECONDS, writesSeeReplica=True)
    user = await world.add(a_deleted_unlicensed_user())

    restore_id = await caller.start(kind="mailbox", user=user["userPrincipalName"], **NAMED)
    (ended,) = await caller.come_through(restore_id)

    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1, "assignLicense": 1}


async def test_work_messages_are_worth_nothing_but_a_look(
    caller: Caller, world: World, storage: Storage
) -> None:
    """Ten copies of a work message under way, and five after the end, change nothing."""
    user, *others = [await world.add(a_deleted_user()) for _ in range(3)]
    await world.fault(method="POST", path=f"{user['id']}/restore$", latencySeconds=20, times=1)
    restore_id = await caller.start(kind="user", user=user["id"])
    await eventually(world.faults_made)

    for _ in range(10):
        await storage.send(WORK, restore_id)
    # Sent later and ended: then the copies were looked at, too.
    await caller.restore(kind="user", user=others[0]["id"])
    still_running = (await caller.get(restore_id)).body
    await world.clear_faults()
    ended = await caller.end_of(restore_id)
    journal = await storage.journal(restore_id)
    for _ in range(5):
        await storage.send(WORK, restore_id)
    await caller.restore(kind="user", user=others[1]["id"])

    events = [event for event, _ in journal]
    assert still_running["status"] == "running"
    assert (events.count("claimed"), events.count("attempting")) == (1, 1)
    assert (await caller.get(restore_id)).body == ended
    assert await storage.journal(restore_id) == journal
    assert await world.effects(user) == {"restore": 1}


async def _parked_anew(caller: Caller, before: Json) -> Json:
    restore: Json = (await caller.get(before["id"])).body
    is_new = restore["waiting"] and restore["waiting"] != before["waiting"]
    return restore if is_new else {}


def _instant(restore: Json) -> datetime:
    return datetime.fromisoformat(restore["waiting"]["until"])
