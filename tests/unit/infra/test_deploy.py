"""The steps of a deployment do not trip over each other, and say what is missing."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest

from infra.deploy import tools
from infra.deploy.__main__ import STEPS, main

HOLDER = """
import sys, pathlib
from infra.deploy.lock import locked
log = pathlib.Path(sys.argv[2])
print("at the door", flush=True)
with locked(pathlib.Path(sys.argv[1])):
    before = log.read_text() if log.exists() else ""
    print("in", flush=True)
    sys.stdin.readline()
    log.write_text(before + "x")
"""


MISSING = """
import sys, pathlib
sys.path.insert(0, {root!r})
from infra.deploy import tools
tools.NODE = pathlib.Path(sys.argv[1])
(tools.NODE / "package-lock.json").write_text("any")
try:
    tools.node()
except tools.MissingToolError as error:
    print(error)
"""


def holder(lock: Path, log: Path) -> Popen[str]:
    """A process that takes the lock, says so, and adds to the log when it is told to go on."""
    command = (sys.executable, "-c", HOLDER, str(lock), str(log))
    return Popen(command, cwd=tools.ROOT, stdin=PIPE, stdout=PIPE, text=True)  # noqa: S603


def says(process: Popen[str], word: str) -> None:
    """Wait until it says this."""
    assert process.stdout is not None
    assert process.stdout.readline() == f"{word}\n"


def go_on(process: Popen[str]) -> None:
    """Let it do its work and leave."""
    process.communicate("\n")
    assert process.returncode == 0


def test_two_that_make_the_same_thing_do_it_one_after_the_other(tmp_path: Path) -> None:
    """Without the lock both would read the empty log, and one line would be lost."""
    lock, log = tmp_path / "a" / "tools.lock", tmp_path / "log"
    first = holder(lock, log)
    says(first, "at the door")
    says(first, "in")
    second = holder(lock, log)
    says(second, "at the door")

    go_on(first)
    says(second, "in")
    go_on(second)

    assert log.read_text() == "xx"


def test_the_lock_of_one_that_was_killed_is_free(tmp_path: Path) -> None:
    """The operating system lets it go."""
    lock, log = tmp_path / "tools.lock", tmp_path / "log"
    first = holder(lock, log)
    says(first, "at the door")
    says(first, "in")
    first.kill()
    first.communicate()

    second = holder(lock, log)
    says(second, "at the door")
    says(second, "in")

    go_on(second)


def test_wrong_use_lists_the_steps(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each, which says what it does."""
    assert main([], {}) == 2

    usage, *lines = capsys.readouterr().err.splitlines()
    assert usage == "usage: python3 -m infra.deploy STEP"
    assert [line.split()[0] for line in lines] == list(STEPS)


def test_a_missing_tool_is_named(tmp_path: Path) -> None:
    """With what to install; nothing is half done."""
    script = MISSING.format(root=str(tools.ROOT))
    command = (sys.executable, "-c", script, str(tmp_path))
    done = run(command, env={"PATH": ""}, capture_output=True, text=True, check=True)  # noqa: S603

    assert done.stdout.endswith("npm is missing: install Node 20 or later, which brings it.\n")
