"""Warn of the closing windows of whoever was never observed, by all that is known of them.

Somebody who lost the licence before the service first looked, or was deleted without one, stands in
the list of losses, by the end of the window that the audit log and the deletion make out. Whoever
was observed, or was deleted with a licence, is told of by that. Its cost follows those about to
close.
"""

from shared.alerts.alert_events import Closing, closing_mark
from shared.alerts.closing_windows import kept_of, tell
from shared.domain.alerts.thresholds import tightest_threshold
from shared.domain.decision import Case
from shared.domain.licensing.held import mailbox_plan
from shared.domain.lists.losses import ListedLoss, LossCase, LossPlace
from shared.domain.observations.observation import LOOKS_APART
from shared.domain.person import AssignedLicense, Person
from shared.domain.window import Evidence
from shared.pacing import some_at_once
from shared.watch.classify import asked_mailbox
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
    if kept is not None and (row.deleted_at is not None or kept.observation.lost_at is not None):
        return
    person = await _still_lost(row, lease)
    if person is not None and not (await lease.taken()).explains(person, window.started_at):
        licenses = tuple(AssignedLicense(one.sku_id) for one in row.licenses)
        await tell(Closing(person, Case(row.case.value), window, threshold, licenses), lease)


async def _still_lost(row: ListedLoss, lease: RoundLease) -> Person | None:
    """The person, if the loss shows still."""
    people, is_deleted = lease.deps.people, row.deleted_at is not None
    person = await (people.deleted if is_deleted else people.active)(row.id)
    if person is None or mailbox_plan(person, await lease.skus()).is_there is not False:
        return None
    if is_deleted:
        return person
    if person.is_blank:
        return None
    mailbox = await asked_mailbox(person.id, lease)
    return None if mailbox is not None and mailbox.is_there else person
