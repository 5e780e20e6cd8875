"""NCRONTAB expressions: when a timer is due."""

from datetime import UTC, datetime

import pytest

from infra.local.host.timers.schedule import ScheduleError, parse_schedule


def at(text: str) -> datetime:
    """Read a time, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "now", "expected"),
    [
        ("0 */5 * * * *", "2026-11-22T10:01:30", "2026-11-22T10:05:00"),
        ("0 */5 * * * *", "2026-11-22T10:05:00", "2026-11-22T10:10:00"),
        ("*/10 * * * * *", "2026-11-22T10:00:09.5", "2026-11-22T10:00:10"),
        ("30 0 9 * * MON-FRI", "2026-11-21T12:00:00", "2026-11-23T09:00:30"),
        ("0 0 9 * * 1-5", "2026-11-21T12:00:00", "2026-11-23T09:00:00"),
        ("0 0 0 * * 0", "2026-11-23T00:00:00", "2026-11-29T00:00:00"),
        ("0 0 0 1 Jan *", "2026-11-22T00:00:00", "2027-01-01T00:00:00"),
        ("*/5 * * * *", "2026-11-22T10:01:00", "2026-11-22T10:05:00"),
        # Day of month and day of week must both match: the next Friday the 13th.
        ("0 0 0 13 * Fri", "2026-11-22T00:00:00", "2027-08-13T00:00:00"),
    ],
)
def test_the_next_occurrence_is_the_first_match_after_now(
    expression: str, now: str, expected: str
) -> None:
    """The first match later than now, in UTC."""
    assert parse_schedule(expression).next_after(at(now)) == at(expected)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "daily",
        "* * * *",
        "0 60 * * * *",
        "0 0 0 * * 7",
        "0 0 0 ? * *",
        "0 0 0 30 2 *",
        "00:05:00",
    ],
)
def test_what_is_no_ncrontab_is_refused(expression: str) -> None:
    """A wrong schedule keeps its function from starting."""
    with pytest.raises(ScheduleError):
        parse_schedule(expression)
