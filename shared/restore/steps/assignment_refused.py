"""Decide what follows an assignment that Graph refused: a short wait, or an end with the cause."""

from dataclasses import replace

from shared.domain import graph_errors
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import holders_of, values_of
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Conflict, ConflictProperty
from shared.domain.records.progress import Step, StepStatus, WaitingFor
from shared.domain.text import text
from shared.errors import AnsweredError, DirectoryError
from shared.restore.deadlines import before_the_end
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Settle, StepResult, wait_for_directory
from shared.restore.steps.restore_refused import is_granted

# A usage location that was set a moment ago is not taken at once; the waits of the directory make
# five looks some four minutes. Source: CIPP sets it and tries again.
MOST_LOCATION_TRIES = 5


async def assignment_refused(run: Run, step: Step, error: AnsweredError) -> StepResult:
    """Wait where only time is missing; else end, or go on without what nobody asked for."""
    is_late = graph_errors.is_about_location(error) and bool(run.person.usage_location)
    if is_late and run.waits_for(WaitingFor.DIRECTORY) < MOST_LOCATION_TRIES:
        run.warn(FindingCode.USAGE_LOCATION_LATE)
        await run.undo_attempt(step, text("step", "location-late"))
        return wait_for_directory(run, text("wait", "usage-location"))
    ending = await _why(run, error)
    if run.record.is_extra:
        # Nobody asked for this assignment; the restore itself is good and goes on.
        run.warn(FindingCode.LICENSE_LEFT_OUT, "not-assigned", why=ending.text)
        run.note_ended(step, StepStatus.SKIPPED, ending.text, error.request_id)
        await run.save_notes()
        return CONTINUE
    await run.fail_step(step, ending, error.request_id)
    return Settle(replace(ending, before=before_the_end(run.record)))


async def _why(run: Run, error: AnsweredError) -> Outcome:
    if not graph_errors.is_about_addresses(error):
        is_held = await is_granted(run, error, graph_errors.ASSIGN_PERMISSION)
        return graph_errors.why_not_licensed(error, is_granted=is_held)
    taken = await _taken(run)
    if not taken:
        return outcome(Code.ADDRESS_CONFLICT, "assigning-unseen", other_said=error.why)
    return outcome(
        Code.ADDRESS_CONFLICT,
        "assigning",
        addresses=values_of(taken),
        other_holders=holders_of(taken),
    )


async def _taken(run: Run) -> list[Conflict]:
    """Who has an address that the mailbox would have; what was remembered counts, too.

    Some tenants lose the addresses with the plan. A look that fails leaves the refusal as it is.
    """
    seen = await run.deps.observations.last(run.person.id)
    remembered = seen.names.addresses if seen is not None else ()
    known = {address.lower() for address in run.person.proxy_addresses}
    more = (f"smtp:{one}" for one in remembered if f"smtp:{one}".lower() not in known)
    person = replace(run.person, proxy_addresses=(*run.person.proxy_addresses, *more))
    try:
        found = (await run.deps.people.conflicts(person, also_upn=None)).found
    except DirectoryError:
        return []
    return [item for item in found if item.property is not ConflictProperty.IMMUTABLE_ID]
