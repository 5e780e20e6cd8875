"""Imitate the local host's ports in memory: a clock, a queue, timers, workers."""

import asyncio
import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.queue import Message
from infra.local.host.worker.messages import IndexedFunction, Invocation, Outcome
from infra.local.host.worker.ports import WorkerStartError
from infra.local.host.worker.rules import WorkerTimes

START = datetime(2026, 5, 4, 12, tzinfo=UTC)

# A tick of the loop lets every task that can go on do so; no chain of them is longer than this.
_TICKS = 60


class FakeClock:
    """Time that passes only when the test says so.

    Attributes:
        slept: how long each wait was to be, in the order they began.

    """

    def __init__(self) -> None:
        self.slept: list[timedelta] = []
        self._now = START
        self._numbers = count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Say what time it is."""
        return self._now

    async def sleep(self, span: timedelta) -> None:
        """Return when the test has let so much time pass."""
        self.slept.append(span)
        if span <= timedelta(0):
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + span, next(self._numbers), woken))
        await woken

    async def pass_time(self, span: timedelta) -> None:
        """Let time pass, and everything happen that is due meanwhile, in order."""
        end = self._now + span
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, woken = heapq.heappop(self._sleepers)
            if woken.done():
                continue
            self._now = max(self._now, due)
            woken.set_result(None)
            await settle()
        self._now = end

    async def pass_seconds(self, seconds: float) -> None:
        """Let so many seconds pass."""
        await self.pass_time(timedelta(seconds=seconds))


async def settle() -> None:
    """Let every task go on until it waits for something."""
    for _ in range(_TICKS):
        await asyncio.sleep(0)


def fault(status: int | None, code: str = "") -> StorageCallError:
    """Make the fault of a call."""
    return StorageCallError("a call", status, code, "made up")


@dataclass
class _Kept:
    message: Message
    visible_at: datetime


class FakeQueue:
    """A queue as the storage service keeps it; of each call, the next faults can be named.

    Attributes:
        faults: by the name of a method, what its next calls fail with.
        held: receives wait for this before they answer, after the messages are hidden.

    """

    def __init__(self, clock: FakeClock, name: str = "jobs", *, exists: bool = True) -> None:
        self.name, self.is_there = name, exists
        self.faults: dict[str, deque[StorageCallError]] = {}
        self.held: asyncio.Event | None = None
        self.is_closed = False
        self._clock, self._numbers = clock, count(1)
        self._kept: dict[str, _Kept] = {}

    @property
    def contents(self) -> list[str]:
        """Every text in the queue, hidden ones included."""
        return [kept.message.content for kept in self._kept.values()]

    @property
    def counts(self) -> list[int]:
        """How often each message was received."""
        return [kept.message.dequeue_count for kept in self._kept.values()]

    @property
    def visible(self) -> list[str]:
        """The texts that could be received now."""
        now = self._clock.now()
        return [it.message.content for it in self._kept.values() if it.visible_at <= now]

    def put(self, content: str, *, received: int = 0) -> None:
        """Put a message there that was received so often."""
        number = str(next(self._numbers))
        message = Message(number, f"receipt-{number}", content, received)
        self._kept[number] = _Kept(message, self._clock.now())

    def steal(self) -> None:
        """Let somebody else receive the messages again: the receipts given out are stale."""
        for kept in self._kept.values():
            self._take(kept, timedelta(minutes=10))

    async def exists(self) -> bool:
        """Tell whether there is such a queue."""
        self._fail("exists")
        return self.is_there

    async def receive(self, count: int, hidden_for: timedelta) -> list[Message]:
        """Take visible messages."""
        self._fail("receive")
        now = self._clock.now()
        ready = [kept for kept in self._kept.values() if kept.visible_at <= now][:count]
        taken = [self._take(kept, hidden_for) for kept in ready]
        if self.held is not None:
            await self.held.wait()
        return taken

    async def hide(self, message: Message, span: timedelta) -> None:
        """Hide a message."""
        self._fail("hide")
        kept = self._held_by(message)
        kept.visible_at = self._clock.now() + span
        message.pop_receipt = kept.message.pop_receipt = self._receipt()

    async def delete(self, message: Message) -> None:
        """Delete a message."""
        self._fail("delete")
        self._held_by(message)
        del self._kept[message.message_id]

    async def send(self, content: str) -> None:
        """Put a text on the queue."""
        self._fail("send")
        self.is_there = True
        self.put(content)

    async def close(self) -> None:
        """Close it."""
        self.is_closed = True

    def _fail(self, call: str) -> None:
        if self.faults.get(call):
            raise self.faults[call].popleft()

    def _take(self, kept: _Kept, hidden_for: timedelta) -> Message:
        kept.visible_at = self._clock.now() + hidden_for
        kept.message.dequeue_count += 1
        kept.message.pop_receipt = self._receipt()
        it = kept.message
        return Message(it.message_id, it.pop_receipt, it.content, it.dequeue_count)

    def _held_by(self, message: Message) -> _Kept:
        kept = self._kept.get(message.message_id)
        if kept is None:
            raise fault(404, "MessageNotFound")
        if kept.message.pop_receipt != message.pop_receipt:
            raise fault(400, "PopReceiptMismatch")
        return kept

    def _receipt(self) -> str:
        return f"receipt-{next(self._numbers)}"


@dataclass
class FakeTimerStore:
    """Locks and texts of timers, shared by the hosts of a test.

    Attributes:
        faults: by the name of a method, what its next calls fail with.

    """

    clock: FakeClock
    texts: dict[str, str] = field(default_factory=dict)
    faults: dict[str, deque[StorageCallError]] = field(default_factory=dict)
    _locks: dict[str, tuple[str, datetime, timedelta]] = field(default_factory=dict)
    _numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    async def lock(self, timer: str, period: timedelta) -> str | None:
        """Take the lock, unless somebody has it."""
        self._fail("lock")
        if self._is_held(timer):
            return None
        lease = f"lease-{self._numbers()}"
        self._locks[timer] = (lease, self.clock.now() + period, period)
        return lease

    async def renew(self, timer: str, lease: str) -> None:
        """Keep the lock."""
        self._fail("renew")
        held, _, period = self._locks.get(timer, ("", START, timedelta(0)))
        if held != lease or not self._is_held(timer):
            raise fault(409, "LeaseIdMismatchWithLeaseOperation")
        self._locks[timer] = (lease, self.clock.now() + period, period)

    async def release(self, timer: str, lease: str) -> None:
        """Give the lock back."""
        self._fail("release")
        if self._locks.get(timer, ("",))[0] == lease:
            del self._locks[timer]

    async def read(self, timer: str) -> str | None:
        """Give the text."""
        self._fail("read")
        return self.texts.get(timer)

    async def write(self, timer: str, text: str) -> None:
        """Keep a text."""
        self._fail("write")
        self.texts[timer] = text

    async def close(self) -> None:
        """Close nothing."""

    def _is_held(self, timer: str) -> bool:
        return timer in self._locks and self._locks[timer][1] > self.clock.now()

    def _fail(self, call: str) -> None:
        if self.faults.get(call):
            raise self.faults[call].popleft()


class FakeWorker:
    """A worker whose runs end when the test says so."""

    def __init__(self, pid: int) -> None:
        self.pid, self.exit_code = pid, None
        self.functions = [IndexedFunction("Work", "id-work", ())]
        self.died, self.was_killed = asyncio.Event(), False
        self.runs: dict[str, asyncio.Future[Outcome]] = {}

    exit_code: int | None

    def is_running(self, invocation_id: str) -> bool:
        """Tell whether it has not ended."""
        return invocation_id in self.runs

    async def run(self, order: Invocation) -> Outcome:
        """Wait for the test."""
        self.runs[order.invocation_id] = asyncio.get_running_loop().create_future()
        return await self.runs[order.invocation_id]

    def end_all(self, outcome: Outcome) -> None:
        """End every run so."""
        for run in self.runs.values():
            run.set_result(outcome)
        self.runs.clear()

    def die(self, exit_code: int = 137) -> None:
        """Die, with every run."""
        self.exit_code = exit_code
        self.end_all(Outcome(ok=False, error=f"python exited with code {exit_code}"))
        self.died.set()

    def kill(self) -> None:
        """Be killed by the host."""
        self.was_killed = True
        self.die()

    async def close(self) -> None:
        """End when hung up on."""
        self.die(0)


class FakeStarter:
    """Starts workers at once, or fails as often as told.

    Attributes:
        started_at: when each worker was started.

    """

    def __init__(self, clock: FakeClock) -> None:
        self.times = WorkerTimes()
        self.workers: list[FakeWorker] = []
        self.started_at: list[datetime] = []
        self.failures = 0
        self._clock = clock

    async def start(self) -> FakeWorker:
        """Start one."""
        self.started_at.append(self._clock.now())
        if self.failures:
            self.failures -= 1
            raise WorkerStartError("made up")
        self.workers.append(FakeWorker(len(self.workers) + 1))
        return self.workers[-1]
