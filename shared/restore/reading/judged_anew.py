"""Judge a restore anew: at the end of its window, or where it may be refused by now.

While it waited a new fact may have moved the bounds, or the mailbox may still answer: what was
known when the plan was made is not what is known at the end. And a sign may have shown by which a
request of today would be refused.
"""

from dataclasses import replace

from shared.domain.decide import decide
from shared.domain.decision import Decision
from shared.domain.person import Person
from shared.restore.deadlines import before_the_end, too_late
from shared.restore.mailbox_looks import settled
from shared.restore.reading.license_evidence import EvidenceQuestion
from shared.restore.reading.look import by_id, find, look_around
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Continue, Park, Settle


async def judge_anew(run: Run) -> Park | None:
    """Note another window where the next change would come too late by the one of the plan.

    The wait for a second look at the mailbox, if one is needed; None: the step goes on, and ends
    the restore where it is still too late.

    Raises:
        DirectoryError: nobody could look.
    """
    if too_late(run) is None:
        return None
    decision = await _decided_now(run)
    if isinstance(decision, Park):
        return decision
    if decision is not None and _is_in_time(decision, run):
        run.note_judged_anew(decision)
    return None


async def reconsider(run: Run) -> Park | Settle | Continue:
    """The end of the restore as it would be decided now, a wait, or its going on as planned.

    Raises:
        DirectoryError: nobody could look.
    """
    run.is_reconsidered = True
    decision = await _decided_now(run)
    if isinstance(decision, Park):
        return decision
    if decision is None or decision.ending is None:
        return CONTINUE
    for item in decision.warnings:
        run.warn_of(item)
    return Settle(replace(decision.ending, before=before_the_end(run.record)))


def _is_in_time(decision: Decision, run: Run) -> bool:
    """Whether a change would still come in time by this decision."""
    ends_at = decision.deadline or run.longest_wait_ends_at
    return decision.ending is None and run.now() < ends_at


async def _decided_now(run: Run) -> Decision | Park | None:
    """What would be decided about the person if it were asked for now; None: nobody to be seen."""
    request, deps, by = run.request, run.deps, run.record.requested_by
    person = await find(by_id(run.person.id), request.kind, deps)
    if not isinstance(person, Person) or person.is_blank:
        return None
    snapshot = await look_around(person, request, deps, EvidenceQuestion(run.now()), by)
    seen = await settled(snapshot, person, run)
    if isinstance(seen, Park):
        return seen
    return decide(seen, request, deps.policy, now=run.now(), by=by)
