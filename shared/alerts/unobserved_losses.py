"""Warn of the closing windows of licences that nobody saw go: the audit log alone tells of them.

Somebody who lost the licence before the service first looked stands in the list of losses, by the
end of the window. Whoever was observed is told of by what was observed, and deleted people are told
of by their deletion. Its cost follows those about to close.
"""

from shared.alerts.alert_events import Closing, closing_mark
from shared.alerts.closing_windows import tell
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
        await some_at_once(_consider(row, lease) for row in rows if _is_of_the_log_alone(row))
        ends_at, place = rows[-1].window.ends_at, rows[-1].place
        if ends_at is None or ends_at > last or lease.is_out_of_time:
            return


def _is_of_the_log_alone(row: ListedLoss) -> bool:
    return row.case is LossCase.LICENSE_REMOVED and row.window.evidence is Evidence.AUDIT


async def _consider(row: ListedLoss, lease: RoundLease) -> None:
    """Warn of this loss, if it is time, and a second look some minutes later shows it, too."""
    now = lease.deps.clock.now()
    window = row.at(now, lease.deps.policy.closing).window
    if window.ends_at is None or window.started_at is None or now - row.looked_at < LOOKS_APART:
        return
    threshold = tightest_threshold(window.ends_at - now, lease.deps.alerting.days)
    if threshold is None:
        return
    mark = closing_mark(row.id, threshold)
    if await lease.deps.watch.marks.holds(mark, window.started_at):
        return
    person = await _still_lost(row, lease)
    if person is not None:
        licenses = tuple(AssignedLicense(one.sku_id) for one in row.licenses)
        await tell(Closing(person, Case.LICENSE_REMOVED, window, threshold, licenses), lease)


async def _still_lost(row: ListedLoss, lease: RoundLease) -> Person | None:
    """The person, if nothing was observed of the loss, and it shows still."""
    kept = (await lease.deps.watch.observations.many([row.id])).get(row.id)
    if kept is not None and kept.observation.lost_at is not None:
        return None
    person = await lease.deps.people.active(row.id)
    if person is None or person.is_blank:
        return None
    if mailbox_plan(person, await lease.skus()).is_there is not False:
        return None
    mailbox = await asked_mailbox(person.id, lease)
    return None if mailbox is not None and mailbox.is_there else person
