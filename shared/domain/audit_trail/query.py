"""Describe which part of the trail is asked for, and the place reached in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TrailPart(StrEnum):
    """The parts of an export, in order.

    Why in this one: the heads are read before the entries, so each is of an entry that comes; and
    erasures after them, so each entry that lacks something has its erasure.
    """

    DAYS = "days"
    ENTRIES = "entries"
    ERASURES = "erasures"


@dataclass(frozen=True, slots=True)
class TrailPlace:
    """A place in the trail: the part, and the name behind which it goes on."""

    part: TrailPart = TrailPart.DAYS
    after: str = ""
    """The name of a blob; of entries the restore's id and the entry's number."""


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """What was written at `since` or later and before `until`, so much of it at a time."""

    since: datetime | None = None
    until: datetime | None = None
    top: int = 999
    place: TrailPlace = TrailPlace()

    def holds(self, at: datetime) -> bool:
        """Whether this instant is asked for."""
        is_too_old = self.since is not None and at < self.since
        return not is_too_old and (self.until is None or at < self.until)
