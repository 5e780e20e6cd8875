"""The window of a deletion, to the microsecond: it is judged by nothing but its instant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.window.judge import WindowRules, judge_deletion
from shared.domain.window.verdict import Window, WindowVerdict

RETENTION = timedelta(days=30)
CLOSING = timedelta(days=3)
RULES = WindowRules(RETENTION, CLOSING)
DELETED_AT = datetime(2026, 2, 1, 8, 30, 15, 123456, tzinfo=UTC)
ENDS_AT = DELETED_AT + RETENTION
TICK = timedelta(microseconds=1)


def judged(now: datetime, deleted_at: datetime = DELETED_AT) -> Window:
    """The window at this instant."""
    return judge_deletion(deleted_at, RULES, now)


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (DELETED_AT, WindowVerdict.OPEN),
        (ENDS_AT - CLOSING, WindowVerdict.OPEN),
        (ENDS_AT - CLOSING + TICK, WindowVerdict.CLOSING),
        (ENDS_AT - TICK, WindowVerdict.CLOSING),
        (ENDS_AT, WindowVerdict.CLOSED),
        (ENDS_AT + TICK, WindowVerdict.CLOSED),
    ],
)
def test_the_edges_are_exact(now: datetime, verdict: WindowVerdict) -> None:
    """Open while now is before the end, to the microsecond."""
    window = judged(now)

    assert (window.verdict, window.ends_at) == (verdict, ENDS_AT)


def test_a_leap_day_counts_as_a_day() -> None:
    """Thirty days from 15 February 2028 end on 16 March, since 2028 has a 29 February."""
    deleted_at = datetime(2028, 2, 15, 12, tzinfo=UTC)

    assert judged(deleted_at, deleted_at).ends_at == datetime(2028, 3, 16, 12, tzinfo=UTC)


def test_zones_are_compared_as_instants() -> None:
    """An end written in another zone is the same instant."""
    elsewhere = DELETED_AT.astimezone(timezone(timedelta(hours=-7)))

    assert judged(ENDS_AT - TICK, elsewhere).verdict is WindowVerdict.CLOSING


@given(
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60)),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60)),
)
def test_time_never_reopens_a_window(passed: timedelta, more: timedelta) -> None:
    """What is closed stays closed, and the days left never grow."""
    before, after = judged(DELETED_AT + passed), judged(DELETED_AT + passed + more)

    assert (after.days_left or 0) <= (before.days_left or 0)
    if before.verdict is WindowVerdict.CLOSED:
        assert after.verdict is WindowVerdict.CLOSED
