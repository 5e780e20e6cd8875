"""Test what ends in the local host: the worker alone, the whole instance, or nothing."""

import asyncio
import contextlib
import os
import signal

import aiohttp
import pytest

from infra.local.landscape import Azurite, Host
from tests.contract.host_bench import Bench, new_bench, said, times_said
from tests.waiting import eventually


@pytest.fixture
async def bench(azurite: Azurite) -> Bench:
    """Give queues that no other test uses."""
    made = new_bench(azurite)
    await made.make_queues()
    return made


async def test_dead_worker_fails_its_runs_and_nothing_else(bench: Bench) -> None:
    """Every run fails at once and is tried again in a new worker; the host serves on."""
    with bench.start() as host:
        first = host.worker_pid
        await bench.send_task("hang", "neighbour", attempts=1)
        await eventually(lambda: said(host, "working on neighbour"))
        await bench.send_task("die", "killer", attempts=1)
        await eventually(lambda: said(host, "done with killer", "done with neighbour"))

        assert host.worker_pid != first
        assert said(host, f"Worker process {first} exited with code 137")
        assert times_said(host, "working on neighbour, attempt 2") == 1
        assert await _status(host) == 202
        assert host.exit_code is None
    assert await bench.waiting(bench.work) == 0


async def test_message_that_kills_its_worker_is_poisoned_at_its_last_failure(bench: Bench) -> None:
    """The second death is the last of two attempts: the copy is there before any lease is over."""
    with bench.start("--worker-restart", "0") as host:
        await bench.send_task("die", "killer", attempts=9)
        await eventually(lambda: _one_in(bench, f"{bench.work}-poison"))

        assert times_said(host, "working on killer") == 2
        assert host.exit_code is None
    assert await bench.waiting(bench.work) == 0


async def test_third_death_takes_the_host_down(bench: Bench) -> None:
    """Three dead workers in a row: the host ends and says so, as the platform would replace it."""
    with bench.start("--worker-restart", "0") as host:
        for deaths in range(1, 4):
            await eventually(lambda n=deaths: _workers(host) == n)  # type: ignore[misc]
            host.kill_worker()

        assert host.wait(60) == 1
        assert said(host, "functions host ended: the worker died too often in a row")


async def test_request_that_meets_no_worker_waits_for_the_next(bench: Bench) -> None:
    """While the worker is replaced a request waits; one that ran in it is answered 500."""
    with bench.start() as host, contextlib.suppress(ProcessLookupError):
        async with aiohttp.ClientSession(host.url) as http:
            hung = asyncio.create_task(_ask(http, "/api/hang"))
            await eventually(lambda: said(host, "hanging"))
            host.kill_worker()

            assert await hung == 500
            assert await _ask(http, "/api/items/1") == 202


async def test_timers_go_on_when_the_worker_dies(bench: Bench) -> None:
    """A timer of every second runs in the new worker as it did in the old one."""
    with bench.start(TICK_SCHEDULE="* * * * * *") as host:
        await eventually(lambda: said(host, "tock"))
        host.kill_worker()
        await eventually(lambda: _workers(host) == 2)

        before = times_said(host, "tock")
        await eventually(lambda: times_said(host, "tock") >= before + 2)


@pytest.mark.parametrize("do", ["hang", "block"])
async def test_function_timeout_costs_the_worker(bench: Bench, do: str) -> None:
    """A run over functionTimeout fails, then its worker is killed, also if it blocks its loop."""
    with bench.start(
        AzureFunctionsJobHost__functionTimeout="00:00:01",
        AzureFunctionsJobHost__extensions__queues__visibilityTimeout="00:00:04",
    ) as host:
        first = host.worker_pid
        await bench.send_task(do, "endless", attempts=1, seconds=20)
        await eventually(lambda: said(host, "done with endless"))

        assert said(host, "Timeout value of 00:00:01 exceeded by function 'Functions.Work'")
        assert said(host, "A function timeout has occurred. Restarting worker process")
        assert host.worker_pid != first
        assert await _status(host) == 202


async def test_killed_host_takes_its_worker_along(bench: Bench) -> None:
    """The loss of an instance is the loss of both, though the worker blocks its loop."""
    with bench.start() as host:
        await bench.send_task("block", "held", attempts=9, seconds=20)
        await eventually(lambda: said(host, "working on held"))
        worker = host.worker_pid
        assert host.kill() == -signal.SIGKILL

        await eventually(lambda: _is_gone(worker))
    assert await bench.visible(bench.work) == []


async def test_sigterm_finishes_what_is_running(bench: Bench) -> None:
    """A shutdown takes no new message, ends the running one and exits with 0."""
    with bench.start() as host:
        worker = host.worker_pid
        await bench.send_task("wait", "last", seconds=1)
        await eventually(lambda: said(host, "working on last"))

        assert host.terminate() == 0
        assert said(host, "done with last", "functions host ended: told to stop")
        assert _is_gone(worker)
    assert await bench.waiting(bench.work) == 0


async def test_host_ends_while_its_worker_is_replaced(bench: Bench) -> None:
    """Told to stop in the moment in which the next worker starts, it waits for neither."""
    with bench.start() as host:
        host.kill_worker()

        assert host.terminate() == 0
        assert said(host, "functions host ended: told to stop")
        assert not said(host, "Traceback")


async def test_run_that_outlasts_the_grace_is_left_behind(bench: Bench) -> None:
    """It is lost with its worker, and its message stays hidden."""
    with bench.start("--grace", "0.3") as host:
        await bench.send_task("hang", "held", attempts=9)
        await eventually(lambda: said(host, "working on held"))

        assert host.terminate() == 0
        assert said(host, "left behind")
    assert (await bench.waiting(bench.work), await bench.visible(bench.work)) == (1, [])


def _workers(host: Host) -> int:
    return times_said(host, "worker process started, pid ")


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def _ask(http: aiohttp.ClientSession, path: str) -> int:
    async with http.get(path) as answer:
        return answer.status


async def _status(host: Host) -> int:
    async with aiohttp.ClientSession(host.url) as http:
        return await _ask(http, "/api/items/1")


async def _one_in(bench: Bench, queue: str) -> bool:
    return await bench.waiting(queue) == 1
