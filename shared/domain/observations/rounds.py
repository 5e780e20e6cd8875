"""Describe when the whole tenant was looked through, unchanged people included.

The change feed tells only of changes: somebody who does not appear in a round was, when that round
began, as before. So the starts of completed rounds are looks at everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from shared.domain.window.timeline import DAY

# A stretch ends where no round came for more than a day, so 90 days have fewer than these.
_MOST_STRETCHES = 64


@dataclass(frozen=True, slots=True)
class RoundStretch:
    """Rounds one after the other, none more than a day after the one before, by their starts."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class RoundLog:
    """The completed rounds of the tenant, oldest first. All instants are aware UTC."""

    stretches: tuple[RoundStretch, ...] = ()

    @property
    def first(self) -> datetime | None:
        """The start of the first remembered round."""
        return self.stretches[0].first if self.stretches else None

    @property
    def last(self) -> datetime | None:
        """The start of the last completed round."""
        return self.stretches[-1].last if self.stretches else None

    def completed(self, started_at: datetime) -> Self:
        """The log with one more round; one that is not newer changes nothing."""
        if self.last is not None and started_at <= self.last:
            return self
        *before, current = (*self.stretches, RoundStretch(started_at, started_at))
        if before and started_at - before[-1].last <= DAY:
            current = RoundStretch(before.pop().first, started_at)
        return type(self)((*before, current)[-_MOST_STRETCHES:])

    def within(self, since: datetime, until: datetime) -> Iterator[RoundStretch]:
        """The stretches as far as they lie between the two instants."""
        for stretch in self.stretches:
            first, last = max(stretch.first, since), min(stretch.last, until)
            if first <= last:
                yield RoundStretch(first, last)


NO_ROUNDS = RoundLog()
