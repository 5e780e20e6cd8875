"""The queue trigger on a clock and a queue in memory: what becomes of each message, and when."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

import pytest

from infra.local.host.app.host_json import QueueSettings
from infra.local.host.queues.poller import QueuePoller
from infra.local.host.queues.rules import QueuesExtension
from infra.local.host.storage.queue import Message
from infra.local.host.worker.messages import NotRunError
from tests.unit.local_host.fakes import FakeClock, FakeQueue, fault, settle

SETTINGS = QueueSettings(
    batch_size=4,
    new_batch_threshold=2,
    visibility_timeout=timedelta(seconds=5),
    max_dequeue_count=3,
    max_polling_interval=timedelta(seconds=2),
    base64=False,
)
LEASE_SECONDS = 600

type Function = Callable[[Message], Awaitable[bool]]


@dataclass
class Bench:
    """A poller, its queues, and what came of its messages.

    Attributes:
        called_at: in seconds since the start, when the function was called.
        unhandled: what would take the host down.

    """

    function: Function
    extension: QueuesExtension = QueuesExtension.FROM_5_3_8
    queue_name: str = "jobs"
    settings: QueueSettings = SETTINGS
    clock: FakeClock = field(default_factory=FakeClock)
    called_at: list[float] = field(default_factory=list)
    unhandled: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the queues; nothing polls yet."""
        self.began = self.clock.now()
        self.queue = FakeQueue(self.clock, self.queue_name)
        has_poison = not self.queue_name.endswith("-poison")
        self.poison = FakeQueue(self.clock, f"{self.queue_name}-poison") if has_poison else None
        self.poller = QueuePoller(
            queue=self.queue,
            poison=self.poison,
            settings=self.settings,
            run=self._run,
            unhandled=self.unhandled.append,
            clock=self.clock,
            extension=self.extension,
        )

    def start(self) -> asyncio.Task[None]:
        """Begin to poll."""
        return asyncio.create_task(self.poller.serve())

    async def _run(self, _body: bytes, message: Message) -> bool:
        self.called_at.append((self.clock.now() - self.began).total_seconds())
        return await self.function(message)


async def succeed(_message: Message) -> bool:
    """Succeed."""
    return True


async def fail(_message: Message) -> bool:
    """Fail."""
    return False


async def hang(_message: Message) -> bool:
    """Never end."""
    return await asyncio.Event().wait()


async def test_third_failure_itself_goes_to_poison() -> None:
    """Called three times, visibilityTimeout apart; the copy is there with the third failure."""
    bench = Bench(fail)
    bench.queue.put("bad")
    bench.start()
    await bench.clock.pass_seconds(60)

    assert bench.poison is not None
    gaps = [later - earlier for earlier, later in pairwise(bench.called_at)]
    assert len(bench.called_at) == 3
    assert all(5 <= gap <= 5 + 2 for gap in gaps)
    assert (bench.queue.contents, bench.poison.contents, bench.poison.counts) == ([], ["bad"], [0])


async def test_failed_message_without_a_visibility_timeout_is_run_again_at_once() -> None:
    """It is back in the moment of its release; the next poll, a tenth of a second on, has it."""
    bench = Bench(fail, settings=replace(SETTINGS, visibility_timeout=timedelta(0)))
    bench.queue.put("bad")
    bench.start()
    await bench.clock.pass_seconds(1)

    assert len(bench.called_at) == 3
    assert bench.called_at[-1] <= 0.3


async def test_message_over_the_count_is_poisoned_unseen() -> None:
    """Received three times before, by hosts that died, it is not shown to the function again."""
    bench = Bench(succeed)
    bench.queue.put("unlucky", received=3)
    bench.start()
    await bench.clock.pass_seconds(1)

    assert bench.poison is not None
    assert (bench.called_at, bench.poison.contents) == ([], ["unlucky"])


@pytest.mark.parametrize(
    ("extension", "calls"),
    [
        (QueuesExtension.FROM_5_3_8, [0, 600, 1200, 1800, 2400]),
        (QueuesExtension.UP_TO_5_3_7, [0, 600, 1200]),
    ],
)
async def test_failing_message_of_a_poison_queue(
    extension: QueuesExtension, calls: list[float]
) -> None:
    """Run again every ten minutes to the end of its life, or left unseen once over the count."""
    bench = Bench(fail, extension, queue_name="jobs-poison")
    bench.queue.put("bad")
    bench.start()
    await bench.clock.pass_seconds(2500)

    assert bench.called_at == pytest.approx(calls, abs=10)
    assert bench.queue.contents == ["bad"]


