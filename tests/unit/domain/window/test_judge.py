"""The judgement, rule by rule: what proves, what only hints, and what nobody looked at."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.window.judge import judge
from shared.domain.window.timeline import Fact, Hint, LogCoverage, Timeline, changed, seen
from shared.domain.window.verdict import NO_WINDOW, Evidence, Window, WindowVerdict
from tests.builders import NOW
from tests.unit.domain.window.timelines import (
    DELAYED,
    NOT_NOW,
    RULES,
    ago,
    hint,
    judged,
    log_of,
    look,
    rounds,
)


def test_who_was_never_seen_without_a_plan_has_no_window() -> None:
    """Nothing is lost, so there is nothing to be late for."""
    found = judged(Timeline((look(3, has_plan=True), look(0, has_plan=True))))

    assert (found.window, found.may_promise) == (NO_WINDOW, True)


def test_who_is_active_and_of_whom_nothing_is_known_has_an_unknown_window() -> None:
    """A plan that is not there now, an old account, and no source that ever saw one."""
    found = judged(Timeline((NOT_NOW,), created_at=ago(400)))

    assert found.window == Window(WindowVerdict.UNKNOWN)
    assert (found.is_proven, found.was_with) == (False, False)


@pytest.mark.parametrize("log", [None, log_of(7), log_of(30)])
def test_nobody_looked_so_it_may_have_come_and_gone(log: LogCoverage | None) -> None:
    """Without a plan 40 days ago and now: closed only if the log shows the time between."""
    found = judged(Timeline((look(40, has_plan=False), NOT_NOW), log=log))

    is_seen = log == log_of(30)
    assert found.window.verdict is (WindowVerdict.CLOSED if is_seen else WindowVerdict.UNKNOWN)
    assert found.is_proven is is_seen
    assert found.was_with is False


def test_a_log_that_keeps_thirty_days_reaches_thirty_days() -> None:
    """Its oldest record is always some hours younger than that."""
    facts = (look(40, has_plan=False), NOT_NOW)

    for since, until, verdict in (
        (29.1, 0, WindowVerdict.CLOSED),
        (29, 1, WindowVerdict.CLOSED),
        (28.9, 0, WindowVerdict.UNKNOWN),
        (30, 1.1, WindowVerdict.UNKNOWN),
    ):
        log = LogCoverage(ago(since), ago(until))
        assert judged(Timeline(facts, log=log)).window.verdict is verdict


def test_a_log_that_begins_where_the_looks_end_covers_the_rest() -> None:
    """However short it is."""
    facts = (look(50, has_plan=True), rounds(45, 20, has_plan=False), NOT_NOW)

    assert judged(Timeline(facts, log=log_of(20))).window.verdict is WindowVerdict.CLOSED
    assert judged(Timeline(facts, log=log_of(19.9))).window.verdict is WindowVerdict.UNKNOWN


def test_a_record_of_a_licence_given_is_no_loss() -> None:
    """Without before it and with after it: what went, went later."""
    given = changed(ago(40), before=False, after=True)

    found = judged(Timeline((*given, NOT_NOW), log=log_of(30)))
    assert found.window.verdict is WindowVerdict.UNKNOWN


@pytest.mark.parametrize(("gap", "is_closed"), [(0.9, True), (1, True), (1.1, False)])
def test_a_day_without_a_look_is_short_enough(gap: float, *, is_closed: bool) -> None:
    """The rounds stopped for a day, or for longer, in the last 30."""
    facts = (
        look(50, has_plan=True),
        rounds(45, 20, has_plan=False),
        rounds(20 - gap, 0, has_plan=False),
    )

    verdict = judged(Timeline(facts)).window.verdict
    assert verdict is (WindowVerdict.CLOSED if is_closed else WindowVerdict.UNKNOWN)


def test_a_gap_before_the_last_thirty_days_does_not_matter() -> None:
    """What came and went then is over as well."""
    facts = (rounds(80, 70, has_plan=False), rounds(30, 0, has_plan=False))

    assert judged(Timeline(facts)).window.started_at == ago(80)


def test_a_gap_in_the_last_thirty_days_matters_beside_one_before_them() -> None:
    """Nobody looked for ten days twice."""
    facts = (rounds(80, 60, has_plan=False), rounds(50, 20, has_plan=False))

    assert judged(Timeline((*facts, NOT_NOW))).window.verdict is WindowVerdict.UNKNOWN


def test_a_mailbox_that_answered_among_looks_without_a_plan_was_lost_within_a_day() -> None:
    """Looks are no more than a day apart, so the next one after the answer came within one."""
    answer = seen(ago(35), Evidence.MAILBOX, has_plan=True)
    found = judged(Timeline((rounds(60, 0, has_plan=False), answer)))

    assert (found.window.verdict, found.window.started_at) == (WindowVerdict.CLOSED, ago(34))


def test_looks_without_a_plan_from_the_last_sight_on_are_all_after_it() -> None:
    """Seen with and without in one moment: the loss is that moment."""
    found = judged(Timeline((look(35, has_plan=True), rounds(35, 0, has_plan=False))))

    assert (found.window.verdict, found.window.started_at) == (WindowVerdict.CLOSED, ago(35))


@pytest.mark.parametrize("log", [None, log_of(30)])
@pytest.mark.parametrize(("at", "opens"), [(20.0, True), (12.0, True), (10.0, True), (25.0, False)])
def test_a_hint_where_nobody_looked_keeps_the_door_open(
    at: float, log: LogCoverage | None, *, opens: bool
) -> None:
    """In the gap it may be a loss of these days; beside it the rounds saw that it was none."""
    facts = (rounds(60, 20, has_plan=False), rounds(10, 0, has_plan=False))
    found = judged(Timeline(facts, (hint(at),), log=log))

    otherwise = WindowVerdict.UNKNOWN if log is None else WindowVerdict.CLOSED
    assert found.window.verdict is (WindowVerdict.OPEN if opens else otherwise)
    assert found.window.started_at == (ago(at) if opens else ago(60) if log else None)
    assert found.used == (hint(at) if opens else None)


def test_a_hint_in_a_gap_the_log_covers_is_no_proof_of_the_end() -> None:
    """The log covers the time, and has something that may be a licence given and taken."""
    timeline = Timeline((look(60, has_plan=False), NOT_NOW), (hint(12),), log=log_of(30))

    assert judged(replace(timeline, hints=())).window.verdict is WindowVerdict.CLOSED
    assert judged(timeline).window.started_at == ago(12)


def test_a_record_with_content_overrules_records_without() -> None:
    """It says what the others only may be."""
    records = changed(ago(9), before=True, after=False)
    found = judged(Timeline((*records, NOT_NOW), (hint(20), hint(4))))

    assert (found.window.started_at, found.window.evidence) == (ago(9), Evidence.AUDIT)
    assert (found.is_proven, found.used) == (True, None)


def test_an_unrelated_record_with_content_opens_nothing() -> None:
    """Another licence changed while there was no mailbox plan, before it and after it."""
    records = changed(ago(3), before=False, after=False)

    assert judged(Timeline((*records, NOT_NOW), created_at=ago(400))).window == Window(
        WindowVerdict.UNKNOWN
    )


def test_the_earliest_hint_that_is_not_over_decides() -> None:
    """One that is over may be another licence's; a later one may be as well."""
    timeline = Timeline((NOT_NOW,), (hint(1), hint(30.4), hint(4)), created_at=ago(400))
    found = judged(timeline)

    assert found.window.started_at == ago(4)
    assert (found.is_proven, found.was_with) == (False, False)
    assert found.hints == timeline.hints


