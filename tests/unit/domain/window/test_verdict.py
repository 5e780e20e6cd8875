"""The window, to the microsecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.window import Evidence, Loss, Window, WindowVerdict, judge_window

RETENTION = timedelta(days=30)
CLOSING = timedelta(days=3)
LOST_AT = datetime(2026, 2, 1, 8, 30, 15, 123456, tzinfo=UTC)
ENDS_AT = LOST_AT + RETENTION
TICK = timedelta(microseconds=1)

instants = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
evidence = st.sampled_from([Evidence.DELETED, Evidence.OBSERVED, Evidence.AUDIT, Evidence.DECLARED])
losses = st.lists(st.builds(Loss, evidence, instants), min_size=1, max_size=4).map(tuple)


def judge(*found: Loss, now: datetime) -> Window:
    """The window of these losses with the usual times."""
    return judge_window(found, now, retention=RETENTION, closing=CLOSING)


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (LOST_AT, WindowVerdict.OPEN),
        (ENDS_AT - CLOSING - TICK, WindowVerdict.OPEN),
        (ENDS_AT - CLOSING, WindowVerdict.OPEN),
        (ENDS_AT - CLOSING + TICK, WindowVerdict.CLOSING),
        (ENDS_AT - timedelta(seconds=1), WindowVerdict.CLOSING),
        (ENDS_AT - TICK, WindowVerdict.CLOSING),
        (ENDS_AT, WindowVerdict.CLOSED),
        (ENDS_AT + TICK, WindowVerdict.CLOSED),
        (ENDS_AT + timedelta(seconds=1), WindowVerdict.CLOSED),
    ],
)
@pytest.mark.parametrize("source", list(Evidence)[:-1])
def test_the_edges_are_exact_for_each_kind_of_evidence(
    source: Evidence, now: datetime, verdict: WindowVerdict
) -> None:
    """Open while now is before the end, to the microsecond, whatever the evidence."""
    window = judge(Loss(source, LOST_AT), now=now)

    assert window.verdict is verdict
    assert window.evidence is source
    assert window.ends_at == ENDS_AT


def test_a_leap_day_counts_as_a_day() -> None:
    """Thirty days from 15 February 2028 end on 16 March, since 2028 has a 29 February."""
    lost_at = datetime(2028, 2, 15, 12, tzinfo=UTC)

    window = judge(Loss(Evidence.DELETED, lost_at), now=lost_at)

    assert window.ends_at == datetime(2028, 3, 16, 12, tzinfo=UTC)


def test_zones_are_compared_as_instants() -> None:
    """An end written in another zone is the same instant."""
    zone = timezone(timedelta(hours=-7))

    window = judge(Loss(Evidence.DECLARED, LOST_AT.astimezone(zone)), now=ENDS_AT - TICK)

    assert window.verdict is WindowVerdict.CLOSING


def test_a_naive_instant_is_refused() -> None:
    """An instant without a zone could be off by half a day, so it is a bug and not a window."""
    with pytest.raises(ValueError, match="time zone"):
        judge(Loss(Evidence.DECLARED, datetime(2026, 2, 1)), now=ENDS_AT)


def test_without_any_loss_the_window_is_unknown() -> None:
    """Nobody knows when it began, so nobody knows when it ends."""
    assert judge(now=ENDS_AT) == Window(WindowVerdict.UNKNOWN)


@given(losses, instants)
def test_the_earliest_loss_decides(found: tuple[Loss, ...], now: datetime) -> None:
    """More sources can only make the window end sooner."""
    window = judge(*found, now=now)

    assert window.started_at == min(loss.at for loss in found)
    for loss in found:
        if judge(loss, now=now).verdict is WindowVerdict.CLOSED:
            assert window.verdict is WindowVerdict.CLOSED


@given(losses, instants, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90)))
def test_time_never_reopens_a_window(
    found: tuple[Loss, ...], now: datetime, later: timedelta
) -> None:
    """What is closed stays closed, and the days left never grow."""
    before, after = judge(*found, now=now), judge(*found, now=now + later)

    assert (after.days_left or 0) <= (before.days_left or 0)
    if before.verdict is WindowVerdict.CLOSED:
        assert after.verdict is WindowVerdict.CLOSED
