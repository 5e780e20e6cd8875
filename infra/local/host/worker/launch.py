"""Start a worker process, by the command that started this host.

The same command, so that a launcher of somebody's own which puts something in place and then calls
`main` does so in the worker as well: that is where the app is. An environment variable tells the
second process that it is the worker, and where its host listens.
"""

import os
import secrets
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.host.signals import OWN_GROUP, OWN_GROUP_FLAGS
from infra.local.host.worker.channel import SECRET_BYTES
from infra.local.host.worker.rules import WorkerTimes

_VARIABLE = "FUNCTIONS_LOCAL_WORKER"


@dataclass(frozen=True, slots=True)
class HostAddress:
    """Where a worker finds its host, and the secret it shows there."""

    port: int
    secret: str = field(repr=False)


class WorkerSource:
    """Starts the worker processes of one host, in the directory in which the host was started.

    Attributes:
        listener: where they call.
        secret: what they show there.
        times: how long to wait for what.

    """

    def __init__(self, listener: socket.socket, directory: Path, times: WorkerTimes) -> None:
        self.listener, self.times = listener, times
        self.secret = secrets.token_hex(SECRET_BYTES)
        self._directory = directory
        self._first: subprocess.Popen[bytes] | None = None

    def start_first(self) -> None:
        """Start the first one already; `start` then hands it out."""
        self._first = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        environment = dict(os.environ)  # noqa: TID251 - the worker's is the host's
        environment[_VARIABLE] = f"{self.listener.getsockname()[1]}:{self.secret}"
        command = [sys.executable, *sys.orig_argv[1:]]
        return subprocess.Popen(  # noqa: S603 - our own command
            command,
            env=environment,
            cwd=self._directory,
            stdin=subprocess.PIPE,
            # Told to stop is the host alone: it lets the worker finish what is running.
            creationflags=OWN_GROUP_FLAGS,
            process_group=OWN_GROUP,
        )


def is_worker() -> bool:
    """Tell whether this process was started as a worker, and has not yet begun to be one."""
    return _VARIABLE in os.environ  # noqa: TID251 - a word between two of our processes


def host_of_this_worker() -> HostAddress | None:
    """Say where the host of this process is, or None: then it is no worker. Forgets it."""
    given = os.environ.pop(_VARIABLE, None)  # noqa: TID251 - a word between two of our processes
    if given is None:
        return None
    port, _, secret = given.partition(":")
    return HostAddress(int(port), secret)
