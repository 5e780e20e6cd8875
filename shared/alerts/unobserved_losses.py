"""Warn of the closing windows of whoever was never observed, by all that is known of them.

Somebody who lost the licence before the service first looked, or was deleted without one, stands in
the list of losses, by the end of the window that the audit log and the deletion make out. Whoever
was observed, or was deleted with a licence, is told of by that. Where the mailbox still answers,
the same instant is the earliest at which it may go. Its cost follows those about to close.
"""

from dataclasses import replace

from shared.alerts.alert_events import Closing, closing_mark
from shared.alerts.closing_windows import kept_of, tell
from shared.domain.alerts.thresholds import tightest_threshold
from shared.domain.decision import Case
from shared.domain.licensing.held import mailbox_plan
from shared.domain.lists.losses import ListedLoss, LossCase, LossPlace
from shared.domain.observations.observation import LOOKS_APART, Observation
from shared.domain.person import AssignedLicense, Person
from shared.domain.window import Evidence, Window, WindowVerdict
from shared.pacing import some_at_once
from shared.watch.classify import answers_as_user, asked_mailbox
from shared.watch.round_lease import RoundLease

_BATCH = 100


async def warn_of_unobserved(lease: RoundLease) -> None:
    """Send every alert that is due; published first, then marked.

    Raises:
        DirectoryError: the next run sends those that are left.
    """
    lease.give_time()
    now = lease.deps.clock.now()
    place, last = LossPlace.ending_at(now), now + lease.deps.alerting.earliest
    while rows := await lease.deps.loss_list.after(place, _BATCH):
        await some_at_once(_consider(row, lease) for row in rows if _may_be_unobserved(row))
        ends_at, place = rows[-1].window.ends_at, rows[-1].place
        if ends_at is None or ends_at > last or lease.is_out_of_time:
            return


def _may_be_unobserved(row: ListedLoss) -> bool:
    """Whether it may be; of somebody deleted with a licence that licence is listed."""
    if row.case is LossCase.LICENSE_REMOVED:
        return row.window.evidence is Evidence.AUDIT
    return row.case is LossCase.DELETED_AND_UNLICENSED or not row.licenses


async def _consider(row: ListedLoss, lease: RoundLease) -> None:
    """Warn of this loss, if it is time, and a second look some minutes later shows it, too."""
    now = lease.deps.clock.now()
    window = row.at(now, lease.deps.policy.closing).window
    seen_at = row.deleted_at or row.looked_at
    if window.ends_at is None or window.started_at is None or now - seen_at < LOOKS_APART:
        return
    threshold = tightest_threshold(window.ends_at - now, lease.deps.alerting.days)
    if threshold is None:
        return
    mark = closing_mark(row.id, threshold)
    if await lease.deps.watch.marks.holds(mark, window.started_at):
        return
    kept = await kept_of(row.id, lease)
    seen = kept.observation if kept is not None else None
    if seen is not None and (row.deleted_at is not None or seen.lost_at is not None):
        return
    person = await _without_plan(row, lease)
    if person is None or (await lease.taken()).explains(person, window.started_at):
        return
    shown = window if person.is_deleted else await _by_mailbox(window, person, seen, lease)
    if shown is not None:
        licenses = tuple(AssignedLicense(one.sku_id) for one in row.licenses)
        await tell(Closing(person, Case(row.case.value), shown, threshold, licenses), lease)


async def _without_plan(row: ListedLoss, lease: RoundLease) -> Person | None:
    """The person, if it has no mailbox plan still."""
    people, is_deleted = lease.deps.people, row.deleted_at is not None
    person = await (people.deleted if is_deleted else people.active)(row.id)
    if person is None or mailbox_plan(person, await lease.skus()).is_there is not False:
        return None
    return None if person.is_blank and not is_deleted else person


async def _by_mailbox(
    window: Window, person: Person, seen: Observation | None, lease: RoundLease
) -> Window | None:
    """The window as the mailbox shows it; None: it is a shared one, or the reading is in doubt.

    One answer will do: weeks after the licence went, no lag of the mailbox service explains it.
    """
    mailbox = await asked_mailbox(person.id, lease)
    if mailbox is None or not mailbox.is_there:
        return window
    is_odd = seen is not None and (seen.is_doubted or seen.is_shared)
    if is_odd or not answers_as_user(mailbox):
        return None
    return replace(window, verdict=WindowVerdict.OPEN, evidence=Evidence.MAILBOX)
