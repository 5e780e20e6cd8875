"""The sweep in a long backlog: what waits for its turn is left alone, what is lost comes back."""

from collections import deque
from contextlib import suppress
from datetime import datetime, timedelta

from shared.alerts.stuck_restores import STUCK_AFTER
from shared.domain.outcomes import Code, Status
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.ports.queues import NextInLine
from shared.restore.accept import accept
from shared.restore.advance import advance
from shared.restore.hold import LEASE
from shared.upkeep.sweep import SWEEP_TIME
from tests.builders import NOW, USER_ID, a_deleted_person, a_request
from tests.unit.world.interrupts import Interrupt
from tests.unit.world.watched import Watched
from tests.unit.world.world import World, code_of

MINUTE = timedelta(minutes=1)
NEXT_IN_LINE = 32


class Killed(BaseException):
    """The process is gone, as by kill -9: nothing after it runs."""


async def killed() -> None:
    """Die."""
    raise Killed


# Over HTTP nobody could have so many under way.
_BY_QUEUE = RequestedBy(Door.QUEUE, None, None)


class Line:
    """The queue `restore-work` with its messages in order, and a worker that takes a few a minute.

    `queued_again` counts what the sweeps have put there.
    """

    def __init__(self, world: World, a_minute: int) -> None:
        self._world, self._a_minute = world, a_minute
        self.messages: deque[tuple[str, datetime]] = deque()
        self.queued_again = 0

    def fill(self) -> None:
        """Put what was sent since the last time at the end."""
        work, now = self._world.storage.outbox.work, self._world.clock.now()
        self.messages.extend((restore_id, now) for restore_id, _ in work)
        work.clear()

    async def pass_a_minute(self) -> None:
        """Work, then sweep."""
        for _ in range(min(self._a_minute, len(self.messages))):
            await advance(self.messages.popleft()[0], self._world.deps)
        self._world.clock.advance(MINUTE)
        self.show()
        self.queued_again += await self._world.sweep()
        self.fill()

    def show(self) -> None:
        """Let the queue say what is next."""
        shown = list(self.messages)[:NEXT_IN_LINE]
        reached = max(put for _, put in shown) if len(shown) == NEXT_IN_LINE else None
        line = NextInLine(frozenset(restore_id for restore_id, _ in shown), reached)
        self._world.storage.outbox.line = line


async def a_backlog(world: World, restores: int, *, a_minute: int = 8) -> tuple[Line, list[str]]:
    """So many accepted a second apart, with their messages in line, and their ids."""
    line, ids = Line(world, a_minute), list[str]()
    for number in range(restores):
        request = a_request(
            kind=RestoreKind.USER, user=f"nobody{number}", idempotency_key=f"k{number}"
        )
        ids.append((await accept(order_of(request, _BY_QUEUE), world.deps)).record.id)
        world.clock.advance(timedelta(seconds=1))
        line.fill()
    return line, ids


async def unfinished(world: World, ids: list[str]) -> list[str]:
    """Return those that have not ended."""
    return [one for one in ids if not (await world.record(one)).status.is_final]


async def test_what_waits_for_its_turn_is_not_queued_again() -> None:
    """All end by their own messages, and the queue gets no longer."""
    world = World()
    line, ids = await a_backlog(world, 240)

    for _ in range(240 // 8 + 8):
        await line.pass_a_minute()

    assert await unfinished(world, ids) == []
    assert line.queued_again == 0
    assert len(world.storage.outbox.results) == len(ids)


async def test_lost_message_heals_within_two_sweeps_of_its_turn() -> None:
    """However long the others wait; the new message then waits like any other."""
    world = World()
    line, ids = await a_backlog(world, 240)
    lost = 80
    line.messages = deque(one for one in line.messages if one[0] != ids[lost])

    minutes = 0
    while ids[lost] not in [restore_id for restore_id, _ in line.messages]:
        await line.pass_a_minute()
        minutes += 1

    # Of eight a minute it would have been taken in this one.
    assert lost // 8 - NEXT_IN_LINE // 8 <= minutes <= lost // 8 + 2
    assert line.queued_again == 1


async def test_what_had_its_turn_is_looked_after_at_once() -> None:
    """A worker that died, an end that was not told: neither waits for the end of the backlog."""
    world = World()
    line, ids = await a_backlog(world, 240)
    died, untold = ids[0], ids[1]
    for port in (("directory", "ids"), ("outbox", "publish_result")):
        Interrupt(world, port, 1).arm(killed)
        with suppress(Killed):
            await advance(line.messages.popleft()[0], world.deps)
    told_before = len(world.storage.outbox.results)

    world.clock.advance(LEASE)
    await line.pass_a_minute()

    assert untold in [event["subject"] for event in world.storage.outbox.results[told_before:]]
    assert [one for one, _ in line.messages].count(died) == 1
    assert line.queued_again == 1


async def test_scheduled_restore_joins_the_line_when_it_is_due() -> None:
    """No message of it is under way, so there is none to wait for."""
    world = World()
    world.put(a_deleted_person())
    request = a_request(user=USER_ID, not_before=NOW + timedelta(hours=1))
    scheduled = await world.accept(request)
    await advance(scheduled.id, world.deps)
    world.storage.outbox.work.clear()
    world.clock.advance(timedelta(minutes=59))
    line, _ = await a_backlog(world, 120)

    await line.pass_a_minute()

    assert (await world.record(scheduled.id)).status is Status.WAITING
    assert scheduled.id in [restore_id for restore_id, _ in line.messages]


async def test_line_that_nobody_works_on_is_told() -> None:
    """All wait, for ever: after the hour each is looked after, and the alert is sent."""
    world = Watched()
    line, ids = await a_backlog(world, 40, a_minute=0)

    for _ in range(STUCK_AFTER // MINUTE + 10):
        await line.pass_a_minute()

    assert {event["subject"] for event in world.alerts("stuck")} == set(ids)
    assert line.queued_again <= 2 * len(ids)


async def test_long_sweep_leaves_the_rest_to_the_next() -> None:
    """The platform would end it, and the worker's other runs with it."""
    world = World()
    line, ids = await a_backlog(world, 16)
    line.messages.clear()
    world.clock.advance(timedelta(minutes=10))
    real = world.storage.ledger.read

    async def slow_read(restore_id: str) -> object:
        world.clock.advance(MINUTE / 2)
        return await real(restore_id)

    world.storage.ledger.read = slow_read  # type: ignore[method-assign, assignment]
    began = world.clock.now()
    first = await world.sweep()
    took = world.clock.now() - began
    line.fill()
    line.show()
    await world.sweep()
    line.fill()

    assert took <= SWEEP_TIME + MINUTE
    assert 0 < first < len(ids)
    assert sorted(restore_id for restore_id, _ in line.messages) == sorted(ids)


async def test_restores_of_a_backlog_end_as_others_do() -> None:
    """Nobody finds a user that is not there, in line or not."""
    world = World()
    line, ids = await a_backlog(world, 40)

    for _ in range(10):
        await line.pass_a_minute()

    assert {code_of(await world.record(one)) for one in ids} == {Code.USER_NOT_FOUND}
