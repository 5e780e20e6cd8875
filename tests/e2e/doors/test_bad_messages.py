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


async def test_large_message_not_understood_is_kept_as_far_as_it_can_be(
    caller: Caller, storage: Storage
) -> None:
    """A body too long for the event is cut out of it by name; its 32 KiB are read under its id."""
    mark = fresh_key()
    message = mark + "<&é💥" * 4_500

    await storage.send(REQUESTS, message)
    events = await storage.results(lambda event: "received" in event["data"].get("trimmed", []))

    (received,) = [(await caller.get(event["subject"])).body["received"] for event in events]
    assert message.startswith(received)
    assert 32 * 1024 - 4 < len(received.encode()) <= 32 * 1024


async def test_a_callback_of_a_message_not_understood_is_told_to_nobody(
    caller: Caller, storage: Storage
) -> None:
    """Whoever has the query of the URL can start its owner's flow."""
    mark = fresh_key()
    url = f"https://prod-01.westeurope.logic.azure.com/{mark}?sp=%2Frun&sig=TOPSECRETSIG"
    message = {"version": 1, "kind": "user", "user": "x@y.z", "typo": 1, "callbackUrl": url}

    await storage.send(REQUESTS, json.dumps(message))
    (event,) = await storage.results(lambda event: mark in event["data"].get("received", ""))
    shown = await caller.get(event["subject"])

    assert "TOPSECRETSIG" not in json.dumps([event, shown.body])
    assert f"https://prod-01.westeurope.logic.azure.com/{mark}?..." in shown.body["received"]


async def test_bad_message_does_not_block_a_good_one(storage: Storage, world: World) -> None:
    """What comes after a message that is not understood is served."""
    user = await world.add(a_deleted_user())

    await storage.send(REQUESTS, "rubbish before")
    await storage.request(kind="user", user=user["id"])
    await storage.send(REQUESTS, "rubbish after")

    restore = (await storage.result_for(user))["data"]
    assert restore["outcome"]["code"] == "user-restored"


async def test_poisoned_request_is_taken_in(caller: Caller, storage: Storage, world: World) -> None:
    """A request that the host set aside becomes the restore that it asks for, once."""
    user = await world.add(a_deleted_user())
    message = {"version": 1, "requestedBy": "HR system", "kind": "user", "user": user["id"]}

    await storage.send(f"{REQUESTS}-poison", json.dumps(message))
    restore = (await storage.result_for(user))["data"]

    assert restore["outcome"]["code"] == "user-restored"
    assert restore["requestedBy"] == {"door": "queue", "name": "HR system", "id": None}
    assert (await caller.get(restore["id"])).body["status"] == "succeeded"
    assert await world.effects(user) == {"restore": 1}
    await eventually(lambda: _is_empty(storage, f"{REQUESTS}-poison"))


async def test_poisoned_work_leaves_a_restore_alone_that_waits(
    caller: Caller, storage: Storage, world: World, stage: Stage
) -> None:
    """A restore with a due time is well, whatever became of its message: it starts in time."""
    user = await world.add(a_deleted_user())
    not_before = (stage.clock.now() + timedelta(hours=1)).isoformat()
    restore_id = await caller.start(kind="user", user=user["id"], notBefore=not_before)
    parked = await caller.parked(restore_id)

    await storage.send(f"{WORK}-poison", restore_id)
    await eventually(lambda: _is_empty(storage, f"{WORK}-poison"))
    untouched = await caller.get(restore_id)
    await world.pass_time(3700)
    ended = await caller.end_of(restore_id)

    assert untouched.body == parked
    assert ended["outcome"]["code"] == "user-restored"
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize("text", ["no such restore", "", "0" * 32, "'; drop"])
async def test_unknown_id_on_the_work_queues_does_nothing(
    storage: Storage, world: World, text: str
) -> None:
    """A work message is data: one that names no restore is taken off and nothing comes of it."""
    for queue in (WORK, f"{WORK}-poison"):
        await storage.send(queue, text)

    await eventually(lambda: _is_empty(storage, WORK))
    await eventually(lambda: _is_empty(storage, f"{WORK}-poison"))
    assert await world.graph_calls() == {}


async def _is_empty(storage: Storage, queue: str) -> bool:
    return await storage.waiting(queue) == 0
