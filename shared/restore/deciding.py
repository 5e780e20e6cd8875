"""Decide about one person: find, lock, look, decide; what comes of it is a plan, a wait or an end.

The plan is written down with the first thing that is done by it.
"""

from datetime import datetime

from shared.domain.decide import decide
from shared.domain.decision import Decision, StepName
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.phrases import EVIDENCE
from shared.domain.records.progress import WaitingFor
from shared.domain.schedule import decide_for_later, too_late_at
from shared.domain.snapshot import Found, Snapshot
from shared.domain.text import Text, text
from shared.domain.values.json_values import instant
from shared.ports.directory import SearchHits
from shared.restore.approval_wait import foretell_approval, wait_for_approval
from shared.restore.deadlines import closed_meanwhile
from shared.restore.locking import lock_user, wait_for_user_lock
from shared.restore.mailbox_looks import settled
from shared.restore.reading.doubts import in_doubt, question_of, waits_for_log
from shared.restore.reading.look import by_id, find, identify, look_around, search
from shared.restore.reading.unsettled import unless_unsettled
from shared.restore.reading.who_restored_it import with_doer
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Park, Settle, StepResult

# What ends a request for a later time at once: whoever asked made a mistake, or asks for what only
# a guard may do, that is to bring people back who are not lost yet.
_POINTLESS = frozenset(
    {Code.USER_NOT_FOUND, Code.USER_PURGED, Code.AMBIGUOUS_USER, Code.ALREADY_ACTIVE}
)


async def decide_on(run: Run) -> StepResult:
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
        return await _end_or_plan(run, refusal) if refusal else _wait_until(not_before, found, run)
    return await _decide_now(run, snapshot)


def _wait_until(begins_at: datetime, found: Found, run: Run) -> Park:
    """The wait for the time that was asked for; by then somebody else may have the name."""
    if isinstance(found, Person):
        run.note_person(found)
    return Park(WaitingFor.SCHEDULE, begins_at, text("wait", "schedule", at=instant(begins_at)))


def plan_or_end(run: Run, decision: Decision) -> StepResult:
    """Note what was decided, and its plan if there is one; nobody has to approve of it."""
    run.note_decision(decision)
    if decision.ending is not None:
        return Settle(decision.ending)
    run.note_plan(_planned(decision))
    return CONTINUE


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
    hits = await _meant(run)
    if not _may_change_something(run):
        return await unless_unsettled(await find(hits, kind, deps, question), hits, run)
    user_id = await identify(hits, kind, deps, question)
    if not isinstance(user_id, str):
        return await unless_unsettled(user_id, hits, run)
    holder = await lock_user(user_id, run)
    if holder is not None:
        return wait_for_user_lock(run, holder)
    return await unless_unsettled(await find(by_id(user_id), kind, deps), hits, run)


async def _meant(run: Run) -> SearchHits:
    """Whom the restore is about: as found before it began to wait, else as the name leads to."""
    before = run.record.person
    return await search(run.request.user, run.deps) if before is None else by_id(before.id)


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
