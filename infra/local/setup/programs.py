"""Run a package tool: Ctrl-C ends it at once, and its failure is explained."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Callable, Optional

from infra.local.setup.places import ROOT
from infra.local.setup.reasons import SetupError, Tool, reason_of
from infra.local.talk import Talk

_SHOWN_LINES = 12
if sys.platform == "win32":
    _IN_A_GROUP = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    _IN_A_GROUP = {"start_new_session": True}


class Program:
    """A package tool, and the words for what it does; `line` is shown each line of its output."""

    def __init__(
        self,
        talk: Talk,
        tool: Tool,
        doing: Callable[[], str],
        line: Optional[Callable[[str], None]] = None,
    ) -> None:
        self._talk, self._tool, self._doing, self._line = talk, tool, doing, line

    def run(self, command: Sequence[str], *, env: Optional[dict[str, str]] = None) -> None:
        """Run it to its end. Raises SetupError when it fails, and KeyboardInterrupt on Ctrl-C."""
        self._talk.begin(self._doing)
        environment = {**os.environ, **(env or {})}  # noqa: TID251 - the tools' own settings
        process = subprocess.Popen(  # noqa: S603 - our own commands
            list(command),
            cwd=str(ROOT),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **_IN_A_GROUP,  # type: ignore[call-overload]
        )
        lines: list[str] = []
        try:
            for text in process.stdout or ():
                lines.append(text.rstrip())
                if self._line is not None:
                    self._line(lines[-1])
            code = process.wait()
        except BaseException:
            end_with_children(process)
            raise
        finally:
            if process.stdout is not None:
                process.stdout.close()
        if code != 0:
            raise SetupError(self._why(lines, command[0], code))

    def _why(self, lines: Sequence[str], program: str, code: int) -> str:
        reason = reason_of("\n".join(lines), self._tool)
        if reason is not None:
            return reason
        last = "\n".join(f"  {line}" for line in lines[-_SHOWN_LINES:])
        return f"{Path(program).stem} ended with exit code {code}. Its last words:\n{last}"


def end_with_children(process: "subprocess.Popen[str]") -> None:
    """Kill a program and whatever it has started; npm alone takes its time to obey."""
    if sys.platform == "win32":
        taskkill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(taskkill, capture_output=True, check=False)  # noqa: S603
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    process.wait()
