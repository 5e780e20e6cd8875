"""Say how much one caller may have under way, so that nobody uses up what is there for all.

What comes by queue is never refused: it is taken in at a steady pace.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.text import Text, text

# All who call by function key are one caller, since nobody can tell them apart.
_TIMES_FOR_KEYS: Final = 10


class Open(StrEnum):
    """What a caller has under way."""

    RESTORE = "restore"
    """A restore of its own: of no batch, and not asked for at a later time."""
    SCHEDULE = "schedule"
    """A restore that was asked for at a later time."""
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that one caller may have of something.

    `told` says so, given the number; `retry_after`: when there may be room again.
    """

    most: int
    told: Callable[[int], Text]
    retry_after: timedelta = timedelta(minutes=1)

    def of(self, requested_by: RequestedBy) -> int:
        """The most that this caller may have."""
        return self.most if requested_by.id is not None else self.most * _TIMES_FOR_KEYS


OPEN_LIMITS: Final = {
    Open.RESTORE: Limit(200, lambda most: text("too-many", "restores", most=most)),
    Open.SCHEDULE: Limit(
        1_000, lambda most: text("too-many", "schedules", most=most), timedelta(hours=1)
    ),
    Open.BATCH: Limit(5, lambda most: text("too-many", "batches", most=most)),
}
CHECK_CALLS: Final = Limit(60, lambda most: text("too-many", "check-calls", most=most))
CHECKS: Final = Limit(600, lambda most: text("too-many", "checks", most=most))
SUBSCRIPTIONS: Final = Limit(
    100, lambda most: text("too-many", "subscriptions", most=most), timedelta(hours=1)
)


def open_as(record: Record) -> Open | None:
    """What an unfinished restore counts as, against its caller; None: it does not count."""
    request = record.request
    if record.requested_by.door is not Door.HTTP or request is None:
        return None
    is_later = request.not_before is not None and request.not_before > record.created_at
    return Open.SCHEDULE if is_later else Open.RESTORE
