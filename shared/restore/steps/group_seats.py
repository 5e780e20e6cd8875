"""Waiting for a group to give the licence: a free seat is all that it lacks, and it acts by itself.

Nothing is sent: only looked, ever more seldom, until the person has the plan or the window closes.
"""

from datetime import timedelta

from shared.domain.licensing.groups import GroupSeat
from shared.domain.licensing.skus import has_mailbox_plan
from shared.domain.outcomes import Code, outcome
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus, WaitingFor
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Park, Settle, StepResult, back_off

# Group-based licensing works through a group within minutes once seats are there.
_WAITS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15))


async def wait_for_group(run: Run, step: Step, person: Person, seat: GroupSeat) -> StepResult:
    """Go on when the group has given the licence; else wait, as long as that can still help."""
    if has_mailbox_plan(person, await run.deps.tenant.skus()):
        run.note_ended(step, StepStatus.SKIPPED, text("step", "by-group", group=seat.group))
        await run.save_notes()
        return CONTINUE
    now, deadline = run.now(), run.record.deadline
    if deadline is not None and now >= deadline:
        return Settle(outcome(Code.NO_SEAT, until=instant(deadline), licenses=(seat.license,)))
    until = now + back_off(_WAITS, run.waits_for(WaitingFor.SEAT))
    why = text("wait", "group-seat", group=seat.group, licenses=(seat.license,))
    return Park(WaitingFor.SEAT, until if deadline is None else min(until, deadline), why)
