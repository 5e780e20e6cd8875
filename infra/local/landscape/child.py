"""Run one child process that never outlives its parent, and keep its output.

On Linux the kernel kills the child when the thread that started it ends, however it ends
(PR_SET_PDEATHSIG, see prctl(2)): start children from a thread that lives as long as they shall.
Elsewhere `atexit` alone takes them down.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from infra.local.host.signals import OWN_GROUP, OWN_GROUP_FLAGS, STOP
from infra.local.preflight import ROOT

_KEPT_LINES = 20_000
_SHOWN_LINES = 30

# Runs in the child before the real program takes its place, under the same process id. It is a
# program and not a preexec_fn, because forking Python code in a process with threads can hang.
_TETHER = """
import ctypes, os, signal, sys
parent = int(sys.argv[1])
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() != parent:
    raise SystemExit("the parent is gone")
os.execvp(sys.argv[2], sys.argv[2:])
"""


class ChildDiedError(RuntimeError):
    """A child ended, or said nothing in time, before it was ready.

    Attributes:
        exit_code: None when it was still running and was killed.
        output: its last lines.

    """

    def __init__(self, name: str, exit_code: int | None, output: str) -> None:
        how = "was not ready in time" if exit_code is None else f"ended with exit code {exit_code}"
        super().__init__(f"{name} {how}. Its last output:\n{output}")
        self.exit_code, self.output = exit_code, output


class Child:
    """A running program; a context manager that stops it at the end.

    `echo`, when given, is called with each line from a thread of this object.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        echo: Callable[[str], None] | None = None,
    ) -> None:
        self.name = name
        self._echo = echo
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._changed = threading.Condition()
        self._closed = False
        self._process = subprocess.Popen(  # noqa: S603 - our own programs
            [*_tether(), *command],
            env=None if env is None else dict(env),
            cwd=ROOT,
            creationflags=OWN_GROUP_FLAGS,
            process_group=OWN_GROUP,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        atexit.register(self.kill)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        """Hand out the running child."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, whatever happened."""
        self.stop()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended: None while it runs, negative for the signal that ended it."""
        return self._process.poll()

    @property
    def why_ended(self) -> str:
        """Say in words how it ended, once it has."""
        return f"exit code {self.exit_code}"

    def output(self) -> list[str]:
        """Give the lines it wrote so far, at most the last 20,000."""
        with self._changed:
            return list(self._lines)

    def wait_for_line(self, *, starting: str, within_seconds: float) -> str:
        """Wait for a line that starts so. Raises ChildDiedError; the child is then dead."""

        def found() -> str | None:
            return next((line for line in self._lines if line.startswith(starting)), None)

        with self._changed:
            self._changed.wait_for(lambda: found() or self._closed, timeout=within_seconds)
            line = found()
        if line is None:
            raise self.give_up()
        return line

    def give_up(self) -> ChildDiedError:
        """Kill it and tell with its last words why it was of no use."""
        try:
            exit_code: int | None = self._process.wait(0.5 if self._closed else 0)
        except subprocess.TimeoutExpired:
            exit_code = None
        self.kill()
        return ChildDiedError(self.name, exit_code, "\n".join(self.output()[-_SHOWN_LINES:]))

    def terminate(self, *, within_seconds: float = 35) -> int:
        """Tell it to stop, wait for the end, kill when it takes too long; return the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(STOP)
            try:
                self._process.wait(within_seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()
        return self._finish()

    def kill(self) -> int:
        """Kill it: the loss of an instance. Can be called again."""
        if self._process.poll() is None:
            self._process.kill()
        return self._finish()

    def stop(self) -> None:
        """End it without ceremony; each kind of child knows how much it needs."""
        self.kill()

    def wait(self, within_seconds: float) -> int:
        """Wait for it to end by itself. Raises subprocess.TimeoutExpired."""
        self._process.wait(within_seconds)
        return self._finish()

    def _finish(self) -> int:
        exit_code = self._process.wait()
        self._reader.join(timeout=5)
        atexit.unregister(self.kill)
        return exit_code

    def _read(self) -> None:
        stream = self._process.stdout
        if stream is None:
            return
        with stream:
            for line in stream:
                self._keep(line.rstrip("\n"))
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _keep(self, line: str) -> None:
        with self._changed:
            self._lines.append(line)
            self._changed.notify_all()
        if self._echo is not None:
            self._echo(line)


def _tether() -> list[str]:
    """Give what stands before a child's command where the kernel can tie it to its parent."""
    if sys.platform != "linux":
        return []
    return [sys.executable, "-S", "-E", "-c", _TETHER, str(os.getpid())]
