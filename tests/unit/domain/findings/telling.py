"""Decide on a person of whom this and that is known, and give what is told of it."""

from shared.domain.decide import decide
from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.evidence.timeline_of import MailboxSight, MailboxState
from shared.domain.findings.finding import Finding
from shared.domain.phrases import EVIDENCE
from shared.domain.requests.request import Door, RequestedBy, RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.values.json_values import instant
from shared.domain.window import Evidence
from shared.domain.window.timeline import Hint, LogCoverage, changed
from shared.domain.window.timeline import seen as fact
from tests.builders import NOW
from tests.unit.domain.table import (
    BY,
    DAY,
    NAMED_E3,
    ask,
)

AUDIT, OBSERVED = EVIDENCE[Evidence.AUDIT], EVIDENCE[Evidence.OBSERVED]
WHOLE_LOG = LogCoverage(NOW - 60 * DAY, NOW)
REQUESTS_ONLY = RequestedBy(Door.HTTP, roles=(Role.REQUEST,))
LIVING = MailboxSight("user", still_answers=True, state=MailboxState.ANSWERS, is_settled=True)


def lost(days: float) -> AuditEvidence:
    """The log knows that the licence went so many days ago."""
    return AuditEvidence(changed(NOW - days * DAY, before=True, after=False))


def hinted(*days: float) -> AuditEvidence:
    """The log has changes without content, so many days ago."""
    return AuditEvidence(hints=tuple(Hint(NOW - one * DAY, Evidence.AUDIT) for one in days))


def without(days: float) -> AuditEvidence:
    """The log knows that there was no licence so many days ago."""
    return AuditEvidence((fact(NOW - days * DAY, Evidence.AUDIT, has_plan=False),))


def ago(days: float) -> str:
    """So many days ago, as the texts have it."""
    return instant(NOW - days * DAY)


def told_of(
    snapshot: Snapshot,
    request: RestoreRequest | None = None,
    policy: Policy | None = None,
    by: RequestedBy = BY,
) -> list[Finding]:
    """All findings of the decision, in order."""
    asked = request or ask(license=NAMED_E3)
    return list(decide(snapshot, asked, policy or Policy(), now=NOW, by=by).findings)
