"""Decide what a drill does while its account, which it has deleted or may have, shows as active.

A read that lags may show the account long after its deletion. So it is never an ending that the
account is well: the drill waits, and in the end says that it has not seen it come back.
"""

from datetime import datetime, timedelta

from shared.domain.decision import StepName
from shared.domain.outcomes import Code, outcome
from shared.domain.text import text
from shared.restore.run import Run
from shared.restore.run_results import Park, Settle, wait_for_directory

# A deletion shows within a minute or two. An account that is active long after that was brought
# back by somebody else, or its deletion never reached Graph.
_SHOWS_WITHIN = timedelta(hours=1)


def still_active(run: Run) -> Park | Settle:
    """A wait until the deletion shows; the end once it should have for long."""
    if run.now() < _looked_since(run) + _SHOWS_WITHIN:
        return wait_for_directory(run, text("wait", "deletion"))
    user = run.person.user_principal_name
    return Settle(outcome(Code.DIRECTORY_ERROR, "drill-active", user=user))


def _looked_since(run: Run) -> datetime:
    """When the deletion was sent, or looked for anew."""
    record = run.record
    step = record.step(StepName.DELETE_USER)
    sent_at = (step.ended_at or step.started_at) if step is not None else None
    began_at = record.retried_at or record.created_at
    return max(began_at, sent_at or began_at)
