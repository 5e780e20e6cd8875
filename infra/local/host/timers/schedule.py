"""NCRONTAB: when a timer is due next, in UTC.

Six fields, seconds first; five fields mean second 0. Every field must match, also day of month
and day of week together, unlike in Unix cron. Names of months and days are known, Sunday is 0.
Source: learn.microsoft.com, "Timer trigger for Azure Functions", NCRONTAB expressions;
atifaziz/NCrontab.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from croniter import CroniterError, croniter

from infra.local.host.clock import utc_now

_WITH_SECONDS, _WITHOUT = 6, 5
_FIELD = re.compile(r"[0-9A-Za-z*/,\-]+")
_LAST_DAY = 6


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
        schedule.next_after(utc_now())
    except CroniterError as fault:
        raise ScheduleError(f"The schedule expression '{text}' was not recognized.") from fault
    return schedule
