"""Which steps of set-up are done, what is said meanwhile, and what a failure leaves behind."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.local.setup.reasons import SetupError
from infra.local.setup.stamps import Stamp
from infra.local.setup.steps import Step, run
from infra.local.talk import Talk


class Bench:
    """A set-up of one step on a folder of its own.

    Attributes:
        installed: whether each installation began afresh.

    """

    def __init__(self, state: Path) -> None:
        self.lock = state / "lock"
        self.lock.write_text("1", encoding="ascii")
        self.state, self.said = state, io.StringIO()
        self.installed: list[bool] = []
        self.fault: BaseException | None = None
        self.is_there = True

    def run(self, check: Callable[[], None] = lambda: None) -> int:
        """Set up, and give the exit code."""
        return run(Talk("setup", self.said), steps=self.steps, check=check, state=self.state)

    def steps(self) -> tuple[Step, ...]:
        """The one step."""
        stamp = Stamp("thing", (self.lock,), self.state)
        return (Step(stamp, "a thing", 1, 2, lambda: self.is_there, self._install),)

    def _install(self, _: Talk, afresh: bool) -> None:  # noqa: FBT001 - as a Step calls it
        self.installed.append(afresh)
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give a set-up of one step."""
    return Bench(tmp_path)


def test_step_is_done_once(bench: Bench) -> None:
    """The second time there is nothing to do, and nothing is said, or even checked."""
    assert bench.run() == 0
    first = bench.said.getvalue()

    assert bench.run(check=_must_not_be_called) == 0
    assert bench.installed == [False]
    assert bench.said.getvalue() == first


def test_size_and_end_are_told(bench: Bench) -> None:
    """What is fetched, how much, and what it takes on disk."""
    bench.run()

    said = bench.said.getvalue()
    assert "setup: 1/1 a thing (fetches about 1 MB, takes 2 MB on disk)\n" in said
    assert "setup: done in 0 s" in said
    assert "all of it takes 2 MB on disk" in said


def test_other_lock_file_is_another_step(bench: Bench) -> None:
    """What was installed for other locked packages is installed again."""
    bench.run()
    bench.lock.write_text("2", encoding="ascii")

    assert bench.run() == 0
    assert bench.installed == [False, False]


def test_what_went_is_installed_again(bench: Bench) -> None:
    """A stamp does not stand for what somebody has deleted."""
    bench.run()
    bench.is_there = False
    bench.run()

    assert bench.installed == [False, False]


def test_failure_is_told_and_tried_again(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence and exit code 1; the next run tries again, on top of what is there."""
    bench.fault = SetupError("no network: plug it in.")
    assert bench.run() == 1
    assert capsys.readouterr().err == "setup: no network: plug it in.\n"

    bench.fault = None
    assert bench.run() == 0
    assert bench.installed == [False, False]


def test_interrupted_step_begins_anew(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends it without a traceback; the next run starts the step from nothing."""
    bench.fault = KeyboardInterrupt()
    assert bench.run() == 130
    assert "run it again" in capsys.readouterr().err

    bench.fault = None
    assert bench.run() == 0
    assert bench.installed == [False, True]
    assert "interrupted here: beginning anew" in bench.said.getvalue()


def test_half_of_what_was_there_does_not_count(bench: Bench) -> None:
    """What was done, has gone, and was interrupted while it came back, is not done."""
    bench.run()
    bench.is_there, bench.fault = False, KeyboardInterrupt()
    bench.run()
    bench.is_there, bench.fault = True, None
    bench.run()

    assert bench.installed == [False, False, True]


def test_what_is_missing_on_the_machine_is_told_first(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is fetched."""

    def check() -> None:
        raise SetupError("Node is missing: install it.")

    assert bench.run(check) == 1
    assert bench.installed == []
    assert capsys.readouterr().err == "setup: Node is missing: install it.\n"


def _must_not_be_called() -> None:
    raise AssertionError
