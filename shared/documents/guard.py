"""Build the document of a guard."""

from shared.documents.outcome import said
from shared.domain.findings.finding import Finding
from shared.domain.guards.guard import Guard, GuardLoss
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader


def guard_document(guard: Guard, reader: Reader, *, self_link: str) -> Json:
    """The JSON document of a guard; times are RFC 3339 in UTC with `Z`."""
    order = guard.order
    return {
        "id": guard.id,
        "user": order.user,
        "userId": guard.user_id,
        "kind": order.kind.value,
        "act": order.act.value,
        "reason": order.reason,
        "ticket": order.ticket,
        "createdAt": instant(guard.created_at),
        "createdBy": {"name": guard.created_by.name, "id": guard.created_by.id},
        "lastSeenAt": instant(guard.last_seen_at),
        "state": guard.state.value,
        "lastLoss": _loss(guard.last_loss),
        "findings": [_finding(finding, reader) for finding in guard.findings],
        "links": {"self": self_link},
    }


def _finding(finding: Finding, reader: Reader) -> Json:
    return {**said(finding.text, reader), "severity": finding.severity}


def _loss(loss: GuardLoss | None) -> Json | None:
    if loss is None:
        return None
    return {
        "at": instant(loss.at),
        "evidence": loss.evidence.value,
        "restoreId": loss.restore_id,
    }
