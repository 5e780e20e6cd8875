"""Add what the audit log says of one person to what was seen of them."""

from dataclasses import dataclass, replace

from shared.domain.evidence.audit_records import AuditRecord, evidence_of
from shared.domain.person import Person
from shared.domain.requests.request import RequestedBy, RestoreKind, RestoreRequest
from shared.domain.situation import Situation
from shared.domain.snapshot import Snapshot
from shared.errors import ThrottledError
from shared.ports.deps import Deps
from shared.restore.reading.license_evidence import (
    EvidenceQuestion,
    LogAnswer,
    license_records,
    license_updates,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom it is about, what was asked for by whom, and since when; None asks nothing of the log.

    Kind `user` needs no log: what it says is a warning, for which nobody waits.
    """

    person: Person
    request: RestoreRequest
    by: RequestedBy
    question: EvidenceQuestion | None

    @property
    def can_do_without(self) -> bool:
        """Whether a log that is busy is passed over."""
        return self.request.kind is RestoreKind.USER


async def with_log(snapshot: Snapshot, asked: Asked, deps: Deps) -> Snapshot:
    """The snapshot with the person's licence changes.

    The records "Update user" are read only where the others leave the window, or the licence, open:
    each costs a request out of the few that the tenant has.

    Raises:
        ThrottledError: the log may not be read right now; says when to come back.
        DirectoryError: the log could not be read.
    """
    if asked.question is None:
        return snapshot
    answer = await _changes(asked, asked.question, deps)
    seen = _with_records(snapshot, answer.records, answer)
    if not _leaves_open(seen, asked, deps):
        return seen
    updates = await _updates(asked, asked.question, deps)
    return _with_records(snapshot, (*answer.records, *updates), answer)


def _with_records(
    snapshot: Snapshot, records: tuple[AuditRecord, ...], answer: LogAnswer
) -> Snapshot:
    return replace(
        snapshot,
        audit=evidence_of(records, snapshot.skus),
        log=answer.coverage,
        log_refusal=answer.refusal,
    )


def _leaves_open(snapshot: Snapshot, asked: Asked, deps: Deps) -> bool:
    """Whether a record without content stands where one with content would decide."""
    if not snapshot.audit.hints or asked.can_do_without:
        return False
    matter = Situation(
        asked.person, snapshot, asked.request, deps.policy, deps.clock.now(), asked.by
    )
    return not matter.judge().is_proven


async def _changes(asked: Asked, question: EvidenceQuestion, deps: Deps) -> LogAnswer:
    try:
        return await license_records(asked.person.id, question, deps)
    except ThrottledError:
        if asked.can_do_without:
            return LogAnswer()
        raise


async def _updates(asked: Asked, question: EvidenceQuestion, deps: Deps) -> tuple[AuditRecord, ...]:
    try:
        return (await license_updates(asked.person.id, deps)).records
    except ThrottledError:
        if question.can_wait:
            raise
        return ()
