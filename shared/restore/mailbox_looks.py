"""Ask the mailbox of an active person before the verdict, and once more before it is believed.

The mailbox service lags behind the directory by minutes: that the mailbox of somebody without a
licence answers, or that of somebody with one does not, is looked at twice.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from shared.domain.evidence.timeline_of import MailboxSight, MailboxState
from shared.domain.findings.unseen_mailbox import MAILBOX_PERMISSION
from shared.domain.licensing.held import MailboxPlan, mailbox_plan
from shared.domain.licensing.skus import Sku
from shared.domain.observations.observation import ANSWERS_APART, Observation
from shared.domain.person import UNLICENSED_PURPOSES, Person, says_what_it_is
from shared.domain.records.progress import MailboxLook, WaitingFor
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.domain.snapshot import Snapshot
from shared.domain.text import text
from shared.errors import AnsweredError
from shared.ports.deps import Deps
from shared.restore.locking import changed_at, last_change
from shared.restore.run import Run
from shared.restore.run_results import Park, back_off

# No number is documented: reports speak of minutes up to 24 hours. Often at first, seldom later.
MAILBOX_WAITS = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300, 600, 900, 1800))


def asks_mailbox(person: Person, request: RestoreRequest, skus: tuple[Sku, ...]) -> bool:
    """Whether the verdict on this active person turns on the mailbox.

    Not for kind `user`, nor where the licence is there and only the licence was asked for. A
    subscription that is not paid for says enough.
    """
    plan = mailbox_plan(person, skus)
    if request.kind is RestoreKind.USER or plan is MailboxPlan.SUSPENDED:
        return False
    return request.kind is RestoreKind.MAILBOX or plan is not MailboxPlan.ENABLED


async def with_mailbox(snapshot: Snapshot, person: Person, deps: Deps) -> Snapshot:
    """The snapshot with what the mailbox is, or last said that it is.

    Raises:
        DirectoryError: the mailbox could not be asked.
    """
    is_hidden = False
    try:
        answer = await deps.tenant.mailbox(person.id)
    except AnsweredError as error:
        is_hidden = await is_kept_from_us(error, deps)
        is_for_all = error.status == HTTPStatus.FORBIDDEN and not is_hidden
        seen = MailboxSight(state=MailboxState.NOT_PERMITTED, lacks_permission=is_for_all)
    else:
        state = MailboxState.ANSWERS if answer.is_there else MailboxState.SILENT
        still = answer.is_there and answer.purpose not in UNLICENSED_PURPOSES
        seen = MailboxSight(answer.purpose, still, state)
    observation = snapshot.remembered.observation
    last = observation.purpose if observation is not None else None
    answered = observation is not None and observation.answers is not None
    is_there, purpose = seen.state is MailboxState.ANSWERS, seen.purpose or last
    return replace(
        snapshot,
        mailbox=seen,
        mailbox_purpose=purpose,
        is_purpose_hidden=is_hidden,
        is_purpose_unsaid=is_there and not says_what_it_is(purpose),
        was_mailbox_seen=seen.state is MailboxState.ANSWERS or last is not None or answered,
    )


async def is_kept_from_us(error: AnsweredError, deps: Deps) -> bool:
    """Whether the service has the permission to look at mailboxes, and may not look at this one.

    Raises:
        DirectoryError: the permissions could not be read.
    """
    is_forbidden = error.status == HTTPStatus.FORBIDDEN
    return is_forbidden and MAILBOX_PERMISSION in await deps.grants.held()


async def settled(snapshot: Snapshot, person: Person, run: Run) -> Snapshot | Park:
    """The snapshot with a mailbox that was looked at often enough, or the wait for that.

    Raises:
        StorageUnavailableError: the restore that changed the user last could not be read.
    """
    seen, now = snapshot.mailbox, run.now()
    if not _wants_second_look(snapshot, person):
        return snapshot
    before = run.record.mailbox_look
    if before is None or before.state != seen.state.value:
        run.note_mailbox_look(MailboxLook(now, seen.state.value))
        wait = (
            text("wait", "mailbox-twice") if seen.still_answers else text("wait", "mailbox-silent")
        )
        return Park(WaitingFor.MAILBOX, now + ANSWERS_APART, wait)
    if now < before.at + ANSWERS_APART:
        wait = text("wait", "mailbox-silent")
        return Park(WaitingFor.MAILBOX, before.at + ANSWERS_APART, wait)
    if seen.state is MailboxState.SILENT and await _is_on_its_way(snapshot, person, run):
        later = back_off(MAILBOX_WAITS, run.waits_for(WaitingFor.MAILBOX))
        return Park(WaitingFor.MAILBOX, now + later, text("wait", "mailbox"))
    return replace(snapshot, mailbox=replace(seen, is_settled=True))


def _wants_second_look(snapshot: Snapshot, person: Person) -> bool:
    seen = snapshot.mailbox
    plan = mailbox_plan(person, snapshot.skus)
    if plan in {MailboxPlan.ENABLED, MailboxPlan.PERHAPS}:
        return seen.state is MailboxState.SILENT
    return plan is MailboxPlan.NONE and seen.still_answers


async def _is_on_its_way(snapshot: Snapshot, person: Person, run: Run) -> bool:
    """Whether the licence came, or the user came back, so lately that it may still be made."""
    since = run.now() - run.deps.policy.mailbox_deadline
    changed = await last_change(run)
    ours = None if changed is None else changed_at(changed)
    known = (ours, person.created_at, _licensed_at(snapshot.remembered.observation))
    return any(at is not None and at > since for at in known)


def _licensed_at(observation: Observation | None) -> datetime | None:
    """When a licence was first seen after a time without one."""
    runs = observation.runs if observation is not None else ()
    is_back = len(runs) > 1 and runs[-1].has_plan
    return runs[-1].first if is_back else None
