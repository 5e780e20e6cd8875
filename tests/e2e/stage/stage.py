"""Start what every end-to-end test needs: storage, the Graph stand-in and the host."""

import sys
from pathlib import Path
from typing import Self

from infra.local.landscape import Host, Landscape
from infra.local.preflight import ROOT
from tests.e2e.stage.launcher import RECEIVER, OffsetClock
from tests.e2e.stage.packaged import launcher_of
from tests.e2e.stage.people import DRILL_USER_ID, SKU_ID

# Tests run the timers themselves; what a test sees must not depend on the minute it runs in.
_NEVER = "0 0 0 29 2 *"
_SETTINGS = {
    "SWEEP_SCHEDULE": _NEVER,
    "OBSERVE_SCHEDULE": _NEVER,
    "CLEANUP_SCHEDULE": _NEVER,
    "REPORT_SCHEDULE": _NEVER,
    "DRILL_SCHEDULE": _NEVER,
    "DRILL_USER": DRILL_USER_ID,
    # Callers by function key have no Restore.Override; what they may name else is tested apart.
    "ALLOWED_SKU_IDS": SKU_ID,
    "AzureFunctionsJobHost__extensions__queues__maxPollingInterval": "00:00:00.200",
}


class Stage:
    """One landscape and the movable clock of its hosts; a context manager that stops it all.

    Attributes:
        clock: the product's clock.
        receiver_file: says where those are who are called back.
        host: the host that tests talk to; another one after a crash.
        hosts: every host there was, for what they have written.

    """

    host: Host

    def __init__(
        self,
        clock_file: Path,
        *,
        package: Path | None = None,
        command: tuple[str, ...] | None = None,
        port: int = 0,
        settings: dict[str, str] | None = None,
    ) -> None:
        self.clock = OffsetClock(clock_file)
        self.clock.set(0)
        self.receiver_file = clock_file.with_suffix(RECEIVER)
        launcher: tuple[str, ...] = (sys.executable, "-m", "tests.e2e.stage.launcher")
        if package is not None:
            launcher = launcher_of(package, clock_file.parent / "harness")
        self._command = command or (*launcher, "--clock", str(clock_file))
        self.landscape = Landscape(
            app_dir=package or ROOT,
            settings=_SETTINGS | (settings or {}),
            command=self._command,
            port=port,
        )
        self.hosts: list[Host] = []

    def __enter__(self) -> Self:
        """Start everything."""
        self.landscape.__enter__()
        self.host = self.landscape.host
        self.hosts.append(self.host)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        self.landscape.__exit__()

    @property
    def control_url(self) -> str:
        """Where the stand-in's tenant is controlled."""
        return self.landscape.graph.control_url

    @property
    def connection_string(self) -> str:
        """Of the storage that the hosts work on."""
        return self.landscape.azurite.connection_string

    def start_another_host(self, *arguments: str, **settings: str) -> Host:
        """Start one more host beside the first, with more arguments or other settings."""
        command = (*self._command, *arguments)
        host = self.landscape.start_host(port=0, command=command, **settings)
        self.hosts.append(host)
        return host

    def start_host(self) -> None:
        """Put a new host in the place of the one that is gone, on the same storage."""
        self.host = self.start_another_host()

    def restart_host(self) -> None:
        """Shut the host down with grace, as a deployment does, and start it anew."""
        self.host.terminate()
        self.start_host()

    def written(self) -> list[str]:
        """Every line that any host has written so far."""
        return [line for host in self.hosts for line in host.output()]
