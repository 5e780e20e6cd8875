"""Observing through the real host: evidence nobody else has, and alerts in time, each once."""

from datetime import datetime, timedelta

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import (
    SKU,
    SKU_ID,
    Json,
    a_deleted_shared_mailbox,
    a_deleted_user,
    a_user,
)
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World

DAY = 86_400.0
HOUR = 3_600.0


async def _thresholds(storage: Storage, user: Json) -> list[float]:
    alerts = await storage.alerts()
    return [one["data"]["threshold"] for one in alerts if one.get("subject") == user["id"]]


async def test_lost_licence_is_given_back_by_what_was_seen_before(
    caller: Caller, world: World, stage: Stage
) -> None:
    """No audit log, no word from the caller: window and licence are the service's own knowledge."""
    await world.switch(auditForbidden=True)
    user = await world.add(a_user())
    await world.observe()
    await world.move_clock(HOUR)
    before = stage.clock.now()
    await world.observe()
    await world.move_clock(HOUR)
    await world.remove_license(user)
    await world.move_clock(HOUR)
    await world.observe()

    ended = await caller.restore(kind="mailbox", user=user["userPrincipalName"])

    assert ended["outcome"]["code"] == "mailbox-restored"
    assert ended["window"]["evidence"] == "observed"
    started_at = datetime.fromisoformat(ended["window"]["startedAt"])
    assert timedelta(0) <= started_at - before < timedelta(minutes=1)
    assert (await world.user(user))["mailbox"]["content"] == "original"
    assert await world.effects(user) == {"assignLicense": 1}


async def test_loss_is_seen_across_a_resync(caller: Caller, world: World) -> None:
    """Eight days without a run: the feed's token is gone, the loss is found all the same."""
    await world.switch(auditForbidden=True)
    user = await world.add(a_user())
    await world.observe()
    await world.move_clock(4 * DAY)
    await world.remove_license(user)
    await world.move_clock(4 * DAY + HOUR)
    await world.observe()

    ended = await caller.restore(kind="mailbox", user=user["userPrincipalName"])

    assert ended["outcome"]["code"] == "mailbox-restored"
    assert ended["window"]["evidence"] == "observed"
    assert 21 < ended["window"]["daysLeft"] < 22


async def test_closing_window_is_told_of_once_for_each_threshold(
    world: World, storage: Storage
) -> None:
    """A deleted user, a deleted shared mailbox, a lost licence: at 7, 3 and 1 days, once each."""
    await storage.alerts()
    deleted = await world.add(a_deleted_user(deletedDaysAgo=0.01))
    shared = await world.add(a_deleted_shared_mailbox(deletedDaysAgo=22.5))
    unlicensed = await world.add(a_user())
    await world.observe()
    await world.remove_license(unlicensed)
    told: dict[str, list[float]] = {user["id"]: [] for user in (deleted, shared, unlicensed)}
    bodies: list[Json] = []

    for _ in range(11):
        await world.move_clock(3 * DAY - HOUR)
        await world.observe()
        await world.observe()
        for event in await storage.alerts():
            told[event["subject"]].append(event["data"]["threshold"])
            bodies.append(event)

    assert told[shared["id"]] == [7.0, 3.0]
    assert told[deleted["id"]][0] == told[unlicensed["id"]][0] == 7.0
    assert all(len(set(one)) == len(one) for one in told.values())
    event = next(one for one in bodies if one["subject"] == unlicensed["id"])
    assert event["type"] == "restore.window-closing.v1"
    assert event["data"]["case"] == "license-removed"
    assert event["data"]["evidence"] == "observed"
    assert event["data"]["user"]["userPrincipalName"] == unlicensed["userPrincipalName"]
    assert event["data"]["licenses"] == [{"skuId": SKU_ID, "skuPartNumber": SKU}]
    assert len({one["id"] for one in bodies}) == len(bodies)


async def test_restored_user_is_not_told_of(caller: Caller, world: World, storage: Storage) -> None:
    """Six days were left, the alert was sent; back again, nothing more is said."""
    user = await world.add(a_deleted_user(deletedDaysAgo=24))
    await world.observe()
    first = await _thresholds(storage, user)
    await caller.restore(kind="user", user=user["id"])
    await world.move_clock(4 * DAY)
    await world.observe()

    assert first == [7.0]
    assert await _thresholds(storage, user) == []


async def test_mass_deletion_is_told_of_once(world: World, storage: Storage) -> None:
    """Twenty users in a minute: one alert, also in the runs after it."""
    users = [await world.add(a_user()) for _ in range(20)]
    await world.observe()
    await storage.alerts()
    await world.move_clock(HOUR)
    for user in users:
        await world.delete(user)

    for _ in range(3):
        await world.observe()
        await world.move_clock(HOUR)

    (event,) = await storage.alerts()
    assert event["type"] == "restore.mass-deletion.v1"
    assert event["data"]["count"] == 20
    assert set(event["data"]["deletedUsers"]["ids"]) == {user["id"] for user in users}


async def test_a_reading_without_anything_is_no_loss(
    caller: Caller, world: World, storage: Storage
) -> None:
    """Everybody reads as if they had nothing, and mailboxes answer: told as a doubt, nothing done.

    Source: microsoft-graph-docs issue 16054.
    """
    users = [await world.add(a_user()) for _ in range(20)]
    await world.observe()
    await storage.alerts()
    await world.move_clock(HOUR)
    await world.switch(readsAsNull=["*"])

    for _ in range(3):
        await world.observe()
        await world.move_clock(HOUR)
    losses = (await caller.send("GET", caller.url("/losses"))).body["value"]

    (event,) = await storage.alerts()
    assert event["type"] == "restore.mass-deletion.v1"
    assert (event["data"]["inDoubt"], event["data"]["count"]) == (True, 20)
    assert losses == []
    assert [await world.effects(user) for user in users] == [{}] * 20


async def test_graph_down_costs_nothing_but_time(
    caller: Caller, world: World, storage: Storage
) -> None:
    """No permission, throttled, broken: the timer does not fail, and the next run sees the loss."""
    await world.switch(auditForbidden=True)
    await storage.alerts()
    user = await world.add(a_user())
    await world.observe()
    await world.remove_license(user)
    for fault in ({"status": 403}, {"status": 429, "retryAfter": 5}, {"status": 503}):
        await world.fault(method="GET", path="/users", times=1, **fault)
        await world.observe()
        await world.clear_faults()
    silence = await storage.alerts()
    await world.observe()

    ended = await caller.restore(kind="mailbox", user=user["id"])

    assert silence == []
    assert ended["outcome"]["code"] == "mailbox-restored"
    assert ended["window"]["evidence"] == "observed"
