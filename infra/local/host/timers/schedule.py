"""Compute when an NCRONTAB schedule is due next, in UTC.

Six fields, seconds first; five fields mean second 0. Every field must match, also day of month
and day of week together, unlike in Unix cron. Names of months and days are known, Sunday is 0.
Source: learn.microsoft.com, "Timer trigger for Azure Functions", NCRONTAB expressions;
atifaziz/NCrontab.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from croniter import CroniterError, croniter

_WITH_SECONDS, _WITHOUT = 6, 5
_FIELD = re.compile(r"[0-9A-Za-z*/,\-]+")
_LAST_DAY = 6
_LOOKED_AT = 5
# To see that a schedule ever comes due, any day does.
_ANY_DAY = datetime(2024, 1, 1, tzinfo=UTC)


class ScheduleError(ValueError):
    """The schedule of a timer is not NCRONTAB."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A checked expression."""

    expression: str

    def next_after(self, moment: datetime) -> datetime:
        """Give the first occurrence later than that moment."""
        iterator = croniter(self.expression, moment, second_at_beginning=True, day_or=False)
        found: datetime = iterator.get_next(datetime)
        return found.astimezone(UTC)

    def least_gap(self, moment: datetime) -> timedelta:
        """Give the shortest time between any two of the next five occurrences."""
        times = [self.next_after(moment)]
        while len(times) < _LOOKED_AT:
            times.append(self.next_after(times[-1]))
        return min(later - earlier for earlier, later in pairwise(times))


def parse_schedule(text: str) -> Schedule:
    """Check an expression, also that it ever comes due. Raises ScheduleError."""
    fields = text.split()
    if len(fields) == _WITHOUT:
        fields = ["0", *fields]
    expression = " ".join(fields)
    known = len(fields) == _WITH_SECONDS and all(_FIELD.fullmatch(field) for field in fields)
    if not known or any(int(day) > _LAST_DAY for day in re.findall(r"\d+", fields[-1])):
        raise ScheduleError(f"The schedule expression '{text}' was not recognized.")
    try:
        schedule = Schedule(expression)
        schedule.next_after(_ANY_DAY)
    except CroniterError as fault:
        raise ScheduleError(f"The schedule expression '{text}' was not recognized.") from fault
    return schedule
