"""Crash one restore at one place, and check what must be true when everything has come to rest."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from itertools import count

import aiohttp

from tests.chaos.kinds import KINDS, Kind
from tests.chaos.orders import Death
from tests.chaos.promises import BrokenPromiseError, Promise, demand_kept_promises, demand_truth
from tests.chaos.stage import Scene
from tests.chaos.troubles import Trouble
from tests.e2e.stage.caller import FINAL, Reply
from tests.e2e.stage.people import Json, fresh_key
from tests.e2e.stage.storage import WORK
from tests.waiting import eventually

# Past a worker's lease, past the minute that a lost change stays in doubt, past the time that the
# sweep gives to a message.
_PAST_EVERYTHING = 150

# A host that lives moves a restore on within this time; one that does not is dead or waits.
_STILL_SECONDS = 0.6

# One restore takes a second or two; a busy machine may need a hundred times as long.
_PATIENCE_SECONDS = 180

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a host dies: at the nth call of a port, before it or after it took place.

    With two workers on the same storage the work message comes twice; `victim` says which of the
    two hosts dies, and `death` whether its worker dies alone. `trouble` is what Graph does
    meanwhile.
    """

    kind: str
    nth: int
    after: bool
    workers: int = 1
    victim: int = 0
    trouble: Trouble = field(default_factory=Trouble)
    death: Death = Death.INSTANCE

    def __str__(self) -> str:
        when = "after" if self.after else "before"
        who = f"{self.death} {self.victim + 1} of {self.workers}"
        text = f"{self.kind}: {who} dies {when} call {self.nth}"
        return f"{text}, {self.trouble}" if str(self.trouble) else text


@dataclass(frozen=True, slots=True)
class Crash:
    """What came of it: the call it happened at (None: the restore was over before)."""

    place: Place
    call: str | None
    attempts: int
    struck: Counter[str]


async def count_calls(kind: str, scene: Scene) -> tuple[int, int]:
    """How many calls of a port one restore of this kind makes, from the request to its end.

    First without those that the looks of the test make, of which a slow machine has more, then all.
    """
    orders = scene.stage.orders[0]
    orders.give(next(_numbers), 0, after=False)
    looks = scene.caller.looks
    _, restore = await restore_one(KINDS[kind], scene)
    every, looks = len(orders.trace()), scene.caller.looks - looks
    await _look(str(restore["id"]), scene)
    of_a_look = len(orders.trace()) - every
    return every - looks * of_a_look, every


async def crash_at(place: Place, scene: Scene) -> Crash:
    """Let the host die there, let the next one go on, and hold what must be true at the end.

    Raises:
        BrokenPromiseError: says which promise, and at which place.
    """
    stage, kind = scene.stage, KINDS[place.kind]
    lives = stage.lives(place.victim)
    for number, orders in enumerate(stage.orders):
        nth = place.nth if number == place.victim else 0
        orders.give(next(_numbers), nth, after=place.after, death=place.death)
    try:
        user, restore = await restore_one(kind, scene, place.workers, place.trouble)
        struck = await place.trouble.struck(scene.world)
        await scene.world.clear_faults()
        await demand_kept_promises(kind, user, restore, scene, lambda: pass_everything(scene))
    except BrokenPromiseError as error:
        raise BrokenPromiseError(error.promise, f"{place}: {error}") from error
    died = stage.lives(place.victim) > lives
    trace = stage.orders[place.victim].trace()
    attempts = await scene.world.attempts(user)
    return Crash(place, trace[-1] if died and trace else None, attempts, struck)


async def restore_one(
    kind: Kind, scene: Scene, workers: int = 1, trouble: Trouble | None = None
) -> tuple[Json, Json]:
    """A user of a tenant of its own, and the restore that was asked for it, at its end."""
    await scene.world.load_tenant()
    user = await scene.world.add(kind.loss())
    await (trouble or Trouble()).begin(scene.world)
    request = {**kind.request, "user": user["userPrincipalName"], "idempotencyKey": fresh_key()}
    restore_id = await eventually(lambda: _accepted(request, scene)) or ""
    for _ in range(workers - 1):
        await scene.storage.send(WORK, restore_id)
    restore = await _to_the_end(restore_id, user, scene)
    if kind.is_undone:
        restore = await _undo(restore, user, scene, workers)
    return user, restore


