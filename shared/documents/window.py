"""Build the document of a retention window."""

from shared.domain.values.json_values import Json, instant
from shared.domain.window import Window, WindowVerdict


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
