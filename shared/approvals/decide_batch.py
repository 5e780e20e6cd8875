"""Approve or reject, with one word, all restores of a batch that wait for it."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import batched

from shared.approvals.decide import Verdict, decide, is_own
from shared.batches.read import read_items
from shared.domain.approvals.wanted import joint_hash
from shared.domain.batches.batch import Batch, SeenItem
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.domain.values.json_values import Json
from shared.errors import (
    NotWaitingForApprovalError,
    OwnRequestError,
    PlanChangedError,
    RestoreNotFoundError,
)
from shared.ports.deps import IntakeDeps

_AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class BatchApproval:
    """The restores of a batch that wait for an approval, in its order."""

    waiting: tuple[Record, ...]

    @property
    def plan_hash(self) -> str:
        """By which all of them are decided about at once."""
        return joint_hash(one.approval.plan_hash for one in self.waiting if one.approval)

    def document(self) -> Json:
        """How many wait, and by what they are decided about."""
        return {"count": len(self.waiting), "planHash": self.plan_hash}


def approval_of(items: Iterable[SeenItem]) -> BatchApproval | None:
    """What of these items of a batch waits for an approval; None where nothing does."""
    records = (item.record for item in items)
    waiting = tuple(record for record in records if record is not None and _waits(record))
    return BatchApproval(waiting) if waiting else None


async def decide_batch(batch: Batch, verdict: Verdict, deps: IntakeDeps) -> tuple[Record, ...]:
    """The restores that waited, as they stand with this decision.

    One that somebody else decides about in the same moment, or that goes on or is removed
    meanwhile, is left as it is.

    Raises:
        OwnRequestError: whoever decides has asked for the batch, or for one of its restores.
        NotWaitingForApprovalError: nothing in it waits for an approval; nothing was written.
        PlanChangedError: what waits is not what was decided about; nothing was written.
        BusyError, StorageUnavailableError: some are decided; the batch tells.
    """
    if batch.requested_by.id is not None and batch.requested_by.id == verdict.by.id:
        raise OwnRequestError
    approval = approval_of(await read_items(batch, deps))
    if approval is None:
        status = "finished" if batch.finished_at is not None else "running"
        raise NotWaitingForApprovalError(text("not-waiting-for-approval", "batch", status=status))
    if any(is_own(record, verdict.by) for record in approval.waiting):
        raise OwnRequestError
    if verdict.plan_hash not in {None, approval.plan_hash}:
        raise PlanChangedError
    decided: list[Record] = []
    for some in batched(approval.waiting, _AT_ONCE, strict=False):
        done = await asyncio.gather(*(_decide(record, verdict, deps) for record in some))
        decided += [record for record in done if record is not None]
    return tuple(decided)


async def _decide(record: Record, verdict: Verdict, deps: IntakeDeps) -> Record | None:
    seen = record.approval.plan_hash if record.approval is not None else None
    try:
        return await decide(record.id, replace(verdict, plan_hash=seen), deps)
    except (NotWaitingForApprovalError, PlanChangedError, RestoreNotFoundError):
        return None


def _waits(record: Record) -> bool:
    return record.waits_for_approval and record.approval is not None and record.approval.is_open
