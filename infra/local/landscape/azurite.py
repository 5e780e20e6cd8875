"""Run Azurite, Microsoft's storage emulator, in memory, as a child process.

`--skipApiVersionCheck` is needed because the Python SDK speaks a newer version of the protocol
than Azurite knows. Source: tried with azurite 3.35.0 and azure-storage-queue 12.18.1.
`removals.cjs` makes removals cheap in it, which cost up to a minute of silence with thousands of
messages; Azure's storage has no such pause.
"""

import shutil
import threading
import time
from collections.abc import Callable, Sequence

from infra.local.host.emulator import emulator_connection
from infra.local.landscape.child import Child, ChildDiedError
from infra.local.landscape.ports import free_ports, is_open
from infra.local.preflight import AZURITE, ROOT

REMOVALS = ROOT / "infra/local/azurite/removals.cjs"

_FLAGS = ("--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry")
_POLL_SECONDS = 0.05
# Between a look for free ports and their use somebody else may take one.
_TRIES = 3


class AzuriteMissingError(RuntimeError):
    """Node or Azurite is not installed; the message says what to do."""


class Azurite(Child):
    """A running Azurite; what is stored in it is gone when it ends.

    Attributes:
        connection_string: for the blob, queue and table services, over http.
        ports: blob, queue, table.

    """

    def __init__(
        self, ports: tuple[int, int, int], echo: Callable[[str], None] | None = None
    ) -> None:
        self.ports = ports
        self.connection_string = emulator_connection(*ports)
        names = ("--blobPort", "--queuePort", "--tablePort")
        chosen = [word for pair in zip(names, map(str, ports), strict=True) for word in pair]
        command = [node(), "--require", str(REMOVALS), str(AZURITE), *_FLAGS, *chosen]
        super().__init__("Azurite", command, echo=echo)


def start_azurite(
    *,
    ports: Sequence[int] | None = None,
    within_seconds: float = 60,
    echo: Callable[[str], None] | None = None,
    find_ports: Callable[[int], Sequence[int]] = free_ports,
) -> Azurite:
    """Start Azurite and return when its three ports answer; the caller stops it.

    Without `ports` it takes free ones, others if somebody else was faster with one of them.

    Raises AzuriteMissingError, or ChildDiedError with its last output.
    """
    if not AZURITE.is_file():
        raise AzuriteMissingError("Azurite is not installed: run `python -m infra.local setup`.")
    for _ in range(0 if ports else _TRIES - 1):
        try:
            return _started(find_ports(3), within_seconds, echo)
        except ChildDiedError as error:
            if "EADDRINUSE" not in error.output:
                raise
    return _started(ports or find_ports(3), within_seconds, echo)


def _started(
    ports: Sequence[int], within_seconds: float, echo: Callable[[str], None] | None
) -> Azurite:
    blob, queue, table = ports
    azurite = Azurite((blob, queue, table), echo)
    deadline, pause = time.monotonic() + within_seconds, threading.Event()
    while not all(is_open(port) for port in azurite.ports):
        if azurite.exit_code is not None or time.monotonic() > deadline:
            raise azurite.give_up()
        pause.wait(_POLL_SECONDS)
    return azurite


def node() -> str:
    """Find the program that Azurite runs on. Raises AzuriteMissingError."""
    program = shutil.which("node")
    if program is None:
        raise AzuriteMissingError("Node is missing: install Node 20 or later.")
    return program