def test_a_hint_at_the_first_look_without_a_plan_may_be_the_loss() -> None:
    """The loss lies at or before that look."""
    found = judged(Timeline((look(40, has_plan=True), look(5, has_plan=False)), (hint(5),)))

    assert (found.window.started_at, found.used) == (ago(5), hint(5))


def test_a_licence_seen_as_the_account_was_made_is_a_sight_of_it() -> None:
    """The look proves more than the account's age."""
    found = judged(Timeline((look(9, has_plan=True), NOT_NOW), created_at=ago(9)))

    assert (found.window.evidence, found.may_promise) == (Evidence.OBSERVED, True)


def test_a_declared_hint_says_that_it_was_declared() -> None:
    """The caller's word is the evidence, until something better rules it out."""
    timeline = Timeline((NOT_NOW,), (hint(5, Evidence.DECLARED),), created_at=ago(400))
    known = replace(timeline, facts=(look(2, has_plan=True), NOT_NOW))

    assert judged(timeline).window.evidence is Evidence.DECLARED
    assert judged(known).window.evidence is Evidence.OBSERVED
    assert judged(known).used is None


instants = st.integers(min_value=-3 * 86400, max_value=100 * 86400).map(
    lambda seconds: NOW - timedelta(seconds=seconds)
)
facts = st.builds(
    Fact,
    st.booleans(),
    instants,
    instants,
    st.sampled_from([Evidence.OBSERVED, Evidence.AUDIT, Evidence.MAILBOX, Evidence.DELETED]),
)
timelines = st.builds(
    Timeline,
    facts=st.lists(facts, max_size=6).map(tuple),
    hints=st.lists(
        st.builds(Hint, instants, st.sampled_from([Evidence.AUDIT, Evidence.DECLARED])), max_size=3
    ).map(tuple),
    created_at=st.none() | instants,
    deleted_at=st.none() | instants,
    log=st.none() | st.builds(LogCoverage, instants, instants),
    is_shared=st.booleans(),
    still_answers=st.booleans(),
)


