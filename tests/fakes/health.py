"""Imitate the HealthSignals and PermissionReader ports in memory."""

from datetime import datetime

from shared.ports.health import QueueLength
from tests.fakes.breakable import Breakable

QUEUES = (
    *("restore-requests", "restore-requests-poison", "restore-work", "restore-work-poison"),
    *("restore-results", "restore-alerts"),
)


class InMemoryHealthSignals(Breakable):
    """The HealthSignals port; `gauges` is what the queues say, all empty at first."""

    def __init__(self) -> None:
        super().__init__()
        self.beats: dict[str, datetime] = {}
        self.gauges = tuple(QueueLength(name, 0) for name in QUEUES)

    async def beat(self, name: str, at: datetime) -> None:
        """Keep the instant."""
        async with self._call("beat"):
            self.beats[name] = at

    async def last_beat(self, name: str) -> datetime | None:
        """The instant last kept."""
        async with self._call("last_beat"):
            return self.beats.get(name)

    async def queues(self) -> tuple[QueueLength, ...]:
        """The gauges as they stand."""
        async with self._call("queues"):
            return self.gauges


class FakePermissions(Breakable):
    """The PermissionReader port; `permissions` is what the token holds."""

    def __init__(self, *permissions: str) -> None:
        super().__init__()
        self.permissions = frozenset(permissions)

    async def held(self) -> frozenset[str]:
        """What the token holds."""
        async with self._call("held"):
            return self.permissions
