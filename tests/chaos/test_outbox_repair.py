"""Test that two sweeps repair a restore whose host died between the ledger and a queue."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from http import HTTPStatus
from itertools import count

import aiohttp
import pytest

from tests.chaos.kinds import KINDS
from tests.chaos.stage import ChaosStage, Scene, a_scene
from tests.e2e.stage.people import Json, fresh_key
from tests.waiting import eventually

_KIND = "user"
_MINUTE = 61
_numbers = count(1)

# The call at which the host dies, and whether it took place.
_CRASHES = {
    "between ledger row and work message": ("outbox.enqueue_work", False),
    "between effect and settle": ("effects.restore_user", True),
    "between settle and result event": ("outbox.publish_result", False),
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChaosStage]:
    """Give a landscape whose host comes back."""
    with ChaosStage(tmp_path_factory.mktemp("outbox")) as running:
        yield running


@pytest.fixture
async def scene(stage: ChaosStage) -> AsyncIterator[Scene]:
    """Give the tenant, a caller and the storage."""
    async with a_scene(stage, []) as everything:
        yield everything


@pytest.mark.parametrize("crash", _CRASHES)
async def test_crash_heals_within_two_sweeps(scene: Scene, stage: ChaosStage, crash: str) -> None:
    """One change, one end, and its event is there, by the sweep alone."""
    call, after = _CRASHES[crash]
    user = await scene.world.add(KINDS[_KIND].loss())
    lives = stage.lives(0)
    stage.orders[0].give(next(_numbers), 1, after=after, name=call)
    restore_id = await _ask(user, scene)
    await eventually(lambda: stage.lives(0) > lives)
    # A worker may start well before the host that died with the last one listens again.
    await eventually(lambda: _is_listening(scene))

    sweeps = await _sweeps_that_found_it(restore_id, scene)

    assert 1 <= sweeps <= 2
    restore = (await scene.caller.get(restore_id)).body
    assert restore["outcome"]["code"] == KINDS[_KIND].code
    assert await scene.world.effects(user) == KINDS[_KIND].effects
    told = await scene.storage.results(lambda event: event["subject"] == restore_id)
    assert {event["id"] for event in told} == {f"{restore_id}-1"}


async def _is_listening(scene: Scene) -> bool:
    try:
        return (await scene.caller.send("GET", scene.caller.url("/health"))).status == HTTPStatus.OK
    except aiohttp.ClientError:
        return False


async def _ask(user: Json, scene: Scene) -> str:
    request = {"kind": _KIND, "user": user["userPrincipalName"], "idempotencyKey": fresh_key()}

    async def accepted() -> str | None:
        try:
            reply = await scene.caller.post(request)
        except aiohttp.ClientError:
            return None
        return str(reply.body["id"]) if reply.status in {200, 202} else None

    return await eventually(accepted) or ""


async def _sweeps_that_found_it(restore_id: str, scene: Scene) -> int:
    found = 0
    for _ in range(10):
        await scene.world.move_clock(_MINUTE)
        rows = await scene.storage.rows("restoresunfinished", restore_id)
        now = scene.stage.clock.now()
        is_due = any(datetime.fromisoformat(row["dueAt"]) <= now for row in rows)
        found += is_due
        runs = _runs(scene)
        await scene.world.sweep()
        if is_due and await _is_healed(restore_id, scene, runs):
            return found
    raise AssertionError(f"restore {restore_id} is still unfinished")


async def _is_healed(restore_id: str, scene: Scene, runs: int) -> bool:
    """Whether nothing is left, once what the sweep has queued was worked on.

    There were so many runs before. The queue does not tell: the message of the host that died stays
    hidden in it for minutes.
    """

    async def nothing_left() -> bool:
        return await scene.storage.rows("restoresunfinished", restore_id) == []

    async def was_worked_on() -> bool:
        return _runs(scene) > runs or await nothing_left()

    await eventually(was_worked_on)
    return await nothing_left()


def _runs(scene: Scene) -> int:
    """How often a message of the work queue was worked on to its end."""
    return sum("Executed 'Functions.AdvanceRestore'" in line for line in scene.stage.written())
