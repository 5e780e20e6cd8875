"""What a starting host makes of the status that is kept of a timer."""

from datetime import timedelta

import pytest

from infra.local.host.timers.schedule import parse_schedule
from infra.local.host.timers.status import (
    NEVER,
    TimerStatus,
    read_status,
    status_after,
    status_at_start,
)
from tests.unit.local_host.fakes import START

HOURLY = parse_schedule("0 30 * * * *")
DAILY = parse_schedule("0 0 3 * * *")
HALF_PAST = START + timedelta(minutes=30)


def test_timer_never_kept_waits_for_its_next_occurrence() -> None:
    """It counts as having never run, and is not past due."""
    status = status_at_start(HOURLY, None, START)

    assert status == TimerStatus(NEVER, HALF_PAST, START)


def test_occurrence_that_was_missed_is_past_due() -> None:
    """What ran last an hour ago, and was due while no host was there, keeps its due time."""
    kept = status_after(HOURLY, HALF_PAST - timedelta(hours=3))

    assert status_at_start(HOURLY, kept, START) == kept
    assert kept.next < START


def test_timer_that_never_ran_and_missed_its_first_occurrence_is_past_due() -> None:
    """Its due time was worked out when it was first seen."""
    kept = TimerStatus(NEVER, HALF_PAST - timedelta(hours=2), HALF_PAST - timedelta(hours=2.5))

    assert status_at_start(HOURLY, kept, START) == kept


def test_schedule_that_changed_is_not_past_due() -> None:
    """A due time of the old schedule is none of the new one, which begins from now."""
    kept = status_after(HOURLY, START - timedelta(days=2))
    status = status_at_start(DAILY, kept, START)

    assert status == TimerStatus(NEVER, START + timedelta(hours=15), START)


def test_schedule_that_changed_keeps_a_due_time_ahead() -> None:
    """The new schedule's next occurrence after the last run may still come."""
    kept = status_after(HOURLY, START - timedelta(minutes=10))
    status = status_at_start(DAILY, kept, START)

    assert status.next == START + timedelta(hours=15)
    assert status.updated == START - timedelta(minutes=10)


def test_status_survives_being_kept() -> None:
    """What is written is read as the same."""
    status = status_after(HOURLY, START)

    assert read_status(status.to_json()) == status


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"Last": 1}', '{"Last": "x", "Next": "y"}'])
def test_what_is_no_status_counts_as_none(text: str) -> None:
    """A blob that is damaged does not keep a timer from running."""
    assert read_status(text) is None


def test_instant_without_a_zone_is_utc() -> None:
    """The real host writes local time, which is UTC on Linux, with or without a zone."""
    kept = read_status(
        '{"Last": "2026-05-04T11:30:00.1234567", "Next": "2026-05-04T12:30:00",'
        ' "LastUpdated": "2026-05-04T11:30:00.1234567+00:00"}'
    )

    assert kept is not None
    assert kept.next == HALF_PAST
    assert kept.last == kept.updated


@pytest.mark.parametrize(
    ("expression", "apart"),
    [("*/10 * * * * *", 10), ("0 * * * * *", 60), ("0,30 * * * * *", 30), ("0 0 3 * * *", 86400)],
)
def test_the_shortest_gap_decides_whether_a_status_is_kept(expression: str, apart: int) -> None:
    """The shortest time between two occurrences decides whether a timer is kept."""
    assert parse_schedule(expression).least_gap(START) == timedelta(seconds=apart)
