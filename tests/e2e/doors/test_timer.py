"""The timer: scheduled requests wait without a change, and are taken in when their time comes."""

from datetime import datetime, timedelta

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import a_deleted_user
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World
from tests.waiting import eventually


async def _is_due_at(storage: Storage, restore_id: str, moment: datetime) -> bool:
    """Whether the sweep will look at the restore then, and not before."""
    (row,) = await storage.rows("restoresunfinished", restore_id)
    return datetime.fromisoformat(row["dueAt"]) == moment


def _in(stage: Stage, span: timedelta) -> str:
    return (stage.clock.now() + span).isoformat()


async def test_scheduled_restore_waits_and_is_taken_in_by_the_sweep(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """Until `notBefore` nothing is changed; the first sweep after it brings the person back."""
    user = await world.add(a_deleted_user())
    not_before = _in(stage, timedelta(hours=1))
    restore_id = await caller.start(
        kind="mailbox", user=user["userPrincipalName"], notBefore=not_before
    )

    waiting = await caller.parked(restore_id)
    until = datetime.fromisoformat(waiting["waiting"]["until"])
    await eventually(lambda: _is_due_at(storage, restore_id, until))
    await world.pass_time(59 * 60)
    still_waiting = (await caller.get(restore_id)).body
    unchanged = await world.effects(user)
    await world.pass_time(61)
    ended = await caller.end_of(restore_id)

    assert waiting["status"] == "waiting"
    assert waiting["waiting"]["for"] == "schedule"
    assert until == datetime.fromisoformat(not_before)
    assert still_waiting["waiting"] == waiting["waiting"]
    assert unchanged == {}
    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1}


async def test_waiting_restore_asks_callers_to_come_back_seldom(
    caller: Caller, world: World, stage: Stage
) -> None:
    """A caller that follows a scheduled restore is told to wait longer than for a running one."""
    user = await world.add(a_deleted_user())
    not_before = _in(stage, timedelta(hours=1))
    restore_id = await caller.start(kind="user", user=user["id"], notBefore=not_before)
    await caller.parked(restore_id)

    reply = await caller.get(restore_id)

    assert reply.status == 202
    assert int(reply.headers["Retry-After"]) == 60
    await world.pass_time(3601)
    await caller.end_of(restore_id)


async def test_schedule_after_the_window_is_refused_at_once(
    caller: Caller, world: World, stage: Stage
) -> None:
    """What will be too late then is refused now, while the window is still open."""
    user = await world.add(a_deleted_user(deletedDaysAgo=29))
    not_before = _in(stage, timedelta(days=2))

    ended = await caller.restore(kind="user", user=user["id"], notBefore=not_before)

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "window-closed")
    assert ended["outcome"]["fix"]
    assert await world.effects(user) == {}


async def test_past_time_is_no_schedule(caller: Caller, world: World, stage: Stage) -> None:
    """A `notBefore` that has come already starts the restore at once."""
    user = await world.add(a_deleted_user())
    not_before = _in(stage, timedelta(hours=-1))

    ended = await caller.restore(kind="user", user=user["id"], notBefore=not_before)

    assert ended["outcome"]["code"] == "user-restored"
