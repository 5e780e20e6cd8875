"""Ports to the stored guards and to how far a round has come."""

from dataclasses import dataclass
from typing import Protocol

from shared.domain.guards.guard import Guard


@dataclass(frozen=True, slots=True)
class StoredGuard:
    """A guard as it lies in its table; `etag` changes with every write."""

    guard: Guard
    etag: str


class Guards(Protocol):
    """The standing orders, by id."""

    async def insert(self, guard: Guard) -> bool:
        """Add a guard; False if the id is taken already."""
        ...

    async def read(self, guard_id: str) -> StoredGuard | None:
        """The guard, by one point read."""
        ...

    async def write(self, stored: StoredGuard, guard: Guard) -> StoredGuard | None:
        """Replace the guard if it is still the one in `stored`; None if it changed or is gone."""
        ...

    async def remove(self, guard_id: str) -> bool:
        """Take the guard out; False if there was none."""
        ...

    async def page(self, after: str, limit: int) -> tuple[str, ...]:
        """At most `limit` ids, in their order, of those behind `after` (empty: from the start)."""
        ...


class GuardMark(Protocol):
    """Where the last round over the guards stopped early."""

    async def read(self) -> str:
        """The id of the last guard that was looked at; empty if the round came to its end."""
        ...

    async def put(self, guard_id: str) -> None:
        """Begin the next round behind this guard; empty: at the start."""
        ...
