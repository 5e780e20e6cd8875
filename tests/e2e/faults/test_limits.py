"""Test heavy load: Graph is down for an hour, and hundreds of messages come at once."""

import json

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import Json, a_deleted_user, fresh_key
from tests.e2e.stage.storage import REQUESTS, WORK, Storage
from tests.e2e.stage.world import World

_GRAPH = "^/(users|directory|subscribedSkus|roleManagement|auditLogs)"
_TEN_MINUTES = 600

# Somebody whom the directory does not have: such a restore ends after a few reads.
_NOBODY = "nobody-{:012d}"


async def test_requests_are_taken_in_while_graph_is_down_for_an_hour(
    caller: Caller, world: World, storage: Storage
) -> None:
    """Over HTTP and over the queue as ever; all of them come through afterwards."""
    await world.fault(path=_GRAPH, status=503)
    accepted: list[str] = []
    users: list[Json] = []
    for _ in range(6):
        by_http, by_queue = await world.add(a_deleted_user()), await world.add(a_deleted_user())
        users += [by_http, by_queue]
        reply = await caller.post(
            {"kind": "user", "user": by_http["id"], "idempotencyKey": fresh_key()}
        )
        assert reply.status == 202, reply
        accepted.append(str(reply.body["id"]))
        key = fresh_key()
        request = {"kind": "user", "user": by_queue["id"], "idempotencyKey": key}
        await storage.request(**request)
        accepted.append(str((await caller.post(request)).body["id"]))
        for restore_id in accepted:
            parked = await caller.parked(restore_id)
            # A key of the queue is another than one of HTTP: of two restores of a user one waits.
            assert parked["waiting"]["for"] in {"directory", "user-lock"}, parked
        await world.pass_time(_TEN_MINUTES)

    await world.clear_faults()
    ended = await caller.come_through(*accepted)

    assert {item["outcome"]["code"] for item in ended} <= {"user-restored", "already-active"}
    assert [await world.effects(user) for user in users] == [{"restore": 1}] * 12
    for queue in (REQUESTS, WORK):
        assert await storage.waiting(f"{queue}-poison") == 0


async def test_burst_of_messages_is_taken_in_and_answered(world: World, storage: Storage) -> None:
    """Two hundred at once, good, doubled and bad: one restore and one event each, no poison."""
    users = [await world.add(a_deleted_user()) for _ in range(20)]
    mark = fresh_key()
    wanted = [user["id"] for user in users] + [_NOBODY.format(number) for number in range(120)]
    for number, user_id in enumerate(wanted):
        request = {"version": 1, "kind": "user", "user": user_id}
        text = json.dumps({**request, "idempotencyKey": f"{mark}-{number}", "requestedBy": mark})
        for _ in range(2 if number < 20 else 1):
            await storage.send(REQUESTS, text)
    for number in range(40):
        await storage.send(REQUESTS, f"{mark} is no JSON, {number}")

    def is_ours(event: Json) -> bool:
        data = event["data"]
        return data["requestedBy"]["name"] == mark or mark in data.get("received", "")

    told = await storage.results_of(is_ours, at_least=180)

    codes = [event["data"]["outcome"]["code"] for event in told.values()]
    assert len(told) == 180
    assert codes.count("user-restored") == 20
    assert codes.count("user-not-found") == 120
    assert codes.count("invalid-request") == 40
    assert [await world.effects(user) for user in users] == [{"restore": 1}] * 20
    for queue in (REQUESTS, WORK):
        assert await storage.waiting(f"{queue}-poison") == 0
