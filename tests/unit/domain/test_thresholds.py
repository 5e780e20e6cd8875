"""When an alert is due: thresholds and bursts."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.alerts.thresholds import Burst, bursts, new_bursts, tightest_threshold
from tests.builders import NOW

DAY = timedelta(days=1)
DAYS = (7.0, 3.0, 1.0)


@pytest.mark.parametrize(
    ("left", "threshold"),
    [
        (7 * DAY + timedelta(microseconds=1), None),
        (7 * DAY, 7.0),
        (3 * DAY + timedelta(microseconds=1), 7.0),
        (3 * DAY, 3.0),
        (2 * DAY, 3.0),
        (DAY, 1.0),
        (timedelta(microseconds=1), 1.0),
        (timedelta(0), None),
        (-DAY, None),
    ],
)
def test_the_tightest_threshold_counts(left: timedelta, threshold: float | None) -> None:
    """To the microsecond; nobody is told of a window that has closed."""
    assert threshold == tightest_threshold(left, DAYS)


@given(
    st.lists(st.integers(1, 30 * 24 * 60), max_size=60),
    st.lists(st.sampled_from([1.0, 2.5, 3.0, 7.0, 14.0]), min_size=1, unique=True),
)
def test_each_threshold_is_reached_once(steps: list[int], days: list[float]) -> None:
    """As time runs, thresholds come in falling order, so marks by threshold suffice."""
    looks = sorted(steps, reverse=True)
    told = [tightest_threshold(timedelta(minutes=left), tuple(days)) for left in looks]

    named = [one for one in told if one is not None]
    assert named == sorted(named, reverse=True)
    assert all(left <= one * 24 * 60 for left, one in zip(looks, told, strict=True) if one)


minutes = st.lists(st.integers(0, 600), max_size=60)


@given(minutes, st.integers(2, 8), st.integers(1, 90))
def test_bursts_are_what_their_definition_says(found: list[int], count: int, span: int) -> None:
    """A loss is in a burst if, and only if, it is one of `count` within `span`."""
    instants = [NOW + timedelta(minutes=one) for one in found]
    limit = timedelta(minutes=span)

    result = bursts(instants, count=count, span=limit)

    ordered = sorted(instants)
    dense = {
        at
        for start in range(len(ordered) - count + 1)
        if ordered[start + count - 1] - ordered[start] <= limit
        for at in ordered[start : start + count]
    }
    covered = {at for at in ordered if any(one.first <= at <= one.last for one in result)}
    assert covered == dense
    assert all(one.size >= count for one in result)
    assert result == sorted(result, key=lambda one: one.first)
    assert all(one.last < other.first for one, other in pairwise(result))


@given(minutes, st.integers(2, 8), st.integers(1, 90), st.integers(0, 600))
def test_a_burst_seen_in_two_looks_is_told_once(
    found: list[int], count: int, span: int, cut: int
) -> None:
    """Whatever the moment of the first look, no burst of the whole is told of twice."""
    instants = [NOW + timedelta(minutes=one) for one in found]
    limit, moment = timedelta(minutes=span), NOW + timedelta(minutes=cut)
    early = bursts([at for at in instants if at <= moment], count=count, span=limit)
    until = max((one.last for one in early), default=None)
    late = bursts([at for at in instants if at >= moment - limit], count=count, span=limit)

    told = [*early, *new_bursts(late, until)]

    whole = bursts(instants, count=count, span=limit)
    for burst in whole:
        assert sum(burst.first <= one.first <= burst.last for one in told) == 1


def test_a_burst_that_goes_on_is_the_same() -> None:
    """Its first loss was told of, so its last ones are no news."""
    burst = Burst(NOW, NOW + DAY, 30)

    assert new_bursts([burst], NOW) == []
    assert new_bursts([burst], NOW - timedelta(seconds=1)) == [burst]
    assert new_bursts([burst], None) == [burst]
