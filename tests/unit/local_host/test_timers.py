"""Timers on a clock and a store in memory: who runs them, when, and what is made up for."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from infra.local.host.app.host_json import SingletonSettings
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.timer_store import TimerStore
from infra.local.host.timers.runner import TimerRunner
from infra.local.host.timers.schedule import parse_schedule
from infra.local.host.timers.status import TimerStatus, read_status, status_after
from infra.local.host.timers.timer import Timer
from tests.unit.local_host.fakes import START, FakeClock, FakeTimerStore, fault, settle

EVERY_MINUTE, HOURLY = "0 * * * * *", "0 30 * * * *"


@dataclass
class Run:
    """A call of the function: when, in seconds, by which host, and whether as past due."""

    at: float
    host: str
    past_due: bool
    status: TimerStatus | None


@dataclass
class Bench:
    """Hosts of one app on one store; `function` is called by each run and may take its time.

    Attributes:
        dead: the hosts that were killed.

    """

    clock: FakeClock = field(default_factory=FakeClock)
    runs: list[Run] = field(default_factory=list)
    unhandled: list[Exception] = field(default_factory=list)
    function: Callable[[], Awaitable[bool]] | None = None
    dead: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Share one store."""
        self.store = FakeTimerStore(self.clock)

    def start(
        self, host: str, schedule: str = EVERY_MINUTE, *, on_startup: bool = False
    ) -> tuple[TimerRunner, asyncio.Task[None]]:
        """Start the timer on a host of that name."""

        async def run(status: TimerStatus | None, reason: str, *, past_due: bool) -> bool:
            assert reason
            self.live(host)
            at = (self.clock.now() - START).total_seconds()
            self.runs.append(Run(at, host, past_due, status))
            return True if self.function is None else await self.function()

        async def opened() -> TimerStore:
            self.live(host)
            return self.store

        timer = Timer("Tick", parse_schedule(schedule), on_startup, None, run)
        runner = TimerRunner(timer, opened, self.clock, SingletonSettings(), self.unhandled.append)
        return runner, asyncio.create_task(runner.serve())

    def live(self, host: str) -> None:
        """Go on, unless that host is dead: then whatever it was about to do ends here."""
        if host in self.dead:
            raise asyncio.CancelledError

    @property
    def kept(self) -> TimerStatus | None:
        """The status in the store."""
        return read_status(self.store.texts.get("Tick", ""))


async def test_timer_keeps_its_schedule_and_its_status() -> None:
    """It runs at each occurrence, not past due, and notes each run in the store."""
    bench = Bench()
    bench.start("a")
    await bench.clock.pass_seconds(150)

    assert [(run.at, run.past_due) for run in bench.runs] == [(60, False), (120, False)]
    assert bench.kept == status_after(parse_schedule(EVERY_MINUTE), START + timedelta(minutes=2))


async def test_several_missed_occurrences_are_one_run_as_past_due() -> None:
    """A host that comes back after two missed occurrences runs at once, once, then on schedule."""
    bench = Bench()
    last = START - timedelta(hours=2, minutes=30)
    bench.store.texts["Tick"] = status_after(parse_schedule(HOURLY), last).to_json()
    bench.start("a", HOURLY)
    await bench.clock.pass_seconds(1801)

    assert [(run.at, run.past_due) for run in bench.runs] == [(0, True), (1800, False)]
    assert bench.runs[0].status is not None
    assert bench.runs[0].status.last == last


async def test_timer_of_every_second_is_not_kept() -> None:
    """More than once a minute it has no status, and nothing is made up for."""
    bench = Bench()
    bench.start("a", "*/10 * * * * *")
    await bench.clock.pass_seconds(25)

    assert [(run.at, run.status) for run in bench.runs] == [(10, None), (20, None)]
    assert bench.store.texts == {}


async def test_one_of_two_hosts_runs_a_timer() -> None:
    """Six occurrences are six runs, all of one host."""
    bench = Bench()
    bench.start("a")
    await settle()
    bench.start("b")
    await bench.clock.pass_seconds(361)

    assert [run.host for run in bench.runs] == ["a"] * 6


async def test_timer_of_a_host_that_died_is_taken_over_and_made_up_for() -> None:
    """Its lease runs out within a minute; who asks next takes over, and makes up for the gap."""
    bench = Bench()
    bench.start("a")
    await bench.clock.pass_seconds(10)
    bench.start("b")
    await bench.clock.pass_seconds(55)
    bench.dead.add("a")
    await bench.clock.pass_seconds(130)

    assert [(run.host, run.at, run.past_due) for run in bench.runs] == [
        ("a", 60, False),
        ("b", 130, True),
        ("b", 180, False),
    ]


