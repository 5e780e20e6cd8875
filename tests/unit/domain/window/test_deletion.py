"""The window of a deletion, to the microsecond: it is judged by nothing but its instant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.evidence.timeline_of import Remembered, Sources, timeline_of
from shared.domain.observations.rounds import RoundLog, RoundStretch
from shared.domain.person import Person
from shared.domain.window.judge import WindowRules, judge, judge_deletion
from shared.domain.window.timeline import LogCoverage
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


# Instants around the deletion, at it, and after the present.
_INSTANTS = st.timedeltas(min_value=-timedelta(days=70), max_value=timedelta(days=70)).map(
    DELETED_AT.__add__
) | st.sampled_from([DELETED_AT, DELETED_AT - TICK, DELETED_AT + TICK, ENDS_AT, ENDS_AT - TICK])
_SPANS = st.tuples(_INSTANTS, _INSTANTS).map(sorted)


@given(
    has_plan=st.sampled_from([True, False, None]),
    created_at=st.none() | _INSTANTS,
    rounds=st.none() | _SPANS,
    log=st.none() | _SPANS,
    forgets_before=st.none() | _INSTANTS,
    shows=st.booleans(),
    delayed=st.booleans(),
    now=_INSTANTS,
)
def test_where_nothing_but_the_deletion_is_known_it_is_the_one_clock(  # noqa: PLR0913
    *,
    has_plan: bool | None,
    created_at: datetime | None,
    rounds: list[datetime] | None,
    log: list[datetime] | None,
    forgets_before: datetime | None,
    shows: bool,
    delayed: bool,
    now: datetime,
) -> None:
    """Of whom neither rounds nor log ever told anything, the timeline comes to the same window."""
    person = Person(id="a", user_principal_name="a@b", created_at=created_at, deleted_at=DELETED_AT)
    looked = RoundLog() if rounds is None else RoundLog((RoundStretch(*rounds),))
    sources = Sources(
        has_plan,
        Remembered(None, looked, forgets_before, shows_deleted_licenses=shows),
        log=None if log is None else LogCoverage(*log),
    )
    rules = WindowRules(RETENTION, CLOSING, delayed_delicensing=delayed)

    by_timeline = judge(timeline_of(person, sources, now), rules, now).window

    assert judge_deletion(DELETED_AT, rules, now) == by_timeline
