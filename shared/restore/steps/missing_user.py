"""Decide what a step does when it cannot find its user: wait for replication, or end the restore.

Reads by an application lag behind writes. So one empty look proves nothing, and after a restore of
our own that was sent no empty look ever proves that the user is gone.
"""

from dataclasses import replace
from datetime import timedelta

from shared.domain.decision import StepName
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import Step, StepStatus
from shared.domain.text import text
from shared.restore.run import Run
from shared.restore.run_results import RunResult, Settle, wait_for_directory
from shared.restore.steps.lost_again import deleted_again

# While replication catches up with somebody's restore, the user may be in neither list; reports
# speak of a minute. Source: pnp cli-microsoft365, `user recyclebinitem restore`.
GONE_AFTER = timedelta(minutes=5)

NOT_SHOWN = text("wait", "not-shown")


async def not_shown(run: Run, step: Step) -> RunResult:
    """Wait until the user shows again; end the restore with an outcome when it does not."""
    now = run.now()
    since = step.missing_since or now
    run.note_step(replace(step, missing_since=since))
    sent = run.record.is_away or _may_have_restored(run)
    lost = await deleted_again(run, step) if sent and step.name is StepName.ASSIGN_LICENSE else None
    if lost is not None:
        return lost
    if now - since < (run.deps.policy.mailbox_deadline if sent else GONE_AFTER):
        return wait_for_directory(run, NOT_SHOWN)
    user_id = run.person.id
    if sent:
        return Settle(outcome(Code.DIRECTORY_ERROR, "not-shown", user_id=user_id))
    if step.name is StepName.ASSIGN_LICENSE and await run.deps.people.deleted(user_id) is not None:
        return Settle(outcome(Code.USER_IS_DELETED, "meanwhile", user_id=user_id))
    return Settle(outcome(Code.USER_PURGED, "meanwhile", user_id=user_id))


def _may_have_restored(run: Run) -> bool:
    restored = run.record.step(StepName.RESTORE_USER)
    return restored is not None and restored.status in {StepStatus.ATTEMPTING, StepStatus.DONE}
