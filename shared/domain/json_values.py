"""What several JSON documents have in common: instants, and the window."""

from datetime import UTC, datetime

from shared.domain.window import Window, WindowVerdict

type Json = dict[str, object]


def instant(at: datetime | None) -> str | None:
    """RFC 3339 in UTC with `Z`; whole seconds are written without a fraction."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


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
