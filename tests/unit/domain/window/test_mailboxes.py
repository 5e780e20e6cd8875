"""The judgement where the mailbox answers, began anew, or is kept for longer."""

import pytest

from shared.domain.window.timeline import Timeline, seen
from shared.domain.window.verdict import NO_WINDOW, Evidence, Window, WindowVerdict
from tests.builders import NOW
from tests.unit.domain.window.timelines import (
    DAY,
    DELAYED,
    NOT_NOW,
    ago,
    hint,
    judged,
    look,
    rounds,
)

NOW_WITH = rounds(5, 0, has_plan=True)


class TestMailbox:
    """A mailbox that answers although no plan is there."""

    def test_nothing_is_lost_while_it_answers(self) -> None:
        """Open without an end; it may go when the licence's own clock ends."""
        facts = (look(9, has_plan=True), seen(NOW, Evidence.MAILBOX, has_plan=True), NOT_NOW)
        found = judged(Timeline(facts, still_answers=True))

        assert found.window == Window(WindowVerdict.OPEN, evidence=Evidence.MAILBOX)
        assert found.may_go_at == ago(9) + 30 * DAY
        assert found.lost_at == ago(9)
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
        """It was there then, whatever the licences say; it is not said to answer now."""
        facts = (look(50, has_plan=True), rounds(49, 0, has_plan=False))
        answer = seen(ago(20), Evidence.MAILBOX, has_plan=True)
        found = judged(Timeline((*facts, answer)))

        assert (found.window.started_at, found.window.evidence) == (ago(20), Evidence.OBSERVED)
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

    def test_of_somebody_who_has_a_plan(self) -> None:
        """Given by hand 40 days after the loss: nothing is lost now, and the mailbox is new."""
        facts = (look(90, has_plan=True), rounds(45, 5.1, has_plan=False), NOW_WITH)
        found = judged(Timeline(facts))

        assert (found.window, found.began_anew_at) == (NO_WINDOW, ago(5))

    def test_a_shared_mailbox_lives_without_a_plan(self) -> None:
        """It was there all the time, so the plan that it has now made none."""
        facts = (look(90, has_plan=True), rounds(45, 5.1, has_plan=False), NOW_WITH)

        assert judged(Timeline(facts, is_shared=True)).began_anew_at is None

    @pytest.mark.parametrize(("answered", "is_new"), [(34, False), (36, True)])
    def test_a_mailbox_that_answered_meanwhile_lived_on(
        self, answered: float, *, is_new: bool
    ) -> None:
        """As a shared one, or kept for legal reasons: the stretch counts from its last answer."""
        answer = seen(ago(answered), Evidence.MAILBOX, has_plan=True)
        facts = (look(90, has_plan=True), rounds(45, 5.1, has_plan=False), answer, NOW_WITH)

        assert judged(Timeline(facts)).began_anew_at == (ago(5) if is_new else None)

    @pytest.mark.parametrize(
        ("shared", "is_new"), [(45, False), (20, False), (46, True), (4, True)]
    )
    def test_who_was_last_seen_as_shared_meanwhile_lived_on(
        self, shared: float, *, is_new: bool
    ) -> None:
        """It needs no plan, however long nobody looks; what was outside the stretch is another."""
        facts = (look(90, has_plan=True), rounds(45, 5.1, has_plan=False), NOW_WITH)
        found = judged(Timeline(facts, shared_at=ago(shared)))

        assert found.began_anew_at == (ago(5) if is_new else None)

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
