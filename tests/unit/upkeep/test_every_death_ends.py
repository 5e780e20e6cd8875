"""Test that a restore ends and is reported, whatever kills its worker or instance.

Over a day of simulated time, by the host's own rules (tests/unit/world/queue_host.py).
"""

import asyncio
from datetime import timedelta
from typing import Final

import pytest

from functions.queues.poison import drain_request, drain_work
from functions.queues.requests import take_in
from functions.queues.work import work_on
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import RestoreKind
from shared.intake.poison_message import read_set_aside
from shared.restore.accept import accept
from shared.restore.message_again import WorkMessage
from tests.builders import UPN, USER_ID, a_deleted_person, a_request
from tests.unit.world.deadly import Call, Ports
from tests.unit.world.queue_host import Message, Queue, QueueHost
from tests.unit.world.world import ASKED_BY, World

DAY: Final = timedelta(days=1)
REQUEST: Final = a_request(kind=RestoreKind.MAILBOX, user=UPN, idempotency_key="k")
MESSAGE: Final = b'{"version": 1, "kind": "user", "user": "' + USER_ID.encode() + b'"}'

# Five, as a rule. What dies before it is counted is seen only by the messages that are set aside:
# it takes four of those, and each is an hour of an instance's deaths, or five of a worker's.
MOST_DEATHS: Final = 150


class Simulation:
    """A world with a deleted person, a host over it, and every port watched."""

    def __init__(self, *, instance_dies: bool = False, late: bool = False) -> None:
        self.world = World()
        self.world.put(a_deleted_person())
        self.ports = Ports(self.world)
        self.host = QueueHost(self.world, instance_dies=instance_dies)
        delay = timedelta(minutes=15) if late else timedelta(0)
        work = Queue(self._work, poison=Queue(self._drain_work, delay=delay))
        self.requests = Queue(self._request, poison=Queue(self._drain_request, delay=delay))
        self.host.work = work
        poisons = [queue.poison for queue in (work, self.requests) if queue.poison is not None]
        self.host.queues = [work, self.requests, *poisons]

    def is_over(self) -> bool:
        """Whether something was begun and all of it has ended and is published."""
        records = self.world.storage.ledger.records.values()
        are_final = all(stored.record.status.is_final for stored in records)
        is_empty = not any(queue.messages for queue in self.host.queues)
        nothing_left = not self.world.storage.unfinished.rows and not self.world.storage.outbox.work
        return bool(records) and are_final and is_empty and nothing_left

    def assert_ended_and_told(self) -> None:
        """Every restore has ended, and each end is on the queue of results."""
        assert self.is_over(), self.world.storage.ledger.records
        ended = set(self.world.storage.ledger.records)
        assert {event["subject"] for event in self.world.storage.outbox.results} == ended
        assert self.world.directory.restored.get(USER_ID, 0) <= 1

    async def _work(self, message: Message) -> None:
        with self.ports.invocation():
            turn = WorkMessage(message.id, message.shown)
            await work_on(message.body.decode(), self.world.deps, turn)

    async def _drain_work(self, message: Message) -> None:
        with self.ports.invocation(deadly=False):
            await drain_work(message.body.decode(), self.world.deps)

    async def _request(self, message: Message) -> None:
        with self.ports.invocation():
            await take_in(message.body, message.id, self.world.deps)

    async def _drain_request(self, message: Message) -> None:
        aside = read_set_aside(message.body, message.id)
        # What keeps it unread is other code than what reads it.
        with self.ports.invocation(deadly=message.shown < 3):
            await drain_request(aside, message.shown, self.world.deps)


async def _calls_of_a_restore() -> list[Call]:
    """Every call that an ordinary run makes, from its message to its end."""
    plain = Simulation()
    accepted = await accept(order_of(REQUEST, ASKED_BY), plain.world.deps)
    with plain.ports.invocation(deadly=False):
        turn = WorkMessage("m", 1)
        await work_on(accepted.record.id, plain.world.deps, turn)
    assert (await plain.world.record(accepted.record.id)).status.is_final
    return list(dict.fromkeys(plain.ports.seen))


async def _calls_of_a_request() -> list[Call]:
    plain = Simulation()
    with plain.ports.invocation(deadly=False):
        await take_in(MESSAGE, "m", plain.world.deps)
    return list(dict.fromkeys(plain.ports.seen))


RESTORE_CALLS: Final = asyncio.run(_calls_of_a_restore())
REQUEST_CALLS: Final = asyncio.run(_calls_of_a_request())


def _name(call: object) -> str | None:
    return "-".join(map(str, call)) if isinstance(call, tuple) else None


dies = pytest.mark.parametrize("instance_dies", [False, True], ids=["worker", "instance"])
drained = pytest.mark.parametrize("late", [False, True], ids=["at once", "later"])
when = pytest.mark.parametrize("after", [False, True], ids=["before", "after"])


@dies
@drained
@when
@pytest.mark.parametrize("call", RESTORE_CALLS, ids=_name)
async def test_a_restore_that_kills_its_worker_ends(
    call: Call, *, after: bool, late: bool, instance_dies: bool
) -> None:
    """At every call of its run: it comes through, or ends within hours, and is told of."""
    simulation = Simulation(instance_dies=instance_dies, late=late)
    await accept(order_of(REQUEST, ASKED_BY), simulation.world.deps)
    simulation.ports.kill_at(call, after=after)

    await simulation.host.live(DAY, simulation.is_over)

    simulation.assert_ended_and_told()
    assert simulation.host.deaths <= MOST_DEATHS


@dies
@drained
@when
@pytest.mark.parametrize("call", REQUEST_CALLS, ids=_name)
async def test_a_message_that_kills_its_worker_ends(
    call: Call, *, after: bool, late: bool, instance_dies: bool
) -> None:
    """At every call of taking it in: it becomes its restore, or is kept as one that failed."""
    simulation = Simulation(instance_dies=instance_dies, late=late)
    simulation.host.put(simulation.requests, MESSAGE)
    simulation.ports.kill_at(call, after=after)

    await simulation.host.live(DAY, simulation.is_over)

    simulation.assert_ended_and_told()
    assert simulation.host.deaths <= MOST_DEATHS


async def test_without_a_death_the_simulation_takes_seconds() -> None:
    """A message becomes a restore that ends, so the cases above are about deaths alone."""
    simulation = Simulation()
    simulation.host.put(simulation.requests, MESSAGE)
    began = simulation.world.clock.now()

    await simulation.host.live(DAY, simulation.is_over)

    simulation.assert_ended_and_told()
    assert simulation.host.deaths == 0
    assert simulation.world.clock.now() - began < timedelta(minutes=2)
