"""The CallerIndex port in memory. It passes the same suite as Azure Tables."""

from itertools import count

from shared.domain.limits import Open
from shared.ports.callers import CheckCount, StoredCheckCount
from tests.fakes.breakable import Breakable


class InMemoryCallers(Breakable):
    """The CallerIndex port; `under_way` by caller."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: set[tuple[str, Open, str]] = set()
        self.counts: dict[str, StoredCheckCount] = {}
        self._writes = count(1)

    async def open(self, caller: str, kind: Open, name: str) -> None:
        """File something as under way."""
        async with self._call("open"):
            self.under_way.add((caller, kind, name))

    async def names(self, caller: str, kind: Open, limit: int) -> tuple[str, ...]:
        """At most `limit` of what the caller has under way."""
        async with self._call("names"):
            mine = sorted(
                name for who, what, name in self.under_way if (who, what) == (caller, kind)
            )
            return tuple(mine[:limit])

    async def close(self, caller: str, kind: Open, name: str) -> None:
        """It is not under way any more; absent is fine."""
        async with self._call("close"):
            self.under_way.discard((caller, kind, name))

    async def checked(self, caller: str) -> StoredCheckCount | None:
        """The caller's last count of checks."""
        async with self._call("checked"):
            return self.counts.get(caller)

    async def count(self, caller: str, before: StoredCheckCount | None, now: CheckCount) -> bool:
        """Replace the count if it is still `before`."""
        async with self._call("count"):
            there = self.counts.get(caller)
            if (there and there.etag) != (before and before.etag):
                return False
            self.counts[caller] = StoredCheckCount(now, f"etag-{next(self._writes)}")
            return True
