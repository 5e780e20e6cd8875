"""Waiting for a group to give the licence: a free seat is all that it lacks, and it acts by itself.

Nothing is sent: only looked, ever more seldom, until the person has the plan or the window closes.
A group that lacks something else by now would not give it whatever is bought: that ends the wait.
"""

from dataclasses import replace
from datetime import timedelta

from shared.domain.findings.finding import Finding
from shared.domain.findings.license_refusals import not_given
from shared.domain.licensing.group_trouble import GroupTrouble, group_trouble, state_of
from shared.domain.licensing.groups import GroupSeat
from shared.domain.licensing.skus import Sku, has_mailbox_plan
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus, WaitingFor
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.restore.deadlines import before_the_end
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Park, Settle, StepResult, back_off
from shared.restore.steps.lost_again import LOST_AFTER

# Group-based licensing works through a group within minutes once seats are there.
_WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15))

# With one of these the group may still be at work on it, or nobody can tell.
_GIVES_PERHAPS = frozenset({GroupTrouble.SEAT, GroupTrouble.ACTIVE, GroupTrouble.UNKNOWN})


async def wait_for_group(run: Run, step: Step, person: Person, seat: GroupSeat) -> StepResult:
    """Go on when the group has given the licence; else wait, as long as that can still help."""
    skus = await run.deps.tenant.skus()
    if has_mailbox_plan(person, skus):
        run.note_ended(step, StepStatus.SKIPPED, text("step", "by-group", group=seat.group))
        await run.save_notes()
        return CONTINUE
    now, deadline = run.now(), run.record.deadline
    if deadline is not None and now >= deadline:
        return Settle(outcome(Code.NO_SEAT, until=instant(deadline), licenses=(seat.license,)))
    trouble = await _trouble(run, person, seat, skus)
    if trouble is None:
        run.note_step(replace(step, missing_since=None))
    elif _is_believed(run, step):
        why = Outcome(trouble.text, before_the_end(run.record))
        await run.fail_step(step, why, None)
        return Settle(why)
    until = now + back_off(_WAITS, run.waits_for(WaitingFor.SEAT))
    why_waiting = text("wait", "group-seat", group=seat.group, licenses=(seat.license,))
    return Park(WaitingFor.SEAT, until if deadline is None else min(until, deadline), why_waiting)


async def _trouble(
    run: Run, person: Person, seat: GroupSeat, skus: tuple[Sku, ...]
) -> Finding | None:
    """What else than a seat the group lacks by now; it is read only where that may be so."""
    state = state_of(person, seat.sku_id, seat.group_id)
    if state is not None and state.wants_seat:
        return None
    group = await run.deps.tenant.group(seat.group_id, person.id)
    trouble = group_trouble(person, seat.sku_id, group, skus)
    if trouble in _GIVES_PERHAPS:
        return None
    return not_given(trouble, group, person, seat.sku_id)


def _is_believed(run: Run, step: Step) -> bool:
    """Whether every look has shown it for longer than reads lag; the first one is noted."""
    since = step.missing_since or run.now()
    run.note_step(replace(step, missing_since=since))
    return run.now() - since >= LOST_AFTER
