"""Time and names, as a use case is given them."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...


class WorkerNames(Protocol):
    """Names for the holders of leases."""

    def fresh(self) -> str:
        """A name no other worker has ever had."""
        ...
