"""Build the document of a restore: `Restore` in openapi.json, field by field."""

from shared.documents.candidate import candidate_document
from shared.documents.outcome import outcome_document, said
from shared.documents.waiting import waiting_document
from shared.documents.window import window_document
from shared.domain.approvals.approval import Approval
from shared.domain.records.progress import Step
from shared.domain.records.record import Record
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader
from shared.texts.render import words


def restore_document(record: Record, reader: Reader, *, self_link: str | None = None) -> Json:
    """The JSON document of a restore for this reader; times are RFC 3339 in UTC with `Z`."""
    request = record.request
    return {
        "id": record.id,
        "kind": request.kind.value if request else None,
        "status": record.status.value,
        "user": _user(record),
        "outcome": _outcome(record, reader),
        "window": window_document(record.window),
        "plan": [name.value for name in record.plan],
        "steps": [_step(step, reader) for step in record.steps],
        "waiting": waiting_document(record, reader),
        "warnings": [said(item.text, reader) for item in record.warnings],
        "approval": _approval(record.approval),
        "undoes": record.undoes or None,
        "undoneBy": record.undone_by or None,
        "candidates": [candidate_document(item, reader) for item in record.candidates],
        "requestedBy": {
            "door": record.requested_by.door.value,
            "name": record.requested_by.name,
            "id": record.requested_by.id,
        },
        "batchId": record.batch_id,
        "reason": request.reason if request else None,
        "ticket": request.ticket if request else None,
        "attempts": record.attempts,
        "createdAt": instant(record.created_at),
        "updatedAt": instant(record.updated_at),
        "finishedAt": instant(record.finished_at),
        "links": {"self": self_link},
        **({"received": record.received} if record.received is not None else {}),
    }


def _outcome(record: Record, reader: Reader) -> Json | None:
    if record.outcome is None:
        return None
    warned_of = [item.code for item in record.warnings]
    return outcome_document(record.outcome, reader, warned_of=warned_of)


def _approval(approval: Approval | None) -> Json | None:
    """What was decided, and by whom: whoever asked is told whom to ask back."""
    if approval is None:
        return None
    by = approval.decided_by
    return {
        "wantedFor": [rule.value for rule in approval.wanted_for],
        "decision": approval.decision.value if approval.decision is not None else None,
        "decidedBy": (by.name or by.id) if by is not None else None,
        "at": instant(approval.decided_at),
        "reason": approval.reason,
        "planHash": approval.plan_hash,
    }


def _user(record: Record) -> Json | str | None:
    person = record.person
    if person is None:
        return record.request.user if record.request else None
    return {
        "id": person.id,
        "userPrincipalName": person.user_principal_name,
        "displayName": person.display_name,
    }


def _step(step: Step, reader: Reader) -> Json:
    return {
        "name": step.name.value,
        "status": step.status.value,
        "startedAt": instant(step.started_at),
        "endedAt": instant(step.ended_at),
        "graphRequestId": step.graph_request_id,
        "detail": words(step.detail, reader).message if step.detail is not None else None,
    }
