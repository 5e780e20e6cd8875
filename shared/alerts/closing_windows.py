"""Warn of windows about to close: once for each person and threshold, while it can be helped.

Its cost follows those about to close: the deleted are asked for by the time of their deletion, the
unlicensed are found by the time of their loss. A person restored or licensed again is in neither.
"""

from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import datetime
from typing import Any

from shared import telemetry
from shared.alerts.alert_events import Closing, closing_event, closing_mark
from shared.domain.alerts.thresholds import tightest_threshold
from shared.domain.decision import Case
from shared.domain.licensing.held import mailbox_plan
from shared.domain.licensing.skus import carries_mailbox, has_mailbox_plan, is_unlisted
from shared.domain.observations.observation import LOOKS_APART, Observation
from shared.domain.person import AssignedLicense, Person
from shared.domain.window import Evidence
from shared.domain.window.judge import judge
from shared.domain.window.timeline import Timeline
from shared.domain.window.timeline import seen as seen_at
from shared.events.fan_out import fan_out
from shared.pacing import some_at_once
from shared.ports.deps import Telling
from shared.ports.watch import StoredObservation
from shared.watch.apply_changes import write
from shared.watch.classify import Classification, as_seen, gone, without_plan
from shared.watch.round_lease import RoundLease

_BATCH = 100

type Filed = tuple[str, datetime]


async def warn_of_closing(lease: RoundLease) -> None:
    """Send every alert that is due; published first, then marked.

    Raises:
        DirectoryError: the next run sends those that are left.
    """
    lease.give_time()
    now = lease.deps.clock.now()
    begin = now - lease.deps.policy.retention
    end = begin + lease.deps.alerting.earliest
    deleted = lease.deps.bin.deleted_between(begin, end)
    await _in_batches(deleted, lambda person: _deleted(person, lease), lease)
    losses = lease.deps.watch.losses.between(begin, end)
    await _in_batches(losses, lambda filed: _unlicensed(filed, lease), lease)


async def _deleted(person: Person, lease: RoundLease) -> None:
    deleted_at, now = person.deleted_at, lease.deps.clock.now()
    if deleted_at is None or now - deleted_at < LOOKS_APART:
        return
    kept = await kept_of(person.id, lease)
    is_licensed = has_mailbox_plan(person, await lease.skus())
    seen = kept.observation if kept is not None else None
    if seen is None and mailbox_plan(person, await lease.skus()).is_there is False:
        # The log may tell of an earlier loss: `unobserved_losses` goes by all that is known.
        return
    lost_at = None if is_licensed or seen is None else seen.lost_at
    await _warn(person, seen, lost_at, lease)


async def _unlicensed(filed: Filed, lease: RoundLease) -> None:
    user_id, lost_at = filed
    if await _was_alerted(user_id, lost_at, lease):
        return
    kept = await kept_of(user_id, lease)
    if kept is None or kept.observation.lost_at != lost_at:
        # The loss has ended, or was never written down: its row outlived a crash.
        await lease.deps.watch.losses.forget(*filed)
        return
    person, verdict = await _still_lost(kept, lost_at, lease)
    if verdict is not None:
        await write([verdict], lease)
    if person is not None and _is_sure(kept.observation, lease.deps.clock.now()):
        await _warn(person, kept.observation, lost_at, lease)


def _is_sure(seen: Observation, now: datetime) -> bool:
    """Whether the loss was looked at twice; a deletion of some minutes ago is as good."""
    is_deleted = seen.gone_at is not None and now - seen.gone_at >= LOOKS_APART
    return seen.is_seen_twice or is_deleted


async def _still_lost(
    kept: StoredObservation, lost_at: datetime, lease: RoundLease
) -> tuple[Person | None, Classification | None]:
    """The person, if the mailbox is still lost; else why the loss is over."""
    user_id = kept.observation.user_id
    person = await lease.deps.people.active(user_id)
    if person is None:
        person = await lease.deps.people.deleted(user_id)
        if person is None:
            return None, gone(kept, lease)
        return (None if has_mailbox_plan(person, await lease.skus()) else person), None
    if has_mailbox_plan(person, await lease.skus()):
        return None, await as_seen(person, kept, lease)
    verdict = await without_plan(person, kept, lease)
    if verdict is None or verdict.keeping is None:
        return person, None
    # One answer moves no loss, and wants another; told of as lost is nobody whose mailbox answers.
    is_lost = verdict.keeping.observation.lost_at == lost_at and not verdict.gone.answering
    return (person, None) if is_lost else (None, verdict)


