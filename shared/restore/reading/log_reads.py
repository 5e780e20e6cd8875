"""Add what the audit log says of one person to what was seen of them."""

from dataclasses import dataclass, replace

from shared.domain.evidence.audit_records import AuditRecord, LogRefusal, evidence_of
from shared.domain.findings.window import AUDIT_PERMISSION, DIRECTORY_PERMISSION
from shared.domain.licensing.chosen import Choice, ChosenLicenses, Doubt, NoLicenseReason
from shared.domain.licensing.known import LicenseSource
from shared.domain.person import Person
from shared.domain.requests.request import RequestedBy, RestoreKind, RestoreRequest
from shared.domain.situation import Situation
from shared.domain.snapshot import Snapshot
from shared.errors import DirectoryError, ThrottledError
from shared.ports.deps import Deps
from shared.restore.reading.known_licenses import known_licenses
from shared.restore.reading.license_evidence import (
    EvidenceQuestion,
    LogAnswer,
    license_records,
    license_updates,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom it is about, what was asked for by whom, and since when; None asks nothing of the log.

    Kind `user` needs no log: what it says is a warning, for which nobody waits. `is_only_told`:
    whether it is only a warning for another kind, too, as of what a shared mailbox lost.
    """

    person: Person
    request: RestoreRequest
    by: RequestedBy
    question: EvidenceQuestion | None
    is_only_told: bool = False

    @property
    def can_do_without(self) -> bool:
        """Whether a log that is busy is passed over."""
        return self.is_only_told or self.request.kind is RestoreKind.USER


async def with_log(snapshot: Snapshot, asked: Asked, deps: Deps) -> Snapshot:
    """The snapshot with the person's licence changes, and the licences known by all sources.

    The records "Update user" are read only where the others leave the window, or the licence, open:
    each costs a request out of the few that the tenant has. Some tenants write no others.
    Source: microsoft-365-docs issue 7909, a log without "Change user license".

    Raises:
        ThrottledError: the log may not be read right now; says when to come back.
        DirectoryError: the log could not be read.
    """
    if asked.question is None:
        return _with_known(snapshot)
    answer = await _explained(await _changes(asked, asked.question, deps), deps)
    seen = _with_records(snapshot, answer.records, answer)
    if not _is_worth_asking(seen, asked, deps):
        return seen
    updates = await _updates(asked, asked.question, deps)
    return _with_records(snapshot, (*answer.records, *updates), answer)


async def _explained(answer: LogAnswer, deps: Deps) -> LogAnswer:
    """The answer, with the permission that is missing by what the service's own token holds."""
    if answer.refusal is not LogRefusal.PERMISSION:
        return answer
    try:
        held = await deps.grants.held()
    except DirectoryError:
        return answer
    if AUDIT_PERMISSION not in held:
        return answer
    has_both = DIRECTORY_PERMISSION in held
    return replace(answer, refusal=LogRefusal.REFUSED if has_both else LogRefusal.DIRECTORY)


def _with_records(
    snapshot: Snapshot, records: tuple[AuditRecord, ...], answer: LogAnswer
) -> Snapshot:
    seen = replace(
        snapshot,
        audit=evidence_of(records, snapshot.skus),
        log=answer.coverage,
        log_refusal=answer.refusal,
    )
    return _with_known(seen)


def _with_known(snapshot: Snapshot) -> Snapshot:
    known = known_licenses(snapshot.remembered.observation, snapshot.audit.lost)
    return replace(snapshot, known=known)


def _is_worth_asking(snapshot: Snapshot, asked: Asked, deps: Deps) -> bool:
    """Whether records with content may decide what the others leave open.

    Where there is a record without content, it is the content of that one; else what the log may
    have in its place, unless the log is closed or the person has no mailbox of this tenant.
    """
    if asked.is_only_told:
        return bool(snapshot.audit.hints)
    if asked.can_do_without:
        return False
    matter = Situation(
        asked.person, snapshot, asked.request, deps.policy, deps.clock.now(), asked.by
    )
    if matter.judge().is_proven and not _is_guess(matter.choose()):
        return False
    if snapshot.audit.hints:
        return True
    is_thorough = asked.question is not None and asked.question.is_thorough
    return is_thorough and snapshot.log_refusal is None and not matter.is_outsider


def _is_guess(choice: Choice) -> bool:
    """Whether nobody knows which licence went, or the setting stands in for it."""
    if isinstance(choice, ChosenLicenses):
        return choice.source is LicenseSource.DEFAULT
    is_for_want_of_sources = choice.doubt in {None, Doubt.NEW} and not choice.fits_several
    return choice.reason is NoLicenseReason.UNKNOWN and is_for_want_of_sources


async def _changes(asked: Asked, question: EvidenceQuestion, deps: Deps) -> LogAnswer:
    try:
        return await license_records(asked.person.id, question, deps)
    except ThrottledError:
        if asked.can_do_without:
            return LogAnswer()
        raise
    except DirectoryError:
        if asked.is_only_told:
            return LogAnswer()
        raise


async def _updates(asked: Asked, question: EvidenceQuestion, deps: Deps) -> tuple[AuditRecord, ...]:
    memory, user_id = question.memory, asked.person.id
    if memory is not None and (known := memory.of(user_id, deps.clock.now())) is not None:
        return known
    try:
        answer = await license_updates(user_id, deps)
    except ThrottledError:
        if question.can_wait and not asked.can_do_without:
            raise
        return ()
    except DirectoryError:
        if asked.is_only_told:
            return ()
        raise
    if memory is not None and answer.refusal is None:
        memory.keep(user_id, answer.records, deps.clock.now())
    return answer.records
