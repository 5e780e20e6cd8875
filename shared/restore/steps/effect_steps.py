"""Run the two steps that change the tenant: look first, skip if done already, else send once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from shared.domain import graph_errors
from shared.domain.decision import StepName
from shared.domain.licensing.skus import is_as_wanted
from shared.domain.person import UNLICENSED_PURPOSES, Person
from shared.domain.records.progress import Step, StepStatus, WaitingFor
from shared.domain.text import text
from shared.errors import AnsweredError, NotSentError, OutcomeUnknownError, Quota
from shared.ports.directory import Done
from shared.restore.deadlines import too_late
from shared.restore.locking import READS_LAG
from shared.restore.run import Run
from shared.restore.run_results import (
    CONTINUE,
    Continue,
    Park,
    Settle,
    StepResult,
    unreachable,
    wait_after,
    wait_for_directory,
)
from shared.restore.steps import seats
from shared.restore.steps.assignment_refused import assignment_refused
from shared.restore.steps.group_seats import wait_for_group
from shared.restore.steps.missing_user import not_shown
from shared.restore.steps.restore_refused import restore_refused
from shared.restore.throttle import wait_for_quota

# After an effect whose answer was lost, a look that shows the old state proves nothing yet: reads
# by an application are eventually consistent. Only when the old state still shows after that long
# is the effect taken for not done. The call itself may take half a minute to be made.
IN_DOUBT = READS_LAG + timedelta(seconds=30)

# An effect that Graph answers with 404 although the user was just seen is tried this often in a
# row: then the object is listed, but its purge has begun and it cannot be restored any more.
# Source: Entra docs "Restore or remove a recently deleted user".
MOST_NOT_FOUND = 5

# How long a restored mailbox has to say what it is before an inferred licence is assigned. A shared
# mailbox answers within minutes, as a rule (no number is documented). Waiting longer delays people;
# not waiting would give a licence to a shared mailbox that needs none.
SHARED_PATIENCE = timedelta(minutes=30)
SHARED_WAIT = timedelta(minutes=2)


async def restore_user(run: Run, step: Step) -> StepResult:
    """Restore the deleted user, unless it is active already."""
    person = run.fresh_person or await _look_for_deleted(run)
    run.fresh_person = None
    if person is None:
        return await not_shown(run, step)
    if not person.is_deleted:
        return await _note_already_done(run, step)
    cleared = await _may_send_now(run, step)
    if not isinstance(cleared, Continue):
        return cleared
    return await _send(run, step, _send_restore)


async def assign_license(run: Run, step: Step) -> StepResult:
    """Assign the licences of the plan, unless the user has them or must be given none."""
    if run.record.group_seat is None:
        turn = await _wait_without_looking(run, step)
        if not isinstance(turn, Continue):
            return turn
    person = run.fresh_person or await run.deps.people.active(run.person.id)
    run.fresh_person = None
    if person is None:
        return await not_shown(run, step)
    if person.is_blank:
        late = too_late(run)
        return wait_for_directory(run, text("wait", "blank")) if late is None else Settle(late)
    if run.record.group_seat is not None:
        return await wait_for_group(run, step, person, run.record.group_seat)
    return await _assign_to(run, step, person)


async def _assign_to(run: Run, step: Step, person: Person) -> StepResult:
    if is_as_wanted(person, run.record.licenses):
        await seats.served(run)
        return await _note_already_done(run, step)
    is_shared = await _is_shared(run)
    if isinstance(is_shared, Park):
        return is_shared
    if is_shared:
        await seats.served(run)
        run.note_ended(step, StepStatus.SKIPPED, text("step", "shared"))
        await run.save_notes()
        return CONTINUE
    turn = await _wait_for_turn(run, step, person)
    if not isinstance(turn, Continue):
        return turn
    return await _send(run, step, _send_licenses)


async def _wait_without_looking(run: Run, step: Step) -> StepResult:
    """Keep waiting for a seat, without a request to Graph, while it is others' turn."""
    if step.status is not StepStatus.PENDING or seats.is_time_to_look(run):
        return CONTINUE
    return await _wait_for_turn(run, step, None)


async def _wait_for_turn(run: Run, step: Step, person: Person | None) -> StepResult:
    cleared = await _may_send_now(run, step)
    if not isinstance(cleared, Continue):
        return cleared
    return await seats.wait_for_turn(run, person)


async def _look_for_deleted(run: Run) -> Person | None:
    people, user_id = run.deps.people, run.person.id
    return await people.active(user_id) or await people.deleted(user_id)


