"""Judge the window from all that is known of one person; pure, with an answer for every input.

The loss lies between two facts (`bounds`), and the window is counted from the earlier one, since a
window thought too long costs the mailbox and one thought too short costs a question. Only facts
prove anything; a hint is used where waiting for better evidence would cost the mailbox.

1. The later bound is past its time, and nothing can have come and gone since: closed, at the latest
   then. Where it can, the stretch in which nobody looked is searched for hints.
2. The earlier bound is not past its time: open, proven. If all that is known is when the account
   was made, it is open and not proven.
3. In between: the earliest hint inside the bounds that is not past its time. None: unknown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from shared.domain.window.bounds import (
    Bounds,
    began_anew_at,
    find_bounds,
    knows_loss,
    settled,
    unseen_stretches,
)
from shared.domain.window.timeline import DELICENSING_DELAY, Fact, Hint, Timeline
from shared.domain.window.verdict import NO_WINDOW, Evidence, Window, WindowVerdict


@dataclass(frozen=True, slots=True)
class WindowRules:
    """The rules of the tenant: how long a mailbox is kept, and what counts as closing.

    `delayed_delicensing`: the tenant keeps the mailbox of somebody without a licence for 30 days
    before its own 30 days begin.
    """

    retention: timedelta
    closing: timedelta
    delayed_delicensing: bool = False

    @property
    def license_reach(self) -> timedelta:
        """The time after the loss of a licence at which the mailbox is surely gone."""
        return self.retention + (DELICENSING_DELAY if self.delayed_delicensing else timedelta(0))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The window, and how sure it is."""

    window: Window
    is_proven: bool = False
    """Whether the verdict rests on facts alone."""
    was_with: bool = False
    """Whether some source knows that there was a mailbox."""
    used: Hint | None = None
    """The hint that the window rests on."""
    began_anew_at: datetime | None = None
    """Since when the mailbox is another one than before a long stretch without a plan."""
    hints: tuple[Hint, ...] = ()
    """Every hint there is, used or not."""
    knows_loss: bool = False
    """Whether some source tells of a licence that went, beside the deletion itself."""
    may_go_at: datetime | None = None
    """Where the mailbox still answers: the earliest instant at which it may stop to."""
    license_lost_at: datetime | None = None
    """Where the mailbox still answers: when the licence went, as far as anybody knows."""

    @property
    def lost_at(self) -> datetime | None:
        """When the window began; of a mailbox that still answers, when the licence went."""
        return self.license_lost_at or self.window.started_at

    @property
    def may_promise(self) -> bool:
        """Whether the mailbox that comes back is surely the one that was lost."""
        return self.is_proven and self.was_with and self.began_anew_at is None

    @property
    def rests_on_creation(self) -> bool:
        """Whether all that is known is that the account is younger than the window."""
        return self.window.evidence is Evidence.CREATED


def judge(timeline: Timeline, rules: WindowRules, now: datetime) -> Judgement:
    """The window at `now`, open while `now < ends_at`, to the microsecond.

    Raises:
        ValueError: an instant without a time zone; comparing it would be a guess.
    """
    _demand_aware((now, *_instants(timeline)))
    return _Judge(settled(timeline, now), rules, now).judgement()


