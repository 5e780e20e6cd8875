"""Both sides of the 30 days, to the microsecond: each source of facts, in each order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations, product

import pytest

from shared.domain.window.judge import WindowRules, judge
from shared.domain.window.timeline import Fact, Hint, LogCoverage, Timeline, changed, seen
from shared.domain.window.verdict import Evidence, WindowVerdict
from tests.builders import NOW

DAY = timedelta(days=1)
RETENTION = 30 * DAY
RULES = WindowRules(RETENTION, 3 * DAY)
EDGE = NOW - RETENTION
STEPS = (timedelta(seconds=1), timedelta(microseconds=1), timedelta(0))
INSTANTS = tuple(EDGE + sign * step for step in STEPS for sign in (1, -1))
WHOLE_LOG = LogCoverage(NOW - 31 * DAY, NOW)


def looked(at: datetime, *, has_plan: bool) -> tuple[Fact, ...]:
    """One look of the service's own."""
    return (seen(at, Evidence.OBSERVED, has_plan=has_plan),)


def logged(at: datetime, *, has_plan: bool) -> tuple[Fact, ...]:
    """A record of the log that tells one side of a change."""
    return (
        changed(at, before=True, after=None) if has_plan else changed(at, before=None, after=False)
    )


def answered(at: datetime, *, has_plan: bool) -> tuple[Fact, ...]:
    """An answer of the mailbox; it tells of nothing but that it is there."""
    assert has_plan
    return (seen(at, Evidence.MAILBOX, has_plan=True),)


def carried(at: datetime, *, has_plan: bool) -> tuple[Fact, ...]:
    """What the deleted object carries."""
    return (seen(at, Evidence.DELETED, has_plan=has_plan),)


WITH = {Evidence.OBSERVED: looked, Evidence.AUDIT: logged, Evidence.MAILBOX: answered}
WITHOUT = {Evidence.OBSERVED: looked, Evidence.AUDIT: logged}
# An answer of before is a sight of the service's own: "mailbox" is said where it answers still.
TOLD_AS = {source: source for source in WITH} | {Evidence.MAILBOX: Evidence.OBSERVED}


@dataclass(frozen=True)
class Expected:
    """What the judgement must be."""

    verdict: WindowVerdict
    is_proven: bool
    started_at: datetime | None
    evidence: Evidence


def assert_judged(timeline: Timeline, expected: Expected) -> None:
    """The judgement is as expected, in whatever order the facts and hints come."""
    for facts, hints in product(permutations(timeline.facts), permutations(timeline.hints)):
        mixed = Timeline(
            facts,
            hints,
            created_at=timeline.created_at,
            deleted_at=timeline.deleted_at,
            log=timeline.log,
        )
        found = judge(mixed, RULES, NOW)
        window = found.window
        assert expected == Expected(
            window.verdict, found.is_proven, window.started_at, window.evidence
        )
        ends_at = None if window.started_at is None else window.started_at + RETENTION
        assert window.ends_at == ends_at


def is_over(at: datetime) -> bool:
    """Whether a window that began then is over now."""
    return at <= EDGE


UNKNOWN = Expected(WindowVerdict.UNKNOWN, False, None, Evidence.NONE)  # noqa: FBT003 - a table


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize(("source", "other"), list(product(WITH, WITHOUT)))
def test_the_earlier_bound_decides_that_it_is_open(
    source: Evidence, other: Evidence, at: datetime
) -> None:
    """Seen with a plan within the 30 days, and without one since: open from then on."""
    facts = (*WITH[source](at, has_plan=True), *WITHOUT[other](NOW - DAY, has_plan=False))
    older = looked(at - DAY, has_plan=True)
    closing = Expected(WindowVerdict.CLOSING, True, at, TOLD_AS[source])  # noqa: FBT003

    assert_judged(Timeline((*facts, *older)), UNKNOWN if is_over(at) else closing)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize(("source", "other"), list(product(WITHOUT, WITH)))
def test_the_later_bound_decides_that_it_is_closed(
    source: Evidence, other: Evidence, at: datetime
) -> None:
    """Seen without a plan 30 days ago, and all the time since: closed, at the latest then."""
    facts = (*WITH[other](NOW - 40 * DAY, has_plan=True), *WITHOUT[source](at, has_plan=False))
    since = Fact(
        has_plan=False, since=at, until=NOW, evidence=Evidence.OBSERVED, side=facts[1].side
    )
    closed = Expected(WindowVerdict.CLOSED, True, at, source)  # noqa: FBT003

    timeline = Timeline((*facts, since))
    assert_judged(timeline, closed if is_over(at) else UNKNOWN)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize("source", [Evidence.AUDIT, Evidence.DECLARED])
def test_a_hint_between_the_bounds_opens_what_it_does_not_prove(
    source: Evidence, at: datetime
) -> None:
    """The earliest hint that is not over; a later one changes nothing."""
    facts = (*looked(NOW - 60 * DAY, has_plan=True), *looked(NOW - DAY, has_plan=False))
    hints = (Hint(at, source), Hint(at - DAY, source))
    closing = Expected(WindowVerdict.CLOSING, False, at, source)  # noqa: FBT003

    assert_judged(Timeline(facts, hints), UNKNOWN if is_over(at) else closing)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize("source", [None, *WITH])
