"""Try the changes: of each, the tests that run its function, up to the first that fails."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

import pytest

from tests.mutation.changes import NO_TEST, Changes, function_of
from tests.mutation.forks import BROKEN, FAILED, Fork, Known, first_to_end, fork_tests, look

# A change of which mutmut makes every function fail: the tests must notice that one.
_FAILS_ALWAYS = "fail"
_TELL_EVERY_SECONDS = 15


@dataclass
class Trying:
    """A plugin that tries changes in place of pytest's own run of the tests it has collected.

    `processes` are tried at a time; every result is kept at once, so that a run that is stopped
    loses none.
    """

    changes: Changes
    names: Sequence[str]
    processes: int
    say: Callable[[str], None]
    problem: str = ""
    """Why nothing could be tried."""
    _under_way: dict[Fork, str] = field(default_factory=dict)
    _noticed_by: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _tests: dict[str, pytest.Item] = field(default_factory=dict)
    _known: Known = field(default_factory=Known)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try them all; pytest has nothing left to run."""
        self._tests = {test.nodeid: test for test in session.items}
        self.say(f"running the {len(self._tests)} tests once without a change")
        self._known = look(session.items)
        if self._known.failed is not None:
            self.problem = f"a test fails without any change: {self._known.failed}"
        elif fork_tests(_FAILS_ALWAYS, session.items, self._most_seconds()).wait()[0] != FAILED:
            self.problem = "no test fails where every function does: the tests run other code"
        else:
            self._try_all()
        return True

    def _try_all(self) -> None:
        began = told = monotonic()
        for number, name in enumerate(self.names):
            if monotonic() - told > _TELL_EVERY_SECONDS:
                told = monotonic()
                self._tell(number, told - began)
            tests = self._in_order(function_of(name))
            if not tests:
                self.changes.keep(name, NO_TEST)
                continue
            if len(self._under_way) == self.processes:
                self._end_one()
            self._under_way[fork_tests(name, tests, self._most_seconds())] = name
        while self._under_way:
            self._end_one()

    def _end_one(self) -> None:
        fork = first_to_end(self._under_way)
        name = self._under_way.pop(fork)
        code, failed = fork.wait()
        if code == BROKEN:
            # Whether a test would have noticed it, nobody knows: it stays untried.
            return
        self.changes.keep(name, code)
        if failed:
            self._noticed_by[function_of(name)][failed] += 1

    def _in_order(self, function: str) -> list[pytest.Item]:
        """The tests that run the function: those that noticed most changes of it, the fastest."""
        noticed, seconds = self._noticed_by[function], self._known.seconds
        found = self._known.runs.get(function, [])
        found = sorted(found, key=lambda test: (-noticed[test], seconds[test]))
        return [self._tests[test] for test in found]

    def _most_seconds(self) -> int:
        """Far more than all tests take, also on a machine that is busy."""
        return 10 + 5 * round(sum(self._known.seconds.values()))

    def _tell(self, number: int, seconds: float) -> None:
        left = (len(self.names) - number) * seconds / max(number, 1)
        unnoticed = len(self.changes.unnoticed(self.names[:number]))
        self.say(
            f"{number} of {len(self.names)} tried, {unnoticed} not noticed, "
            f"about {max(1, round(left / 60))} min to go"
        )
