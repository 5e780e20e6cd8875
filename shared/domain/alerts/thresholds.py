"""Decide when a closing window or a burst of losses is worth an alert."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AlertThresholds:
    """The tenant's own choices, from the settings."""

    days: tuple[float, ...] = (7.0, 3.0, 1.0)
    """At how many days left a closing window is told of; each once."""
    mass_count: int = 20
    mass_span: timedelta = timedelta(hours=1)
    """So many users lost within this time are a mass deletion."""

    def due_before(self, end: datetime) -> tuple[datetime, ...]:
        """The instants from which on the alerts of a window with this end are due."""
        return tuple(end - days * _DAY for days in self.days)

    @property
    def earliest(self) -> timedelta:
        """The time before the end of a window at which the first alert is due."""
        return max(self.days, default=0.0) * _DAY


@dataclass(frozen=True, slots=True)
class Burst:
    """Users lost in a short time: `size` of them, between these instants, both included."""

    first: datetime
    last: datetime
    size: int


def tightest_threshold(left: timedelta, days: tuple[float, ...]) -> float | None:
    """The threshold to warn of with this much time left; None: too early, or too late.

    Somebody first seen with two days left is told of at 3, and no more at 7: one alert, not two.
    """
    if left <= timedelta(0):
        return None
    return min((threshold for threshold in days if left <= threshold * _DAY), default=None)


def bursts(instants: list[datetime], *, count: int, span: timedelta) -> list[Burst]:
    """The stretches in which every loss has at least `count` within `span` around it.

    Oldest first. Stretches that overlap are one, so a burst that goes on for hours is one burst.
    """
    ordered = sorted(instants)
    found: list[tuple[int, int]] = []
    for start in range(len(ordered) - count + 1):
        end = start + count - 1
        if ordered[end] - ordered[start] > span:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [Burst(ordered[at], ordered[to], to - at + 1) for at, to in found]


def new_bursts(found: list[Burst], told_until: datetime | None) -> list[Burst]:
    """The bursts that no alert was sent for; one that continues an alerted burst is the same."""
    return [burst for burst in found if told_until is None or burst.first > told_until]
