"""Run the local host on a clock that is faster than the machine's by a given factor.

`python -m tests.contract.fast_host FACTOR --app DIR --port N`. What storage counts itself, such as
how long a message stays hidden, goes on at the machine's pace.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from infra.local.host import main as run_host


class FastClock:
    """A clock that started when it was made, and runs that many times as fast."""

    def __init__(self, factor: float) -> None:
        self._factor, self._began = factor, self._real()

    def now(self) -> datetime:
        """Say what time it is on this clock."""
        return self._began + (self._real() - self._began) * self._factor

    async def sleep(self, span: timedelta) -> None:
        """Return when so much time has passed on this clock."""
        await asyncio.sleep(span.total_seconds() / self._factor)

    @staticmethod
    def _real() -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


def main(arguments: Sequence[str]) -> int:
    """Run the host with the arguments after the first, which is the factor."""
    factor, *others = arguments
    return run_host(others, clock=FastClock(float(factor)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
