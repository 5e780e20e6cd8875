"""Run the product's host on a clock that tests can move (`--clock FILE`).

Only the product's own clock port is replaced, and the last step of the way to those who are called
back (see `receiver_wire`). Storage, tokens and the host itself stay on the machine's time, so a
message that is hidden for a minute stays hidden for a minute: whoever moves the clock runs the
sweep, which finds what has come due without its message.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from infra.local.host import main as run_host
from shared.bootstrap import Root, install
from tests.e2e.stage.receiver_wire import receiver_wire

_CLOCK = "--clock"

# Beside the clock's file: where those are who are called back.
RECEIVER = ".receiver"


class OffsetClock:
    """The machine's time plus the seconds that stand in a file, read at every call."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def now(self) -> datetime:
        """The present instant on the moved clock, aware UTC."""
        real = datetime.now(UTC)  # noqa: TID251 - this is the clock
        return real + timedelta(seconds=self.offset_seconds)

    async def pause(self, span: timedelta) -> None:
        """Let this much time pass."""
        await asyncio.sleep(span.total_seconds())

    @property
    def offset_seconds(self) -> float:
        """How far the clock is ahead of the machine."""
        return float(self.file.read_text(encoding="ascii"))

    def set(self, offset_seconds: float) -> None:
        """Move the clock for every process that reads the file, at once and whole."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{offset_seconds}", encoding="ascii")
        os.replace(fresh, self.file)  # noqa: PTH105 - Path.replace says less plainly "atomic"


def main(arguments: Sequence[str]) -> int:
    """Put the clock in place, then run the host with the other arguments."""
    flag, file, *others = arguments
    if flag != _CLOCK:
        print(f"the first argument is {_CLOCK}", file=sys.stderr)  # noqa: T201
        return 2
    clock_file = Path(file)
    wire = receiver_wire(clock_file.with_suffix(RECEIVER))
    install(Root(OffsetClock(clock_file), wire))
    return run_host(others)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
