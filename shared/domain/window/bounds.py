"""Find the two facts of a timeline between which the loss lies, and where nobody looked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.window.timeline import DAY, Fact, LogCoverage, Timeline, seen
from shared.domain.window.verdict import Evidence

type Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The loss lies after `after`, and at or before `by`.

    `after` is the latest fact *with*, or the creation of the account; None: nothing is known from
    before. `by` is the first fact *without* that follows it, or the deletion; None: there is none.
    """

    after: Fact | None
    by: Fact | None

    @property
    def was_with(self) -> bool:
        """Whether some source knows that there was a mailbox."""
        return self.after is not None and self.after.evidence is not Evidence.CREATED

    def holds(self, at: datetime) -> bool:
        """Whether the loss may have been at this instant."""
        is_late_enough = self.after is None or self.after.until <= at
        return is_late_enough and self.by is not None and at <= self.by.since


def settled(timeline: Timeline, now: datetime) -> Timeline:
    """The same timeline in order, with nothing in it after the deletion or after the present.

    Reads lag, so a deleted person may still have been seen as before: that is true of the last
    moment before the deletion. A clock that runs ahead is brought back to the present.
    """
    deleted_at = timeline.deleted_at
    end = now if deleted_at is None else min(deleted_at, now)
    facts = (_until(end, one) for one in timeline.facts)
    ordered = tuple(sorted(facts, key=lambda one: (one.end, one.begin)))
    if ordered == timeline.facts and deleted_at in {None, end}:
        return timeline
    return replace(timeline, facts=ordered, deleted_at=deleted_at and end)


def _until(end: datetime, fact: Fact) -> Fact:
    if fact.since <= end and fact.until <= end:
        return fact
    return replace(fact, since=min(fact.since, end), until=min(fact.until, end))


def find_bounds(timeline: Timeline) -> Bounds:
    """The bounds of the loss; the timeline is settled."""
    after = _latest_with(timeline)
    later = [fact for fact in timeline.facts if not fact.has_plan and _follows(fact, after)]
    first = min((_from(fact, after) for fact in later), key=lambda one: one.begin, default=None)
    deletion = timeline.deleted_at
    if deletion is not None and (first is None or deletion <= first.since):
        first = seen(deletion, Evidence.DELETED, has_plan=False)
    if timeline.created_at is not None and _is_news(timeline.created_at, after):
        after = seen(timeline.created_at, Evidence.CREATED, has_plan=True)
    return Bounds(after, first)


def knows_loss(timeline: Timeline, bounds: Bounds) -> bool:
    """Whether some source tells of a licence that went, beside the deletion itself.

    Seen without, and never with, is no loss.
    """
    if any(bounds.holds(hint.at) for hint in timeline.hints):
        return True
    return bounds.was_with and any(
        not fact.has_plan and _follows(fact, bounds.after) for fact in timeline.facts
    )


def unseen_stretches(
    timeline: Timeline, by: Fact, *, now: datetime, reach: timedelta
) -> Iterator[Stretch]:
    """The stretches after `by` in which a licence may have come and gone unseen.

    Longer than a day, reaching into the last `reach`, and nobody looked; the log does not cover it,
    or has a hint in it. Of a deleted person without a fact at the deletion: also the one before it.
    """
    end = timeline.deleted_at or now
    horizon = now - reach
    is_blind_end = timeline.deleted_at is not None and not _is_told_at_deletion(timeline)
    for start, stop in _gaps(timeline, by, end):
        if stop <= horizon:
            continue
        is_hinted = any(start <= hint.at <= stop for hint in timeline.hints)
        is_blind = is_blind_end and stop == end
        if is_hinted or is_blind or not _is_logged(timeline.log, start, stop, horizon):
            yield start, stop


def began_anew_at(timeline: Timeline, bounds: Bounds, retention: timedelta) -> datetime | None:
    """Since when there has been another mailbox than before, if a stretch without was that long.

    The stretch counts from the first look that found no plan, or from the last answer of the
    mailbox in it, to the first look that found a plan again. A mailbox that was last seen as a
    shared one in it needed no plan, however long nobody looked.
    """
    if bounds.after is None:
        return None
    answers = [one.until for one in timeline.facts if one.evidence is Evidence.MAILBOX]
    shared_at = timeline.shared_at
    missing: Fact | None = None
    anew: datetime | None = None
    for fact in timeline.facts:
        if fact.begin > bounds.after.end:
            break
        if fact.evidence is Evidence.MAILBOX:
            continue
        if not fact.has_plan:
            missing = missing or fact
        elif missing is not None:
            lived = (at for at in answers if at <= fact.since)
            since = max((missing.since, *lived))
            was_shared = shared_at is not None and missing.since <= shared_at <= fact.since
            is_anew = fact.since - since >= retention and not was_shared
            anew = fact.since if is_anew else anew
            missing = None
    return anew


def _latest_with(timeline: Timeline) -> Fact | None:
    return max(
        (fact for fact in timeline.facts if fact.has_plan), key=lambda one: one.end, default=None
    )


def _follows(fact: Fact, after: Fact | None) -> bool:
    return after is None or fact.end >= after.end


def _from(fact: Fact, after: Fact | None) -> Fact:
    """The part of a stretch without that follows the latest fact with.

    Looks in a stretch are no more than a day apart, so the next one came within a day.
    """
    if after is None or fact.begin >= after.end:
        return fact
    return replace(fact, since=min(fact.until, after.until + DAY))


def _is_news(created_at: datetime, after: Fact | None) -> bool:
    return after is None or after.until < created_at


def _is_told_at_deletion(timeline: Timeline) -> bool:
    return any(fact.evidence is Evidence.DELETED for fact in timeline.facts)


def _gaps(timeline: Timeline, by: Fact, end: datetime) -> Iterator[Stretch]:
    """The stretches longer than a day in which nobody looked, from `by` to the end."""
    seen_until = by.since
    # Whatever was before `by` ends before it, and whatever comes after it found no plan. By their
    # beginnings: a look in the midst of a stretch is no end of it.
    looks = sorted((one.since, one.until) for one in timeline.facts)
    for since, until in (*looks, (end, end)):
        if since - seen_until > DAY:
            yield seen_until, since
        seen_until = max(seen_until, until)


def _is_logged(log: LogCoverage | None, start: datetime, stop: datetime, horizon: datetime) -> bool:
    """Whether the log would show a change in this stretch, as far as it matters.

    A log that reaches back to a day after the horizon is taken to reach it: what it keeps for 30
    days is gone when it is 30 days old.
    """
    if log is None:
        return False
    is_early_enough = log.since <= start or log.since <= horizon + DAY
    return is_early_enough and log.until >= stop - DAY