async def test_run_longer_than_its_lease_is_delivered_once() -> None:
    """The lease is renewed at half of it: after eleven minutes nobody else has the message."""
    bench = Bench(hang)
    bench.queue.put("long")
    bench.start()
    await bench.clock.pass_seconds(660)

    assert (bench.queue.visible, bench.queue.counts) == ([], [1])
    assert bench.called_at == [0]


@pytest.mark.parametrize("status", [500, 503])
async def test_renewal_that_the_service_fails_is_tried_sooner(status: int) -> None:
    """After a fault of the service's own the next renewal comes in half the time."""
    bench = Bench(hang)
    bench.queue.put("long")
    bench.queue.faults["hide"] = deque([fault(status)] * 2)
    bench.start()
    await bench.clock.pass_seconds(300 + 150 + 75 + 1)

    assert not bench.queue.faults["hide"]
    assert bench.unhandled == []
    await bench.clock.pass_seconds(500)
    assert bench.queue.visible == []


async def test_renewal_that_is_refused_takes_the_host_down() -> None:
    """A refusal of the renewal is not handled."""
    bench = Bench(hang)
    bench.queue.put("long")
    bench.queue.faults["hide"] = deque([fault(403, "AuthorizationFailure")])
    bench.start()
    await bench.clock.pass_seconds(301)

    assert len(bench.unhandled) == 1


async def test_missing_queue_is_looked_for_and_not_made() -> None:
    """The trigger does not make its queue; once it is there it is read."""
    bench = Bench(succeed)
    bench.queue.is_there = False
    bench.start()
    await bench.clock.pass_seconds(30)
    assert (bench.queue.is_there, bench.called_at) == (False, [])

    await bench.queue.send("at last")
    await bench.clock.pass_seconds(3)
    assert len(bench.called_at) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_queue_that_the_service_fails_is_read_again(status: int) -> None:
    """A service that answers with its own fault is asked again, for as long as it takes."""
    bench = Bench(succeed)
    bench.queue.put("late")
    bench.queue.faults["receive"] = deque([fault(status)] * 10)
    bench.start()
    await bench.clock.pass_seconds(60)

    assert (len(bench.called_at), bench.unhandled) == (1, [])


@pytest.mark.parametrize("broken", [fault(403, "AuthorizationFailure"), fault(None)])
@pytest.mark.parametrize("call", ["exists", "receive"])
async def test_refusal_and_silence_while_polling_take_the_host_down(
    broken: Exception, call: str
) -> None:
    """403, and no answer to all tries, are not handled: the poller polls no more."""
    bench = Bench(succeed)
    bench.queue.faults[call] = deque([broken])  # type: ignore[list-item]
    serving = bench.start()
    await bench.clock.pass_seconds(1)

    assert bench.unhandled == [broken]
    assert serving.done()


@pytest.mark.parametrize(
    ("function", "received", "call"),
    [(succeed, 0, "delete"), (fail, 0, "hide"), (fail, 2, "send"), (fail, 2, "delete")],
    ids=["delete", "release", "poison copy", "delete after the copy"],
)
@pytest.mark.parametrize("status", [503, 403, None])
async def test_settling_that_fails_takes_the_host_down(
    function: Function, received: int, call: str, status: int | None
) -> None:
    """The message stays hidden to the end of its lease, and then comes back."""
    bench = Bench(function)
    bench.queue.put("half done", received=received)
    bench.start()
    assert bench.poison is not None
    target = bench.poison if call == "send" else bench.queue
    target.faults[call] = deque([fault(status)])
    await bench.clock.pass_seconds(1)

    assert len(bench.unhandled) == 1
    assert (bench.queue.contents, bench.queue.visible) == (["half done"], [])


async def test_message_that_is_no_longer_ours_is_nobodys_fault() -> None:
    """Deleted by its function, or taken over by another host: nothing is done, nothing is told."""
    bench = Bench(fail)

    async def steal(_message: Message) -> bool:
        bench.queue.steal()
        return True

    bench.function = steal
    bench.queue.put("taken over")
    bench.start()
    await bench.clock.pass_seconds(1)

    assert (bench.unhandled, bench.queue.contents) == ([], ["taken over"])


