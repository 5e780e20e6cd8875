"""Approvals over HTTP: what is answered, and what those who approve may see."""

from collections.abc import Iterator
from datetime import timedelta

import azure.functions as func
import pytest

from functions.http.approvals import (
    approve_batch,
    approve_restore,
    reject_batch,
    reject_restore,
)
from functions.http.batches import get_batch, start_batch_
from functions.http.restores.list_restores import list_restores_
from functions.http.restores.start_and_read import get_restore, start_restore
from functions.queues.work import work_on
from shared.domain.approval_rules import ApprovalRules
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from shared.restore.message_again import WorkMessage
from tests.builders import USER_ID, a_deleted_person
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

ASKER = principal("Restore.Request")
BOSS = principal("Restore.Approve", oid="b055")
OTHER_ID = "8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d12"
GOOD: dict[str, object] = {"kind": "user", "user": USER_ID}


@pytest.fixture
def world() -> Iterator[World]:
    """Give a world with two deleted users, where every restore of a user waits for approval."""
    policy = Policy(approvals=ApprovalRules(kinds=(RestoreKind.USER,)))
    with opened(World(policy=policy)) as made:
        other = a_deleted_person(
            id=OTHER_ID, user_principal_name="b@contoso.com", mail=None, proxy_addresses=()
        )
        made.put(a_deleted_person(), other)
        yield made


async def drive(world: World) -> None:
    """Do what the work queue holds, but for what waits for an hour."""
    for _ in range(60):
        soon = [it for it in world.storage.outbox.work if it[1] < timedelta(minutes=50)]
        if not soon:
            return
        world.storage.outbox.work.remove(soon[0])
        world.clock.advance(soon[0][1])
        await work_on(soon[0][0], world.deps, WorkMessage("message", 1))


async def post(
    door: object, path: str, body: object, headers: dict[str, str], **route: str
) -> func.HttpResponse:
    """The answer to a POST."""
    answer: func.HttpResponse = await door(  # type: ignore[operator]
        request("POST", path, body, headers=headers, **route)
    )
    return answer


async def get(door: object, path: str, headers: dict[str, str], **route: str) -> func.HttpResponse:
    """The answer to a GET."""
    answer: func.HttpResponse = await door(  # type: ignore[operator]
        request("GET", path, headers=headers, **route)
    )
    return answer


async def waiting(world: World) -> str:
    """The id of a restore that waits for an approval."""
    started = content(await post(start_restore, "/restores", GOOD, ASKER))
    await world.run(str(started["id"]))
    return str(started["id"])


async def test_who_approves_reads_what_waits_and_decides(world: World) -> None:
    """With the hash that the list shows; afterwards it is no more theirs to read."""
    restore_id = await waiting(world)

    listed = content(await get(list_restores_, "/restores?status=waiting", BOSS))
    assert isinstance(listed["value"], list)
    (shown,) = listed["value"]
    one = await get(get_restore, f"/restores/{restore_id}", BOSS, restoreId=restore_id)
    body = {"planHash": shown["approval"]["planHash"], "reason": "it is she"}
    answer = await post(approve_restore, "/x", body, BOSS, restoreId=restore_id)

    assert one.status_code == 202
    assert shown["approval"]["wantedFor"] == ["kind"]
    assert shown["waiting"]["for"] == "approval"
    assert answer.status_code == 200
    assert content(answer)["approval"] == {
        "wantedFor": ["kind"],
        "decision": "approved",
        "decidedBy": "b055",
        "at": "2026-11-22T12:00:00Z",
        "reason": "it is she",
        "planHash": body["planHash"],
    }
    assert (await get(get_restore, "/x", BOSS, restoreId=restore_id)).status_code == 404


