"""What Graph refuses at the effect itself, and what it does not show yet afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.person import AssignedLicense, LicenseState
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.requests.request import RestoreRequest
from shared.errors import AnsweredError, LeaseLostError
from shared.ports.ledger import LockedBy
from shared.restore.cleanup import clean_up_restores
from shared.restore.run import RUN_TIME
from tests.builders import (
    ENTERPRISEPACK_ID,
    USER_ID,
    a_deleted_person,
    a_request,
)
from tests.reading import said
from tests.unit.world.people import ASSIGN, RESTORE, UNLICENSED, world_with
from tests.unit.world.world import code_of


def answer(status: int, message: str, *details: tuple[str, str]) -> AnsweredError:
    """A definitive "no" of Graph."""
    return AnsweredError(
        status=status, code="Request_BadRequest", message=message, details=details, request_id="r-1"
    )


CLASH = answer(400, "Another object ...", ("ObjectConflict", "userPrincipalName"))
ADDRESS = answer(409, "Another object ...", ("ObjectConflict", "proxyAddresses"))
FORBIDDEN = answer(403, "Insufficient privileges to complete the operation.")
EXCLUSIVE = answer(
    400, "License assignment failed because service plans a, b are mutually exclusive."
)
NEW = answer(400, "Words nobody has seen before.")


@pytest.mark.parametrize(
    ("request_", "error", "code", "status"),
    [
        (RESTORE, CLASH, Code.UPN_CONFLICT, Status.REFUSED),
        (RESTORE, ADDRESS, Code.ADDRESS_CONFLICT, Status.REFUSED),
        (RESTORE, FORBIDDEN, Code.PERMISSION_MISSING, Status.FAILED),
        (RESTORE, NEW, Code.DIRECTORY_ERROR, Status.FAILED),
        (ASSIGN, EXCLUSIVE, Code.LICENSE_CONFLICT, Status.REFUSED),
        (ASSIGN, FORBIDDEN, Code.PERMISSION_MISSING, Status.FAILED),
        (ASSIGN, NEW, Code.DIRECTORY_ERROR, Status.FAILED),
    ],
)
async def test_a_refused_effect_ends_the_restore_with_graphs_own_words(
    request_: RestoreRequest, error: AnsweredError, code: Code, status: Status
) -> None:
    """The step is failed, Graph's text and request id are kept, and nothing is sent again."""
    is_restore = request_ is RESTORE
    world = world_with(a_deleted_person() if is_restore else UNLICENSED)
    world.directory.fail_next("restore_user" if is_restore else "assign_licenses", error)

    record = await world.restore(request_)

    assert (code_of(record), record.status) == (code, status)
    assert record.outcome is not None
    assert error.message in said(record.outcome).message
    assert record.steps[0].status is StepStatus.FAILED
    assert record.steps[0].graph_request_id == "r-1"
    assert len(world.effects()) == 1


async def test_other_disabled_plans_stay_disabled() -> None:
    """Only the Exchange plan is switched on again."""
    off = ("efb87545-963c-4e0d-99df-69c6916d9eb0", "57ff2da0-773e-42df-b2af-ffb7a2317929")
    states = (LicenseState(ENTERPRISEPACK_ID, None, "Active"),)
    there = (AssignedLicense(ENTERPRISEPACK_ID, off),)
    person = replace(UNLICENSED, licenses=there, license_states=states)
    world = world_with(person)
    request = replace(ASSIGN, license=None)

    record = await world.restore(request)

    assert code_of(record) is Code.LICENSE_RESTORED
    assert world.directory.person(USER_ID).licenses == (
        AssignedLicense(ENTERPRISEPACK_ID, (off[1],)),
    )


async def test_a_run_that_takes_too_long_goes_on_in_the_next_one() -> None:
    """No invocation runs for much longer than a minute; the next one goes on with the plan."""
    world = world_with(a_deleted_person())
    record = await world.accept(RESTORE)
    real = world.directory.restore_user

    async def slow(*args: object, **kwargs: object) -> object:
        done = await real(*args, **kwargs)  # type: ignore[arg-type]
        world.clock.advance(RUN_TIME + timedelta(seconds=1))
        return done

    world.directory.restore_user = slow  # type: ignore[method-assign, assignment]
    world.storage.outbox.work.clear()
    handed_over = await world.run(record.id)
    ended = await world.finish(record.id)

    assert handed_over.status is Status.RUNNING
    assert handed_over.lease is None
    assert world.storage.outbox.work == [(record.id, timedelta(0))]
    assert code_of(ended) is Code.USER_RESTORED
    assert len(world.effects()) == 1


async def test_a_lock_that_changes_hands_is_waited_for() -> None:
    """Two restores want the lock of an ended one; the slower one waits."""
    world = world_with(a_deleted_person())
    ended = await world.restore(a_request(user="nobody@contoso.com"))
    await world.storage.locks.take(USER_ID, LockedBy(ended.id, 1))
    record = await world.accept(RESTORE)
    real = world.storage.locks.take

    async def stale(user_id: str, by: LockedBy) -> LockedBy:
        holder = await real(user_id, by)
        await world.storage.locks.take_over(user_id, holder=holder, by=LockedBy("faster", 1))
        return holder

    world.storage.locks.take = stale  # type: ignore[method-assign]
    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.USER_LOCK


async def test_cleanup_leaves_a_restore_that_came_to_life_again() -> None:
    """The record changed while it was being removed: it stays, and so does its day row."""
    world = world_with(a_deleted_person())
    record = await world.restore(RESTORE)
    world.clock.advance(timedelta(days=91))
    world.storage.ledger.fail_next("remove", LeaseLostError("changed"))

    assert await clean_up_restores(world.deps) == 0
    assert await clean_up_restores(world.deps) == 1
    assert await world.storage.ledger.read(record.id) is None