async def test_stale_receipt_at_the_maximum_makes_two_poison_copies() -> None:
    """Each of two hosts that have the message for the last time copies it, and one deletes it."""
    bench = Bench(fail)

    async def fail_beside_another(_message: Message) -> bool:
        bench.queue.steal()
        return False

    bench.function = fail_beside_another
    bench.queue.put("twice", received=2)
    bench.start()
    await bench.clock.pass_seconds(LEASE_SECONDS + 3)

    assert bench.poison is not None
    assert (bench.poison.contents, bench.queue.contents) == (["twice", "twice"], [])
    assert bench.unhandled == []


async def test_run_that_outlives_its_message_leaves_a_poison_copy_of_a_success() -> None:
    """Over the count for another host while the last run goes on: copied, though it succeeds."""
    bench = Bench(hang)
    running: asyncio.Event = asyncio.Event()

    async def run_on(_message: Message) -> bool:
        return await running.wait()

    bench.function = run_on
    bench.queue.put("done after all", received=2)
    bench.queue.faults["hide"] = deque([fault(400, "PopReceiptMismatch")])
    bench.start()
    await bench.clock.pass_seconds(LEASE_SECONDS + 3)
    running.set()
    await settle()

    assert bench.poison is not None
    assert (len(bench.called_at), bench.poison.contents) == (1, ["done after all"])


async def test_stop_waits_for_what_is_running() -> None:
    """A run of twelve seconds is waited for, and its message deleted; no other is fetched."""
    bench = Bench(hang)

    async def take_twelve_seconds(_message: Message) -> bool:
        await bench.clock.sleep(timedelta(seconds=12))
        return True

    bench.function = take_twelve_seconds
    bench.queue.put("last")
    bench.start()
    await bench.clock.pass_seconds(0.1)
    stopping = asyncio.create_task(bench.poller.stop())
    bench.queue.put("too late")
    await bench.clock.pass_seconds(11.8)
    assert not stopping.done()

    await bench.clock.pass_seconds(0.2)
    assert stopping.done()
    assert (bench.queue.contents, bench.queue.is_closed) == (["too late"], True)


async def test_stop_drops_the_batch_whose_answer_is_on_its_way() -> None:
    """The service has hidden it, nobody runs it: it is back after the lease, one try spent."""
    bench = Bench(succeed)
    bench.queue.held = asyncio.Event()
    bench.queue.put("in the air")
    bench.start()
    await bench.clock.pass_seconds(0.1)
    stopping = asyncio.create_task(bench.poller.stop())
    await settle()

    assert stopping.done()
    bench.queue.held.set()
    await bench.clock.pass_seconds(LEASE_SECONDS - 1)
    assert (bench.called_at, bench.queue.visible, bench.queue.counts) == ([], [], [1])
    await bench.clock.pass_seconds(1)
    assert bench.queue.visible == ["in the air"]


async def test_invocation_that_no_worker_took_leaves_its_message() -> None:
    """A host that ends before a worker has it spends a try and nothing else."""
    bench = Bench(succeed)

    async def give_up(_message: Message) -> bool:
        raise NotRunError

    bench.function = give_up
    bench.queue.put("left")
    bench.start()
    await bench.clock.pass_seconds(1)

    assert (bench.queue.contents, bench.queue.visible, bench.unhandled) == (["left"], [], [])


@pytest.mark.parametrize(
    ("batch_size", "threshold", "at_most"), [(16, 16, 32), (32, 32, 64), (16, 0, 16), (4, 2, 6)]
)
async def test_so_many_run_at_once(batch_size: int, threshold: int, at_most: int) -> None:
    """Another batch is fetched while no more than newBatchThreshold are running."""
    settings = replace(SETTINGS, batch_size=batch_size, new_batch_threshold=threshold)
    bench, waiting = Bench(hang, settings=settings), 100
    running = 0
    most = 0

    async def count_beside(_message: Message) -> bool:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await bench.clock.sleep(timedelta(seconds=running))
        running -= 1
        return True

    bench.function = count_beside
    for number in range(waiting):
        bench.queue.put(str(number))
    bench.start()
    await bench.clock.pass_seconds(1200)

    assert (most, len(bench.called_at), bench.queue.contents) == (at_most, waiting, [])
