"""Run the two steps that change the tenant: look first, skip if done already, else send once."""

from dataclasses import replace

from shared.domain import graph_errors
from shared.domain.licensing.chosen import Doubt
from shared.domain.licensing.skus import is_as_wanted
from shared.domain.person import Person
from shared.domain.records.progress import Step, StepStatus
from shared.domain.text import text
from shared.errors import AnsweredError
from shared.ports.directory import Done
from shared.restore.deadlines import too_late
from shared.restore.drilling.away import still_active
from shared.restore.run import Run
from shared.restore.run_results import (
    CONTINUE,
    RECONSIDER,
    ChangeResult,
    Continue,
    Park,
    Settle,
    StepResult,
    wait_for_directory,
)
from shared.restore.steps import seats
from shared.restore.steps.another_license import has_another, leave_to_another
from shared.restore.steps.assignment_refused import assignment_refused
from shared.restore.steps.group_seats import wait_for_group
from shared.restore.steps.mailbox_kind import MailboxKind, end_unlicensed, kind_of_mailbox
from shared.restore.steps.missing_user import not_shown
from shared.restore.steps.restore_refused import restore_refused
from shared.restore.steps.second_thoughts import has_second_thoughts
from shared.restore.steps.sending import may_send_now, note_already_done, send


async def restore_user(run: Run, step: Step) -> ChangeResult:
    """Restore the deleted user, unless it is active already."""
    fresh, run.fresh_person = run.fresh_person, None
    person = fresh or await _look_for_deleted(run)
    if person is None:
        return await not_shown(run, step)
    if not person.is_deleted:
        if run.record.is_away and step.status is not StepStatus.ATTEMPTING:
            return still_active(run)
        return await note_already_done(run, step)
    if fresh is None and await has_second_thoughts(run, step, person):
        return RECONSIDER
    cleared = await may_send_now(run, step)
    if not isinstance(cleared, Continue):
        return cleared
    return await send(run, step, _send_restore, restore_refused)


async def assign_license(run: Run, step: Step) -> ChangeResult:
    """Assign the licences of the plan, unless the user has them or must be given none."""
    if run.record.group_seat is None:
        turn = await _wait_without_looking(run, step)
        if not isinstance(turn, Continue):
            return turn
    fresh, run.fresh_person = run.fresh_person, None
    person = fresh or await run.deps.people.active(run.person.id)
    if person is None:
        return await not_shown(run, step)
    if person.is_blank:
        late = too_late(run)
        return wait_for_directory(run, text("wait", "blank")) if late is None else Settle(late)
    if run.record.group_seat is not None:
        return await wait_for_group(run, step, person, run.record.group_seat)
    if await has_another(run, step, person):
        await seats.served(run)
        return await leave_to_another(run, step)
    return await _unless_it_is_so(run, step, person, is_fresh=fresh is not None)


async def _unless_it_is_so(run: Run, step: Step, person: Person, *, is_fresh: bool) -> ChangeResult:
    if is_as_wanted(person, run.record.licenses):
        await seats.served(run)
        return await note_already_done(run, step)
    if not is_fresh and await has_second_thoughts(run, step, person):
        return RECONSIDER
    return await _assign_to(run, step, person)


async def _assign_to(run: Run, step: Step, person: Person) -> StepResult:
    kind = await kind_of_mailbox(run)
    if isinstance(kind, Park):
        return kind
    if isinstance(kind, Doubt):
        await seats.served(run)
        return await end_unlicensed(run, step, kind)
    if kind is MailboxKind.SHARED:
        await seats.served(run)
        run.note_ended(step, StepStatus.SKIPPED, text("step", "shared"))
        await run.save_notes()
        return CONTINUE
    turn = await _wait_for_turn(run, step, person)
    if not isinstance(turn, Continue):
        return turn
    return await send(run, step, _send_licenses, _not_assigned)


async def _wait_without_looking(run: Run, step: Step) -> StepResult:
    """Keep waiting for a seat, without a request to Graph, while it is others' turn."""
    if step.status is not StepStatus.PENDING or seats.is_time_to_look(run):
        return CONTINUE
    return await _wait_for_turn(run, step, None)


async def _wait_for_turn(run: Run, step: Step, person: Person | None) -> StepResult:
    cleared = await may_send_now(run, step)
    if not isinstance(cleared, Continue):
        return cleared
    return await seats.wait_for_turn(run, person)


async def _look_for_deleted(run: Run) -> Person | None:
    people, user_id = run.deps.people, run.person.id
    return await people.active(user_id) or await people.deleted(user_id)


async def _send_restore(run: Run) -> Done:
    request = run.request
    return await run.deps.effects.restore_user(
        run.person.id,
        new_upn=run.record.new_name,
        drop_addresses=request.on_address_conflict == "drop",
    )


async def _send_licenses(run: Run) -> Done:
    done = await run.deps.effects.assign_licenses(run.person.id, run.record.licenses)
    await seats.served(run)
    return done


async def _not_assigned(run: Run, step: Step, error: AnsweredError) -> StepResult:
    if not graph_errors.is_without_seat(error):
        return await assignment_refused(run, step, error)
    await run.undo_attempt(replace(step, not_found=0), text("step", "no-seat"))
    return await _without_seat(run, step, error)


async def _without_seat(run: Run, step: Step, error: AnsweredError) -> StepResult:
    """Try at once without what the mailbox does not need; else wait for the seat."""
    if await seats.leave_out(run, seats.short_of(run, error)):
        return await send(
            run, replace(step, status=StepStatus.PENDING), _send_licenses, _not_assigned
        )
    return await seats.wait_for_seat(run, error)
