"""Ask each mailbox that answers without a licence once a day, and warn before it may go.

On hold, perhaps, or the tenant delays what a licence that went does: nothing is lost yet. What it
answered last is the earlier bound of the loss that may follow. When it may go at the earliest, the
licence's own clock tells; no answer moves that, so each threshold is told of once.

Each stands in an index under the instant at which it is to be asked again, so the cost of a run
follows those whom it asks: two reads of Graph and a few writes each. The row goes last, when the
answer is written and the alert is sent; whoever is licensed again, deleted or erased by then costs
no read of Graph.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched

from shared.alerts.alert_events import Closing
from shared.alerts.closing_windows import lost_licenses, tell
from shared.domain.alerts.thresholds import tightest_threshold
from shared.domain.decision import Case
from shared.domain.licensing.held import mailbox_plan
from shared.domain.observations.observation import Observation
from shared.domain.person import Person
from shared.domain.window import Evidence, Window, WindowVerdict
from shared.domain.window.judge import days_left, judge
from shared.domain.window.timeline import Timeline
from shared.domain.window.timeline import seen as seen_at
from shared.pacing import some_at_once
from shared.ports.watch import StoredObservation
from shared.watch.apply_changes import write
from shared.watch.classify import Classification, as_seen, without_plan
from shared.watch.round_lease import RoundLease

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_INSTANT = timedelta(microseconds=1)
_BATCH = 100

# The alerts of losses come after this, and the host ends a run after ten minutes. A batch takes a
# second or two, so that thousands are asked in a run, and tens of thousands in the runs of a day.
LONGEST_QUESTIONS = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody who was read, and what became of the loss."""

    person: Person
    found: Classification

    @property
    def answering(self) -> Observation | None:
        """What is remembered of the person now, if the mailbox has just answered as a user's."""
        return self.found.lingering if self.found.gone.answering else None


async def warn_of_lingering(lease: RoundLease) -> None:
    """Ask all who are due, write what they answered, and send the alerts that are due by it.

    Raises:
        DirectoryError: the next run asks those that are left.
    """
    lease.give_time(LONGEST_QUESTIONS)
    index, now = lease.deps.watch.lingering, lease.deps.clock.now()
    due = [one async for one in index.between(_BEGINNING, now + _INSTANT)]
    for some in batched(due, _BATCH, strict=False):
        if lease.is_out_of_time:
            return
        kept = await lease.deps.watch.observations.many({user_id for user_id, _ in some})
        there = [one for one in kept.values() if one.observation.lingering_since is not None]
        asked = await some_at_once(_ask(one, lease) for one in there)
        looks = [one for one in asked if one is not None]
        if not await write((one.found for one in looks), lease):
            # Others wrote of the same people: the next run asks again.
            return
        await some_at_once(_warn(one, lease) for one in looks)
        unread = {one.observation.user_id for one in there} - {one.person.id for one in looks}
        await some_at_once(index.forget(*one) for one in some if one[0] not in unread)


async def _ask(kept: StoredObservation, lease: RoundLease) -> _Asked | None:
    """What the person and the mailbox show; None: nothing that is new, or can be believed."""
    person = await lease.deps.people.active(kept.observation.user_id)
    if person is None or person.is_blank:
        # Deleted since, as the feed will tell.
        return None
    is_without = mailbox_plan(person, await lease.skus()).is_there is False
    found = await (without_plan if is_without else as_seen)(person, kept, lease)
    return None if found is None else _Asked(person, found)


async def _warn(asked: _Asked, lease: RoundLease) -> None:
    seen = asked.answering
    if seen is None or seen.lingering_since is None or not seen.is_seen_twice:
        return
    closing = await _closing(asked.person, seen, seen.lingering_since, lease)
    if closing is None or (await lease.taken()).explains(asked.person, seen.lingering_since):
        return
    if not await lease.deps.watch.marks.holds(closing.mark, seen.lingering_since):
        await tell(closing, lease)


async def _closing(
    person: Person, seen: Observation, since: datetime, lease: RoundLease
) -> Closing | None:
    """The alert that is due; its window runs from when the licence went to when it may go."""
    now = lease.deps.clock.now()
    facts = (
        seen_at(since, Evidence.OBSERVED, has_plan=True),
        seen_at(now, Evidence.OBSERVED, has_plan=False),
    )
    judged = judge(Timeline(facts, still_answers=True), lease.deps.policy.rules, now)
    may_go_at = judged.may_go_at or now
    threshold = tightest_threshold(may_go_at - now, lease.deps.alerting.days)
    if threshold is None:
        return None
    left = days_left(may_go_at - now)
    window = Window(WindowVerdict.OPEN, since, may_go_at, left, Evidence.MAILBOX)
    licenses = await lost_licenses(person, seen, lease)
    return Closing(person, Case.LICENSE_REMOVED, window, threshold, licenses)
