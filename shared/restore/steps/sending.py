"""Send one effect: never while an earlier one is in doubt, written down before and after, once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from shared.domain import graph_errors
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
from shared.restore.throttle import wait_for_quota

type Effect = Callable[[Run], Awaitable[Done]]
type OnRefusal = Callable[[Run, Step, AnsweredError], Awaitable[StepResult]]

# After an effect whose answer was lost, a look that shows the old state proves nothing yet: reads
# by an application are eventually consistent. Only when the old state still shows after that long
# is the effect taken for not done. The call itself may take half a minute to be made.
IN_DOUBT = READS_LAG + timedelta(seconds=30)

# An effect that Graph answers with 404 although the user was just seen is tried this often in a
# row: then the object is listed, but its purge has begun and it cannot be restored any more.
# Source: Entra docs "Restore or remove a recently deleted user".
MOST_NOT_FOUND = 5


async def may_send_now(run: Run, step: Step) -> StepResult:
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


async def note_already_done(run: Run, step: Step) -> Continue:
    """Note that there is nothing to send: a look has shown the world as it should be."""
    if step.status is StepStatus.ATTEMPTING:
        run.note_ended(step, StepStatus.DONE, text("step", "seen-done"))
    else:
        run.note_ended(step, StepStatus.SKIPPED, text("step", "done-before"))
    await run.save_notes()
    return CONTINUE


async def send(run: Run, step: Step, effect: Effect, on_refusal: OnRefusal) -> StepResult:
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
        return await _refused(run, trying, error, on_refusal)
    run.note_ended(trying, StepStatus.DONE, None, done.request_id)
    await run.save_notes()
    return CONTINUE


async def _refused(run: Run, step: Step, error: AnsweredError, on_refusal: OnRefusal) -> StepResult:
    if not graph_errors.is_absent(error) or step.not_found + 1 >= MOST_NOT_FOUND:
        return await on_refusal(run, step, error)
    # Purged, or changed by somebody else, or not replicated yet: the next look tells.
    missing = replace(step, not_found=step.not_found + 1)
    await run.undo_attempt(missing, text("step", "not-found"))
    return wait_for_directory(run, text("wait", "not-found"))
