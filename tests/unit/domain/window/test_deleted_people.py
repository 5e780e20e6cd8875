"""The judgement of deleted people: which of two clocks counts, and what nobody knows."""

from dataclasses import replace

import pytest

from shared.domain.window.timeline import Fact, Timeline, changed, seen
from shared.domain.window.verdict import Evidence, WindowVerdict
from tests.builders import NOW
from tests.unit.domain.window.timelines import (
    DAY,
    ago,
    hint,
    judged,
    log_of,
    look,
    rounds,
)


def test_no_source_knows_of_a_licence() -> None:
    """Seen without and never with is no change: the deletion, and nothing promised."""
    facts = (rounds(60, 3, has_plan=False),)
    found = judged(Timeline(facts, deleted_at=ago(2)))

    assert (found.window.started_at, found.window.evidence) == (ago(2), Evidence.DELETED)
    assert (found.is_proven, found.was_with) == (False, False)


def test_a_shared_mailbox_goes_by_the_deletion() -> None:
    """Its licence went long before, and it needed none."""
    facts = (look(50, has_plan=True), rounds(49, 3, has_plan=False))
    found = judged(Timeline(facts, deleted_at=ago(2), is_shared=True))

    assert (found.window.started_at, found.may_promise) == (ago(2), True)


def test_a_shared_mailbox_does_not_begin_anew() -> None:
    """It lived on for the forty days in which it had no licence."""
    facts = (look(90, has_plan=True), rounds(60, 20, has_plan=False), look(5, has_plan=True))
    found = judged(Timeline(facts, deleted_at=ago(2), is_shared=True))

    assert (found.began_anew_at, found.may_promise) == (None, True)
    assert judged(Timeline(facts, deleted_at=ago(2))).began_anew_at == ago(5)


def test_a_record_of_the_moment_of_the_last_sight_may_be_the_loss() -> None:
    """The loss lies at that moment or after it."""
    timeline = Timeline((look(3, has_plan=True),), (hint(3),), deleted_at=ago(2))

    assert judged(timeline).knows_loss


def test_a_loss_at_the_moment_of_the_deletion_is_the_deletion() -> None:
    """Nobody lost the licence first and was deleted afterwards."""
    facts = (look(50, has_plan=True), look(31, has_plan=False))
    found = judged(Timeline(facts, deleted_at=ago(31)))

    assert (found.window.verdict, found.window.started_at) == (WindowVerdict.CLOSED, ago(31))
    assert found.window.evidence is Evidence.DELETED


@pytest.mark.parametrize("since_then", [(), (look(9, has_plan=False),)], ids=["", "away, back"])
def test_a_licence_last_seen_there_is_no_known_loss(since_then: tuple[Fact, ...]) -> None:
    """Nothing tells what the deleted user has; seen without before it was seen with is past."""
    facts = (*since_then, look(3, has_plan=True))

    assert not judged(Timeline(facts, deleted_at=ago(2))).knows_loss
    assert judged(Timeline((*facts, look(2.5, has_plan=False)), deleted_at=ago(2))).knows_loss


def test_a_deletion_ahead_of_the_clock_is_of_the_present() -> None:
    """A clock that runs ahead makes no window longer."""
    found = judged(Timeline(deleted_at=NOW + DAY / 24))

    assert (found.window.started_at, found.window.ends_at) == (NOW, NOW + 30 * DAY)


def test_a_licence_that_went_first_has_the_earlier_clock() -> None:
    """By a record with content it is proven, by one without it is not."""
    carried = seen(ago(1), Evidence.DELETED, has_plan=False)
    timeline = Timeline((carried,), (hint(29.5),), deleted_at=ago(1))
    proven = replace(timeline, facts=(*changed(ago(29.5), before=True, after=False), carried))

    for one, is_proven in ((timeline, False), (proven, True)):
        found = judged(one)
        assert found.window.verdict is WindowVerdict.CLOSING
        assert found.window.started_at == ago(29.5)
        assert found.is_proven is is_proven


def test_a_hint_that_is_over_leaves_it_unknown() -> None:
    """The licence may have gone 30.6 days ago, and the mailbox with it, or not."""
    carried = seen(ago(5), Evidence.DELETED, has_plan=False)

    found = judged(Timeline((carried,), (hint(30.6),), deleted_at=ago(5)))
    assert found.window.verdict is WindowVerdict.UNKNOWN


@pytest.mark.parametrize("is_told", [True, False])
def test_a_blind_end_is_not_closed(*, is_told: bool) -> None:
    """Where Graph does not show what deleted users have, two days before it are unseen."""
    facts = (look(60, has_plan=True), rounds(40, 12, has_plan=False))
    carried = (seen(ago(10), Evidence.DELETED, has_plan=False),) if is_told else ()
    timeline = Timeline((*facts, *carried), deleted_at=ago(10), log=log_of(30))

    verdict = judged(timeline).window.verdict
    assert verdict is (WindowVerdict.CLOSED if is_told else WindowVerdict.UNKNOWN)


def test_what_was_seen_after_the_deletion_was_so_at_the_deletion() -> None:
    """Reads lag by a minute."""
    facts = (look(2.99, has_plan=True), seen(ago(3), Evidence.DELETED, has_plan=False))

    assert judged(Timeline(facts, deleted_at=ago(3))).window.started_at == ago(3)


@pytest.mark.parametrize("has_plan", [True, False])
def test_a_look_after_the_deletion_is_one_at_the_deletion(*, has_plan: bool) -> None:
    """Whatever it found; a mailbox that it found again began anew by then."""
    before = (look(90, has_plan=True), rounds(85, 45, has_plan=False))
    after, at = (
        judged(Timeline((*before, look(days, has_plan=has_plan)), deleted_at=ago(31)))
        for days in (30.9, 31)
    )

    assert after == at
    assert at.began_anew_at == (ago(31) if has_plan else None)
