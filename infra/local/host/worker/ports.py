"""Define what the dispatcher needs of a worker, and of whoever starts one."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from infra.local.host.worker.messages import IndexedFunction, Invocation, Outcome
from infra.local.host.worker.rules import WorkerTimes


class WorkerStartError(Exception):
    """A worker ended, or was killed, before it was ready."""


class IndexingError(Exception):
    """The app has no function the worker can index; the message is the worker's own text."""


class Worker(Protocol):
    """A worker that has indexed the app.

    Attributes:
        died: set once it is dead, and every run in it has failed.
        was_killed: whether this host has killed it.

    """

    died: asyncio.Event
    was_killed: bool

    @property
    def functions(self) -> Sequence[IndexedFunction]:
        """What it found."""

    @property
    def pid(self) -> int:
        """Its process id."""

    @property
    def exit_code(self) -> int | None:
        """How it ended, as a shell says it: 137 is SIGKILL. None while it runs."""

    def is_running(self, invocation_id: str) -> bool:
        """Tell whether it has this invocation, and has not answered it."""

    async def run(self, order: Invocation) -> Outcome:
        """Run a function; when the worker dies first, the run has failed."""

    def kill(self) -> None:
        """Kill it, and with it every run in it."""

    async def close(self) -> None:
        """Hang up, and wait for its end."""


class Starter(Protocol):
    """Starts workers."""

    @property
    def times(self) -> WorkerTimes:
        """How long to wait for what."""

    async def start(self) -> Worker:
        """Start a worker. Raises WorkerStartError or IndexingError."""