@dataclass(frozen=True, slots=True)
class _Judge:
    timeline: Timeline
    rules: WindowRules
    now: datetime

    def judgement(self) -> Judgement:
        timeline = self.timeline
        if timeline.still_answers and timeline.deleted_at is None:
            return self._answering()
        if timeline.is_shared and timeline.deleted_at is not None:
            return self._by_deletion(timeline.deleted_at, is_known=True)
        return self._by_bounds(find_bounds(timeline))

    def _answering(self) -> Judgement:
        """Nothing is lost yet. The licence's own clock says when the mailbox of a user may go.

        A shared mailbox lives without one: while the licence it had can still be given back, the
        window is that of the licence.
        """
        if self.timeline.is_shared:
            by_license = self._by_bounds(find_bounds(self.timeline))
            if by_license.window.verdict in {WindowVerdict.OPEN, WindowVerdict.CLOSING}:
                return by_license
        facts = (one for one in self.timeline.facts if one.evidence is not Evidence.MAILBOX)
        # The log tells "over" from "nobody knows"; the mailbox that answers is neither.
        without = Timeline(tuple(facts), created_at=self.timeline.created_at)
        clock = _Judge(without, self.rules, self.now).judgement().window
        return Judgement(
            Window(WindowVerdict.OPEN, evidence=Evidence.MAILBOX),
            is_proven=True,
            was_with=True,
            may_go_at=None if self.timeline.is_shared else self._may_go_at(clock),
            license_lost_at=clock.started_at,
        )

    def _may_go_at(self, clock: Window) -> datetime:
        return max(clock.ends_at or self.now, self.now)

    def _by_deletion(self, at: datetime, *, is_known: bool) -> Judgement:
        """The deletion is the one clock; what licences did before it ended no mailbox.

        `is_known`: whether there surely was a mailbox.
        """
        return Judgement(
            self._window(at, Evidence.DELETED, self.rules.retention),
            is_proven=is_known,
            was_with=is_known,
        )

    def _by_bounds(self, bounds: Bounds) -> Judgement:
        if bounds.by is None:
            return self._judgement(bounds, NO_WINDOW, is_proven=True)
        hints = tuple(hint for hint in self.timeline.hints if bounds.holds(hint.at))
        deleted_at = self.timeline.deleted_at
        if deleted_at is not None and not bounds.was_with and not hints:
            # No source knows that a licence ever went: as of a shared mailbox, nothing is promised.
            return self._by_deletion(deleted_at, is_known=False)
        if self._is_over(bounds.by.since):
            return self._over(bounds, bounds.by)
        after = bounds.after
        if after is not None and not self._is_over(after.until):
            return self._open(bounds, after)
        return self._by_hint(bounds, hints)

    def _over(self, bounds: Bounds, by: Fact) -> Judgement:
        deleted_at, reach = self.timeline.deleted_at, self.rules.license_reach
        # Whatever came and went before a deletion that is over is over with it.
        is_all_over = deleted_at is not None and self._is_over(deleted_at)
        unseen = unseen_stretches(self.timeline, by, now=self.now, reach=reach)
        stretches = () if is_all_over else tuple(unseen)
        if not stretches:
            window = self._window(by.since, by.evidence, reach)
            return self._judgement(bounds, window, is_proven=True)
        return self._by_hint(
            bounds,
            tuple(
                hint
                for hint in self.timeline.hints
                if any(start <= hint.at <= stop for start, stop in stretches)
            ),
        )

    def _open(self, bounds: Bounds, after: Fact) -> Judgement:
        # An answer of before is the service's own sight; "mailbox" means that it answers still.
        is_answer = after.evidence is Evidence.MAILBOX
        evidence = Evidence.OBSERVED if is_answer else after.evidence
        window = self._window(after.until, evidence, self.rules.license_reach)
        is_in_time = self.now < after.until + self.rules.retention
        return self._judgement(bounds, window, is_proven=bounds.was_with and is_in_time)

    def _by_hint(self, bounds: Bounds, hints: Iterable[Hint]) -> Judgement:
        living = [hint for hint in hints if not self._is_over(hint.at)]
        if not living:
            return self._judgement(bounds, Window(WindowVerdict.UNKNOWN))
        first = min(living, key=lambda hint: hint.at)
        window = self._window(first.at, first.evidence, self.rules.license_reach)
        return self._judgement(bounds, window, used=first)

    def _judgement(
        self,
        bounds: Bounds,
        window: Window,
        *,
        is_proven: bool = False,
        used: Hint | None = None,
    ) -> Judgement:
        return Judgement(
            window,
            is_proven=is_proven,
            was_with=bounds.was_with,
            used=used,
            began_anew_at=self._anew(bounds),
            hints=self.timeline.hints,
            knows_loss=knows_loss(self.timeline, bounds),
        )

    def _anew(self, bounds: Bounds) -> datetime | None:
        if self.timeline.is_shared:
            # It lives without a plan, so no stretch without one ended it.
            return None
        return began_anew_at(self.timeline, bounds, self.rules.retention)

    def _is_over(self, start: datetime) -> bool:
        return self.now >= start + self._reach(start)

    def _reach(self, start: datetime) -> timedelta:
        """The time for which a loss at this instant can be undone; a deletion has its own."""
        reach, deleted_at = self.rules.license_reach, self.timeline.deleted_at
        if deleted_at is None:
            return reach
        return min(reach, deleted_at + self.rules.retention - start)

    def _window(self, start: datetime, evidence: Evidence, reach: timedelta) -> Window:
        """The window that begins then.

        Where the real one may be longer than 30 days, the 30 days are told as long as they last;
        what is left after them is closing.
        """
        surely = start + min(self.rules.retention, self._reach(start))
        ends_at = surely if self.now < surely else start + min(reach, self._reach(start))
        left = ends_at - self.now
        verdict = _verdict(left, self.rules)
        if verdict is WindowVerdict.OPEN and self.now >= surely:
            verdict = WindowVerdict.CLOSING
        return Window(verdict, start, ends_at, days_left(left), evidence)


def judge_deletion(deleted_at: datetime, rules: WindowRules, now: datetime) -> Window:
    """The window of a deletion alone, whatever became of licences; `judge` in a tenth of its time.

    Raises:
        ValueError: as `judge`.
    """
    _demand_aware((deleted_at, now))
    # A clock that runs ahead is brought back to the present.
    at = min(deleted_at, now)
    ends_at = at + rules.retention
    left = ends_at - now
    return Window(_verdict(left, rules), at, ends_at, days_left(left), Evidence.DELETED)


def _verdict(left: timedelta, rules: WindowRules) -> WindowVerdict:
    if left <= timedelta(0):
        return WindowVerdict.CLOSED
    return WindowVerdict.CLOSING if left < rules.closing else WindowVerdict.OPEN


def days_left(left: timedelta) -> float:
    """The days to four decimals, rounded down so that nobody is promised more than there is."""
    return max(0.0, floor(left / timedelta(days=1) * 10_000) / 10_000)


def _instants(timeline: Timeline) -> Iterator[datetime | None]:
    yield from (timeline.created_at, timeline.deleted_at, timeline.shared_at)
    for fact in timeline.facts:
        yield from (fact.since, fact.until)
    yield from (hint.at for hint in timeline.hints)
    if timeline.log is not None:
        yield from (timeline.log.since, timeline.log.until)


def _demand_aware(instants: Iterable[datetime | None]) -> None:
    if any(at is not None and at.utcoffset() is None for at in instants):
        msg = "an instant without a time zone cannot be compared with the window"
        raise ValueError(msg)
