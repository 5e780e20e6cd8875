"""A request for a later time: refused now if its window will have closed by then."""

from datetime import datetime

from shared.domain.decision import Decision
from shared.domain.document import instant
from shared.domain.outcomes import Code, Outcome, outcome


def comes_too_late(now: Decision, then: Decision, not_before: datetime) -> Outcome | None:
    """The refusal of a request whose window closes before `not_before`; None if it may wait.

    `now` and `then` are what is decided at present and at `not_before`, from the same snapshot.
    """
    if then.ending is None or then.ending.code is not Code.WINDOW_CLOSED:
        return None
    if now.ending is not None and now.ending.code is Code.WINDOW_CLOSED:
        return now.ending
    text = (
        f"The window closes at {instant(then.window.ends_at)}, before notBefore"
        f" ({instant(not_before)})."
    )
    return outcome(Code.WINDOW_CLOSED, text, "Choose an earlier notBefore, or none.")
