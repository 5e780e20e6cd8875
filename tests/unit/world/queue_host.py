"""Apply the Functions host's rules for queues and timers to a World, in simulated time.

A message is shown at most five times. One whose run failed, or whose worker died, comes back after
30 s, and is set aside at the fifth failure itself; one whose whole instance died comes back after
ten minutes, and is set aside when it would be shown for the sixth time. What is set aside is a new
message with a new id. Source: azure-sdk-for-net, QueueListener.cs and QueueProcessor.cs;
azure-functions-host, on the loss of a worker.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from shared.upkeep.sweep import sweep
from tests.unit.world.crashing import DiedError
from tests.unit.world.world import World

MOST_SHOWINGS = 5
AFTER_FAILURE = timedelta(seconds=30)
AFTER_INSTANCE = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)

type Run = Callable[["Message"], Awaitable[object]]


@dataclass
class Message:
    """A message of a queue, and how often it was shown."""

    id: str
    body: bytes
    visible_at: datetime
    shown: int = 0


@dataclass
class Queue:
    """A queue with the function on it; `poison` is where what it cannot do is put."""

    run: Run
    poison: "Queue | None" = None
    delay: timedelta = timedelta(0)
    """How late the host is with messages of this queue."""
    messages: list[Message] = field(default_factory=list)


class QueueHost:
    """A host with its queues, and the sweep every minute; `deaths` counts the processes lost."""

    def __init__(self, world: World, *, instance_dies: bool) -> None:
        self._world, self._instance_dies = world, instance_dies
        self._ids = count(1)
        self.deaths = 0
        self.queues: list[Queue] = []
        self.work: Queue | None = None

    def put(self, queue: Queue, body: bytes, delay: timedelta = timedelta(0)) -> None:
        """Put a message on a queue."""
        at = self._world.clock.now() + delay + queue.delay
        queue.messages.append(Message(f"message-{next(self._ids)}", body, at))

    async def live(self, span: timedelta, is_over: Callable[[], bool]) -> None:
        """Let time pass, messages be run and the sweep sweep, for so long or until it is over."""
        end = self._world.clock.now() + span
        sweep_at = self._world.clock.now() + timedelta(seconds=17)
        while self._world.clock.now() < end and not is_over():
            self._collect()
            queue, message = self._next()
            if message is not None and message.visible_at <= sweep_at:
                self._pass_until(message.visible_at)
                await self._show(queue, message)
                continue
            self._pass_until(sweep_at)
            await sweep(self._world.deps)
            sweep_at += MINUTE

    def _collect(self) -> None:
        """Take over what the service has sent."""
        sent = self._world.storage.outbox.work
        for restore_id, delay in sent:
            if self.work is not None:
                self.put(self.work, restore_id.encode(), delay)
        sent.clear()

    def _next(self) -> tuple[Queue, Message | None]:
        found = [
            (message.visible_at, queue, message)
            for queue in self.queues
            for message in queue.messages
        ]
        if not found:
            return self.queues[0], None
        _, queue, message = min(found, key=lambda item: item[0])
        return queue, message

    async def _show(self, queue: Queue, message: Message) -> None:
        message.shown += 1
        if message.shown > MOST_SHOWINGS:
            self._set_aside(queue, message)
            return
        try:
            await queue.run(message)
        except DiedError:
            self.deaths += 1
            self._died(queue, message)
        except Exception:  # noqa: BLE001 - the host takes any failure of a function
            self._failed(queue, message)
        else:
            queue.messages.remove(message)
        self._world.clock.advance(timedelta(seconds=1))

    def _died(self, queue: Queue, message: Message) -> None:
        if self._instance_dies:
            message.visible_at = self._world.clock.now() + AFTER_INSTANCE
            return
        self._failed(queue, message)

    def _failed(self, queue: Queue, message: Message) -> None:
        if message.shown >= MOST_SHOWINGS and queue.poison is not None:
            self._set_aside(queue, message)
            return
        wait = AFTER_FAILURE if queue.poison is not None else AFTER_INSTANCE
        message.visible_at = self._world.clock.now() + wait

    def _set_aside(self, queue: Queue, message: Message) -> None:
        queue.messages.remove(message)
        if queue.poison is not None:
            self.put(queue.poison, message.body)

    def _pass_until(self, at: datetime) -> None:
        self._world.clock.advance(max(at - self._world.clock.now(), timedelta(0)))