async def _undo(restore: Json, user: Json, scene: Scene, workers: int) -> Json:
    """The undo of a restore that has come through, at its end; the restore says so."""
    if restore["status"] != "succeeded":
        raise BrokenPromiseError(Promise.LOST, f"it came to nothing: {restore}")
    url = scene.caller.url(f"/restores/{restore['id']}/undo")

    async def asked() -> str | None:
        try:
            reply = await scene.caller.send("POST", url, json={"reason": "a slip"})
        except aiohttp.ClientError:
            return None
        return str(reply.body["id"]) if _is_answer(reply) else None

    undo_id = await eventually(asked) or ""
    for _ in range(workers - 1):
        await scene.storage.send(WORK, undo_id)
    undo = await _to_the_end(undo_id, user, scene)

    async def is_noted() -> bool:
        original = await _look(str(restore["id"]), scene)
        if original is not None and original["undoneBy"] == undo_id:
            return True
        await pass_everything(scene)
        return False

    try:
        await eventually(is_noted)
    except AssertionError as error:
        raise BrokenPromiseError(Promise.FALSE, f"not said to be undone: {restore}") from error
    return undo


async def _accepted(request: Json, scene: Scene) -> str | None:
    """The id, once a host has answered: a caller whose connection is cut asks the same again."""
    try:
        reply = await scene.caller.post(request)
    except aiohttp.ClientError:
        return None
    return str(reply.body["id"]) if _is_answer(reply) else None


async def _to_the_end(restore_id: str, user: Json, scene: Scene) -> Json:
    """The restore once it has ended; time passes whenever nothing else moves it.

    What it says on the way there must be true at that moment.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    seen, since = None, time.monotonic()
    while time.monotonic() < deadline:
        restore = await _look(restore_id, scene)
        if restore is not None and restore["status"] in FINAL:
            return restore
        if restore != seen or restore is None:
            seen, since = restore, time.monotonic()
            if restore is not None:
                await demand_truth(restore, user, scene)
        if restore is not None and restore["waiting"]:
            await _pass(_seconds_left(restore, scene.stage.clock.now()), scene)
        elif time.monotonic() - since > _STILL_SECONDS:
            await pass_everything(scene)
            since = time.monotonic()
        await asyncio.sleep(0.05)
    raise BrokenPromiseError(Promise.LOST, f"not at its end: {seen}")


async def _look(restore_id: str, scene: Scene) -> Json | None:
    try:
        reply = await scene.caller.get(restore_id)
    except aiohttp.ClientError:
        return None
    body: Json = reply.body
    return body if _is_answer(reply) else None


def _is_answer(reply: Reply) -> bool:
    """Whether it is an answer, and not the word of a host that has lost its storage or worker."""
    of_a_dead_worker = reply.status == HTTPStatus.INTERNAL_SERVER_ERROR and not reply.body
    assert reply.status in {200, 202, 503} or of_a_dead_worker, reply
    return reply.status < HTTPStatus.INTERNAL_SERVER_ERROR


async def _pass(seconds: float, scene: Scene) -> None:
    """Let time pass and the sweep run; one that dies or fails in the sweep is asked again."""
    await scene.world.move_clock(seconds)

    async def swept() -> bool:
        try:
            await scene.world.sweep()
        except (aiohttp.ClientError, AssertionError):
            return False
        return True

    await eventually(swept)


async def pass_everything(scene: Scene) -> None:
    """Let the time pass after which even the slowest repair is due, and let the sweep run."""
    await _pass(_PAST_EVERYTHING, scene)


def _seconds_left(restore: Json, now: datetime) -> float:
    until = datetime.fromisoformat(restore["waiting"]["until"])
    return max((until - now).total_seconds(), 0) + 61