async def _warn(
    person: Person, seen: Observation | None, lost_at: datetime | None, lease: RoundLease
) -> None:
    closing = await _closing(person, seen, lost_at, lease)
    if closing is None or closing.window.started_at is None:
        return
    # An answer of the mailbox moves the loss: whose deed it was, the licence's own clock tells.
    went_at = lost_at if seen is None else seen.license_lost_at
    if (await lease.taken()).explains(person, went_at):
        return
    marks, at = lease.deps.watch.marks, closing.window.started_at
    if await marks.holds(closing.mark, at) or await _came_back(person, lease):
        return
    await tell(closing, lease)


async def tell(closing: Closing, lease: RoundLease) -> None:
    """Send the alert, and mark it as sent; nothing of a window without a start."""
    started_at = closing.window.started_at
    if started_at is None:
        return
    event = closing_event(closing, await lease.skus(), lease.deps.clock.now())
    await lease.deps.outbox.publish_alert(event)
    await fan_out(Telling(event, event), lease.deps)
    await lease.deps.watch.marks.note(closing.mark, started_at)
    telemetry.alerted("window-closing", closing.person.id)
    lease.counts.alerts += 1


async def _came_back(person: Person, lease: RoundLease) -> bool:
    """Whether a user listed as deleted no longer is: a list lags more than a read by id."""
    return person.is_deleted and await lease.deps.people.deleted(person.id) is None


async def _closing(
    person: Person, seen: Observation | None, lost_at: datetime | None, lease: RoundLease
) -> Closing | None:
    now = lease.deps.clock.now()
    window = judge(_timeline(person, lost_at, now), lease.deps.policy.rules, now).window
    if window.ends_at is None:
        return None
    threshold = tightest_threshold(window.ends_at - now, lease.deps.alerting.days)
    if threshold is None:
        return None
    licenses = await lost_licenses(person, seen, lease)
    return Closing(person, _case(person, lost_at), window, threshold, licenses)


def _timeline(person: Person, lost_at: datetime | None, now: datetime) -> Timeline:
    """With a plan until the loss, without one since; the deletion alone where no loss is known."""
    deleted_at = person.deleted_at
    end, source = (now, Evidence.OBSERVED) if deleted_at is None else (deleted_at, Evidence.DELETED)
    at_the_end = seen_at(end, source, has_plan=lost_at is None)
    before = () if lost_at is None else (seen_at(lost_at, Evidence.OBSERVED, has_plan=True),)
    return Timeline((*before, at_the_end), deleted_at=deleted_at)


async def lost_licenses(
    person: Person, seen: Observation | None, lease: RoundLease
) -> tuple[AssignedLicense, ...]:
    """The licences that the person had a mailbox by."""
    skus = await lease.skus()
    held = person.licenses if person.is_deleted else ()
    # A mailbox that became a shared one needs the licence no more that it once had.
    remembered = seen.known.licenses if seen is not None and not seen.is_shared else ()
    with_mailbox = tuple(one for one in held if carries_mailbox(one, skus))
    with_mailbox = with_mailbox or tuple(one for one in remembered if carries_mailbox(one, skus))
    # By one that the tenant lists no more it came where no other had a mailbox.
    return with_mailbox or tuple(one for one in held or remembered if is_unlisted(one, skus))


def _case(person: Person, lost_at: datetime | None) -> Case:
    if not person.is_deleted:
        return Case.LICENSE_REMOVED
    return Case.DELETED_USER if lost_at is None else Case.DELETED_AND_UNLICENSED


async def _was_alerted(user_id: str, lost_at: datetime, lease: RoundLease) -> bool:
    """Whether the alert due for a loss of this instant was sent; reads storage only.

    A deletion before the loss would begin the window earlier, and is found among the deleted.
    """
    left = lost_at + lease.deps.policy.retention - lease.deps.clock.now()
    threshold = tightest_threshold(left, lease.deps.alerting.days)
    if threshold is None:
        return True
    return await lease.deps.watch.marks.holds(closing_mark(user_id, threshold), lost_at)


async def kept_of(user_id: str, lease: RoundLease) -> StoredObservation | None:
    """What was observed of the person."""
    return (await lease.deps.watch.observations.many([user_id])).get(user_id)


async def _in_batches[T](
    items: AsyncIterator[T], consider: Callable[[T], Coroutine[Any, Any, None]], lease: RoundLease
) -> None:
    batch: list[T] = []
    async for item in items:
        batch.append(item)
        if len(batch) < _BATCH:
            continue
        await some_at_once(map(consider, batch))
        batch = []
        if lease.is_out_of_time:
            return
    await some_at_once(map(consider, batch))
