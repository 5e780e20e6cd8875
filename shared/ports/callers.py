"""Port to the stored counts of each caller: work under way, and recent checks.

Every method may raise StorageUnavailableError: a write may have arrived.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.limits import Open


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How often a caller asked for checks in one minute, and for how many."""

    minute: datetime
    calls: int = 0
    checks: int = 0


@dataclass(frozen=True, slots=True)
class StoredCheckCount:
    """The count as it lies in storage; `etag` is None if it was never written."""

    checked: CheckCount
    etag: str | None


class CallerIndex(Protocol):
    """An index by caller; its cost follows what this one caller has, and nothing else."""

    async def open(self, caller: str, kind: Open, name: str) -> None:
        """File something as under way; filing it again is fine."""
        ...

    async def names(self, caller: str, kind: Open, limit: int) -> tuple[str, ...]:
        """At most `limit` of what the caller has under way, in no order."""
        ...

    async def close(self, caller: str, kind: Open, name: str) -> None:
        """It is not under way any more; absent is fine."""
        ...

    async def checked(self, caller: str) -> StoredCheckCount | None:
        """The caller's last count of checks; None if there is none."""
        ...

    async def count(self, caller: str, before: StoredCheckCount | None, now: CheckCount) -> bool:
        """Replace the count if it is still `before` (None: absent); False if it is not."""
        ...
