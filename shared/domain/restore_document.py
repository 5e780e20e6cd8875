"""The restore as callers see it: contract section "The restore", field by field."""

from datetime import UTC, datetime

from shared.domain.progress import Step
from shared.domain.record import Record
from shared.domain.window import Window, WindowVerdict

type Json = dict[str, object]


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


def window_document(window: Window | None) -> Json | None:
    """The window as callers see it, or None while nobody has looked."""
    if window is None:
        return None
    known = window.verdict not in {WindowVerdict.UNKNOWN, WindowVerdict.NOT_APPLICABLE}
    return {
        "verdict": window.verdict.value,
        "startedAt": instant(window.started_at),
        "endsAt": instant(window.ends_at),
        "daysLeft": window.days_left if known else None,
        "evidence": window.evidence.value,
    }


def instant(at: datetime | None) -> str | None:
    """RFC 3339 in UTC with `Z`; whole seconds are written without a fraction."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


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
