"""Tell a user who was lost anew after the restore's change from a read that lags behind it.

A read may show the state before the change for as long as reads lag, and what one replica shows
another may not. So a loss is believed once every look has shown it for longer than that.
"""

from dataclasses import replace
from datetime import timedelta

from shared.domain.decision import StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.licensing.held import MailboxPlan, mailbox_plan
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.restore.locking import READS_LAG
from shared.restore.run import Run
from shared.restore.run_results import Park, Settle, wait_for_directory

LOST_AFTER = READS_LAG + timedelta(seconds=30)

# What verify-user says of licences that it never saw come back; then none can have gone again.
_NEVER_SEEN = frozenset({"not-seen", "group", "group-deleted", "group-gone"})


async def deleted_again(run: Run, step: Step) -> Park | Settle | None:
    """What to do about a user who does not show as active, if it was deleted anew; else None.

    The deletion that the restore undid may show on as long as it likes: it has another instant.
    """
    person = await run.deps.people.deleted(run.person.id)
    if person is None or person.deleted_at == run.person.deleted_at:
        return None
    return await _believed_late(run, step, outcome(Code.LOST_AGAIN))


async def lost_again(run: Run, step: Step) -> Park | Settle | None:
    """What to do about a user whose mailbox is silent, if it was deleted or lost its licence."""
    person = await run.deps.people.active(run.person.id)
    if person is None:
        return await deleted_again(run, step)
    if not await _is_without_license(run, person):
        run.note_step(replace(step, missing_since=None))
        return None
    return await _believed_late(run, step, outcome(Code.LOST_AGAIN, "license"))


async def _believed_late(run: Run, step: Step, lost: Outcome) -> Park | Settle:
    since = step.missing_since or run.now()
    seen = replace(step, missing_since=since)
    run.note_step(seen)
    if run.now() - since < LOST_AFTER:
        return wait_for_directory(run, text("wait", "lost-again"))
    await run.fail_step(seen, lost, None)
    return Settle(lost)


async def _is_without_license(run: Run, person: Person) -> bool:
    if person.is_blank or not _was_licensed(run.record):
        return False
    return mailbox_plan(person, await run.deps.tenant.skus()) is MailboxPlan.NONE


def _was_licensed(record: Record) -> bool:
    """Whether verify-user saw the licences that belong to the mailbox."""
    if any(
        item.code == FindingCode.LICENSE_LEFT_OUT and item.text.variant in _NEVER_SEEN
        for item in record.warnings
    ):
        return False
    assignment = record.step(StepName.ASSIGN_LICENSE)
    if assignment is None:
        return bool(record.expected)
    is_given = assignment.status in {StepStatus.DONE, StepStatus.SKIPPED}
    return is_given and assignment.detail != text("step", "shared")
