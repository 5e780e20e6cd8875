"""Imitate the stored guards in memory; they pass the same suite as Azure Tables."""

from shared.domain.guards.guard import Guard
from shared.ports.guards import StoredGuard
from tests.fakes.breakable import Breakable


class InMemoryGuards(Breakable):
    """The Guards port; `rows` by id."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, StoredGuard] = {}
        self._writes = 0

    async def insert(self, guard: Guard) -> bool:
        """Add a guard; False if the id is taken already."""
        async with self._call("insert"):
            if guard.id in self.rows:
                return False
            self._keep(guard)
            return True

    async def read(self, guard_id: str) -> StoredGuard | None:
        """The guard, or None."""
        async with self._call("read"):
            return self.rows.get(guard_id)

    async def write(self, stored: StoredGuard, guard: Guard) -> StoredGuard | None:
        """Replace the guard if it is still the one in `stored`, else None."""
        async with self._call("write"):
            current = self.rows.get(guard.id)
            if current is None or current.etag != stored.etag:
                return None
            return self._keep(guard)

    async def remove(self, guard_id: str) -> bool:
        """Take the guard out; False if there was none."""
        async with self._call("remove"):
            return self.rows.pop(guard_id, None) is not None

    async def page(self, after: str, limit: int) -> tuple[str, ...]:
        """At most `limit` ids behind `after`, in their order."""
        async with self._call("page"):
            return tuple(sorted(name for name in self.rows if name > after)[:limit])

    def _keep(self, guard: Guard) -> StoredGuard:
        self._writes += 1
        stored = StoredGuard(guard, f"etag-{self._writes}")
        self.rows[guard.id] = stored
        return stored


class InMemoryGuardMark(Breakable):
    """The GuardMark port; `mark` is the id it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = ""

    async def read(self) -> str:
        """The id of the last guard that was looked at, or empty."""
        async with self._call("read"):
            return self.mark

    async def put(self, guard_id: str) -> None:
        """Begin the next round behind this guard."""
        async with self._call("put"):
            self.mark = guard_id
