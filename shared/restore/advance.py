"""Advance one restore from the claim to its end: find, lock, look, decide, act, verify.

claim -> find the person -> lock the person -> look -> decide -> step by step -> settle, or wait.

Whatever ends a run early, a crash included, the next one goes on from the ledger: with the plan
it finds there, and always with a look first.
"""

from dataclasses import replace

from shared import telemetry
from shared.domain import graph_errors
from shared.domain.decide import decide
from shared.domain.decision import Decision, StepName
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.phrases import EVIDENCE
from shared.domain.records.progress import LockHolder, Step, WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.domain.schedule import decide_for_later, too_late_at
from shared.domain.snapshot import Found, Snapshot
from shared.domain.text import Text, text
from shared.domain.values.json_values import instant
from shared.errors import (
    AnsweredError,
    DirectoryError,
    LeaseLostError,
    Quota,
    StorageRefusedError,
)
from shared.ports.deps import Deps
from shared.restore.approval_wait import foretell_approval, wait_for_approval
from shared.restore.conclude import conclude
from shared.restore.deadlines import closed_meanwhile, given_up
from shared.restore.drilling.delete import delete_for_drill
from shared.restore.drilling.plan import plan_drill, plan_way_back
from shared.restore.giving_up import gave_up, kills_its_workers
from shared.restore.locking import LOCK_WAITS, lock_user
from shared.restore.mailbox_looks import settled
from shared.restore.reading.doubts import in_doubt, question_of, waits_for_log
from shared.restore.reading.judged_anew import judge_anew
from shared.restore.reading.look import by_id, find, identify, look_around, search
from shared.restore.reading.read_errors import why_not_read
from shared.restore.reading.remembered import ObservationsOfRun
from shared.restore.reading.unsettled import unless_unsettled
from shared.restore.reading.who_restored_it import with_doer
from shared.restore.rights import rights_gone
from shared.restore.run import Run, claim
from shared.restore.run_results import (
    CONTINUE,
    Continue,
    HandOver,
    Park,
    RunResult,
    Settle,
    StepResult,
    back_off,
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

# What ends a request for a later time at once: whoever asked made a mistake, or asks for what only
# a guard may do, that is to bring people back who are not lost yet.
_POINTLESS = frozenset(
    {Code.USER_NOT_FOUND, Code.USER_PURGED, Code.AMBIGUOUS_USER, Code.ALREADY_ACTIVE}
)


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
    return wait if wait is not None else await _run_step(run, step)


async def _before_effect(run: Run, step: Step) -> Park | None:
    """Have the user to itself, and the window as it is known now."""
    holder = await _other_holder(run)
    if holder is not None:
        return _wait_for_user_lock(run, holder)
    # No later window makes it right to delete somebody late.
    return None if step.name is StepName.DELETE_USER else await judge_anew(run)


async def _decide_afresh(run: Run) -> StepResult:
    if run.record.undoes:
        return await _decide_undo(run)
    if run.record.kind is RestoreKind.DRILL:
        return await _decide_drill(run)
    gone = await rights_gone(run)
    return await _decide(run) if gone is None else Settle(gone)


async def _run_step(run: Run, step: Step) -> StepResult:
    if run.record.undoes and step.name is StepName.VERIFY_USER:
        return await verify_undo(run, step)
    if run.record.kind is RestoreKind.DRILL and step.name is StepName.DELETE_USER:
        return await delete_for_drill(run, step)
    return await STEPS[step.name](run, step)


async def _decide_undo(run: Run) -> StepResult:
    planned = await plan_undo(run)
    return _wait_for_user_lock(run, planned) if isinstance(planned, LockHolder) else planned


async def _decide_drill(run: Run) -> StepResult:
    """Plan the deletion; once it is made, decide about the way back as about anybody's."""
    back = run.record.plans_way_back
    planned = await plan_way_back(run) if back else await plan_drill(run)
    if isinstance(planned, LockHolder):
        return _wait_for_user_lock(run, planned)
    # No approval is asked for: who could give it in time? Whoever set DRILL_USER has given it.
    return _plan_or_end(run, planned) if isinstance(planned, Decision) else planned


async def _decide(run: Run) -> StepResult:
    """Find, lock and look at the person, and write down the plan; or end the run here."""
    request, policy, by = run.request, run.deps.policy, run.record.requested_by
    found = await _find(run)
    if isinstance(found, Park | Settle):
        return found
    question = question_of(run)
    snapshot = await look_around(found, request, run.deps, question, by)
    run.fresh_person = found if isinstance(found, Person) else None
    not_before = request.not_before
    if not_before is not None and run.now() < not_before:
        now = run.now()
        today = decide(snapshot, request, policy, now=now, by=by)
        then = decide_for_later(snapshot, request, policy, now=now, not_before=not_before, by=by)
        refusal = today if _is_pointless(today) else too_late_at(today, then, not_before)
        # Everything else is decided when its time comes.
        begins = text("wait", "schedule", at=instant(not_before))
        wait = Park(WaitingFor.SCHEDULE, not_before, begins)
        return wait if refusal is None else await _end_or_plan(run, refusal)
    return await _decide_now(run, snapshot)


async def _decide_now(run: Run, snapshot: Snapshot) -> StepResult:
    """Decide on what was seen, unless a look some minutes later may show something else."""
    request, policy, by = run.request, run.deps.policy, run.record.requested_by
    person = snapshot.found
    if isinstance(person, Person):
        seen = await settled(snapshot, person, run)
        if isinstance(seen, Park):
            return seen
        snapshot = seen
    decision = decide(snapshot, request, policy, now=run.now(), by=by)
    doubt = await in_doubt(run, decision) or waits_for_log(run, decision, snapshot)
    return doubt if doubt is not None else await _end_or_plan(run, decision)


def _is_pointless(today: Decision) -> bool:
    """Whether a request for a later time names nobody, or somebody who has lost nothing."""
    return today.ending is not None and today.ending.code in _POINTLESS


async def _find(run: Run) -> Found | Park | Settle:
    """Read the person under the lock, so that a restore that has just ended is seen as ended."""
    kind, deps, question = run.request.kind, run.deps, question_of(run)
    hits = await search(run.request.user, deps)
    if not _may_change_something(run):
        return await unless_unsettled(await find(hits, kind, deps, question), hits, run)
    user_id = await identify(hits, kind, deps, question)
    if not isinstance(user_id, str):
        return await unless_unsettled(user_id, hits, run)
    holder = await lock_user(user_id, run)
    if holder is not None:
        return _wait_for_user_lock(run, holder)
    return await unless_unsettled(await find(by_id(user_id), kind, deps), hits, run)


async def _other_holder(run: Run) -> LockHolder | None:
    """Lock the user, unless this restore has the lock already; return who else holds it."""
    return None if run.locked_user_id is not None else await lock_user(run.person.id, run)


def _wait_for_user_lock(run: Run, holder: LockHolder) -> Park:
    wait = back_off(LOCK_WAITS, run.waits_for(WaitingFor.USER_LOCK))
    return Park(WaitingFor.USER_LOCK, run.now() + wait, text("wait", "user-lock"), holder)


def _may_change_something(run: Run) -> bool:
    not_before = run.request.not_before
    return not run.request.dry_run and (not_before is None or not_before <= run.now())


async def _end_or_plan(run: Run, decision: Decision) -> StepResult:
    run.note_decision(decision)
    ending = decision.ending
    if ending is not None or run.request.dry_run:
        foretell_approval(run, decision)
    if ending is not None:
        return Settle(await with_doer(run, _as_seen_from_now(run, decision, ending)))
    if run.request.dry_run:
        return Settle(outcome(Code.DRY_RUN, plan=tuple(name.value for name in decision.plan)))
    undecided = await wait_for_approval(run, decision)
    if undecided is not None:
        return undecided
    run.note_plan(_planned(decision))
    return CONTINUE


def _plan_or_end(run: Run, decision: Decision) -> StepResult:
    run.note_decision(decision)
    if decision.ending is not None:
        return Settle(decision.ending)
    run.note_plan(_planned(decision))
    return CONTINUE


def _planned(decision: Decision) -> Text:
    case, window = decision.case.value, decision.window
    verdict, evidence = window.verdict.value, EVIDENCE[window.evidence]
    licenses = decision.detail(StepName.ASSIGN_LICENSE)
    if licenses is None:
        return text("journal", "planned", case=case, verdict=verdict, evidence=evidence)
    return text(
        "journal",
        "planned-licenses",
        case=case,
        verdict=verdict,
        evidence=evidence,
        licenses=licenses,
    )


def _as_seen_from_now(run: Run, decision: Decision, ending: Outcome) -> Outcome:
    ends_at = decision.window.ends_at
    if ending.code is not Code.WINDOW_CLOSED or ends_at is None or ends_at > run.now():
        return ending
    # A window that had closed before anybody asked did not close while the restore waited.
    asked_at = run.record.retried_at or run.record.created_at
    is_late = run.record.waited_for is None or ends_at <= asked_at
    return ending if is_late else closed_meanwhile(run.record, ends_at)
