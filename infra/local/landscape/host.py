"""Run the functions host, or a launcher of one's own around it, as a child process."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from infra.local.host.signals import KILL
from infra.local.landscape.child import Child

HOST_COMMAND = (sys.executable, "-m", "infra.local.host")
_READY = "functions host listening on "
_ENDED = "functions host ended: "
_WORKER = "worker process started, pid "


class Host(Child):
    """A running host; `kill` is the loss of an instance, `terminate` a shutdown with grace.

    The app runs in a worker process under it: `kill_worker` is the death of that alone.

    Attributes:
        url: scheme, host and port, without the route prefix.

    """

    url: str = ""

    @property
    def worker_pid(self) -> int:
        """The process id of the worker that was started last."""
        told = [line for line in self.output() if line.startswith(_WORKER)]
        return int(told[-1].removeprefix(_WORKER))

    @property
    def why_ended(self) -> str:
        """Say in words how it ended, once it has: in its own, if it had time for them."""
        told = [line for line in self.output() if line.startswith(_ENDED)]
        return told[-1].removeprefix(_ENDED) if told else super().why_ended

    def kill_worker(self) -> None:
        """Send SIGKILL to the worker, as the kernel does when memory runs out."""
        os.kill(self.worker_pid, KILL)

    def stop(self) -> None:
        """Shut down with grace, 5 seconds of it: what still runs then is lost as by `kill`."""
        self.terminate(within_seconds=5)


def start_host(
    app_dir: Path,
    env: Mapping[str, str],
    port: int = 0,
    command: Sequence[str] | None = None,
    *,
    within_seconds: float = 60,
    echo: Callable[[str], None] | None = None,
) -> Host:
    """Start a host for an app directory and return when it listens; the caller stops it.

    `env` is its whole environment. `command` takes the place of `python -m infra.local.host`
    and gets the same arguments, `--app` and `--port`; it may carry some of its own.
    Raises ChildDiedError with its last output, for instance when indexing failed.
    """
    chosen = [*(command or HOST_COMMAND), "--app", str(app_dir.resolve()), "--port", str(port)]
    host = Host("the functions host", chosen, env=env, echo=echo)
    line = host.wait_for_line(starting=_READY, within_seconds=within_seconds)
    host.url = line.removeprefix(_READY).strip()
    return host
