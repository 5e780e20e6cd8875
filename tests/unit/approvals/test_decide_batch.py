"""One word for all that wait in a batch: what is gone meanwhile holds up none of the others."""

import asyncio

import pytest

from functions.queues.work import work_on
from shared.approvals.decide import Verdict
from shared.approvals.decide_batch import approval_of, decide_batch
from shared.batches.read import read_batch, read_items
from shared.batches.start import BatchOrder, start_batch
from shared.domain.approvals.approval import ApprovalDecision
from shared.domain.batches.batch import Batch, BatchItem
from shared.domain.outcomes import Code
from shared.domain.records.record import Record
from shared.domain.snapshot import Policy
from shared.errors import StorageUnavailableError
from shared.restore.message_again import WorkMessage
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.chaos.tap import Call, tapped
from tests.unit.approvals.asking import ALL_KINDS, BOSS
from tests.unit.world.world import ASKED_BY, World, code_of

OTHER_ID = "00000000-0000-4000-8000-00000000000f"
UPN = "other@contoso.com"


async def waiting() -> tuple[World, Batch, list[Record]]:
    """A batch of two restores that wait for an approval."""
    world = World(policy=Policy(approvals=ALL_KINDS))
    other = a_deleted_person(id=OTHER_ID, user_principal_name=UPN, mail=UPN, proxy_addresses=())
    world.put(a_deleted_person(), other)
    items = tuple(BatchItem(a_request(user=user), user=user) for user in (USER_ID, OTHER_ID))
    batch = await start_batch(BatchOrder("k", items, ASKED_BY), world.deps)
    await work_on(batch.operation_id, world.deps, WorkMessage("m", 1))
    records = [await world.run(one) for one in list(world.storage.ledger.records)]
    assert all(record.waits_for_approval for record in records)
    return world, await read_batch(batch.id, world.deps), records


async def test_a_restore_that_is_gone_holds_up_no_other() -> None:
    """It was there when the batch was read, and is removed before its turn: no 404 for the rest."""
    world, batch, (gone, left) = await waiting()
    reads = 0

    async def removed(call: Call, *, is_done: bool) -> None:
        nonlocal reads
        reads += call.name == "ledger.read" and not is_done
        if reads == len(batch.items) + 1:
            await world.storage.ledger.remove(gone.id)

    rejected = Verdict(ApprovalDecision.REJECTED, None, BOSS)
    decided = await decide_batch(batch, rejected, tapped(world.deps, removed))

    assert [record.id for record in decided] == [left.id]
    assert code_of(await world.record(left.id)) is Code.NOT_APPROVED


async def test_a_word_that_came_half_way_goes_on_when_it_is_sent_again() -> None:
    """Storage failed behind the first restore; the hash is the one that was seen for both."""
    world, batch, records = await waiting()
    approval = approval_of(await read_items(batch, world.deps))
    assert approval is not None
    verdict = Verdict(ApprovalDecision.APPROVED, approval.plan_hash, BOSS)
    _, second = records
    first_is_through = asyncio.Event()

    async def away(call: Call, *, is_done: bool) -> None:
        if call.name == "outbox.enqueue_work" and is_done:
            first_is_through.set()
        if call.name == "unfinished.note" and call.arguments[0] == second.id:
            await first_is_through.wait()
            raise StorageUnavailableError("away")

    with pytest.raises(StorageUnavailableError):
        await decide_batch(batch, verdict, tapped(world.deps, away))
    half = [is_approved(await world.record(one.id)) for one in records]

    decided = await decide_batch(batch, verdict, world.deps)

    assert (half, [one.id for one in decided]) == ([True, False], [second.id])
    assert [is_approved(await world.record(one.id)) for one in records] == [True, True]


def is_approved(record: Record) -> bool:
    """Whether somebody has approved of its plan."""
    return record.approval is not None and record.approval.is_approved
