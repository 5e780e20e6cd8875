"""Plan a drill: which account it deletes, and, once that is gone, how it comes back.

    may it begin ── find ── lock ── look ── plan: delete-user
    deleted ──────── look ── decide, as about anybody ── plan: restore-user, verify-user, ...

The way back is decided only once the account is gone, by the code that decides about everybody:
a drill that took a path of its own would prove nothing.
"""

from datetime import timedelta

from shared.domain.decision import Case, Decision, StepName, decide
from shared.domain.drills.drill import DRILL_PATIENCE
from shared.domain.drills.refusals import untouched
from shared.domain.person import Person
from shared.domain.records.progress import LockHolder
from shared.domain.snapshot import Snapshot
from shared.domain.text import text
from shared.restore.doubts import looked_for_at
from shared.restore.drilling.look import look, may_begin
from shared.restore.locking import lock_user
from shared.restore.reading.license_evidence import EvidenceQuestion
from shared.restore.reading.look import by_id, find, identify, look_around, search
from shared.restore.run import Run
from shared.restore.run_results import (
    CONTINUE,
    Continue,
    Park,
    Settle,
    StepResult,
    wait_for_directory,
)

# A deletion shows within a minute or two. An account that is active long after that was brought
# back by somebody else, and is decided about as it is.
_SHOWS_WITHIN = timedelta(hours=1)


async def plan_drill(run: Run) -> StepResult | LockHolder:
    """The deletion planned, a wait, the end, or who else holds the account.

    Raises:
        LeaseLostError: another worker holds the drill; nothing was written.
        DirectoryError: something could not be read.
    """
    begins = await may_begin(run)
    if not isinstance(begins, Continue):
        return begins
    user_id = await _find(run)
    if not isinstance(user_id, str):
        return user_id
    holder = await lock_user(user_id, run) if run.locked_user_id is None else None
    if holder is not None:
        return holder
    seen = await look(run, user_id)
    if not isinstance(seen, Person):
        return seen
    run.fresh_person = seen
    plan = (StepName.DELETE_USER,)
    run.note_decision(Decision(Case.ACTIVE, plan=plan, deadline=run.now() + DRILL_PATIENCE))
    run.note_plan(text("journal", "drill-planned"))
    return CONTINUE


async def plan_way_back(run: Run) -> Decision | Park | LockHolder:
    """What is decided about the account that was deleted, a wait, or who else holds it.

    Raises:
        DirectoryError: something could not be read.
    """
    user_id = run.person.id
    holder = await lock_user(user_id, run) if run.locked_user_id is None else None
    if holder is not None:
        return holder
    if not await _shows_deleted(run, user_id):
        return wait_for_directory(run, text("wait", "deletion"))
    deps, by = run.deps, run.record.requested_by
    found = await find(by_id(user_id), run.request.kind, deps)
    question = EvidenceQuestion(looked_for_at(run))
    snapshot = await look_around(found, run.request, deps, question, by)
    run.fresh_person = found if isinstance(found, Person) else None
    return decide(snapshot, run.request, deps.policy, now=run.now(), by=by)


async def _find(run: Run) -> str | Settle:
    found = await identify(await search(run.request.user, run.deps), run.request.kind, run.deps)
    if isinstance(found, str):
        return found
    decision = decide(Snapshot(found), run.request, run.deps.policy, now=run.now())
    run.note_decision(decision)
    ending = decision.ending
    if ending is None:
        msg = f"drill {run.record.id} has found nobody, and no reason why"
        raise LookupError(msg)
    return Settle(untouched(ending))


async def _shows_deleted(run: Run, user_id: str) -> bool:
    """Whether the deletion shows, or would have shown by now."""
    people, step = run.deps.people, run.record.step(StepName.DELETE_USER)
    if await people.active(user_id) is None and await people.deleted(user_id) is not None:
        return True
    gone_at = step.ended_at if step is not None else None
    return gone_at is None or run.now() - gone_at > _SHOWS_WITHIN
