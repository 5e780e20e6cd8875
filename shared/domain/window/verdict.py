"""Describe the verdict on a retention window, and judge a window by given losses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import floor


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
class Loss:
    """One source's word on when the mailbox was lost. `at` is aware UTC."""

    evidence: Evidence
    at: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """The verdict with its reasons; the instants are None when nobody can tell."""

    verdict: WindowVerdict
    started_at: datetime | None = None
    ends_at: datetime | None = None
    days_left: float | None = None
    evidence: Evidence = Evidence.NONE


NO_WINDOW = Window(WindowVerdict.NOT_APPLICABLE)


def judge_window(
    losses: tuple[Loss, ...], now: datetime, *, retention: timedelta, closing: timedelta
) -> Window:
    """The verdict at `now`, from the earliest loss that any source names.

    Open while `now < ends_at`, to the microsecond. Sources that disagree: the earlier instant
    counts, since a window thought too long costs the mailbox and one thought too short costs a
    question. A loss in the future is taken at its word; the window then ends later still.

    Raises:
        ValueError: an instant without a time zone; comparing it would be a guess.
    """
    _demand_aware(now, *(loss.at for loss in losses))
    if not losses:
        return Window(WindowVerdict.UNKNOWN)
    first = min(losses, key=lambda loss: loss.at)
    ends_at = first.at + retention
    left = ends_at - now
    return Window(
        verdict=_verdict(left, closing),
        started_at=first.at,
        ends_at=ends_at,
        days_left=max(0.0, floor(left / timedelta(days=1) * 10_000) / 10_000),
        evidence=first.evidence,
    )


def losses_disagree(losses: tuple[Loss, ...], *, tolerance: timedelta) -> bool:
    """Whether two sources name instants further apart than `tolerance`."""
    instants = [loss.at for loss in losses]
    return bool(instants) and max(instants) - min(instants) > tolerance


def _verdict(left: timedelta, closing: timedelta) -> WindowVerdict:
    if left <= timedelta(0):
        return WindowVerdict.CLOSED
    return WindowVerdict.CLOSING if left < closing else WindowVerdict.OPEN


def _demand_aware(*instants: datetime) -> None:
    if any(instant.utcoffset() is None for instant in instants):
        msg = "an instant without a time zone cannot be compared with the window"
        raise ValueError(msg)