async def _may_send_now(run: Run, step: Step) -> StepResult:
    """Wait while an earlier effect is in doubt or Graph throttles; end when it is too late."""
    if step.status is StepStatus.ATTEMPTING and step.started_at is not None:
        doubt_ends_at = step.started_at + IN_DOUBT
        if run.now() < doubt_ends_at:
            return Park(WaitingFor.DIRECTORY, doubt_ends_at, text("wait", "in-doubt"))
    late = too_late(run)
    if late is None:
        return await wait_for_quota(run, Quota.WRITES)
    if step.status is StepStatus.ATTEMPTING:
        await run.undo_attempt(step, text("step", "not-seen"))
    return Settle(late)


async def _is_shared(run: Run) -> bool | Park:
    """Whether a user restored by us turns out to have a mailbox that must be given no licence.

    While it was deleted nobody could tell, but for what was seen before. A licence that the caller
    named is the caller's word. A mailbox that was never asked is given time to answer; a person's
    does not answer before it has its licence.
    """
    restored = run.record.step(StepName.RESTORE_USER)
    if restored is None or run.request.license is not None:
        return False
    try:
        mailbox = await run.deps.tenant.mailbox(run.person.id)
    except AnsweredError:
        return False
    if mailbox.is_there:
        return mailbox.purpose in UNLICENSED_PURPOSES
    seen = await run.deps.observations.last(run.person.id)
    if seen is not None and seen.purpose is not None:
        return seen.is_shared
    waited = run.now() - (restored.ended_at or run.now())
    if waited < SHARED_PATIENCE:
        return Park(WaitingFor.MAILBOX, run.now() + SHARED_WAIT, text("wait", "purpose"))
    return False


async def _send_restore(run: Run) -> Done:
    request = run.request
    return await run.deps.effects.restore_user(
        run.person.id,
        new_upn=run.record.new_name,
        drop_addresses=request.on_address_conflict == "drop",
    )


async def _send_licenses(run: Run) -> Done:
    return await run.deps.effects.assign_licenses(run.person.id, run.record.licenses)


async def _note_already_done(run: Run, step: Step) -> Continue:
    if step.status is StepStatus.ATTEMPTING:
        run.note_ended(step, StepStatus.DONE, text("step", "seen-done"))
    else:
        run.note_ended(step, StepStatus.SKIPPED, text("step", "done-before"))
    await run.save_notes()
    return CONTINUE


async def _send(run: Run, step: Step, effect: Callable[[Run], Awaitable[Done]]) -> StepResult:
    """Write down, send once, write down what came of it."""
    trying = await run.attempt(replace(step, missing_since=None))
    try:
        done = await effect(run)
    except NotSentError as error:
        await run.undo_attempt(trying, text("step", "not-sent", why=error.why))
        return wait_after(error, run)
    except OutcomeUnknownError as error:
        # The outcome is unknown, and only that is written: the next run looks before it acts.
        return wait_after(error, run)
    except AnsweredError as error:
        if graph_errors.is_unreadable(error):
            return wait_for_directory(run, unreachable(error))
        return await _refused(run, trying, error)
    if trying.name is StepName.ASSIGN_LICENSE:
        await seats.served(run)
    run.note_ended(trying, StepStatus.DONE, None, done.request_id)
    await run.save_notes()
    return CONTINUE


async def _refused(run: Run, step: Step, error: AnsweredError) -> StepResult:
    if graph_errors.is_without_seat(error):
        await run.undo_attempt(replace(step, not_found=0), text("step", "no-seat"))
        return await _without_seat(run, step, error)
    if graph_errors.is_absent(error) and step.not_found + 1 < MOST_NOT_FOUND:
        # Purged, or restored by somebody else, or not replicated yet: the next look tells.
        missing = replace(step, not_found=step.not_found + 1)
        await run.undo_attempt(missing, text("step", "not-found"))
        return wait_for_directory(run, text("wait", "not-found"))
    if step.name is StepName.RESTORE_USER:
        return await restore_refused(run, step, error)
    return await assignment_refused(run, step, error)


async def _without_seat(run: Run, step: Step, error: AnsweredError) -> StepResult:
    """Try at once without what the mailbox does not need; else wait for the seat."""
    if await seats.leave_out(run, seats.short_of(run, error)):
        return await _send(run, replace(step, status=StepStatus.PENDING), _send_licenses)
    return await seats.wait_for_seat(run, error)
