"""Restart a host that was killed, as the platform replaces a lost instance.

`python -m tests.chaos.supervisor --clock FILE --orders DIR --app DIR --port N` keeps one host
alive: a child forked from a process that has loaded the host, so that a new life costs a fraction
of a second. Its worker, where the product is, dies by kill -9 where the order in DIR says, and the
host with it unless the order spares it: before or after the nth call of a port since the order was
given.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from infra.local.host import is_worker
from infra.local.host import main as run_host
from shared.bootstrap import Intake, Root, install
from shared.ports.clock import Clock
from shared.ports.deps import Deps
from tests.chaos.orders import Orders, Tripwire
from tests.chaos.tap import Hook, tapped
from tests.e2e.stage.launcher import OffsetClock

_PR_SET_PDEATHSIG = 1

# The third worker that dies in a row takes its host along.
_ENDED_BY_A_FAULT = 1


class TappedRoot(Root):
    """The product's root, with every port behind a hook."""

    def __init__(self, clock: Clock, hook: Hook) -> None:
        super().__init__(clock)
        self._hook = hook
        self._tapped_intake: Intake | None = None
        self._tapped_deps: Deps | None = None

    async def intake(self) -> Intake:
        """The storage half, tapped."""
        plain = await super().intake()
        if self._tapped_intake is None:
            self._tapped_intake = replace(plain, deps=tapped(plain.deps, self._hook))
        return self._tapped_intake

    async def deps(self) -> Deps:
        """Everything, tapped."""
        plain = await super().deps()
        if self._tapped_deps is None:
            self._tapped_deps = tapped(plain, self._hook)
        return self._tapped_deps


def main(arguments: Sequence[str]) -> int:
    """Live again after each kill -9, and after a fault that ends a host, as the platform would.

    End with the exit code of a host that ended otherwise.
    """
    _, clock, _, orders, *others = arguments
    if is_worker():
        install(TappedRoot(OffsetClock(Path(clock)), Tripwire(Orders(Path(orders)))))
        return run_host(others)
    import infra.local.host.host  # noqa: F401, PLC0415 - no life of a host shall pay for it

    while True:
        child = os.fork()
        if child == 0:
            _live(others)
        signal.signal(signal.SIGTERM, lambda *_, pid=child: os.kill(pid, signal.SIGTERM))
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in {-signal.SIGKILL, _ENDED_BY_A_FAULT}:
            return code


def _live(others: Sequence[str]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # A child must not outlive this process: kill -9 of the supervisor ends both.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    code = run_host(others)
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
