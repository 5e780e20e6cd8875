"""The judgement, rule by rule: what proves, what only hints, and what nobody looked at."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.window.judge import Judgement, WindowRules, judge
from shared.domain.window.timeline import Fact, Hint, LogCoverage, Timeline, changed, seen
from shared.domain.window.verdict import NO_WINDOW, Evidence, Window, WindowVerdict
from tests.builders import NOW

DAY = timedelta(days=1)
RULES = WindowRules(30 * DAY, 3 * DAY)
DELAYED = WindowRules(30 * DAY, 3 * DAY, delayed_delicensing=True)


def ago(days: float) -> datetime:
    """The instant so many days before NOW."""
    return NOW - days * DAY


def look(days: float, *, has_plan: bool) -> Fact:
    """A look of the service's own, so many days ago."""
    return seen(ago(days), Evidence.OBSERVED, has_plan=has_plan)


def rounds(since: float, until: float, *, has_plan: bool) -> Fact:
    """Rounds every hour from one day to the other, counted back from NOW."""
    return Fact(has_plan, ago(since), ago(until), Evidence.OBSERVED)


def hint(days: float, evidence: Evidence = Evidence.AUDIT) -> Hint:
    """A hint so many days ago."""
    return Hint(ago(days), evidence)


def log_of(days: float) -> LogCoverage:
    """A log that goes back so many days."""
    return LogCoverage(ago(days), NOW)


def judged(timeline: Timeline, rules: WindowRules = RULES) -> Judgement:
    """The judgement at NOW."""
    return judge(timeline, rules, NOW)


NOT_NOW = look(0, has_plan=False)


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


class TestDeleted:
    """Deleted people."""

    def test_no_source_knows_of_a_licence(self) -> None:
        """Seen without and never with is no change: the deletion, and nothing promised."""
        facts = (rounds(60, 3, has_plan=False),)
        found = judged(Timeline(facts, deleted_at=ago(2)))

        assert (found.window.started_at, found.window.evidence) == (ago(2), Evidence.DELETED)
        assert (found.is_proven, found.was_with) == (False, False)

    def test_a_shared_mailbox_goes_by_the_deletion(self) -> None:
        """Its licence went long before, and it needed none."""
        facts = (look(50, has_plan=True), rounds(49, 3, has_plan=False))
        found = judged(Timeline(facts, deleted_at=ago(2), is_shared=True))

        assert (found.window.started_at, found.may_promise) == (ago(2), True)

    @pytest.mark.parametrize("since_then", [(), (look(9, has_plan=False),)], ids=["", "away, back"])
    def test_a_licence_last_seen_there_is_no_known_loss(self, since_then: tuple[Fact, ...]) -> None:
        """Nothing tells what the deleted user has; seen without before it was seen with is past."""
        facts = (*since_then, look(3, has_plan=True))

        assert not judged(Timeline(facts, deleted_at=ago(2))).knows_loss
        assert judged(Timeline((*facts, look(2.5, has_plan=False)), deleted_at=ago(2))).knows_loss

    def test_a_deletion_ahead_of_the_clock_is_of_the_present(self) -> None:
        """A clock that runs ahead makes no window longer."""
        found = judged(Timeline(deleted_at=NOW + DAY / 24))

        assert (found.window.started_at, found.window.ends_at) == (NOW, NOW + 30 * DAY)

    def test_a_licence_that_went_first_has_the_earlier_clock(self) -> None:
        """By a record with content it is proven, by one without it is not."""
        carried = seen(ago(1), Evidence.DELETED, has_plan=False)
        timeline = Timeline((carried,), (hint(29.5),), deleted_at=ago(1))
        proven = replace(timeline, facts=(*changed(ago(29.5), before=True, after=False), carried))

        for one, is_proven in ((timeline, False), (proven, True)):
            found = judged(one)
            assert found.window.verdict is WindowVerdict.CLOSING
            assert found.window.started_at == ago(29.5)
            assert found.is_proven is is_proven

    def test_a_hint_that_is_over_leaves_it_unknown(self) -> None:
        """The licence may have gone 30.6 days ago, and the mailbox with it, or not."""
        carried = seen(ago(5), Evidence.DELETED, has_plan=False)

        found = judged(Timeline((carried,), (hint(30.6),), deleted_at=ago(5)))
        assert found.window.verdict is WindowVerdict.UNKNOWN

    @pytest.mark.parametrize("is_told", [True, False])
    def test_a_blind_end_is_not_closed(self, *, is_told: bool) -> None:
        """Where Graph does not show what deleted users have, two days before it are unseen."""
        facts = (look(60, has_plan=True), rounds(40, 12, has_plan=False))
        carried = (seen(ago(10), Evidence.DELETED, has_plan=False),) if is_told else ()
        timeline = Timeline((*facts, *carried), deleted_at=ago(10), log=log_of(30))

        verdict = judged(timeline).window.verdict
        assert verdict is (WindowVerdict.CLOSED if is_told else WindowVerdict.UNKNOWN)

    def test_what_was_seen_after_the_deletion_was_so_at_the_deletion(self) -> None:
        """Reads lag by a minute."""
        facts = (look(2.99, has_plan=True), seen(ago(3), Evidence.DELETED, has_plan=False))

        assert judged(Timeline(facts, deleted_at=ago(3))).window.started_at == ago(3)

    @pytest.mark.parametrize("has_plan", [True, False])
    def test_a_look_after_the_deletion_is_one_at_the_deletion(self, *, has_plan: bool) -> None:
        """Whatever it found."""
        before = look(50, has_plan=True)
        after, at = (
            judged(Timeline((before, look(days, has_plan=has_plan)), deleted_at=ago(31)))
            for days in (30.9, 31)
        )

        assert after == at


