"""Read the settings of alerts: days before a window closes, and what is a mass deletion."""

import re
from datetime import timedelta

from shared.domain.alerts.thresholds import AlertThresholds
from shared.settings.reader import SettingsReader

_DAYS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,4})?")
_MOST_COUNT = 100_000
_MOST_MINUTES = 24 * 60


# No window is longer, so an alert so early would come with the loss itself.
_MOST_DAYS = 30


def read_alerting(reader: SettingsReader) -> AlertThresholds:
    """ALERT_DAYS, MASS_DELETION_COUNT and MASS_DELETION_MINUTES."""
    write = f"numbers above 0 and up to {_MOST_DAYS}, such as 7,3,1"
    days = reader.items("ALERT_DAYS", "7,3,1", _DAYS, write)
    numbers = tuple(float(day) for day in days if _DAYS.fullmatch(day))
    if any(not 0 < day <= _MOST_DAYS for day in numbers):
        reader.fault("ALERT_DAYS", "has an entry that is no time before the end of a window", write)
    count = reader.number(
        "MASS_DELETION_COUNT",
        20,
        lambda n: n in range(2, _MOST_COUNT + 1),
        f"a whole number from 2 to {_MOST_COUNT}",
    )
    minutes = reader.number(
        "MASS_DELETION_MINUTES",
        60,
        lambda n: 0 < n <= _MOST_MINUTES,
        f"a number above 0, at most {_MOST_MINUTES}",
    )
    return AlertThresholds(
        days=tuple(sorted(set(numbers), reverse=True)),
        mass_count=int(count),
        mass_span=timedelta(minutes=minutes),
    )
