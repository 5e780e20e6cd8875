"""What may be done to a restore, and by whom."""

import json

import pytest

from functions.http.restores.cancel_and_retry import cancel, retry, retry_restores_
from shared.domain.outcomes import Status
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.errors import (
    RestoreNotFoundError,
    RoleMissingError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.intake.caller import KEY_HOLDER, Caller
from shared.restore.accept import accept
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.functions.doors import principal, request
from tests.unit.world.world import ASKED_BY, World

REQUEST = a_request(user=USER_ID, idempotency_key="k")
ADMIN_HEADERS = {**principal("Restore.Admin"), "content-type": "application/json"}


def a_world() -> World:
    """A world with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


def a_caller(*roles: Role, id_: str = "somebody else") -> Caller:
    """A caller with these roles."""
    return Caller("n", id_, frozenset(roles))


@pytest.mark.parametrize(
    ("caller", "error"),
    [
        (a_caller(Role.ADMIN), None),
        (a_caller(Role.REQUEST, id_=str(ASKED_BY.id)), None),
        (a_caller(Role.REQUEST, Role.READ), RoleMissingError),
        (a_caller(Role.READ, id_=str(ASKED_BY.id)), RoleMissingError),
        (a_caller(Role.REQUEST), RestoreNotFoundError),
        (a_caller(Role.OVERRIDE), RoleMissingError),
        (KEY_HOLDER, RoleMissingError),
    ],
    ids=["admin", "own", "other's", "own, reads only", "not shown", "no role", "nameless"],
)
async def test_admins_cancel_any_restore_and_requesters_their_own(
    caller: Caller, error: type[Exception] | None
) -> None:
    """An admin any, a requester its own; what is not shown is not there."""
    world = a_world()
    record = await world.accept(REQUEST)

    if error is None:
        assert (await cancel(record.id, caller, world.deps)).status is Status.CANCELLED
        return
    with pytest.raises(error) as caught:
        await cancel(record.id, caller, world.deps)
    assert getattr(caught.value, "role", Role.ADMIN) is Role.ADMIN
    assert (await world.record(record.id)).status is Status.QUEUED


@pytest.mark.parametrize("restore_id", ["", "0" * 32, "../x"])
async def test_what_is_not_there_cannot_be_cancelled(restore_id: str) -> None:
    """No such restore, whatever the id looks like."""
    with pytest.raises(RestoreNotFoundError):
        await cancel(restore_id, a_caller(Role.ADMIN), World().deps)


@pytest.mark.parametrize("door", [Door.HTTP, Door.QUEUE])
async def test_nameless_callers_cancel_what_nameless_callers_started(door: Door) -> None:
    """With function keys everybody is one caller; another application's restores are its own."""
    world = a_world()
    accepted = await accept(order_of(REQUEST, RequestedBy(door)), world.deps)

    if door is Door.HTTP:
        assert (await cancel(accepted.record.id, KEY_HOLDER, world.deps)).status.is_final
    else:
        with pytest.raises(RoleMissingError) as missing:
            await cancel(accepted.record.id, KEY_HOLDER, world.deps)
        assert missing.value.role == Role.ADMIN


@pytest.mark.parametrize("roles", [[], [Role.READ, Role.REQUEST, Role.OVERRIDE]])
async def test_only_an_admin_may_retry(roles: list[Role]) -> None:
    """Not even the caller who started it; the role that is missing is named."""
    world = World()
    refused = await world.restore(REQUEST)

    for caller in (a_caller(*roles, id_=str(ASKED_BY.id)), KEY_HOLDER):
        with pytest.raises(RoleMissingError) as missing:
            await retry(refused.id, caller, world.deps)
        assert missing.value.role == Role.ADMIN
    again = await retry(refused.id, a_caller(Role.ADMIN), world.deps)

    assert (refused.status, again.status, again.attempts) == (Status.REFUSED, Status.QUEUED, 2)


async def test_many_are_retried_each_by_itself(rooted: World) -> None:
    """A line for each, in order: those that cannot be tried again hold up no other."""
    refused = await rooted.restore(a_request(user="nobody@contoso.com"))
    queued = await rooted.accept(REQUEST)
    ids = [refused.id, queued.id, "0" * 32, refused.id]
    sent = request("POST", "restores/retry", {"restoreIds": ids}, headers=ADMIN_HEADERS)

    reply = await retry_restores_(sent)

    told = json.loads(reply.get_body())["value"]
    assert [(line["restoreId"], line["code"]) for line in told] == [
        (refused.id, None),
        (queued.id, "not-retryable"),
        ("0" * 32, "restore-not-found"),
    ]
    assert all(bool(line["fix"]) == bool(line["code"]) for line in told)
    assert (await rooted.record(refused.id)).attempts == refused.attempts + 1
    assert await rooted.record(queued.id) == queued


async def test_a_restore_of_another_release_holds_up_no_other_retry(rooted: World) -> None:
    """After a roll back it is left as it is, its line says why, and the next one is tried."""
    refused = await rooted.restore(a_request(user="nobody@contoso.com"))
    ids = ["1" * 32, refused.id]
    rooted.storage.ledger.fail_next("read", UnreadableTextError("version 2"))
    sent = request("POST", "restores/retry", {"restoreIds": ids}, headers=ADMIN_HEADERS)

    reply = await retry_restores_(sent)

    told = json.loads(reply.get_body())["value"]
    assert [line["code"] for line in told] == ["storage-unavailable", None]
    assert "release" in told[0]["fix"]
    assert (await rooted.record(refused.id)).attempts == refused.attempts + 1


async def test_a_storage_that_is_down_is_not_waited_for_by_each_of_a_hundred(rooted: World) -> None:
    """It is given ten seconds for each answer: the caller would have gone long before."""
    ids = [f"{number:032x}" for number in range(1, 101)]
    rooted.storage.ledger.fail_next("read", StorageUnavailableError("down"))
    before = rooted.storage.ledger.calls["read"]
    sent = request("POST", "restores/retry", {"restoreIds": ids}, headers=ADMIN_HEADERS)

    reply = await retry_restores_(sent)

    told = json.loads(reply.get_body())["value"]
    assert [line["restoreId"] for line in told] == ids
    assert {line["code"] for line in told} == {"storage-unavailable"}
    assert rooted.storage.ledger.calls["read"] == before + 1


@pytest.mark.parametrize("ids", [[], ["x"] * 101, "x", [7], [""]])
async def test_how_many_may_be_retried_at_once_is_told(rooted: World, ids: object) -> None:
    """From one to a hundred; nothing is begun."""
    sent = request("POST", "restores/retry", {"restoreIds": ids}, headers=ADMIN_HEADERS)

    reply = await retry_restores_(sent)

    assert reply.status_code == 400
    assert rooted.storage.outbox.work == []


async def test_what_is_no_id_is_not_logged(rooted: World, caplog: pytest.LogCaptureFixture) -> None:
    """A name in place of an id is told back to whoever sent it, and to nobody else."""
    caplog.set_level("INFO")
    body = {"restoreIds": ["megan.bowen@contoso.com"]}

    reply = await retry_restores_(request("POST", "restores/retry", body, headers=ADMIN_HEADERS))

    assert json.loads(reply.get_body())["value"][0]["code"] == "restore-not-found"
    assert rooted.storage.outbox.work == []
    assert any("RetryRestores" in line for line in caplog.messages)
    assert not any("megan" in line for line in caplog.messages)