def test_a_licence_on_the_deleted_object_leaves_the_deletion_alone(
    source: Evidence | None, at: datetime
) -> None:
    """What was seen before it, and any hint, changes nothing."""
    before = WITH[source](at - 9 * DAY, has_plan=True) if source else ()
    lost = looked(at - 8 * DAY, has_plan=False) if source else ()
    facts = (*carried(at, has_plan=True), *before, *lost)
    hints = (Hint(at - 7 * DAY, Evidence.AUDIT),)
    verdict = WindowVerdict.CLOSED if is_over(at) else WindowVerdict.CLOSING

    expected = Expected(verdict, True, at, Evidence.DELETED)  # noqa: FBT003
    assert_judged(Timeline(facts, hints, deleted_at=at), expected)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize("is_told", [False, True])
@pytest.mark.parametrize("source", WITH)
def test_of_a_deleted_person_the_last_sight_of_the_licence_counts(
    source: Evidence, at: datetime, *, is_told: bool
) -> None:
    """With a plan when last seen: the clock is counted from then, and the deletion bounds it."""
    deleted_at = at + timedelta(hours=1)
    facts = WITH[source](at, has_plan=True)
    facts += carried(deleted_at, has_plan=False) if is_told else ()
    closing = Expected(WindowVerdict.CLOSING, True, at, TOLD_AS[source])  # noqa: FBT003

    assert_judged(Timeline(facts, deleted_at=deleted_at), UNKNOWN if is_over(at) else closing)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize("is_told", [False, True])
def test_the_deletion_closes_what_went_before_it(at: datetime, *, is_told: bool) -> None:
    """Thirty days after the deletion nothing comes back, whatever is known of the licence."""
    facts = looked(at - 9 * DAY, has_plan=True)
    facts += carried(at, has_plan=False) if is_told else ()
    closed = Expected(WindowVerdict.CLOSED, True, at, Evidence.DELETED)  # noqa: FBT003

    assert_judged(Timeline(facts, deleted_at=at), closed if is_over(at) else UNKNOWN)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize("source", WITHOUT)
def test_an_account_made_lately_had_nothing_to_lose_before(source: Evidence, at: datetime) -> None:
    """Younger than the window: open from its creation on, and not proven."""
    timeline = Timeline(WITHOUT[source](NOW - DAY, has_plan=False), created_at=at)
    closing = Expected(WindowVerdict.CLOSING, False, at, Evidence.CREATED)  # noqa: FBT003

    assert_judged(timeline, UNKNOWN if is_over(at) else closing)


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize(("first", "second"), list(permutations([looked, logged], 2)))
def test_a_licence_given_back_begins_a_new_loss(
    first: object, second: object, at: datetime
) -> None:
    """Lost, given back and lost again: the latest sight of the plan counts, by whom it ever is."""
    assert callable(first)
    assert callable(second)
    facts = (
        *first(at - 5 * DAY, has_plan=True),
        *second(at - 4 * DAY, has_plan=False),
        *second(at, has_plan=True),
        *first(at + timedelta(hours=1), has_plan=False),
    )
    source = Evidence.AUDIT if second is logged else Evidence.OBSERVED
    closing = Expected(WindowVerdict.CLOSING, True, at, source)  # noqa: FBT003

    timeline = Timeline(facts, log=WHOLE_LOG)
    assert_judged(timeline, UNKNOWN if is_over(at) else closing)


@pytest.mark.parametrize("at", INSTANTS)
def test_one_record_is_both_bounds(at: datetime) -> None:
    """A record with content leaves nothing between with and without: open, or closed."""
    facts = (*changed(at, before=True, after=False), *looked(NOW, has_plan=False))
    verdict = WindowVerdict.CLOSED if is_over(at) else WindowVerdict.CLOSING

    expected = Expected(verdict, True, at, Evidence.AUDIT)  # noqa: FBT003
    assert_judged(Timeline(facts, log=WHOLE_LOG), expected)


@pytest.mark.parametrize("step", [*STEPS, *(-step for step in STEPS)])
@pytest.mark.parametrize("age", [30, 60])
def test_delayed_delicensing_has_two_ends(age: int, step: timedelta) -> None:
    """Thirty days are promised; what is left after them is closing, and over after sixty."""
    at = NOW - age * DAY + step
    rules = WindowRules(RETENTION, 3 * DAY, delayed_delicensing=True)
    facts = (*changed(at, before=True, after=False), Fact(False, at, NOW, Evidence.OBSERVED))  # noqa: FBT003
    found = judge(Timeline(facts), rules, NOW)
    is_past = step <= timedelta(0)

    assert found.window.verdict is (
        WindowVerdict.CLOSED if age == 60 and is_past else WindowVerdict.CLOSING
    )
    is_second_half = (age == 30 and is_past) or age == 60
    assert found.window.ends_at == at + RETENTION * (2 if is_second_half else 1)
    assert found.is_proven is ((age == 30 and not is_past) or (age == 60 and is_past))
