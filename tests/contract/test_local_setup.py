"""Test set-up with real processes: two at once, tools that hang, and tools that fail."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.preflight import ROOT
from infra.local.setup.programs import Program
from infra.local.setup.reasons import UV, SetupError
from infra.local.talk import Talk
from tests.waiting import eventually

HOLD = """
import sys
from pathlib import Path
from infra.local.setup.lock import held
from infra.local.talk import Talk
talk = Talk("setup", every_seconds=0.05)
with talk.alive(), held(Path(sys.argv[1]), talk):
    print("has it", flush=True)
    sys.stdin.read()
"""

# A tool that will not be stopped by Ctrl-C, with a helper that would outlive it.
STUBBORN = """
import signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sleeper = [sys.executable, "-c", "import sys; sys.stdin.read()"]
helper = subprocess.Popen(sleeper, stdin=subprocess.PIPE)
print("helper", helper.pid, flush=True)
signal.pause()
"""
# A shell that starts the tests in the background has Ctrl-C ignored by all that it starts.
RUN = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from infra.local.setup.programs import Program
from infra.local.setup.reasons import UV
from infra.local.talk import Talk
talk = Talk("setup")
Program(talk, UV, lambda: "working", lambda line: print(line, flush=True)).run(sys.argv[1:])
"""


def start(program: str, *arguments: str) -> "subprocess.Popen[str]":
    """Run a program of this repository."""
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def first(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Give a process that holds the lock."""
    with start(HOLD, str(tmp_path / "lock")) as process:
        _hears(process, "has it")
        yield process
        process.kill()


def test_second_set_up_waits_and_says_for_whom(
    first: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """It names the other process, gives signs of life, and goes on when the other has ended."""
    with start(HOLD, str(tmp_path / "lock")) as second:
        _hears(second, f"another set-up is at work in this folder (process {first.pid})")
        _hears(second, "waiting for the other set-up")
        first.communicate("")

        _hears(second, "has it")
        second.kill()


def test_set_up_that_was_killed_holds_nobody_up(
    first: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """The lock of a process that is gone is free."""
    first.kill()
    first.wait()

    with start(HOLD, str(tmp_path / "lock")) as second:
        _hears(second, "has it")
        second.kill()


async def test_ctrl_c_ends_a_tool_that_does_not_obey() -> None:
    """The tool and what it has started are gone at once."""
    with start(RUN, sys.executable, "-c", STUBBORN) as running:
        helper = int(_line(running).removeprefix("helper "))
        running.send_signal(signal.SIGINT)

        try:
            running.wait(60)
        finally:
            running.kill()
        await eventually(lambda: _is_gone(helper))


def test_tool_that_fails_for_no_known_reason_is_quoted() -> None:
    """Its last words and its exit code, where no sentence explains them."""
    program = "print('one'); print('never seen before'); raise SystemExit(9)"
    talk = Talk("setup", io.StringIO())

    with pytest.raises(SetupError, match=r"(?s)exit code 9.*never seen before"):
        Program(talk, UV, lambda: "working").run([sys.executable, "-c", program])


def _hears(process: "subprocess.Popen[str]", words: str) -> None:
    """Read on until a line has these words: signs of life come in between as time goes by."""
    heard = []
    for line in process.stdout or ():
        heard.append(line)
        if words in line:
            return
    pytest.fail(f"never said {words!r}: {heard}")


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    return stat.rpartition(")")[2].split()[0] == "Z"
