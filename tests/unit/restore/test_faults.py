"""Faults, crashes and races: the effect happens once, and every accepted restore ends."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.errors import (
    AnsweredError,
    NotSentError,
    OutcomeUnknownError,
    StorageUnavailableError,
    ThrottledError,
)
from shared.restore.hold import LEASE, PROMPT, RENEW_AFTER
from shared.restore.steps.sending import IN_DOUBT
from tests.builders import NOW, USER_ID, a_deleted_person, a_request, because
from tests.reading import said
from tests.unit.world.world import World, code_of

REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")
LOST = OutcomeUnknownError(because("the answer was lost"))
NOT_SENT = NotSentError(because("no way to Graph"))
DOWN = StorageUnavailableError("down")


class Killed(BaseException):
    """The process is gone, as by kill -9: nothing after it runs."""


def a_world() -> World:
    """A world with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


@pytest.mark.parametrize("happened", [True, False], ids=["it happened", "it did not"])
async def test_a_lost_answer_is_looked_at_and_not_repeated_blindly(happened: bool) -> None:  # noqa: FBT001
    """When it happened it is found done; when it did not, it is sent again after the doubt."""
    world = a_world()
    world.directory.fail_next("restore_user", LOST, after_effect=happened)

    record = await world.restore(REQUEST)

    assert code_of(record) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1
    assert len(world.effects()) == (1 if happened else 2)


async def test_nothing_is_sent_again_while_a_look_may_be_stale() -> None:
    """Reads lag behind writes: the old state right after the effect proves nothing."""
    world = a_world()
    world.directory.replication_delay = timedelta(seconds=40)
    world.directory.fail_next("restore_user", LOST, after_effect=True)

    record = await world.restore(REQUEST)

    assert code_of(record) is Code.USER_RESTORED
    assert len(world.effects()) == 1
    assert world.clock.now() - NOW >= timedelta(seconds=40)
    assert timedelta(seconds=40) < IN_DOUBT


@pytest.mark.parametrize("error", [NOT_SENT, ThrottledError(because("429"), timedelta(seconds=7))])
async def test_a_request_that_was_not_sent_is_sent_again(error: Exception) -> None:
    """The effect certainly did not happen, so the next run sends it."""
    world = a_world()
    world.directory.fail_next("restore_user", error)
    record = await world.accept(REQUEST)

    parked = await world.run(record.id)
    ended = await world.finish(record.id)

    assert parked.steps[0].status is StepStatus.PENDING
    assert not parked.was_touched
    assert code_of(ended) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1


async def test_the_time_graph_names_is_waited_for() -> None:
    """429 with Retry-After parks the restore for exactly that, and blocks no worker."""
    world = a_world()
    world.directory.fail_next("skus", ThrottledError(because("429"), timedelta(seconds=90)))
    record = await world.accept(REQUEST)

    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.THROTTLE
    assert parked.waiting.until == NOW + timedelta(seconds=90)
    assert (record.id, timedelta(seconds=90)) in world.storage.outbox.work


@pytest.mark.parametrize(("asked", "waited"), [(5, 10), (120, 120), (7200, 900)])
async def test_a_503_that_names_a_time_is_obeyed(asked: int, waited: int) -> None:
    """Not sooner than Graph asked, nor than we would have come back; never for hours."""
    world = a_world()
    busy = OutcomeUnknownError(because("503"), timedelta(seconds=asked))
    world.directory.fail_next("skus", busy)
    record = await world.accept(REQUEST)

    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.DIRECTORY
    assert parked.waiting.until == NOW + timedelta(seconds=waited)


async def test_an_outage_of_storage_after_parking_is_told_as_such() -> None:
    """The restore is parked; what was not written yet is the sweep's, and no fault of ours."""
    world = a_world()
    world.directory.fail_next("skus", NOT_SENT)
    record = await world.accept(REQUEST)
    world.storage.unfinished.fail_next("note", DOWN)

    with pytest.raises(StorageUnavailableError):
        await world.run(record.id)

    assert (await world.record(record.id)).status is Status.WAITING