@given(timeline=timelines, delayed=st.booleans())
def test_whatever_is_known_there_is_a_judgement(timeline: Timeline, *, delayed: bool) -> None:
    """Total: every timeline, also one that contradicts itself, has a verdict that makes sense."""
    found = judged(timeline, DELAYED if delayed else RULES)
    window = found.window

    has_end = window.verdict in {WindowVerdict.OPEN, WindowVerdict.CLOSING, WindowVerdict.CLOSED}
    assert has_end == (window.ends_at is not None or window.evidence is Evidence.MAILBOX)
    if window.ends_at is not None:
        assert (window.verdict is WindowVerdict.CLOSED) == (window.ends_at <= NOW)
        assert (window.evidence is Evidence.DECLARED) <= (not found.is_proven)
    if found.used is not None:
        assert not found.is_proven


@given(timeline=timelines)
def test_a_proven_verdict_does_not_hang_on_hints(timeline: Timeline) -> None:
    """With other hints it may be proven no more, and never becomes another proven verdict."""
    found, bare = judged(timeline), judged(replace(timeline, hints=()))

    if found.is_proven:
        assert bare.window == found.window


@pytest.mark.parametrize("where", ["fact", "hint", "created", "deleted", "log", "now"])
def test_an_instant_without_a_zone_is_refused(where: str) -> None:
    """Comparing it would be a guess."""
    naive = NOW.replace(tzinfo=None)
    timelines = {
        "fact": Timeline((seen(naive, Evidence.OBSERVED, has_plan=True),)),
        "hint": Timeline(hints=(Hint(naive, Evidence.AUDIT),)),
        "created": Timeline(created_at=naive),
        "deleted": Timeline(deleted_at=naive),
        "log": Timeline(log=LogCoverage(naive, naive)),
        "now": Timeline(),
    }
    with pytest.raises(ValueError, match=r"^an instant without a time zone"):
        judge(timelines[where], RULES, naive if where == "now" else NOW)
