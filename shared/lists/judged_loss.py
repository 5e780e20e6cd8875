"""Judge one person who was read: what is lost, until when it can come back, and by which licence.

No loss at all is whoever has a plan (a suspended one is one), whose mailbox is a shared one, who
never had a mailbox as far as anything shows, whose window has closed, or whom the service itself
has taken the mailbox of, by an undo or a drill.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.evidence.timeline_of import MailboxSight, Sources, timeline_of
from shared.domain.licensing.held import HeldLicense, MailboxPlan, held_licenses, mailbox_plan
from shared.domain.lists.losses import ListedLicense, ListedLoss, LossCase
from shared.domain.lost_domains import is_elsewhere, primary_address
from shared.domain.observations.observation import Observation
from shared.domain.person import (
    UNLICENSED_PURPOSES,
    AssignedLicense,
    Person,
    smtp_addresses,
)
from shared.domain.window import Window, WindowVerdict
from shared.domain.window.judge import Judgement, judge, judge_deletion
from shared.errors import AnsweredError
from shared.lists.license_kinds import LicenseKind, listed_licenses
from shared.lists.loss_reads import LossReads

_OVER = frozenset({WindowVerdict.CLOSED, WindowVerdict.NOT_APPLICABLE})
_NOTHING = AuditEvidence()


async def judged_loss(
    person: Person, observation: Observation | None, reads: LossReads
) -> ListedLoss | None:
    """The row of this person, or None: nothing is lost, or it is over.

    Raises:
        DirectoryError: the mailbox could not be asked.
        StorageUnavailableError: what is known of the audit log could not be read.
    """
    plan = mailbox_plan(person, reads.skus)
    if not person.is_deleted and plan.is_there is not False:
        return None
    now = reads.deps.clock.now()
    # Of somebody deleted with a licence the deletion is the one clock, whatever the log says.
    is_told = person.is_deleted and plan.is_there is True
    is_known = bool(_seen_before(person, observation))
    audit = _NOTHING if is_told else await reads.audited(person.id, now, is_license_known=is_known)
    if person.deleted_at is not None and observation is None and audit == _NOTHING:
        return _by_deletion(person, person.deleted_at, reads.kinds.of(person), reads, now)
    known = _Known(person, observation, audit, plan)
    if not known.had_mailbox(reads.domains):
        return None
    mailbox = MailboxSight() if person.is_deleted else await _mailbox(known, reads)
    if mailbox is None:
        return None
    sources = Sources(
        has_plan=plan.is_there,
        remembered=reads.remembered(observation, now),
        audit=audit,
        log=reads.coverage,
        mailbox=mailbox,
    )
    judgement = judge(timeline_of(person, sources, now), reads.rules, now)
    # An answer of the mailbox moves the loss: whose deed it was, the licence's own clock tells.
    went_at = observation.license_lost_at if observation is not None else None
    if reads.taken.explains(person, went_at or judgement.lost_at):
        return None
    if person.deleted_at is not None and (is_told or not judgement.knows_loss):
        # As a restore is decided on: the user comes back as it was.
        judgement = Judgement(judge_deletion(person.deleted_at, reads.rules, now))
    return _row(known, judgement, reads, now)


def judged_at_once(people: Iterable[Person], reads: LossReads) -> dict[str, ListedLoss | None]:
    """The rows, as of `judged_loss`, of those of these people who can be judged without a question.

    The caller knows that none of them was observed. That leaves the deleted whom the log does not
    name, or whose licence Graph still shows: nothing but the deletion is known of them.
    """
    now = reads.deps.clock.now()
    rows: dict[str, ListedLoss | None] = {}
    for person in people:
        if person.deleted_at is None:
            continue
        kind = reads.kinds.of(person)
        if kind.plan.is_there is True or reads.is_unnamed(person.id):
            rows[person.id] = _by_deletion(person, person.deleted_at, kind, reads, now)
    return rows


def _by_deletion(
    person: Person, deleted_at: datetime, kind: LicenseKind, reads: LossReads, now: datetime
) -> ListedLoss | None:
    """The row of somebody of whom nothing but the deletion is known, which then is the one clock.

    A licence on the object is a fact at the deletion itself; without one, no source knows that a
    licence ever went. The timeline comes to the same with far more work.
    """
    window = judge_deletion(deleted_at, reads.rules, now)
    if window.verdict in _OVER or reads.taken.explains(person, window.started_at):
        return None
    if not _Known(person, None, _NOTHING, kind.plan).had_mailbox(reads.domains):
        return None
    return _listed(person, LossCase.DELETED_USER, window, kind.listed, now)


@dataclass(frozen=True, slots=True)
class _Known:
    """The person, and what is known from before the loss."""

    person: Person
    observation: Observation | None
    audit: AuditEvidence
    plan: MailboxPlan

    def had_mailbox(self, domains: frozenset[str] | None) -> bool:
        """Whether there was a mailbox in this tenant, as far as anything shows.

        A plan that was seen beats name and type. Else guests and those whose primary address lies
        outside the tenant have their mailbox elsewhere, and a deleted object with an address may
        have been a shared mailbox.
        """
        if self.plan is not MailboxPlan.NONE or self._was_seen_with:
            return True
        person = self.person
        is_outsider = person.is_guest or is_elsewhere(person, domains)
        if is_outsider and not person.is_removed_in_exchange:
            return False
        if self.audit.hints or self.audit.lost:
            return True
        return person.is_deleted and primary_address(person) is not None

    @property
    def _was_seen_with(self) -> bool:
        was_seen = self.observation is not None and self.observation.had_mailbox
        return was_seen or any(one.has_plan for one in self.audit.facts)

    @property
    def held_before(self) -> tuple[HeldLicense, ...]:
        """The licences from before the loss: on a deleted object, as observed, by the log."""
        person, observation = self.person, self.observation
        if person.is_deleted and self.plan is not MailboxPlan.NONE:
            return held_licenses(person.licenses, person.license_states)
        seen = _seen_before(person, observation)
        return seen or tuple(one.license for one in self.audit.lost)


def _seen_before(person: Person, observation: Observation | None) -> tuple[HeldLicense, ...]:
    """The licences from before the loss, as observed: none that an active person still has."""
    if observation is None:
        return ()
    now = {} if person.is_deleted else {one.sku_id: one for one in person.licenses}
    gone = (one for one in observation.held if not _is_there(one, now.get(one.sku_id)))
    return (*observation.lost_with_plan, *gone)


def _is_there(before: HeldLicense, now: AssignedLicense | None) -> bool:
    """Whether the licence is there with every plan that was on in it."""
    return now is not None and set(now.disabled_plans) <= set(before.disabled_plans)


def _row(known: _Known, judgement: Judgement, reads: LossReads, now: datetime) -> ListedLoss | None:
    person, window = known.person, judgement.window
    licenses = _licenses(known, reads)
    if window.verdict in _OVER:
        return None
    is_told = bool(licenses or known.audit.hints)
    if window.verdict is WindowVerdict.UNKNOWN and not is_told:
        return None
    case = _case(known, judgement)
    listed = _listed(person, case, window, licenses, now)
    return replace(
        listed,
        addresses=_also_called(listed.addresses, known.observation),
        lost_at=None if case is LossCase.DELETED_USER else judgement.lost_at,
    )


def _also_called(addresses: tuple[str, ...], observation: Observation | None) -> tuple[str, ...]:
    """The addresses, with those that went with the plan, and the names from before a rename."""
    if observation is None:
        return addresses
    names = observation.names
    first_of = {one.lower(): one for one in (*names.former, *names.addresses, *addresses)}
    return tuple(first_of.values())


def _listed(
    person: Person,
    case: LossCase,
    window: Window,
    licenses: tuple[ListedLicense, ...],
    now: datetime,
) -> ListedLoss:
    return ListedLoss(
        id=person.id,
        user_principal_name=person.user_principal_name,
        case=case,
        window=window,
        looked_at=now,
        display_name=person.display_name,
        mail=person.mail,
        addresses=smtp_addresses(person.proxy_addresses),
        user_type=person.user_type,
        synced=person.synced,
        lost_at=None if case is LossCase.DELETED_USER else window.started_at,
        deleted_at=person.deleted_at,
        licenses=licenses,
    )


def _case(known: _Known, judgement: Judgement) -> LossCase:
    if not known.person.is_deleted:
        return LossCase.LICENSE_REMOVED
    is_deletion = known.plan is not MailboxPlan.NONE or not judgement.knows_loss
    return LossCase.DELETED_USER if is_deletion else LossCase.DELETED_AND_UNLICENSED


def _licenses(known: _Known, reads: LossReads) -> tuple[ListedLicense, ...]:
    """The licences with a mailbox or an archive; a shared mailbox needs none."""
    observation = known.observation
    if observation is not None and observation.is_shared and known.plan is MailboxPlan.NONE:
        return ()
    before = observation.known.held if observation is not None else ()
    seen = {one.sku_id: next(iter(one.group_ids), None) for one in before}
    person = known.person
    there = () if person.is_deleted else tuple(one.sku_id for one in person.licenses)
    return listed_licenses(known.held_before, reads.skus, seen, there)


async def _mailbox(known: _Known, reads: LossReads) -> MailboxSight | None:
    """Ask the mailbox of an active person; None: it is a shared one, which needs no licence.

    Without the permission to look, what was last observed counts. One answer proves nothing: only
    who was seen to answer before, and some minutes apart, counts as still there.
    """
    observation = known.observation
    try:
        answer = await reads.deps.tenant.mailbox(known.person.id)
    except AnsweredError:
        is_shared = observation is not None and observation.is_shared
        return None if is_shared else MailboxSight()
    purpose = answer.purpose or (observation.purpose if observation is not None else None)
    if purpose in UNLICENSED_PURPOSES:
        return None
    is_known = observation is not None and observation.answered_at is not None
    return MailboxSight(purpose, still_answers=answer.is_there and is_known)
