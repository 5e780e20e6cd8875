"""The preflight as callers see it: `Preflight` in openapi.json, field by field."""

from datetime import timedelta

from shared.documents.window import window_document
from shared.domain.findings import Finding
from shared.domain.json_values import Json, instant
from shared.domain.person import Person
from shared.domain.preflight import Preflight


def preflight_document(preflight: Preflight) -> Json:
    """The JSON document of a preflight; times are RFC 3339 in UTC with `Z`."""
    return {
        "restorable": preflight.is_restorable,
        "case": preflight.case.value if preflight.case is not None else None,
        "window": window_document(preflight.window),
        "plan": [name.value for name in preflight.plan],
        "findings": [_finding(item) for item in preflight.findings],
        "candidates": [_candidate(item, preflight.retention) for item in preflight.candidates],
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "fix": finding.fix,
    }


def _candidate(person: Person, retention: timedelta) -> Json:
    deleted_at = person.deleted_at
    return {
        "id": person.id,
        "userPrincipalName": person.user_principal_name,
        "displayName": person.display_name,
        "deletedDateTime": instant(deleted_at),
        "endsAt": instant(deleted_at + retention) if deleted_at is not None else None,
    }
