"""Judge a request for a later time as of then, and refuse it if its window will have closed."""

from dataclasses import replace
from datetime import datetime

from shared.domain.decide import decide
from shared.domain.decision import Decision
from shared.domain.findings.finding import block
from shared.domain.outcomes import Code
from shared.domain.requests.request import ANYBODY, RequestedBy, RestoreRequest
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.values.json_values import instant


def decide_for_later(
    snapshot: Snapshot,
    request: RestoreRequest,
    policy: Policy,
    *,
    now: datetime,
    not_before: datetime,
    by: RequestedBy = ANYBODY,
) -> Decision:
    """What will be decided at `not_before` if nothing happens from `now` on, when it was read."""
    return decide(replace(snapshot, read_at=now), request, policy, now=not_before, by=by)


def too_late_at(now: Decision, then: Decision, not_before: datetime) -> Decision | None:
    """The decision that refuses a request whose window closes before `not_before`, or None.

    `now` and `then` are what is decided at present and at `not_before`, from the same snapshot. The
    refusal shows the window as it is now: somebody can still act while it is open.
    """
    if not _is_over(now, then, not_before):
        return None
    if now.ending is not None and now.ending.code is Code.WINDOW_CLOSED:
        return now
    ends_at = then.window.ends_at or now.window.ends_at
    until, asked = instant(ends_at), instant(not_before)
    first = block(Code.WINDOW_CLOSED, "not-before", until=until or asked, not_before=asked)
    return replace(now, findings=(first, *now.findings))


def _is_over(now: Decision, then: Decision, not_before: datetime) -> bool:
    """Whether the window that is told now will have ended, and no other is known to follow it."""
    code = None if then.ending is None else then.ending.code
    if code is Code.WINDOW_UNKNOWN:
        return now.window.ends_at is not None and now.window.ends_at <= not_before
    return code is Code.WINDOW_CLOSED
