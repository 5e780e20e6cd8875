"""End a restore that has waited where it would be refused by now, before it changes anything more.

A wait for a seat takes weeks. In them somebody may have converted the mailbox to a shared one,
moved it to another tenant, or marked the person as not to be brought back.
"""

from dataclasses import replace

from shared.domain.decision import StepName
from shared.domain.licensing.meant_removals import was_moved
from shared.domain.person import UNLICENSED_PURPOSES, Person
from shared.domain.records.progress import Step, StepStatus
from shared.errors import AnsweredError
from shared.restore.deadlines import before_the_end
from shared.restore.reading.judged_anew import decided_now
from shared.restore.run import Run
from shared.restore.run_results import Park, Settle


async def no_longer_wanted(run: Run, step: Step, person: Person) -> Park | Settle | None:
    """The end as it would be decided now, or the wait for a look at that; None: it goes on.

    Decided anew only where a sign of it shows, so that a busy audit log holds up nobody's seat. A
    change that may have been made is left to its own looks, and a drill brings its account back.

    Raises:
        DirectoryError: nobody could look.
    """
    record = run.record
    may_end = step.status is StepStatus.PENDING and not record.is_extra and not record.is_away
    if not may_end or not await _shows_sign(run, person):
        return None
    decision = await decided_now(run)
    if decision is None or isinstance(decision, Park):
        return decision
    if decision.ending is None:
        return None
    for item in decision.warnings:
        run.warn_of(item)
    return Settle(replace(decision.ending, before=before_the_end(record)))


async def _shows_sign(run: Run, person: Person) -> bool:
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
