"""Refuse a request for a later time if its window will have closed by then."""

from dataclasses import replace
from datetime import datetime

from shared.domain.decision import Decision
from shared.domain.findings.finding import block
from shared.domain.outcomes import Code
from shared.domain.values.json_values import instant


def too_late_at(now: Decision, then: Decision, not_before: datetime) -> Decision | None:
    """The decision that refuses a request whose window closes before `not_before`, or None.

    `now` and `then` are what is decided at present and at `not_before`, from the same snapshot. The
    refusal shows the window as it is now: somebody can still act while it is open.
    """
    if then.ending is None or then.ending.code is not Code.WINDOW_CLOSED:
        return None
    if now.ending is not None and now.ending.code is Code.WINDOW_CLOSED:
        return now
    until, asked = instant(then.window.ends_at), instant(not_before)
    first = block(Code.WINDOW_CLOSED, "not-before", until=until or asked, not_before=asked)
    return replace(now, findings=(first, *now.findings))
