"""The restore as callers see it: `Restore` in openapi.json, field by field."""

from shared.domain.json_values import Json, instant, window_document
from shared.domain.progress import Step
from shared.domain.record import Record


def restore_document(record: Record, *, self_link: str | None = None) -> Json:
    """The JSON document of a restore; times are RFC 3339 in UTC with `Z`."""
    request = record.request
    return {
        "id": record.id,
        "kind": request.kind.value if request else None,
        "status": record.status.value,
        "user": _user(record),
        "outcome": _outcome(record),
        "window": window_document(record.window),
        "plan": [name.value for name in record.plan],
        "steps": [_step(step) for step in record.steps],
        "waiting": _waiting(record),
        "warnings": [{"code": item.code, "message": item.message} for item in record.warnings],
        "requestedBy": {
            "door": record.requested_by.door.value,
            "name": record.requested_by.name,
            "id": record.requested_by.id,
        },
        "reason": request.reason if request else None,
        "ticket": request.ticket if request else None,
        "attempts": record.attempts,
        "createdAt": instant(record.created_at),
        "updatedAt": instant(record.updated_at),
        "finishedAt": instant(record.finished_at),
        "links": {"self": self_link},
        **({"received": record.received} if record.received is not None else {}),
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


def _outcome(record: Record) -> Json | None:
    if record.outcome is None:
        return None
    ending = record.outcome
    return {"code": ending.code.value, "message": ending.message, "fix": ending.fix}


def _waiting(record: Record) -> Json | None:
    if record.waiting is None:
        return None
    return {"for": record.waiting.reason.value, "until": instant(record.waiting.until)}


def _step(step: Step) -> Json:
    return {
        "name": step.name.value,
        "status": step.status.value,
        "startedAt": instant(step.started_at),
        "endedAt": instant(step.ended_at),
        "graphRequestId": step.graph_request_id,
        "detail": step.detail,
    }
