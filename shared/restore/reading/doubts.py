"""Decide when a look is not believed yet: the user was just changed, or the audit log is late."""

from datetime import datetime, timedelta

from shared.domain.decision import Decision
from shared.domain.outcomes import Code
from shared.domain.records.progress import WaitingFor
from shared.domain.snapshot import Snapshot
from shared.domain.text import text
from shared.domain.window import WindowVerdict
from shared.restore.locking import LOCK_WAITS, READS_LAG, changed_at, holder_in, last_change
from shared.restore.reading.license_evidence import EvidenceQuestion
from shared.restore.run import Run
from shared.restore.run_results import Park, back_off

# The audit log is late by minutes; no bound is documented. When it is looked at again, counted from
# the request, before nobody is said to know when the licence went.
LOG_LOOKS = tuple(timedelta(minutes=n) for n in (0, 1, 3, 6, 10, 15))


async def in_doubt(run: Run, decision: Decision) -> Park | None:
    """The wait for a restore that changed this user before: reads still lag, or it still looks.

    Whoever is seen to be as asked already needs no second look.

    Raises:
        StorageUnavailableError: that restore could not be read.
    """
    before = await last_change(run)
    ending = decision.ending
    if before is None or (ending is not None and ending.code is Code.ALREADY_ACTIVE):
        return None
    at, now = changed_at(before), run.now()
    if at is not None and now < at + READS_LAG:
        return Park(WaitingFor.DIRECTORY, at + READS_LAG, text("wait", "unsettled"))
    if before.status.is_final or not before.only_looks:
        return None
    later = back_off(LOCK_WAITS, run.waits_for(WaitingFor.USER_LOCK))
    return Park(WaitingFor.USER_LOCK, now + later, text("wait", "user-lock"), holder_in(before))


async def lag_of_another(run: Run) -> Park | None:
    """The wait until reads show what another restore has changed while this one had let go.

    Raises:
        StorageUnavailableError: that restore could not be read.
    """
    before = await last_change(run)
    at = None if before is None or before.id == run.record.id else changed_at(before)
    if at is None or run.now() >= at + READS_LAG:
        return None
    return Park(WaitingFor.DIRECTORY, at + READS_LAG, text("wait", "unsettled"))


def question_of(run: Run) -> EvidenceQuestion:
    """What the run asks of the audit log: no read before its last look that was due is believed.

    Between the first look and the last it does not ask for the person by name: those requests are
    few, and many may wait at once.
    """
    asked_at, now = min(_asked_at(run), run.now()), run.now()
    due = [asked_at + wait for wait in LOG_LOOKS if asked_at + wait <= now]
    is_thorough = len(due) in {1, len(LOG_LOOKS)}
    return EvidenceQuestion(due[-1] if due else asked_at, is_thorough=is_thorough)


def waits_for_log(run: Run, decision: Decision, snapshot: Snapshot) -> Park | None:
    """The wait for a record that may be on its way, where nobody knows when the licence went."""
    ending = decision.ending
    if ending is None or ending.code is not Code.WINDOW_UNKNOWN:
        return None
    if decision.window.verdict is not WindowVerdict.UNKNOWN or snapshot.log_refusal is not None:
        return None
    asked_at, now = _asked_at(run), run.now()
    later = next((asked_at + wait for wait in LOG_LOOKS if asked_at + wait > now), None)
    if later is None:
        return None
    told = text("wait", "audit-log")
    return Park(WaitingFor.DIRECTORY, later, told, gives_up_at=asked_at + LOG_LOOKS[-1])


def _asked_at(run: Run) -> datetime:
    asked_at = run.record.retried_at or run.record.created_at
    return max(asked_at, run.request.not_before or asked_at)