async def test_whoever_asked_is_told_who_decided(world: World) -> None:
    """And how, and why, as whoever may read all restores is: that is whom to ask back."""
    restore_id = await waiting(world)
    await post(reject_restore, "/x", {"reason": "not she"}, BOSS, restoreId=restore_id)

    for headers in (ASKER, principal("Restore.Read", oid="7ead")):
        told = content(await get(get_restore, "/x", headers, restoreId=restore_id))["approval"]
        assert isinstance(told, dict)
        assert (told["decision"], told["decidedBy"], told["reason"]) == (
            "rejected",
            "b055",
            "not she",
        )


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        ({"planHash": "another"}, BOSS, 409, "plan-changed"),
        ({"planHash": "x"}, principal("Restore.Approve"), 403, "own-request"),
        ({"planHash": "x"}, principal("Restore.Admin", oid="b055"), 403, "role-missing"),
        ({}, BOSS, 400, "invalid-request"),
        ({"planHash": ""}, BOSS, 400, "invalid-request"),
        ({"planHash": "x", "hash": "y"}, BOSS, 400, "invalid-request"),
    ],
    ids=["another plan", "own", "no role", "no plan", "empty plan", "unknown field"],
)
async def test_what_is_not_an_approval(
    world: World, body: object, headers: dict[str, str], status: int, code: str
) -> None:
    """Each is told apart, and leaves the restore as it is."""
    restore_id = await waiting(world)
    before = await world.record(restore_id)

    answer = await post(approve_restore, "/x", body, headers, restoreId=restore_id)

    assert (answer.status_code, content(answer)["code"]) == (status, code)
    assert await world.record(restore_id) == before


async def test_a_rejection_needs_no_hash_and_ends_it(world: World) -> None:
    """Once; a second word comes too late."""
    restore_id = await waiting(world)

    answer = await post(reject_restore, "/x", {"reason": "no"}, BOSS, restoreId=restore_id)
    late = await post(approve_restore, "/x", {"planHash": "x"}, BOSS, restoreId=restore_id)

    outcome = content(answer)["outcome"]
    assert answer.status_code == 200
    assert outcome["code"] == "not-approved"  # type: ignore[index]
    assert (late.status_code, content(late)["code"]) == (409, "not-waiting-for-approval")


async def test_a_batch_is_decided_about_at_once(world: World) -> None:
    """By one hash over all of it that waits; never by whoever asked for it."""
    body = {"restores": [GOOD, {**GOOD, "user": OTHER_ID}]}
    batch_id = str(content(await post(start_batch_, "/batches", body, ASKER))["id"])
    nothing = await post(approve_batch, "/x", {"planHash": "x"}, BOSS, batchId=batch_id)
    await drive(world)

    shown = await get(get_batch, "/x", BOSS, batchId=batch_id)
    approval = content(shown)["approval"]
    hash_of = {"planHash": approval["planHash"]}  # type: ignore[index]
    asker = principal("Restore.Approve")
    own = await post(approve_batch, "/x", hash_of, asker, batchId=batch_id)
    other = await post(reject_batch, "/x", {"planHash": "another"}, BOSS, batchId=batch_id)
    done = await post(approve_batch, "/x", hash_of, BOSS, batchId=batch_id)
    await drive(world)

    assert content(nothing)["code"] == "not-waiting-for-approval"
    assert approval["count"] == 2  # type: ignore[index]
    assert [content(one)["code"] for one in (own, other)] == ["own-request", "plan-changed"]
    assert (done.status_code, content(done)["approval"]) == (200, None)
    assert len(world.effects()) == 2


async def test_the_same_word_about_a_batch_is_answered_as_the_first_time(world: World) -> None:
    """A flow repeats what had no answer; by somebody else, or of another plan, it is too late."""
    body = {"restores": [GOOD, {**GOOD, "user": OTHER_ID}]}
    batch_id = str(content(await post(start_batch_, "/batches", body, ASKER))["id"])
    await drive(world)
    shown = content(await get(get_batch, "/x", BOSS, batchId=batch_id))["approval"]
    hash_of = {"planHash": shown["planHash"]}  # type: ignore[index]
    await post(approve_batch, "/x", hash_of, BOSS, batchId=batch_id)
    await drive(world)
    changes = len(world.effects())

    again = await post(approve_batch, "/x", hash_of, BOSS, batchId=batch_id)
    await drive(world)
    another = await post(approve_batch, "/x", {"planHash": "another"}, BOSS, batchId=batch_id)
    opposite = await post(reject_batch, "/x", {}, BOSS, batchId=batch_id)
    somebody = principal("Restore.Approve", oid="b056")
    others = await post(approve_batch, "/x", hash_of, somebody, batchId=batch_id)

    assert (again.status_code, len(world.effects())) == (200, changes)
    assert content(another)["code"] == "plan-changed"
    late = [content(one)["code"] for one in (opposite, others)]
    assert late == ["not-waiting-for-approval"] * 2
