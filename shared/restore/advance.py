"""Advance one restore from the claim to its end: find, lock, look, decide, act, verify.

claim -> find the person -> lock the person -> look -> decide -> step by step -> settle, or wait.

Whatever ends a run early, a crash included, the next one goes on from the ledger: with the plan
it finds there, and always with a look first.
"""

from dataclasses import replace

from shared import telemetry
from shared.domain import graph_errors
from shared.domain.decision import Decision, StepName
from shared.domain.records.progress import LockHolder, Step
from shared.domain.requests.request import RestoreKind
from shared.errors import (
    AnsweredError,
    DirectoryError,
    LeaseLostError,
    Quota,
    StorageRefusedError,
)
from shared.ports.deps import Deps
from shared.restore.conclude import conclude
from shared.restore.deadlines import given_up
from shared.restore.deciding import decide_on, plan_or_end
from shared.restore.drilling.delete import delete_for_drill
from shared.restore.drilling.plan import plan_drill, plan_way_back
from shared.restore.giving_up import gave_up, kills_its_workers
from shared.restore.locking import lock_user, wait_for_user_lock
from shared.restore.reading.doubts import lag_of_another
from shared.restore.reading.judged_anew import judge_anew, reconsider
from shared.restore.reading.read_errors import why_not_read
from shared.restore.reading.remembered import ObservationsOfRun
from shared.restore.rights import rights_gone
from shared.restore.run import Run, claim
from shared.restore.run_results import (
    ChangeResult,
    Continue,
    HandOver,
    Park,
    Reconsider,
    RunResult,
    Settle,
    StepResult,
    wait_after,
)
from shared.restore.steps.effect_steps import assign_license, restore_user
from shared.restore.steps.success import success
from shared.restore.steps.undo_steps import delete_user, remove_license
from shared.restore.steps.verify_steps import verify_mailbox, verify_user
from shared.restore.steps.verify_undo import verify_undo
from shared.restore.throttle import wait_for_quota
from shared.restore.undoing.plan import plan_undo

STEPS = {
    StepName.RESTORE_USER: restore_user,
    StepName.ASSIGN_LICENSE: assign_license,
    StepName.VERIFY_USER: verify_user,
    StepName.VERIFY_MAILBOX: verify_mailbox,
    StepName.REMOVE_LICENSE: remove_license,
    StepName.DELETE_USER: delete_user,
}


async def advance(restore_id: str, deps: Deps) -> None:
    """Bring one restore as far as it can go now; safe to call at any time, any number of times.

    Raises:
        StorageUnavailableError: the ledger cannot be reached; the message comes back later.
    """
    seen_once = replace(deps, observations=ObservationsOfRun(deps.observations))
    run = await claim(restore_id, seen_once)
    if run is None:
        return
    async with run.kept_alive():
        try:
            with telemetry.traced(telemetry.trace_id_of(run.record)):
                await conclude(run, await _run_until_it_ends(run))
        except LeaseLostError:
            # Another worker holds the restore, and writes the rest of its journal.
            return
        except StorageRefusedError:
            # The notes of this run are too large to be stored, and would be the next time, too.
            run.forget_notes()
            await conclude(run, Settle(gave_up(run.record)))
        except Exception:
            await run.let_go()
            raise


async def _run_until_it_ends(run: Run) -> RunResult:
    if kills_its_workers(run.record):
        return Settle(gave_up(run.record))
    try:
        return await _decide_and_step(run)
    except AnsweredError as error:
        if not graph_errors.is_unreadable(error):
            return Settle(await why_not_read(error, run.deps))
        fault: DirectoryError = error
    except DirectoryError as error:
        fault = error
    ending = given_up(run, fault)
    return Settle(ending) if ending is not None else wait_after(fault, run)


async def _decide_and_step(run: Run) -> RunResult:
    quota = await wait_for_quota(run, Quota.REQUESTS)
    if not isinstance(quota, Continue):
        return quota
    while run.record.is_to_decide or run.record.next_step is not None:
        if run.is_out_of_time:
            return HandOver()
        result = await _go_on(run)
        if not isinstance(result, Continue):
            return result
    return Settle(success(run.record))


async def _go_on(run: Run) -> StepResult:
    step = run.record.next_step
    if run.record.is_to_decide or step is None:
        return await _decide_afresh(run)
    wait = await _before_effect(run, step) if step.name.is_effect else None
    if wait is not None:
        return wait
    result = await _run_step(run, step)
    return await reconsider(run) if isinstance(result, Reconsider) else result


async def _before_effect(run: Run, step: Step) -> Park | None:
    """Have the user to itself, and the window as it is known now."""
    holder = await _other_holder(run)
    if holder is not None:
        return wait_for_user_lock(run, holder)
    if step.name is StepName.DELETE_USER:
        # No later window makes it right to delete somebody late.
        return None
    return await lag_of_another(run) or await judge_anew(run)


async def _decide_afresh(run: Run) -> StepResult:
    if run.record.undoes:
        return await _decide_undo(run)
    if run.record.kind is RestoreKind.DRILL:
        return await _decide_drill(run)
    gone = await rights_gone(run)
    return await decide_on(run) if gone is None else Settle(gone)


async def _run_step(run: Run, step: Step) -> ChangeResult:
    if run.record.undoes and step.name is StepName.VERIFY_USER:
        return await verify_undo(run, step)
    if run.record.kind is RestoreKind.DRILL and step.name is StepName.DELETE_USER:
        return await delete_for_drill(run, step)
    return await STEPS[step.name](run, step)


async def _decide_undo(run: Run) -> StepResult:
    planned = await plan_undo(run)
    return wait_for_user_lock(run, planned) if isinstance(planned, LockHolder) else planned


async def _decide_drill(run: Run) -> StepResult:
    """Plan the deletion; once it is made, decide about the way back as about anybody's."""
    back = run.record.plans_way_back
    planned = await plan_way_back(run) if back else await plan_drill(run)
    if isinstance(planned, LockHolder):
        return wait_for_user_lock(run, planned)
    # No approval is asked for: who could give it in time? Whoever set DRILL_USER has given it.
    return plan_or_end(run, planned) if isinstance(planned, Decision) else planned


async def _other_holder(run: Run) -> LockHolder | None:
    """Lock the user, unless this restore has the lock already; return who else holds it."""
    return None if run.locked_user_id is not None else await lock_user(run.person.id, run)