class TestMailbox:
    """A mailbox that answers although no plan is there."""

    def test_nothing_is_lost_while_it_answers(self) -> None:
        """Open without an end; it may go when the licence's own clock ends."""
        facts = (look(9, has_plan=True), seen(NOW, Evidence.MAILBOX, has_plan=True), NOT_NOW)
        found = judged(Timeline(facts, still_answers=True))

        assert found.window == Window(WindowVerdict.OPEN, evidence=Evidence.MAILBOX)
        assert found.may_go_at == ago(9) + 30 * DAY
        assert (found.is_proven, found.was_with) == (True, True)

    def test_it_may_go_at_any_time_where_the_clock_is_over_or_unknown(self) -> None:
        """A hold, for all anybody knows."""
        facts = (look(70, has_plan=True), rounds(69, 0, has_plan=False))

        assert judged(Timeline(facts, still_answers=True)).may_go_at == NOW
        assert judged(Timeline((NOT_NOW,), still_answers=True)).may_go_at == NOW

    def test_of_a_new_account_the_clock_begins_with_it(self) -> None:
        """Nothing was lost before there was anything."""
        found = judged(Timeline((NOT_NOW,), created_at=ago(10), still_answers=True))

        assert found.may_go_at == ago(10) + 30 * DAY

    def test_an_answer_of_before_is_a_sight_of_the_mailbox(self) -> None:
        """It was there then, whatever the licences say."""
        facts = (look(50, has_plan=True), rounds(49, 0, has_plan=False))
        answer = seen(ago(20), Evidence.MAILBOX, has_plan=True)
        found = judged(Timeline((*facts, answer)))

        assert (found.window.started_at, found.window.evidence) == (ago(20), Evidence.MAILBOX)
        assert found.is_proven

    def test_once_and_gone_in_the_same_moment_is_a_loss(self) -> None:
        """The answer and the look without a plan have one instant."""
        facts = (seen(NOW, Evidence.MAILBOX, has_plan=True), NOT_NOW)

        assert judged(Timeline(facts)).window.started_at == NOW


class TestBegunAnew:
    """A mailbox that is another one than before."""

    @pytest.mark.parametrize(("missing", "is_new"), [(30, True), (29.9, False)])
    def test_a_long_stretch_without_before_the_latest_with(
        self, missing: float, *, is_new: bool
    ) -> None:
        """Thirty days without a plan ended the mailbox; what came then is new."""
        facts = (
            look(90, has_plan=True),
            rounds(5 + missing, 5.1, has_plan=False),
            look(5, has_plan=True),
            NOT_NOW,
        )

        assert judged(Timeline(facts)).began_anew_at == (ago(5) if is_new else None)

    def test_of_a_deleted_person_who_had_a_plan_again(self) -> None:
        """The deletion is the clock, and the mailbox is new all the same."""
        carried = seen(ago(2), Evidence.DELETED, has_plan=True)
        facts = (look(90, has_plan=True), rounds(60, 20, has_plan=False), carried)
        found = judged(Timeline(facts, deleted_at=ago(2)))

        assert (found.window.started_at, found.began_anew_at) == (ago(2), ago(2))

    def test_what_goes_on_is_not_new(self) -> None:
        """Without a plan for 40 days until now: nothing came after."""
        facts = (look(90, has_plan=True), rounds(40, 0, has_plan=False))

        assert judged(Timeline(facts)).began_anew_at is None


class TestDelayed:
    """A tenant that keeps mailboxes for 30 days before their 30 days."""

    def test_the_first_thirty_days_are_promised_and_no_more(self) -> None:
        """After them it is closing by the setting's word alone, which proves nothing."""
        first = judged(Timeline((look(20, has_plan=True), NOT_NOW)), DELAYED)
        second = judged(Timeline((look(40, has_plan=True), NOT_NOW)), DELAYED)

        assert (first.window.verdict, first.is_proven) == (WindowVerdict.OPEN, True)
        assert first.window.ends_at == ago(-10)
        assert (second.window.verdict, second.is_proven) == (WindowVerdict.CLOSING, False)
        assert second.window.ends_at == ago(-20)

    def test_by_a_hint_it_is_closing_as_well(self) -> None:
        """The mailbox may be there for as long as the setting keeps it."""
        found = judged(Timeline((NOT_NOW,), (hint(40),), created_at=ago(400)), DELAYED)

        assert (found.window.verdict, found.is_proven) == (WindowVerdict.CLOSING, False)
        assert found.window.ends_at == ago(-20)

    def test_the_deletion_keeps_its_own_thirty_days(self) -> None:
        """Deleted users are purged whatever the setting says."""
        facts = (look(55, has_plan=True), look(50, has_plan=False))
        found = judged(Timeline(facts, deleted_at=ago(29)), DELAYED)
        later = judged(Timeline(facts, deleted_at=ago(30)), DELAYED)

        assert (found.window.verdict, found.window.ends_at) == (WindowVerdict.CLOSING, ago(-1))
        assert later.window.verdict is WindowVerdict.CLOSED


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
