"""Ports to the queues, and to the index of unfinished restores."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A restore that has not ended, or whose end was not published, and when to look at it."""

    restore_id: str
    due_at: datetime
    queued_for: datetime | None = None
    """From when on its work message may be taken; None: no message is under way."""
    version: str = field(default="", compare=False)
    """Changes with every note."""


class UnfinishedIndex(Protocol):
    """The restores the sweep cares for; its cost follows this table and nothing else."""

    async def note(
        self, restore_id: str, due_at: datetime, *, queued_for: datetime | None = None
    ) -> None:
        """Look at this restore at `due_at`, whatever was noted before.

        `queued_for`: the instant from which on its work message may be taken, if there is one.
        """
        ...

    async def forget(self, restore_id: str, *, seen: Unfinished | None = None) -> None:
        """Nothing is left to do; absent is fine.

        `seen`: leave a row that was noted since.
        """
        ...

    async def find(self, restore_id: str) -> Unfinished | None:
        """The row of this restore, due or not."""
        ...

    def due(self, now: datetime) -> AsyncIterator[Unfinished]:
        """The rows whose time has come, in no order."""
        ...


@dataclass(frozen=True, slots=True)
class NextInLine:
    """The work messages that are taken next, as many as one call shows."""

    restore_ids: frozenset[str] = frozenset()
    reached: datetime | None = None
    """When the youngest of them was put there: so far the workers have come. None: no more wait."""


class Outbox(Protocol):
    """The queues the service writes to; at least once."""

    async def enqueue_work(self, restore_id: str, delay: timedelta = timedelta(0)) -> None:
        """Have some worker advance this restore, not before `delay` has passed (at most 7 days)."""
        ...

    async def work_next(self) -> NextInLine:
        """The work messages that are taken next."""
        ...

    async def publish_result(self, event: Mapping[str, object]) -> None:
        """Put a CloudEvents 1.0 event on `restore-results`."""
        ...

    async def publish_alert(self, event: Mapping[str, object]) -> None:
        """Put a CloudEvents 1.0 event on `restore-alerts`."""
        ...
