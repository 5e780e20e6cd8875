"""Bring about the endings that do not come by themselves: by a person's hand, or by deaths."""

import json
from datetime import timedelta

from functions.queues.poison import drain_request
from functions.queues.requests import take_in
from shared.approvals.decide import Verdict, decide
from shared.domain.approvals.approval import ApprovalDecision
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, RestoreRequest
from shared.domain.requests.roles import Role
from shared.intake.poison_message import SetAside
from shared.restore.cancel import cancel_restore
from tests.builders import UPN
from tests.table.fixes.callers import Caller
from tests.table.fixes.engine import Change, Ending, begun
from tests.unit.world.dying import die_out
from tests.unit.world.world import World

_BOSS = RequestedBy(Door.HTTP, "Boss", "b055", (Role.APPROVE,))


async def cancelled(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """Called off before anything was changed."""
    record = await begun(world, request, caller)
    by = RequestedBy(Door.HTTP, "Admin", "an-admin", (Role.ADMIN,))
    return await cancel_restore(record.id, by, world.deps)


def rejected(reason: str | None) -> Ending:
    """Not approved by whoever decides."""

    async def ending(world: World, request: RestoreRequest, caller: Caller) -> Record:
        record = await world.run((await begun(world, request, caller)).id)
        assert record.approval is not None
        no = Verdict(ApprovalDecision.REJECTED, record.approval.plan_hash, _BOSS, reason)
        await decide(record.id, no, world.deps)
        return await world.finish(record.id)

    return ending


def lost_anew(lose: Change) -> Ending:
    """Everything is done, the mailbox takes its time, and somebody takes the person away again."""

    async def ending(world: World, request: RestoreRequest, caller: Caller) -> Record:
        world.directory.mailbox_delay = timedelta(days=1)
        record = await world.run((await begun(world, request, caller)).id)
        assert record.was_touched
        lose(world)
        return await world.finish(record.id)

    return ending


async def died_out(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """Every worker dies over it before it writes a word."""
    return await die_out(world, (await begun(world, request, caller)).id)


async def died_out_later(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """The same, after a change was made."""
    world.directory.replication_delay = timedelta(minutes=1)
    record = await world.run((await begun(world, request, caller)).id)
    assert record.was_touched
    return await die_out(world, record.id)


def late(by: timedelta) -> Ending:
    """Something keeps it from going on for so long; it is looked at once more after that."""

    async def ending(world: World, request: RestoreRequest, caller: Caller) -> Record:
        record = await begun(world, request, caller)
        for _ in range(3):
            await world.run(record.id)
            world.clock.advance(timedelta(minutes=1))
        world.clock.advance(by)
        return await world.finish(record.id)

    return ending


def message(body: object) -> Ending:
    """A message like this comes by queue."""

    async def ending(world: World, request: RestoreRequest, caller: Caller) -> Record:
        del request, caller
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        before = set(world.storage.ledger.records)
        await take_in(raw, "message-1", world.deps)
        [restore_id] = set(world.storage.ledger.records) - before
        return await world.finish(restore_id)

    return ending


async def key_taken(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """The key of a message belongs to another request."""
    del request, caller
    asked = {"version": 1, "kind": "user", "user": "a@contoso.com", "idempotencyKey": "k"}
    await take_in(json.dumps(asked).encode(), "message-1", world.deps)
    return await message({**asked, "user": UPN})(world, None, None)  # type: ignore[arg-type]


async def poisoned(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """The host gave up a message that kills whoever reads it."""
    del request, caller
    await drain_request(SetAside(b"{", "message-1"), 4, world.deps)
    [restore_id] = world.storage.ledger.records
    return await world.record(restore_id)
