"""What is written to the ledger and not yet told to a queue: it heals within two sweeps."""

from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code
from shared.domain.requests.keys import keys_of, order_of
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.restore.accept import accept
from shared.restore.advance import advance
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.world.interrupts import Interrupt
from tests.unit.world.world import ASKED_BY, World, code_of

REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")
RESTORE_ID = keys_of(ASKED_BY).restore_id("k")

SWEEP_EVERY = timedelta(minutes=1)

# The sweep comes round at no particular second after the crash.
PHASES = [timedelta(seconds=seconds) for seconds in (0, 1, 17, 30, 44, 59)]

CRASHES = {
    "between ledger row and work message": (("outbox", "enqueue_work"), 1, False),
    "between the claim and the effect": (("directory", "restore_user"), 1, False),
    "between effect and settle": (("directory", "restore_user"), 1, True),
    "between settle and result event": (("outbox", "publish_result"), 1, False),
    "between result event and its row": (("unfinished", "forget"), 1, False),
}


class Killed(BaseException):
    """The process is gone, as by kill -9: nothing after it runs."""


async def killed() -> None:
    """Die."""
    raise Killed


async def as_a_process(work: Awaitable[object]) -> None:
    """Let the work be done, or die in it."""
    with suppress(Killed):
        await work


async def ask_and_run(request: RestoreRequest, world: World) -> None:
    """A request and the run of its message, if it was sent."""
    await as_a_process(accept(order_of(request, ASKED_BY), world.deps))
    world.clock.advance(timedelta(seconds=2))
    await deliver(world)


async def deliver(world: World) -> None:
    """Run what the queue holds."""
    queued = {restore_id for restore_id, _ in world.storage.outbox.work}
    world.storage.outbox.work.clear()
    for restore_id in queued:
        await as_a_process(advance(restore_id, world.deps))


async def sweeps_that_found_it(world: World) -> int:
    """Sweep every minute until nothing is left; how many of the sweeps found the restore due."""
    found = 0
    for _ in range(10):
        world.clock.advance(SWEEP_EVERY)
        due = [row async for row in world.storage.unfinished.due(world.clock.now())]
        found += bool(due)
        await world.sweep()
        await deliver(world)
        if not world.storage.unfinished.rows:
            return found
    raise AssertionError(f"still unfinished: {world.storage.unfinished.rows}")


@pytest.mark.parametrize("phase", PHASES, ids=str)
@pytest.mark.parametrize("crash", CRASHES)
async def test_crash_heals_within_two_sweeps(crash: str, phase: timedelta) -> None:
    """No matter where between ledger and queue it struck: one change, one end, told once."""
    port, nth, after = CRASHES[crash]
    world = World()
    world.put(a_deleted_person())
    plan = Interrupt(world, port, nth, after=after)
    plan.arm(killed)
    await ask_and_run(REQUEST, world)
    plan.disarm()
    world.clock.advance(phase)

    sweeps = await sweeps_that_found_it(world)

    # The effect that was perhaps sent is waited for, which is told to a queue of its own.
    assert sweeps <= 2
    assert code_of(await world.record(RESTORE_ID)) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1
    assert {event["id"] for event in world.storage.outbox.results} == {f"{RESTORE_ID}-1"}
    assert (await world.events(RESTORE_ID)).count("settled") == 1


@pytest.mark.parametrize("crash", CRASHES)
async def test_crash_is_not_healed_by_anything_but_the_sweep(crash: str) -> None:
    """Without it the crash would leave something undone: the test above can fail."""
    port, nth, after = CRASHES[crash]
    world = World()
    world.put(a_deleted_person())
    Interrupt(world, port, nth, after=after).arm(killed)

    await ask_and_run(REQUEST, world)

    assert list(world.storage.unfinished.rows) == [RESTORE_ID]
