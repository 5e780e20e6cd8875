"""Plan a drill: which account it deletes, and, once that is gone, how it comes back.

    may it begin ── lock ── look ── plan: delete-user
    deleted ──────── look ── decide, as about anybody ── plan: restore-user, verify-user, ...

The way back is decided only once the account is gone, by the code that decides about everybody:
a drill that took a path of its own would prove nothing.
"""

from shared.domain.decide import decide
from shared.domain.decision import Case, Decision, StepName
from shared.domain.drills.drill import DRILL_PATIENCE
from shared.domain.person import Person
from shared.domain.records.progress import LockHolder
from shared.domain.text import text
from shared.restore.drilling.away import still_active
from shared.restore.drilling.look import account_id, look, may_begin
from shared.restore.locking import lock_user
from shared.restore.reading.doubts import question_of
from shared.restore.reading.look import by_id, find, look_around
from shared.restore.run import Run
from shared.restore.run_results import (
    CONTINUE,
    Continue,
    Park,
    Settle,
    StepResult,
    wait_for_directory,
)


async def plan_drill(run: Run) -> StepResult | LockHolder:
    """The deletion planned, a wait, the end, or who else holds the account.

    Raises:
        LeaseLostError: another worker holds the drill; nothing was written.
        DirectoryError: something could not be read.
    """
    begins = await may_begin(run)
    if not isinstance(begins, Continue):
        return begins
    holder = await _lock_account(run)
    if holder is not None:
        return holder
    seen = await look(run)
    if not isinstance(seen, Person):
        return seen
    run.fresh_person = seen
    plan, begins_until = (StepName.DELETE_USER,), run.record.created_at + DRILL_PATIENCE
    run.note_decision(Decision(Case.ACTIVE, plan=plan, deadline=begins_until))
    run.note_plan(text("journal", "drill-planned"))
    return CONTINUE


async def _lock_account(run: Run) -> LockHolder | None:
    """Who else holds the account; None: it is held, or nobody has the name of the setting."""
    user_id = await account_id(run) if run.locked_user_id is None else None
    return await lock_user(user_id, run) if user_id is not None else None


async def plan_way_back(run: Run) -> Decision | Park | Settle | LockHolder:
    """What is decided about the account that was deleted, a wait, the end, or who else holds it.

    Raises:
        DirectoryError: something could not be read.
    """
    user_id = run.person.id
    holder = await lock_user(user_id, run) if run.locked_user_id is None else None
    if holder is not None:
        return holder
    deps, by = run.deps, run.record.requested_by
    found = await find(by_id(user_id), run.request.kind, deps)
    if isinstance(found, Person) and not found.is_deleted:
        return still_active(run)
    if not isinstance(found, Person) and not _is_long_gone(run):
        return wait_for_directory(run, text("wait", "deletion"))
    question = question_of(run)
    snapshot = await look_around(found, run.request, deps, question, by)
    run.fresh_person = found if isinstance(found, Person) else None
    return decide(snapshot, run.request, deps.policy, now=run.now(), by=by)


def _is_long_gone(run: Run) -> bool:
    """Whether an account that shows in neither list is to be believed to be gone."""
    step = run.record.step(StepName.DELETE_USER)
    gone_at = step.ended_at if step is not None else None
    return gone_at is None or run.now() >= gone_at + DRILL_PATIENCE