async def test_an_outage_of_hours_is_waited_out() -> None:
    """Graph does not answer for a long time; the restore comes through when it is back."""
    world = a_world()
    for _ in range(50):
        world.directory.fail_next("active", NOT_SENT)

    record = await world.restore(REQUEST)

    assert code_of(record) is Code.USER_RESTORED
    assert world.clock.now() - NOW > timedelta(hours=3)


async def test_an_outage_past_every_window_gives_up() -> None:
    """Without having seen the user once in 30 days, the restore ends and says why."""
    world = a_world()
    record = await world.accept(REQUEST)
    world.clock.advance(timedelta(days=30, seconds=1))
    world.directory.fail_next("active", NOT_SENT)

    assert code_of(await world.run(record.id)) is Code.GAVE_UP


async def test_a_refused_read_names_the_permission() -> None:
    """403 on the way to the decision is no reason to wait."""
    world = a_world()
    forbidden = AnsweredError(status=403, code="Authorization_RequestDenied", message="No.")
    world.directory.fail_next("active", forbidden)

    record = await world.restore(REQUEST)

    assert code_of(record) is Code.PERMISSION_MISSING
    assert record.outcome is not None
    assert "User.Read.All" in said(record.outcome).message


async def test_a_user_purged_meanwhile_is_said_to_be_purged() -> None:
    """It was there when the plan was made, and is gone when the effect is due."""
    world = a_world()
    world.directory.fail_next("restore_user", NOT_SENT)
    record = await world.accept(REQUEST)
    await world.run(record.id)
    world.directory.purge(USER_ID)

    assert code_of(await world.finish(record.id)) is Code.USER_PURGED


