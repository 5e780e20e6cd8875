"""The host's side of its worker, on a clock and workers in memory: deaths, time-outs, restarts."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from infra.local.host.app.bindings import Function
from infra.local.host.worker.dispatcher import Dispatcher, WorkerRestartsExceededError
from infra.local.host.worker.messages import NotRunError, Outcome
from tests.unit.local_host.fakes import FakeClock, FakeStarter, FakeWorker, settle

WORK = Function("Work", "id-work", (), None, ())
TIMEOUT = timedelta(minutes=10)


@dataclass
class Bench:
    """A dispatcher with its first worker, and what would take its host down."""

    clock: FakeClock = field(default_factory=FakeClock)
    unhandled: list[Exception] = field(default_factory=list)

    async def start(self, timeout: timedelta | None = TIMEOUT) -> None:  # noqa: ASYNC109 - functionTimeout
        """Start the first worker."""
        self.starter = FakeStarter(self.clock)
        self.dispatcher = Dispatcher(self.starter, self.clock, timeout, self.unhandled.append)
        await self.dispatcher.start()

    @property
    def worker(self) -> FakeWorker:
        """The worker that was started last."""
        return self.starter.workers[-1]

    def invoke(self) -> asyncio.Task[Outcome]:
        """Run the function once."""
        return asyncio.create_task(self.dispatcher.invoke(WORK, [], {}, "because"))


async def test_dead_worker_fails_every_run_at_once_and_is_replaced() -> None:
    """The runs have failed in that moment, and the next invocation runs in a new worker."""
    bench = Bench()
    await bench.start()
    runs = [bench.invoke() for _ in range(3)]
    await settle()
    bench.worker.die()
    await settle()

    assert [run.result().ok for run in runs] == [False] * 3
    assert runs[0].result().error == "python exited with code 137"
    assert len(bench.starter.workers) == 2
    again = bench.invoke()
    await settle()
    bench.worker.end_all(Outcome(ok=True))
    assert (await again).ok
    assert bench.unhandled == []


async def test_second_replacement_comes_ten_seconds_after_the_first() -> None:
    """What is invoked meanwhile waits for it."""
    bench = Bench()
    await bench.start()
    bench.worker.die()
    await settle()
    bench.worker.die()
    waiting = bench.invoke()
    await bench.clock.pass_seconds(9.9)
    assert (len(bench.starter.workers), waiting.done()) == (2, False)

    await bench.clock.pass_seconds(0.2)
    assert len(bench.starter.workers) == 3
    bench.worker.end_all(Outcome(ok=True))
    assert (await waiting).ok


async def test_third_death_takes_the_host_down() -> None:
    """Three errors, each within half an hour of the one before: no other worker is started."""
    bench = Bench()
    await bench.start()
    for _ in range(3):
        assert bench.unhandled == []
        bench.worker.die()
        await bench.clock.pass_time(timedelta(minutes=29))

    [fault] = bench.unhandled
    assert isinstance(fault, WorkerRestartsExceededError)
    assert len(bench.starter.workers) == 3
    with pytest.raises(NotRunError):
        await bench.invoke()


async def test_half_an_hour_of_peace_forgives() -> None:
    """A worker that dies once in a while is replaced for ever."""
    bench = Bench()
    await bench.start()
    for _ in range(8):
        bench.worker.die()
        await bench.clock.pass_time(timedelta(minutes=31))

    assert (bench.unhandled, len(bench.starter.workers)) == ([], 9)


async def test_worker_that_cannot_be_started_is_an_error_like_a_death() -> None:
    """A death and two failed starts are three."""
    bench = Bench()
    await bench.start()
    bench.starter.failures = 2
    bench.worker.die()
    await bench.clock.pass_seconds(60)

    assert len(bench.unhandled) == 1
    assert len(bench.starter.started_at) == 3


async def test_run_over_its_time_fails_and_its_worker_is_killed() -> None:
    """It fails at functionTimeout; two seconds later the worker is killed, with every other run."""
    bench = Bench()
    await bench.start()
    hanging = bench.invoke()
    await bench.clock.pass_seconds(300)
    neighbour = bench.invoke()
    await bench.clock.pass_seconds(300)

    assert hanging.done()
    assert not hanging.result().ok
    assert (neighbour.done(), bench.worker.was_killed) == (False, False)
    first = bench.worker
    await bench.clock.pass_seconds(2)
    assert first.was_killed
    assert not neighbour.result().ok
    assert len(bench.starter.workers) == 2


async def test_run_that_ends_in_the_moment_after_its_time_spares_the_worker() -> None:
    """It has failed all the same, and nobody else is harmed."""
    bench = Bench()
    await bench.start()
    late = bench.invoke()
    await bench.clock.pass_seconds(601)
    bench.worker.end_all(Outcome(ok=True))
    await bench.clock.pass_seconds(10)

    assert not late.result().ok
    assert (bench.worker.was_killed, len(bench.starter.workers)) == (False, 1)


async def test_worker_killed_for_its_time_is_no_error() -> None:
    """However often runs are over their time, the host lives on."""
    bench = Bench()
    await bench.start(timedelta(minutes=1))
    for _ in range(6):
        bench.invoke()
        await bench.clock.pass_seconds(80)

    assert (bench.unhandled, len(bench.starter.workers)) == ([], 7)


async def test_unbounded_run_may_last() -> None:
    """Without functionTimeout nothing is killed."""
    bench = Bench()
    await bench.start(None)
    run = bench.invoke()
    await bench.clock.pass_time(timedelta(days=2))

    assert (run.done(), bench.worker.was_killed) == (False, False)


async def test_stop_gives_up_what_waits_for_a_worker() -> None:
    """An invocation that no worker has taken is given up, not failed."""
    bench = Bench()
    await bench.start()
    bench.worker.die()
    await settle()
    bench.worker.die()
    await settle()
    waiting = bench.invoke()
    await settle()
    await bench.dispatcher.stop()

    with pytest.raises(NotRunError):
        await waiting
