"""Build the document of a preflight: `Preflight` in openapi.json, field by field."""

from shared.documents.candidate import candidate_document
from shared.documents.window import window_document
from shared.domain.findings.finding import Finding
from shared.domain.preflight import Preflight
from shared.domain.values.json_values import Json
from shared.texts.reader import Reader
from shared.texts.render import words


def preflight_document(preflight: Preflight, reader: Reader) -> Json:
    """The JSON document of a preflight for this reader; times are RFC 3339 in UTC with `Z`."""
    return {
        "restorable": preflight.is_restorable,
        "case": preflight.case.value if preflight.case is not None else None,
        "window": window_document(preflight.window),
        "plan": [name.value for name in preflight.plan],
        "findings": [_finding(item, reader) for item in preflight.findings],
        "candidates": [candidate_document(item, reader) for item in preflight.candidates],
    }


def _finding(finding: Finding, reader: Reader) -> Json:
    found = words(finding.text, reader)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": found.message,
        "fix": found.fix,
    }
