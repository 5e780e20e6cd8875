"""Test that no idempotency key joins, blocks or takes anything of another caller's.

Each attacker takes a key, or sends a request, before and after a victim does, and so does whoever
knows how the service itself names what it begins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from itertools import permutations
from typing import Any, Final

import azure.functions as func
import pytest

from functions.http.batches import start_batch_
from functions.http.restores.cancel_and_retry import cancel_restore_
from functions.http.restores.start_and_read import get_restore, start_restore
from functions.queues.work import work_on
from shared.domain.guards.guard import GuardLoss, guard_id_for, restore_order
from shared.domain.outcomes import Code, Status
from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.window import Evidence
from shared.restore.accept import accept
from shared.restore.message_again import WorkMessage
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.security.callers import CALLERS, over_http
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.guarded import ORDER, a_watched_world, begun, delete, seen, tick
from tests.unit.world.world import World, code_of

KEY: Final = "leavers-2026-12"
VICTIM: Final = {"kind": "user", "user": USER_ID}
ATTACK: Final = {"kind": "mailbox", "user": "nobody@contoso.com", "dryRun": True}

PAIRS: Final = list(permutations(CALLERS, 2))

between_any_two = pytest.mark.parametrize(("attacker", "victim"), PAIRS)


@pytest.fixture
def world() -> Iterator[World]:
    """Give a world with one deleted user behind the doors."""
    with opened(World()) as made:
        made.put(a_deleted_person())
        yield made


def record_of(world: World, restore_id: str | None) -> Record:
    """The restore, which must be there."""
    assert restore_id is not None
    return world.storage.ledger.records[restore_id].record


@between_any_two
async def test_a_key_that_another_took_first_is_free(
    world: World, attacker: str, victim: str
) -> None:
    """Squatting: the victim's restore is opened, as it was asked for, under an id of its own."""
    squatted = await CALLERS[attacker](world, ATTACK, KEY)

    mine = await CALLERS[victim](world, VICTIM, KEY)

    assert mine != squatted
    record = record_of(world, mine)
    assert record.request is not None
    assert record.request.user == USER_ID
    assert code_of(await world.finish(record.id)) is Code.USER_RESTORED


@between_any_two
@pytest.mark.parametrize("key", [KEY, None])
async def test_an_equal_request_of_another_is_not_joined(
    world: World, attacker: str, victim: str, key: str | None
) -> None:
    """Joining: whoever sent the equal request first, the victim's is its own, with key or without.

    So nobody's order dies because somebody else's is cancelled.
    """
    theirs = await CALLERS[attacker](world, VICTIM, key)

    mine = await CALLERS[victim](world, VICTIM, key)

    assert mine is not None
    assert mine != theirs
    assert record_of(world, mine).status is Status.QUEUED


@between_any_two
async def test_a_request_after_another_s_is_answered_like_the_first(
    world: World, attacker: str, victim: str
) -> None:
    """Blocking and looking: the attacker learns nothing of a key that the victim has."""
    mine = await CALLERS[victim](world, VICTIM, KEY)

    theirs = await CALLERS[attacker](world, ATTACK, KEY)

    assert theirs is not None
    assert theirs != mine
    assert record_of(world, theirs).status is Status.QUEUED


async def test_a_joined_order_cannot_be_called_off_by_another(world: World) -> None:
    """Ann has read roles and would have joined Bob's equal request, which Bob then cancels."""
    bob, ann = (over_http(oid, "Restore.Request", "Restore.Read") for oid in ("b0b", "a11"))
    theirs = await bob(world, VICTIM, KEY)
    mine = await ann(world, VICTIM, KEY)

    headers = principal("Restore.Request", oid="b0b")
    called_off = await cancel_restore_(
        request("POST", "/x", {}, headers=headers, restoreId=str(theirs))
    )

    assert called_off.status_code == 200
    assert record_of(world, mine).status is Status.QUEUED


