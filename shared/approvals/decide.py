"""Approve or reject a restore that waits for somebody's word.

    approve   unfinished row ── record ── work message
    reject    unfinished row ── record ── told

The record decides a race: of two deciders one replaces the record that both have read. The same
decision sent once more by the same person is answered as the first time.
"""

from contextlib import suppress
from dataclasses import dataclass

from shared import telemetry
from shared.domain.approvals.approval import Approval, ApprovalDecision
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, is_restore_id
from shared.domain.text import text
from shared.errors import (
    BusyError,
    LeaseLostError,
    NotWaitingForApprovalError,
    OwnRequestError,
    PlanChangedError,
    RestoreNotFoundError,
    StorageUnavailableError,
)
from shared.ports.deps import IntakeDeps
from shared.ports.ledger import StoredRecord
from shared.restore.accept import QUEUE_GRACE
from shared.restore.conclude import publish_end

# A worker looks at a waiting restore once an hour and writes three times; whoever loses more races
# has other deciders against them, and reads on the next try that it is decided.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody decided, about which plan, and why; `plan_hash` None: whatever the plan."""

    decision: ApprovalDecision
    plan_hash: str | None
    by: RequestedBy
    reason: str | None = None


async def decide(restore_id: str, verdict: Verdict, deps: IntakeDeps) -> Record:
    """The restore, as it stands with this decision.

    Raises:
        RestoreNotFoundError: there is none.
        OwnRequestError: whoever decides has asked for it, or made the guard behind it.
        NotWaitingForApprovalError: it does not wait for an approval; nothing was written.
        PlanChangedError: it waits with another plan; nothing was written.
        BusyError: it is being looked at at this very moment; nothing was written.
        StorageUnavailableError: it may be decided; the same again tells.
    """
    for _ in range(_TRIES):
        stored = await deps.ledger.read(restore_id) if is_restore_id(restore_id) else None
        if stored is None:
            raise RestoreNotFoundError
        record = stored.record
        if is_repeated(record, verdict):
            return record
        demand_decidable(record, verdict)
        with suppress(LeaseLostError):
            return await _decide(stored, verdict, deps)
    raise BusyError


def demand_decidable(record: Record, verdict: Verdict) -> Approval:
    """The open approval of a restore about which this may be decided; see `decide`."""
    if is_own(record, verdict.by):
        raise OwnRequestError
    approval = record.approval
    if approval is None or not approval.is_open or record.status.is_final:
        told = text("not-waiting-for-approval", status=record.status.value)
        raise NotWaitingForApprovalError(told)
    if verdict.plan_hash is not None and verdict.plan_hash != approval.plan_hash:
        raise PlanChangedError
    if not record.waits_for_approval:
        raise BusyError
    return approval


def is_own(record: Record, by: RequestedBy) -> bool:
    """Whether this caller has asked for the restore, or made the guard that did.

    What comes by queue carries no proof of who sent it, and is nobody's own.
    """
    asked_by = record.requested_by
    if asked_by.door is Door.QUEUE or by.id is None:
        return False
    owner = record.ordered_by if asked_by.door is Door.TIMER else asked_by.id
    return owner == by.id


def is_repeated(record: Record, verdict: Verdict) -> bool:
    """Whether this very caller has decided the same about this plan before."""
    approval = record.approval
    if approval is None or approval.decided_by is None:
        return False
    is_same = approval.decision is verdict.decision and approval.decided_by.id == verdict.by.id
    return is_same and verdict.plan_hash in {None, approval.plan_hash}


async def _decide(stored: StoredRecord, verdict: Verdict, deps: IntakeDeps) -> Record:
    now = deps.clock.now()
    approval = demand_decidable(stored.record, verdict)
    decided = approval.decided(verdict.decision, verdict.by, now, reason=verdict.reason)
    await deps.unfinished.note(stored.record.id, now + QUEUE_GRACE, queued_for=now)
    why = None if verdict.reason is None else text("journal", "reason", reason=verdict.reason)
    entry = JournalEntry(now, verdict.decision.value, why, by=verdict.by)
    if decided.is_approved:
        going = stored.record.approved(decided, now)
        await deps.ledger.write(stored, going, entry)
        # It is written: if the message is lost, the sweep finds the row.
        with suppress(StorageUnavailableError):
            await deps.outbox.enqueue_work(going.id)
        return going
    ended = stored.record.rejected(decided, _refusal(verdict), now)
    await deps.ledger.write(stored, ended, entry)
    telemetry.ended(ended)
    # Rejected it is, whatever becomes of these writes: the sweep makes them good.
    with suppress(StorageUnavailableError):
        await publish_end(ended, deps)
    return ended


def _refusal(verdict: Verdict) -> Outcome:
    if verdict.reason is None:
        return outcome(Code.NOT_APPROVED, "no-reason")
    return outcome(Code.NOT_APPROVED, reason=verdict.reason)
