"""Messages that cannot be understood or served: kept, answered as restores, never in the way."""

import json
from datetime import timedelta

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import Json, a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import REQUESTS, WORK, Storage, in_base64
from tests.e2e.stage.world import World
from tests.waiting import eventually


async def _refusal_of(storage: Storage, message: str) -> Json:
    """Send a message and give the restore it became: the event on restore-results tells the id."""
    known = await storage.ids_of_results()
    await storage.send(REQUESTS, message)
    events = await storage.results(
        lambda event: event["id"] not in known and event["data"].get("received") == message
    )
    assert len(events) == 1, events
    restore: Json = events[0]["data"]
    return restore


@pytest.mark.parametrize(
    "message",
    [
        "this is no JSON",
        '{"version": 1, "kind": "user"',
        "[]",
        '{"version": 1, "kind": "user"}',
        '{"kind": "user", "user": "no.version@contoso.example"}',
        '{"version": 2, "kind": "user", "user": "other.version@contoso.example"}',
        '{"specversion": "1.0", "id": "1", "source": "/x", "type": "t"}',
        in_base64(b"\xff\xfe\xfd"),
        in_base64("[]"),
        "   ",
    ],
)
async def test_message_not_understood_is_kept_as_a_refused_restore(
    caller: Caller, storage: Storage, world: World, message: str
) -> None:
    """The body as received, the reason and the fix can be read under an id like any restore."""
    refused = await _refusal_of(storage, message)

    assert (refused["status"], refused["outcome"]["code"]) == ("refused", "invalid-request")
    assert refused["outcome"]["message"]
    assert refused["outcome"]["fix"]
    assert refused["requestedBy"]["door"] == "queue"
    read = await caller.get(refused["id"])
    assert (read.status, read.body["received"]) == (200, message)
    assert await world.graph_calls() == {}
    assert await storage.waiting(f"{REQUESTS}-poison") == 0


async def test_empty_message_is_kept_as_a_refused_restore(storage: Storage) -> None:
    """A message without a single character is an answer like any other."""
    refused = await _refusal_of(storage, "")

    assert refused["outcome"]["code"] == "invalid-request"


async def test_large_message_not_understood_is_kept_whole(caller: Caller, storage: Storage) -> None:
    """A body too long for the event is cut out of it by name, and read in full under its id."""
    mark = fresh_key()
    message = mark + "<&é💥" * 4_000

    await storage.send(REQUESTS, message)
    events = await storage.results(lambda event: "received" in event["data"].get("trimmed", []))

    bodies = [(await caller.get(event["subject"])).body["received"] for event in events]
    assert bodies == [message]


async def test_bad_message_does_not_block_a_good_one(storage: Storage, world: World) -> None:
    """What comes after a message that is not understood is served."""
    user = await world.add(a_deleted_user())

    await storage.send(REQUESTS, "rubbish before")
    await storage.request(kind="user", user=user["id"])
    await storage.send(REQUESTS, "rubbish after")

    restore = (await storage.result_for(user))["data"]
    assert restore["outcome"]["code"] == "user-restored"


async def test_poisoned_request_ends_as_gave_up(
    caller: Caller, storage: Storage, world: World
) -> None:
    """A request the host set aside is a failed restore: visible, published, nothing changed."""
    user = await world.add(a_deleted_user())
    request = {"kind": "user", "user": user["id"], "idempotencyKey": fresh_key()}
    message = json.dumps({"version": 1, "requestedBy": "HR system", **request})

    await storage.send(f"{REQUESTS}-poison", message)
    events = await storage.results(lambda event: event["data"]["user"] == user["id"])

    failed = events[0]["data"]
    assert (failed["status"], failed["outcome"]["code"]) == ("failed", "gave-up")
    assert failed["requestedBy"] == {"door": "queue", "name": "HR system", "id": None}
    again = await caller.post(request)
    assert (again.status, again.body["id"]) == (200, failed["id"])
    assert await world.graph_calls() == {}
    await eventually(lambda: _is_empty(storage, f"{REQUESTS}-poison"), within_seconds=10)


async def test_poisoned_work_ends_its_restore_as_gave_up(
    caller: Caller, storage: Storage, world: World, stage: Stage
) -> None:
    """A restore whose work message the host set aside has failed, and nothing revives it."""
    user = await world.add(a_deleted_user())
    not_before = (stage.clock.now() + timedelta(hours=1)).isoformat()
    restore_id = await caller.start(kind="user", user=user["id"], notBefore=not_before)
    await caller.parked(restore_id)

    await storage.send(f"{WORK}-poison", restore_id)
    failed = await caller.end_of(restore_id)
    await world.pass_time(3700)
    events = await storage.results(lambda event: event["subject"] == restore_id)

    assert (failed["status"], failed["outcome"]["code"]) == ("failed", "gave-up")
    assert {event["id"] for event in events} == {f"{restore_id}-1"}
    assert all(event["data"]["outcome"] == failed["outcome"] for event in events)
    assert (await caller.get(restore_id)).body == failed
    assert await world.effects(user) == {}


@pytest.mark.parametrize("text", ["no such restore", "", "0" * 32, "'; drop"])
async def test_unknown_id_on_the_work_queues_does_nothing(
    storage: Storage, world: World, text: str
) -> None:
    """A work message is data: one that names no restore is taken off and nothing comes of it."""
    for queue in (WORK, f"{WORK}-poison"):
        await storage.send(queue, text)

    await eventually(lambda: _is_empty(storage, WORK), within_seconds=10)
    await eventually(lambda: _is_empty(storage, f"{WORK}-poison"), within_seconds=10)
    assert await world.graph_calls() == {}


async def _is_empty(storage: Storage, queue: str) -> bool:
    return await storage.waiting(queue) == 0