@pytest.mark.usefixtures("world")
async def test_a_batch_is_not_blocked_by_a_key_of_another_batch() -> None:
    """Two callers, one key, two lists: both begin."""
    answers = [await a_batch(oid, item) for oid, item in (("b0b", ATTACK), ("a11", VICTIM))]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert content(answers[0])["id"] != content(answers[1])["id"]


async def a_batch(oid: str, item: Mapping[str, Any]) -> func.HttpResponse:
    """The answer to a batch of one item under the key."""
    body = {"idempotencyKey": KEY, "restores": [item]}
    headers = principal("Restore.Request", oid=oid)
    answer: func.HttpResponse = await start_batch_(
        request("POST", "/batches", body, headers=headers)
    )
    return answer


def names_of_an_item(batch_id: str) -> list[str]:
    """What somebody who knows how items are named might take for the key of the first one."""
    return [f"batch-{batch_id}-0", "0", batch_id, f'batch", "{batch_id}", "0']


@pytest.mark.parametrize("attacker", CALLERS)
async def test_the_items_of_a_batch_cannot_be_taken_before(world: World, attacker: str) -> None:
    """A batch's id follows from its key and caller; what its items are called is out of reach."""
    batch_id = str(content(await a_batch("a110", VICTIM))["id"])
    for key in names_of_an_item(batch_id):
        assert await CALLERS[attacker](world, ATTACK, key) is not None

    await work_on(f"b-{batch_id}", world.deps, WorkMessage("m", 1))

    batch = world.storage.batches.kept[batch_id].value
    record = record_of(world, batch.restore_id_of(0))
    assert record.requested_by.door is Door.BATCH
    assert record.request is not None
    assert record.request.user == USER_ID


@pytest.mark.parametrize("attacker", [name for name in CALLERS if "batch" not in name])
async def test_the_restore_of_a_guard_cannot_be_taken_before(attacker: str) -> None:
    """By whoever knows the guard, the instant, and how its key was made: the guard acts."""
    watched = await a_watched_world()
    delete(watched)
    instant = watched.clock.now().astimezone(UTC).isoformat()
    guard_id = guard_id_for(ORDER)
    with opened(watched):
        for key in (f"guard {guard_id} {instant}", instant, f'guard", "{guard_id}", "{instant}'):
            assert await CALLERS[attacker](watched, ATTACK, key) is not None

    await tick(watched)

    (record,) = begun(watched)
    noted = seen(watched).last_loss
    assert noted is not None
    assert noted.restore_id == record.id
    assert code_of(await watched.finish(record.id)) is Code.MAILBOX_RESTORED


@pytest.mark.parametrize("taken", [1, 2, 3])
async def test_a_guard_believes_only_its_own_restore(
    taken: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Others' restores that somebody put under its ids are passed over, or it says so."""
    watched = await a_watched_world()
    delete(watched)
    loss = GuardLoss(watched.clock.now(), Evidence.DELETED)
    stranger = order_of(a_request(dry_run=True), RequestedBy(Door.HTTP, "x", "e71"))
    for number in range(taken):
        restore_id = restore_order(seen(watched), loss, number).restore_id
        await accept(replace(stranger, restore_id=restore_id), watched.deps)

    await tick(watched)

    own = begun(watched)
    assert len(own) == (1 if taken < 3 else 0)
    assert ('"event":"guard-blocked"' in caplog.text) == (taken == 3)
    noted = seen(watched).last_loss
    assert noted is not None
    assert noted.restore_id == (own[0].id if own else None)


async def test_a_key_that_is_taken_names_the_caller_s_own_restore_alone(world: World) -> None:
    """409 names a restore, and whoever reads it is shown that restore."""
    headers = {**principal("Restore.Request", oid="a11"), "idempotency-key": KEY}
    mine = await over_http("a11")(world, VICTIM, KEY)
    await over_http("b0b")(world, ATTACK, KEY)

    refused = await start_restore(request("POST", "/restores", ATTACK, headers=headers))
    shown = await get_restore(request("GET", "/x", headers=headers, restoreId=str(mine)))

    assert refused.status_code == 409
    assert str(mine) in str(content(refused)["detail"])
    assert shown.status_code == 202
