"""Approval and "do not bring back" hold at every door: HTTP, queue, schedules, batches, guards."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.queues.work import work_on
from shared.approvals.decide import decide
from shared.batches.start import BatchOrder, start_batch
from shared.domain.approval_rules import ApprovalRules
from shared.domain.batches.batch import BatchItem
from shared.domain.guards.guard import GuardAct
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.outcomes import Code, Status
from shared.domain.person import Person
from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind, RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.domain.text import text
from shared.errors import Fault, OwnRequestError, StorageUnavailableError
from shared.guards.orders import add_guard
from shared.restore.accept import accept
from shared.restore.message_again import WorkMessage
from tests.builders import USER_ID, a_deleted_person, a_person, a_request
from tests.unit.approvals.asking import ALL_KINDS, BOSS, no, yes
from tests.unit.world.guarded import an_order, begun, tick
from tests.unit.world.world import World, code_of

DAY = timedelta(days=1)
ASKER = RequestedBy(Door.HTTP, "Asker", "a5", (Role.REQUEST,))
MARKED = Policy(do_not_restore=MarkRule(None, "extensionAttribute15", "leaver"))
WATCHED = Policy(approvals=ALL_KINDS)

type Ask = Callable[[World], Awaitable[Record]]


def lost(world: World, person: Person | None = None) -> None:
    """Megan is deleted."""
    world.put(person or a_deleted_person(deleted_at=world.clock.now()))


async def _accepted(world: World, request: RestoreRequest, by: RequestedBy) -> Record:
    return await world.record((await accept(order_of(request, by), world.deps)).record.id)


async def by_http(world: World) -> Record:
    """A request of a caller."""
    lost(world)
    return await _accepted(world, a_request(), ASKER)


async def by_queue(world: World) -> Record:
    """A message, whose sender gives a name and proves nothing."""
    lost(world)
    by = RequestedBy(Door.QUEUE, "HR system", None, (Role.REQUEST,))
    return await _accepted(world, a_request(idempotency_key="m-1"), by)


async def by_schedule(world: World) -> Record:
    """For a time to come, which then comes."""
    lost(world)
    at = world.clock.now() + DAY
    record = await _accepted(world, a_request(not_before=at), ASKER)
    await world.run(record.id)
    world.clock.advance(DAY + timedelta(minutes=5))
    await world.sweep()
    return record


async def by_batch(world: World, *bad: BatchItem) -> Record:
    """One of two in a batch, and beside them what is no request."""
    lost(world)
    items = (*map(BatchItem, (a_request(), a_request(user="nobody"))), *bad)
    by = replace(ASKER, door=Door.BATCH)
    await start_batch(BatchOrder("k", items, by), world.deps)
    return await _first(world, Door.BATCH)


async def by_guard(world: World) -> Record:
    """What the timer asks for by itself, on somebody's standing order."""
    world.put(a_person())
    await add_guard(an_order(act=GuardAct.AT_ONCE, kind=RestoreKind.USER), ASKER, world.deps)
    await tick(world)
    lost(world, replace(world.directory.person(USER_ID), deleted_at=world.clock.now()))
    await tick(world)
    (record,) = begun(world)
    return record


async def _first(world: World, door: Door) -> Record:
    for _ in range(20):
        taken, world.storage.outbox.work[:] = list(world.storage.outbox.work), []
        for operation_id, _delay in taken:
            with suppress(StorageUnavailableError):
                await work_on(operation_id, world.deps, WorkMessage("message", 1))
        for stored in world.storage.ledger.records.values():
            record = stored.record
            is_hers = record.request is not None and record.request.user != "nobody"
            if record.requested_by.door is door and is_hers:
                return record
    raise AssertionError("no restore came of it")


DOORS: list[Ask] = [by_http, by_queue, by_schedule, by_batch, by_guard]


@pytest.mark.parametrize("ask", DOORS)
async def test_whoever_is_marked_is_not_brought_back(ask: Ask) -> None:
    """Whatever the way in: refused before anything was changed."""
    world = World(policy=MARKED)
    world.directory.marks.values[USER_ID] = "leaver"

    record = await world.finish((await ask(world)).id)

    assert code_of(record) is Code.REHIRE_BLOCKED
    assert world.effects() == []


@pytest.mark.parametrize("ask", DOORS)
async def test_whoever_is_not_marked_comes_back(ask: Ask) -> None:
    """The other side: another value is no mark."""
    world = World(policy=MARKED)
    world.directory.marks.values[USER_ID] = "sales"

    record = await world.finish((await ask(world)).id)

    assert record.status is Status.SUCCEEDED
    assert len(world.effects()) == 1


@pytest.mark.parametrize("ask", DOORS)
async def test_every_door_waits_for_the_word(ask: Ask) -> None:
    """Nothing is changed before it; approved it comes back, once."""
    world = World(policy=WATCHED)
    record = await _waiting(world, await ask(world))
    assert world.effects() == []

    await decide(record.id, yes(record), world.deps)
    ended = await world.finish(record.id)

    assert ended.status is Status.SUCCEEDED
    assert len(world.effects()) == 1


@pytest.mark.parametrize("ask", DOORS)
async def test_every_door_can_be_rejected(ask: Ask) -> None:
    """It ends, and nothing was changed."""
    world = World(policy=WATCHED)
    record = await _waiting(world, await ask(world))

    ended = await decide(record.id, no(record), world.deps)

    assert (ended.status, code_of(ended)) == (Status.REFUSED, Code.NOT_APPROVED)
    assert world.effects() == []


@pytest.mark.parametrize("ask", DOORS)
async def test_nobody_decides_about_their_own_at_any_door(ask: Ask) -> None:
    """Nor whoever made the guard; a message is nobody's own."""
    world = World(policy=WATCHED)
    record = await _waiting(world, await ask(world))
    verdict = yes(record, by=replace(ASKER, roles=(Role.APPROVE,)))

    if ask is by_queue:
        await decide(record.id, verdict, world.deps)
        return
    with pytest.raises(OwnRequestError):
        await decide(record.id, verdict, world.deps)
    decided = await decide(record.id, yes(record, by=BOSS), world.deps)
    assert decided.approval is not None
    assert decided.approval.is_approved


@pytest.mark.parametrize(("most", "waits"), [(1, True), (2, False)])
async def test_a_batch_over_the_number_waits(most: int, *, waits: bool) -> None:
    """Two restores: more than one, and not more than two."""
    world = World(policy=Policy(approvals=ApprovalRules(batch_over=most)))

    record = await _settled(world, await by_batch(world))

    assert record.waits_for_approval == waits


async def test_what_is_no_request_does_not_make_a_batch_larger() -> None:
    """Two rows cannot be read: no restore comes of them, and two are not more than two."""
    world = World(policy=Policy(approvals=ApprovalRules(batch_over=2)))
    bad = BatchItem(None, (Fault("/restores/2", text("fault", "other")),))

    record = await _settled(world, await by_batch(world, bad, bad))

    assert not record.waits_for_approval


async def _waiting(world: World, record: Record) -> Record:
    found = await _settled(world, record)
    assert found.waits_for_approval, found
    return found


async def _settled(world: World, record: Record) -> Record:
    """The restore once it waits for a word, or has ended."""
    for _ in range(20):
        found = await world.run(record.id)
        if found.waits_for_approval or found.status.is_final:
            return found
        until = found.waiting.until if found.waiting is not None else world.clock.now()
        world.clock.advance(max(until - world.clock.now(), timedelta(0)))
    raise AssertionError(f"neither waits nor ends: {found}")