PORTS = [
    ("directory", method)
    for method in (
        "active",
        "deleted",
        "skus",
        "conflicts",
        "roles_held",
        "restore_user",
        "mailbox",
    )
] + [
    ("ledger", "read"),
    ("ledger", "write"),
    ("locks", "take"),
    ("locks", "release"),
    ("outbox", "publish_result"),
    ("unfinished", "forget"),
]


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("port", "method"), PORTS)
async def test_a_worker_killed_at_any_call_is_made_good_by_the_sweep(
    port: str,
    method: str,
    nth: int,
    after: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Killed before or after any call, the restore ends all the same, with one effect."""
    world = a_world()
    target = world.directory if port == "directory" else getattr(world.storage, port)
    record = await world.accept(REQUEST)
    world.storage.outbox.work.clear()
    plan = KillPlan(target, method, nth, after=after)
    plan.arm()
    with suppress(Killed):
        await world.run(record.id)
    plan.disarm()

    ended = await sweep_until_ended(world, record.id)

    assert code_of(ended) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1
    assert [row async for row in world.storage.unfinished.due(NOW + timedelta(days=9))] == []
    assert world.storage.outbox.results
    assert len({event["id"] for event in world.storage.outbox.results}) == 1


class KillPlan:
    """Kill the worker at the nth call of one port method, before or after it took place."""

    def __init__(self, target: object, method: str, nth: int, *, after: bool) -> None:
        self._target, self._method, self._left, self._after = target, method, nth, after
        self._real = getattr(target, method)

    def arm(self) -> None:
        """From now on, count the calls."""
        setattr(self._target, self._method, self._call)

    def disarm(self) -> None:
        """The next process knows nothing of it."""
        setattr(self._target, self._method, self._real)

    async def _call(self, *args: object, **kwargs: object) -> object:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Killed
        result = await self._real(*args, **kwargs)
        if self._left == 0:
            raise Killed
        return result


async def sweep_until_ended(world: World, restore_id: str) -> Record:
    """Let time pass and the sweep work, until nothing is left to do."""
    for _ in range(12):
        world.clock.advance(LEASE + timedelta(minutes=5))
        await world.sweep()
        queued = {item for item, _ in world.storage.outbox.work}
        world.storage.outbox.work.clear()
        for item in queued:
            await world.run(item)
    return await world.record(restore_id)


async def test_a_second_worker_keeps_off_while_the_lease_lasts() -> None:
    """The message delivered twice at once is one run and one effect."""
    world = a_world()
    record = await world.accept(REQUEST)

    await asyncio.gather(*(world.run(record.id) for _ in range(5)))

    assert code_of(await world.record(record.id)) is Code.USER_RESTORED
    assert len(world.effects()) == 1
    assert (await world.events(record.id)).count("claimed") == 1


async def test_a_worker_that_lost_its_lease_writes_nothing_more() -> None:
    """It wakes after another one has finished the restore: no write, no second effect."""
    world = a_world()
    record = await world.accept(REQUEST)
    asleep, awake = asyncio.Event(), asyncio.Event()
    real = world.directory.skus

    async def slow_skus() -> object:
        asleep.set()
        await awake.wait()
        return await real()

    world.directory.skus = slow_skus  # type: ignore[method-assign, assignment]
    sleeper = asyncio.create_task(world.run(record.id))
    await asleep.wait()
    world.directory.skus = real  # type: ignore[method-assign]
    world.clock.jump(LEASE)
    ended = await world.run(record.id)
    journal = await world.events(record.id)
    awake.set()
    await sleeper

    assert ended.status is Status.SUCCEEDED
    assert await world.events(record.id) == journal
    assert len(world.effects()) == 1


async def test_a_worker_that_lives_keeps_its_lease_however_long_it_waits() -> None:
    """Graph takes 40 s to answer: nobody else takes the restore up, and its own run ends it."""
    world = a_world()
    record = await world.accept(REQUEST)
    asleep, awake = asyncio.Event(), asyncio.Event()
    real = world.directory.skus

    async def slow_skus() -> object:
        asleep.set()
        await awake.wait()
        return await real()

    world.directory.skus = slow_skus  # type: ignore[method-assign, assignment]
    worker = asyncio.create_task(world.run(record.id))
    await asleep.wait()
    for _ in range(40):
        world.clock.advance(timedelta(seconds=1))
        await asyncio.sleep(0)
        await world.run(record.id)
    awake.set()

    assert code_of(await worker) is Code.USER_RESTORED
    assert (await world.events(record.id)).count("claimed") == 1
    assert len(world.effects()) == 1


@pytest.mark.parametrize("after", [False, True], ids=["not written", "answer lost"])
async def test_a_lease_that_could_not_be_renewed_is_renewed_the_next_time(*, after: bool) -> None:
    """Storage fails on a renewal: the run itself goes on, or learns of it from its next write."""
    world = a_world()
    record = await world.accept(REQUEST)
    real = world.directory.skus

    async def slow_skus() -> object:
        world.storage.ledger.fail_next("write", DOWN, after_effect=after)
        world.clock.advance(RENEW_AFTER)
        for _ in range(9):
            await asyncio.sleep(0)
        return await real()

    world.directory.skus = slow_skus  # type: ignore[method-assign, assignment]
    await world.run(record.id)
    world.directory.skus = real  # type: ignore[method-assign]
    world.clock.advance(LEASE)

    assert code_of(await world.finish(record.id)) is Code.USER_RESTORED
    assert len(world.effects()) == 1


async def test_an_effect_that_was_held_up_is_not_sent() -> None:
    """Between writing "attempting" and sending lies a pause: others may have acted since."""
    world = a_world()
    record = await world.accept(REQUEST)
    real = world.storage.ledger.write

    async def slow_write(*args: object) -> object:
        stored = await real(*args)  # type: ignore[arg-type]
        if any(entry.event == "attempting" for entry in args[2:]):  # type: ignore[attr-defined]
            world.clock.jump(PROMPT + timedelta(seconds=1))
        return stored

    world.storage.ledger.write = slow_write  # type: ignore[method-assign, assignment]
    await world.run(record.id)

    assert world.effects() == []
    assert (await world.record(record.id)).status is Status.RUNNING


async def test_storage_that_fails_in_mid_run_is_raised_for_the_queue_to_repeat() -> None:
    """The message comes back; what was written stands, and the next run goes on from it."""
    world = a_world()
    record = await world.accept(REQUEST)
    world.storage.ledger.fail_next("write", DOWN, after_effect=True)

    with pytest.raises(StorageUnavailableError):
        await world.run(record.id)
    world.clock.advance(LEASE)

    assert code_of(await world.finish(record.id)) is Code.USER_RESTORED
