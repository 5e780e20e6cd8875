"""Describe the verdict on a retention window, as callers see it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WindowVerdict(StrEnum):
    """What the window allows."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class Evidence(StrEnum):
    """Where the start of the window is known from, best first."""

    DELETED = "deletedDateTime"
    OBSERVED = "observed"
    AUDIT = "audit"
    CREATED = "createdDateTime"
    MAILBOX = "mailbox"
    DECLARED = "declared"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """The verdict with its reasons; the instants are None when nobody can tell."""

    verdict: WindowVerdict
    started_at: datetime | None = None
    ends_at: datetime | None = None
    days_left: float | None = None
    evidence: Evidence = Evidence.NONE


NO_WINDOW = Window(WindowVerdict.NOT_APPLICABLE)
