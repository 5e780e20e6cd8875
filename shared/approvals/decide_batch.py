"""Approve or reject, with one word, all restores of a batch that wait for it.

The same word sent once more by the same person goes on where the first one came to, and is answered
as that was: a flow repeats by itself what had no answer, and the first may have come half way.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import batched

from shared.approvals.decide import Verdict, decide, is_own, is_repeated
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
        return _hash_of(self.waiting)

    def document(self) -> Json:
        """How many wait, and by what they are decided about."""
        return {"count": len(self.waiting), "planHash": self.plan_hash}


def approval_of(items: Iterable[SeenItem]) -> BatchApproval | None:
    """What of these items of a batch waits for an approval; None where nothing does."""
    records = (item.record for item in items)
    waiting = tuple(record for record in records if record is not None and _waits(record))
    return BatchApproval(waiting) if waiting else None


async def decide_batch(batch: Batch, verdict: Verdict, deps: IntakeDeps) -> tuple[Record, ...]:
    """The restores that waited, as they stand with this decision; none where it was made before.

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
    items = await read_items(batch, deps)
    approval, before = approval_of(items), _decided_before(items, verdict)
    if approval is None and before is None:
        status = "finished" if batch.finished_at is not None else "running"
        raise NotWaitingForApprovalError(text("not-waiting-for-approval", "batch", status=status))
    waiting = () if approval is None else approval.waiting
    if any(is_own(record, verdict.by) for record in waiting):
        raise OwnRequestError
    if verdict.plan_hash not in {None, before, _hash_of(waiting)}:
        raise PlanChangedError
    decided: list[Record] = []
    for some in batched(waiting, _AT_ONCE, strict=False):
        done = await asyncio.gather(*(_decide(record, verdict, deps) for record in some))
        decided += [record for record in done if record is not None]
    return tuple(decided)


async def _decide(record: Record, verdict: Verdict, deps: IntakeDeps) -> Record | None:
    seen = record.approval.plan_hash if record.approval is not None else None
    try:
        return await decide(record.id, replace(verdict, plan_hash=seen), deps)
    except (NotWaitingForApprovalError, PlanChangedError, RestoreNotFoundError):
        return None


def _decided_before(items: Iterable[SeenItem], verdict: Verdict) -> str | None:
    """The hash of what waits and of what this caller has decided in the same way; None: nothing."""
    whatever = replace(verdict, plan_hash=None)
    records = [item.record for item in items if item.record is not None]
    decided = {record.id for record in records if is_repeated(record, whatever)}
    if not decided:
        return None
    return _hash_of(record for record in records if record.id in decided or _waits(record))


def _hash_of(records: Iterable[Record]) -> str:
    return joint_hash(one.approval.plan_hash for one in records if one.approval)


def _waits(record: Record) -> bool:
    return record.waits_for_approval and record.approval is not None and record.approval.is_open
