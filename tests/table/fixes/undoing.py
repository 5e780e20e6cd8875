"""Bring about the endings of an undo: a restore comes through, something happens, it is undone."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.person import AssignedLicense
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreRequest
from shared.domain.undos.sign_ins import SignInLook
from shared.undo.start import start_undo
from tests.builders import ENTERPRISEPACK_ID, TEAMS_PLAN_ID, USER_ID, a_request
from tests.table.fixes.callers import Caller
from tests.table.fixes.engine import Change, Ending, begun, nothing
from tests.unit.world.world import World

_HOUR = timedelta(hours=1)


def undone(since: Change = nothing, meanwhile: Change = nothing) -> Ending:
    """The undo of a restore; `since` happens before it is asked for, `meanwhile` after one run."""

    async def ending(world: World, request: RestoreRequest, caller: Caller) -> Record:
        original = await _restored(world, request, caller)
        since(world)
        record = await _asked(world, original, caller)
        if meanwhile is not nothing:
            await world.run(record.id)
            meanwhile(world)
        return await world.finish(record.id)

    return ending


async def undone_after_another(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """Since the restore the user was deleted, and another restore has brought it back."""
    original = await _restored(world, request, caller)
    world.put(replace(world.directory.person(USER_ID), deleted_at=world.clock.now()))
    world.clock.advance(_HOUR)
    await _restored(world, a_request(idempotency_key="another"), caller)
    return await world.finish((await _asked(world, original, caller)).id)


async def forgotten(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """The restore's keep time ends between the undo's being asked for and its first run."""
    original = await _restored(world, request, caller)
    record = await _asked(world, original, caller)
    del world.storage.ledger.records[original.id]
    return await world.finish(record.id)


async def unreadable(world: World, request: RestoreRequest, caller: Caller) -> Record:
    """The service is rolled back to a release that cannot read the restore."""
    original = await _restored(world, request, caller)
    record = await _asked(world, original, caller)
    world.storage.ledger.reads = lambda restore_id: restore_id != original.id
    return await world.finish(record.id)


def readable_again(world: World) -> None:
    """The release that wrote the restore is back."""
    world.storage.ledger.reads = lambda _: True


def signed_in(world: World) -> None:
    """Megan signs in."""
    world.directory.sign_ins[USER_ID] = SignInLook(world.clock.now())


def given(world: World) -> None:
    """Somebody gives Megan another licence."""
    person = world.directory.person(USER_ID)
    world.put(replace(person, licenses=(*person.licenses, AssignedLicense("another"))))


def made_admin(world: World) -> None:
    """Megan becomes an administrator."""
    world.directory.roles[USER_ID] = ("Global Administrator",)


def switched(world: World) -> None:
    """Somebody switches a part of Megan's licence off."""
    teams_off = AssignedLicense(ENTERPRISEPACK_ID, (TEAMS_PLAN_ID,))
    world.put(replace(world.directory.person(USER_ID), licenses=(teams_off,)))


def put_back(world: World) -> None:
    """An administrator puts Megan back by hand, while Graph is down for some hours."""
    world.put(replace(world.directory.person(USER_ID), deleted_at=None))
    world.clock.advance(3 * _HOUR)


async def _restored(world: World, request: RestoreRequest, caller: Caller) -> Record:
    world.policy = replace(world.policy, undo=True)
    record = await world.finish((await begun(world, request, caller)).id)
    world.clock.advance(_HOUR)
    return record


async def _asked(world: World, original: Record, caller: Caller) -> Record:
    return await start_undo(original.id, "a slip", caller.by, world.deps, is_allowed=True)
