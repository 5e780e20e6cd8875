"""The two steps that change the tenant: look, skip if it is so already, else send once.

A step returns None when it is over and the next one may begin, or how the run ends.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from shared.domain import answers
from shared.domain.decision import Case, StepName
from shared.domain.licensing import is_as_wanted
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import Person
from shared.domain.record import Record, Step, StepStatus, WaitingFor
from shared.errors import AnsweredError, NotSentError, OutcomeUnknownError
from shared.restore.endings import Ending, Park, Settle, wait_after, wait_for_directory
from shared.restore.ports import Done
from shared.restore.run import Run

# After an effect whose answer was lost, a look that shows the old state proves nothing yet: reads
# by an application are eventually consistent. Only when the old state still shows after a minute
# is the effect taken for not done. Source: Microsoft "Designing for Eventual Consistency for
# Microsoft Entra", 2026-03 (no bound is given; reports speak of up to a minute).
IN_DOUBT = timedelta(minutes=1)

# While replication catches up with a restore, ours or somebody else's, the user may be in neither
# list. Five looks take about four minutes; reports speak of one. Source: pnp cli-microsoft365,
# `user recyclebinitem restore`.
LOOKS_BEFORE_GONE = 5

# An effect that Graph answers with 404 although the user was just seen is tried this often: then
# the object is listed, but its purge has begun and it cannot be restored any more.
# Source: Entra docs "Restore or remove a recently deleted user".
MOST_NOT_FOUND = 5

# A free seat is looked for at every sweep, and the sweep runs every minute.
SEAT_WAIT = timedelta(minutes=1)


async def restore_user(run: Run, step: Step) -> Ending | None:
    """Restore the deleted user, unless it is active already."""
    person = run.fresh_person or await _look_for_deleted(run)
    run.fresh_person = None
    if person is None:
        return _gone(run)
    if not person.is_deleted:
        await _already_so(run, step)
        return None
    return _in_doubt(run, step) or _closed(run) or await _send(run, step, _send_restore)


async def _look_for_deleted(run: Run) -> Person | None:
    people, user_id = run.deps.people, run.person.id
    return await people.active(user_id) or await people.deleted(user_id)


def _gone(run: Run) -> Ending:
    if run.waits_for(WaitingFor.DIRECTORY) < LOOKS_BEFORE_GONE:
        return wait_for_directory(run)
    text = f"User {run.person.id} is neither active nor among the deleted ones any more."
    return Settle(outcome(Code.USER_PURGED, text))


async def _send_restore(run: Run) -> Done:
    request = run.request
    rename = request.on_upn_conflict == "rename"
    return await run.deps.effects.restore_user(
        run.person.id,
        new_upn=request.new_user_principal_name if rename else None,
        drop_addresses=request.on_address_conflict == "drop",
    )


async def assign_license(run: Run, step: Step) -> Ending | None:
    """Assign the licences of the plan, unless the user has them already."""
    person = run.fresh_person or await run.deps.people.active(run.person.id)
    run.fresh_person = None
    if person is None:
        return await _not_active(run)
    if is_as_wanted(person, run.record.licenses):
        await _already_so(run, step)
        return None
    return _in_doubt(run, step) or _closed(run) or await _send(run, step, _send_licenses)


async def _not_active(run: Run) -> Ending:
    """Not replicated yet after our own restore; or deleted, again or for the first time."""
    if run.waits_for(WaitingFor.DIRECTORY) < LOOKS_BEFORE_GONE:
        return wait_for_directory(run)
    if await run.deps.people.deleted(run.person.id) is None:
        return _gone(run)
    text = f"User {run.person.id} was deleted while the restore waited to assign the licence."
    fix = 'Send the request again with kind "mailbox" and another key.'
    return Settle(outcome(Code.USER_NOT_FOUND, text, fix))


async def _send_licenses(run: Run) -> Done:
    return await run.deps.effects.assign_licenses(run.person.id, run.record.licenses)


async def _already_so(run: Run, step: Step) -> None:
    if step.status is StepStatus.ATTEMPTING:
        await run.finish_step(step, StepStatus.DONE, "seen done after a lost answer")
    else:
        await run.finish_step(step, StepStatus.SKIPPED, "the directory is so already")


def _closed(run: Run) -> Settle | None:
    """Look at the window again: it may have closed while the restore waited."""
    window = run.record.window
    is_alive = run.record.case is Case.DELETED_USER and _is_restored(run)
    if window is None or window.ends_at is None or is_alive or run.now() < window.ends_at:
        return None
    return Settle(closed_meanwhile(run.record, window.ends_at))


def closed_meanwhile(record: Record, ends_at: datetime) -> Outcome:
    """The outcome of a restore that was still waiting when its window closed."""
    text = f"The window closed at {ends_at:%Y-%m-%dT%H:%M:%SZ}"
    if record.waited_for is WaitingFor.SEAT:
        return outcome(Code.NO_SEAT, f"{text}, and no seat came free before.")
    if record.waited_for is None:
        return outcome(Code.WINDOW_CLOSED, f"{text}.")
    return outcome(
        Code.WINDOW_CLOSED_WHILE_WAITING, f"{text} while the restore waited: {record.waited_for}."
    )


def _is_restored(run: Run) -> bool:
    step = run.record.step(StepName.RESTORE_USER)
    return step is not None and step.is_over


def _in_doubt(run: Run, step: Step) -> Park | None:
    if step.status is not StepStatus.ATTEMPTING or step.started_at is None:
        return None
    doubt_ends_at = step.started_at + IN_DOUBT
    return Park(WaitingFor.DIRECTORY, doubt_ends_at) if run.now() < doubt_ends_at else None


async def _send(run: Run, step: Step, effect: Callable[[Run], Awaitable[Done]]) -> Ending | None:
    """Write down, send once, write down what came of it."""
    trying = await run.attempt(step)
    try:
        done = await effect(run)
    except NotSentError as error:
        await run.undo_attempt(trying, f"not sent: {error}")
        return wait_after(error, run)
    except OutcomeUnknownError as error:
        # Nothing is known, so nothing is written but that: the next run looks before it acts.
        return wait_after(error, run)
    except AnsweredError as error:
        return await _refused(run, trying, error)
    await run.finish_step(trying, StepStatus.DONE, None, done.request_id)
    return None


async def _refused(run: Run, step: Step, error: AnsweredError) -> Ending:
    if answers.is_without_seat(error):
        await run.undo_attempt(step, "no free seat")
        return Park(WaitingFor.SEAT, run.now() + SEAT_WAIT)
    if answers.is_absent(error) and step.attempts < MOST_NOT_FOUND:
        # Purged, or restored by somebody else, or not replicated yet: the next look tells.
        await run.undo_attempt(step, "not found")
        return wait_for_directory(run)
    explain = {
        StepName.RESTORE_USER: answers.why_not_restored,
        StepName.ASSIGN_LICENSE: answers.why_not_licensed,
    }
    ending = explain[step.name](error)
    await run.fail_step(step, ending, error.request_id)
    return Settle(ending)