async def test_host_that_stops_gives_its_timers_back() -> None:
    """The other host has the lease the next time it asks, without waiting for its end."""
    bench = Bench()
    first, serving = bench.start("a")
    await bench.clock.pass_seconds(10)
    bench.start("b")
    await bench.clock.pass_seconds(52)
    await first.stop()
    await bench.clock.pass_seconds(9)

    assert serving.done()
    assert [(run.host, run.at) for run in bench.runs] == [("a", 60)]
    await bench.clock.pass_seconds(60)
    assert [(run.host, run.at) for run in bench.runs][1:] == [("b", 120)]


async def test_stop_waits_for_the_run_and_starts_no_other() -> None:
    """A run under way ends, and what is due meanwhile is left to others."""
    bench = Bench()

    async def take_ninety_seconds() -> bool:
        await bench.clock.sleep(timedelta(seconds=90))
        return True

    bench.function = take_ninety_seconds
    runner, serving = bench.start("a")
    await bench.clock.pass_seconds(70)
    stopping = asyncio.create_task(runner.stop())
    await bench.clock.pass_seconds(1)
    # Another host may have the timer already, as it may with the real one.
    assert await bench.store.lock("Tick", timedelta(minutes=1)) is not None
    await bench.clock.pass_seconds(78)
    assert not stopping.done()

    await bench.clock.pass_seconds(2)
    assert (stopping.done(), serving.done(), len(bench.runs)) == (True, True, 1)


async def test_run_longer_than_the_interval_delays_the_next() -> None:
    """Never two at once; what it swallowed is one run, right after it."""
    bench = Bench()

    async def take_ninety_seconds() -> bool:
        await bench.clock.sleep(timedelta(seconds=90))
        return True

    bench.function = take_ninety_seconds
    bench.start("a")
    await bench.clock.pass_seconds(245)

    assert [run.at for run in bench.runs] == [60, 150, 240]


async def test_failed_run_moves_on() -> None:
    """A run that fails is not repeated before its next occurrence."""
    bench = Bench()

    async def fail() -> bool:
        return False

    bench.function = fail
    bench.start("a")
    await bench.clock.pass_seconds(121)

    assert [run.at for run in bench.runs] == [60, 120]


async def test_run_on_startup() -> None:
    """With runOnStartup it runs when the host starts, not as past due."""
    bench = Bench()
    bench.start("a", HOURLY, on_startup=True)
    await bench.clock.pass_seconds(1)

    assert [(run.at, run.past_due) for run in bench.runs] == [(0, False)]


async def test_run_on_demand_leaves_the_schedule_alone() -> None:
    """It runs on any host, beside the schedule, and is not noted in the status."""
    bench = Bench()
    bench.start("a")
    other, _ = bench.start("b")
    await bench.clock.pass_seconds(61)
    before = bench.kept
    assert await other.run_now("because")

    assert [run.host for run in bench.runs] == ["a", "b"]
    assert bench.kept == before
    assert bench.runs[1].status == before


@pytest.mark.parametrize("broken", [fault(None), fault(403, "AuthorizationFailure")])
@pytest.mark.parametrize("call", ["lock", "read"])
async def test_timer_without_storage_is_started_later(broken: StorageCallError, call: str) -> None:
    """A store that cannot be asked keeps a timer from starting, not the host: it asks again."""
    bench = Bench()
    bench.store.faults[call] = deque([broken] * 3)
    bench.start("a")
    await bench.clock.pass_seconds(13)
    assert bench.store.texts == {}

    await bench.clock.pass_seconds(60)
    assert (bench.unhandled, [run.at for run in bench.runs]) == ([], [60])


async def test_lease_that_is_lost_takes_the_host_down() -> None:
    """Somebody else has it: what runs here may run there as well, and that is not handled."""
    bench = Bench()
    bench.start("a", HOURLY)
    await bench.clock.pass_seconds(1)
    bench.store.faults["renew"] = deque([fault(409, "LeaseIdMismatchWithLeaseOperation")])
    await bench.clock.pass_seconds(30)

    assert len(bench.unhandled) == 1


async def test_renewal_that_the_service_fails_is_tried_sooner() -> None:
    """A fault of the service's own is followed by a renewal in half the time: the lease holds."""
    bench = Bench()
    bench.start("a", HOURLY)
    await bench.clock.pass_seconds(1)
    bench.store.faults["renew"] = deque([fault(503)] * 2)
    await bench.clock.pass_seconds(58)
    assert (bench.unhandled, len(bench.store.faults["renew"])) == ([], 0)

    bench.start("b", HOURLY)
    await bench.clock.pass_seconds(1800)
    assert [run.host for run in bench.runs] == ["a"]


async def test_status_that_cannot_be_kept_stops_no_timer() -> None:
    """The run is not noted, and the schedule goes on."""
    bench = Bench()
    bench.start("a")
    await bench.clock.pass_seconds(1)
    bench.store.faults["write"] = deque([fault(503)] * 2)
    await bench.clock.pass_seconds(180)

    assert ([run.at for run in bench.runs], bench.unhandled) == ([60, 120, 180], [])
