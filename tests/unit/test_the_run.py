"""`python -m tests`: which parts run, with what, and what comes of it."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.__main__ import FAST, LONG, PARTS, main

PASSED, FAILED, NOTHING_CHOSEN = 0, 1, 5


class Runs:
    """What pytest was given, and what it says of each run in turn."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.given: list[Sequence[str]] = []

    def __call__(self, arguments: Sequence[str]) -> int:
        """One run."""
        self.given.append(arguments)
        return self.codes.pop(0)


def test_the_fast_part_comes_first_and_no_test_runs_twice(tmp_path: Path) -> None:
    """Whatever lies in a folder of one part and is named by another is left out there."""
    runs = Runs(PASSED, PASSED, PASSED)

    assert main([], runs, tmp_path / "times.json") == PASSED
    for given, part in zip(runs.given, PARTS, strict=True):
        assert set(part.paths) <= set(given)
    assert {f"--ignore={path}" for path in LONG} <= set(runs.given[0])
    assert "--ignore=tests/table/test_on_fakes.py" in runs.given[1]
    assert all(Path(path).exists() for part in PARTS for path in part.paths)


def test_every_folder_of_tests_is_in_a_part() -> None:
    """A folder that nobody runs would rot."""
    with_tests = {path.relative_to(Path.cwd()).parts[1] for path in Path.cwd().glob("tests/*/")}
    holding = {name for name in with_tests if any(Path("tests", name).rglob("test_*.py"))}

    in_a_part = {path.split("/")[1] for part in PARTS for path in part.paths}
    assert holding == in_a_part


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((PASSED, FAILED, PASSED), FAILED),
        ((FAILED, PASSED, PASSED), FAILED),
        ((PASSED, NOTHING_CHOSEN, NOTHING_CHOSEN), PASSED),
        ((NOTHING_CHOSEN, NOTHING_CHOSEN, NOTHING_CHOSEN), NOTHING_CHOSEN),
    ],
)
def test_one_part_that_fails_fails_the_run(
    codes: tuple[int, ...], expected: int, tmp_path: Path
) -> None:
    """And a run without a single test has not passed."""
    assert main(["-k", "guard"], Runs(*codes), tmp_path / "times.json") == expected


def test_a_path_is_one_run(tmp_path: Path) -> None:
    """Whoever names a file wants that file, as pytest has it."""
    runs = Runs(PASSED)

    main(["tests/unit/test_the_run.py::test_a_path_is_one_run", "-x"], runs, tmp_path / "times")

    assert runs.given == [["tests/unit/test_the_run.py::test_a_path_is_one_run", "-x"]]


def test_a_run_prints_how_long_the_last_one_took(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The time of this machine, once there is one."""
    times = tmp_path / "times.json"
    times.write_text(f'{{"{FAST.name}": 1200}}')

    main(["--fast"], Runs(PASSED), times)

    assert "about 20 min to go" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("known", "said"), [(1200, "tests: about 20 min to go"), (0, "tests: about 1 min longer than")]
)
def test_a_run_says_again_and_again_how_long_is_left(
    known: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While pytest is at work, whose percentages count tests and not time."""
    times = tmp_path / "times.json"
    times.write_text(f'{{"{FAST.name}": {known}}}')
    told: list[str] = []

    def wait(_: Sequence[str]) -> int:
        deadline, pause = time.monotonic() + 60, threading.Event()
        while sum(said in line for line in told) < 3 and time.monotonic() < deadline:
            told.extend(capsys.readouterr().out.splitlines())
            pause.wait(0.01)
        return PASSED

    assert main(["--fast"], wait, times, every_seconds=0.01) == PASSED
    assert sum(said in line for line in told) >= 3
