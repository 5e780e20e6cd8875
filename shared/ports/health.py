"""Ports of the health check: heartbeats, queue figures, and the permissions in a token."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class QueueLength:
    """How full a queue is; `oldest_at` is None where it is empty, or old is nothing unusual."""

    name: str
    messages: int
    oldest_at: datetime | None = None


class HealthSignals(Protocol):
    """The signs of life that lie in the storage account."""

    async def beat(self, name: str, at: datetime) -> None:
        """Keep the instant of this beat in place of the one before."""
        ...

    async def last_beat(self, name: str) -> datetime | None:
        """The instant of the last beat; None if there was none."""
        ...

    async def queues(self) -> tuple[QueueLength, ...]:
        """Every queue of the service, by name."""
        ...


class PermissionReader(Protocol):
    """The permissions in the identity's own token."""

    async def held(self) -> frozenset[str]:
        """Names like User.Read.All. A token lives up to a day: new grants may show late.

        Raises:
            DirectoryError: no token, or not one that can be read.
        """
        ...
