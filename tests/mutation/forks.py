"""Run tests in a process of its own, forked from one that has collected them.

To start pytest anew for every change takes seconds; a fork takes some hundredths of one, and what
the tests leave behind goes with it.
"""

import json
import os
import resource
import select
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

FAILED = 1
"""The code of a process in which a test failed, as pytest has it."""
BROKEN = 70
"""The code of a process that came to no result."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a run of all tests without a change tells.

    `seconds` is how long each test takes, `runs` which tests run a function; `failed` is the first
    test that fails, without which nothing can be tried.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    runs: dict[str, list[str]] = field(default_factory=dict)
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Fork:
    """A process on its way; what it says comes when it has ended."""

    pid: int
    said: int

    def wait(self) -> tuple[int, str]:
        """Its exit code, negative for a signal, and what it said."""
        with os.fdopen(self.said, encoding="utf-8") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status), said


def first_to_end(forks: Iterable[Fork]) -> Fork:
    """Wait until one of them has something to say, or has ended."""
    by_pipe = {fork.said: fork for fork in forks}
    ready, _, _ = select.select(list(by_pipe), [], [])
    return by_pipe[ready[0]]


def fork_tests(change: str, tests: Sequence[pytest.Item], most_seconds: int) -> Fork:
    """Run these tests with this change up to the first that fails, and say which.

    After so many seconds of processor time it is killed: a change can make a loop endless.
    """

    def work() -> tuple[int, str]:
        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds + 1))
        set_mutant_under_test(change)
        failed = next((test.nodeid for test, passed in _run(tests) if not passed), None)
        return (0, "") if failed is None else (FAILED, failed)

    return _fork(work)


def look(tests: Sequence[pytest.Item]) -> Known:
    """Run all of them without a change, and see which functions each runs."""

    def work() -> tuple[int, str]:
        set_mutant_under_test("stats")
        seconds: dict[str, float] = {}
        runs: dict[str, list[str]] = {}
        began = perf_counter()
        for test, passed in _run(tests):
            if not passed:
                return FAILED, json.dumps({"failed": test.nodeid})
            seconds[test.nodeid] = perf_counter() - began
            for function in state()._stats:
                runs.setdefault(function, []).append(test.nodeid)
            state()._stats.clear()
            began = perf_counter()
        return 0, json.dumps({"seconds": seconds, "runs": runs})

    _, said = _fork(work).wait()
    told: dict[str, Any] = json.loads(said) if said else {"failed": "the run itself"}
    return Known(**told)


def _run(tests: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, bool]]:
    for test, following in zip(tests, (*tests[1:], None), strict=True):
        reports = runtestprotocol(test, log=False, nextitem=following)
        yield test, not any(one.failed for one in reports)


def _fork(work: Callable[[], tuple[int, str]]) -> Fork:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Fork(pid, reading)
    code = BROKEN
    try:
        _fall_silent()
        code, said = work()
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(said)
    finally:
        # Whatever came of it: the parent's own work goes on in the parent alone.
        os._exit(code)


def _fall_silent() -> None:
    """Nothing that tests write belongs on the screen of whoever waits for the whole."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
