"""See the signs by which a restore that has waited may be refused by now.

A wait for a seat takes weeks. In them somebody may have converted the mailbox to a shared one,
moved it to another tenant, or marked the person as not to be brought back.
"""

from shared.domain.decision import StepName
from shared.domain.licensing.meant_removals import was_moved
from shared.domain.person import UNLICENSED_PURPOSES, Person
from shared.domain.records.progress import Step, StepStatus
from shared.errors import AnsweredError
from shared.restore.run import Run


async def has_second_thoughts(run: Run, step: Step, person: Person) -> bool:
    """Whether a sign shows, so that the restore is decided anew before it changes anything more.

    Not on a sign alone: what it means is decided as for a new request. A change that may have been
    made is left to its own looks, and a drill brings its account back.

    Raises:
        DirectoryError: nobody could look.
    """
    record = run.record
    may_end = step.status is StepStatus.PENDING and not record.is_extra and not record.is_away
    if not may_end or run.is_reconsidered:
        return False
    if await _is_marked(run, person):
        return True
    if run.request.license is not None or person.is_deleted:
        return False
    return was_moved(person) or await _is_shared(run)


async def _is_marked(run: Run, person: Person) -> bool:
    rule = run.deps.policy.do_not_restore
    if not rule.is_any or run.request.accept_rehire:
        return False
    look = await run.deps.people.mark(person, rule)
    return bool(look.has_value or look.is_member)


async def _is_shared(run: Run) -> bool:
    """Whether the mailbox of a user who was active all along has become one without a licence."""
    if run.record.step(StepName.RESTORE_USER) is not None:
        return False
    try:
        mailbox = await run.deps.tenant.mailbox(run.person.id)
    except AnsweredError:
        return False
    return mailbox.is_there and mailbox.purpose in UNLICENSED_PURPOSES
