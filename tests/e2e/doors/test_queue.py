"""The queue door: plain JSON, base64 and CloudEvents in, one event per finished restore out."""

import json
from datetime import datetime

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import a_deleted_user, fresh_key
from tests.e2e.stage.storage import REQUESTS, Storage, in_base64
from tests.e2e.stage.world import World


async def test_plain_message_is_one_restore_and_one_event(
    caller: Caller, world: World, storage: Storage
) -> None:
    """A JSON message becomes a restore of the door queue, and its end is told as a CloudEvent."""
    user = await world.add(a_deleted_user())

    await storage.request(kind="user", user=user["userPrincipalName"], requestedBy="HR system")
    event = await storage.result_for(user)
    read = await caller.get(event["subject"])

    restore = event["data"]
    assert restore["outcome"]["code"] == "user-restored"
    assert restore["requestedBy"] == {"door": "queue", "name": "HR system", "id": None}
    assert (event["specversion"], event["type"]) == ("1.0", "restore.finished.v1")
    assert event["subject"] == restore["id"]
    assert event["id"]
    assert event["source"]
    assert datetime.fromisoformat(event["time"]).utcoffset() is not None
    assert restore == read.body | {"links": restore["links"]}
    assert await world.effects(user) == {"restore": 1}


async def test_base64_message_is_the_same(world: World, storage: Storage) -> None:
    """A message in base64, as many SDKs write it, is read like a plain one."""
    user = await world.add(a_deleted_user())
    request = {"version": 1, "kind": "user", "user": user["id"], "requestedBy": "Base 64"}

    await storage.send(REQUESTS, in_base64(json.dumps(request)))
    restore = (await storage.result_for(user))["data"]

    assert restore["outcome"]["code"] == "user-restored"
    assert restore["requestedBy"]["name"] == "Base 64"
    assert await world.effects(user) == {"restore": 1}


async def test_cloud_event_id_is_the_key(caller: Caller, world: World, storage: Storage) -> None:
    """The id of a CloudEvents envelope is the key, in the key space of the event's source."""
    user = await world.add(a_deleted_user())
    key = fresh_key()
    request = {"kind": "user", "user": user["id"]}
    event = {
        "specversion": "1.0",
        "id": key,
        "source": "/hr/leavers",
        "type": "leaver.returned",
        "data": {**request, "requestedBy": "HR events"},
    }

    await storage.send(REQUESTS, json.dumps(event))
    await storage.send(REQUESTS, json.dumps(event))
    restore = (await storage.result_for(user))["data"]
    over_http = await caller.post({**request, "idempotencyKey": key})

    assert restore["outcome"]["code"] == "user-restored"
    assert restore["requestedBy"] == {"door": "queue", "name": "HR events", "id": None}
    over_http_end = await caller.end_of(over_http.body["id"])
    assert over_http.body["id"] != restore["id"], "a key of one space joins nothing of another"
    assert over_http_end["outcome"]["code"] == "already-active"
    assert await world.effects(user) == {"restore": 1}
    assert [event for event, _ in await storage.journal(restore["id"])].count("accepted") == 1


async def test_messages_with_one_key_are_one_restore(world: World, storage: Storage) -> None:
    """A message sent five times over with its key starts one restore, and is told once."""
    user = await world.add(a_deleted_user())
    key = fresh_key()
    request = {"kind": "mailbox", "user": user["userPrincipalName"], "idempotencyKey": key}

    for _ in range(5):
        await storage.request(**request)
    restore_id = (await storage.result_for(user))["subject"]

    assert await world.effects(user) == {"restore": 1}
    assert [event for event, _ in await storage.journal(restore_id)].count("accepted") == 1


async def test_message_with_a_used_key_is_a_refused_restore(world: World, storage: Storage) -> None:
    """A key that belongs to another message refuses the message, which is kept as received."""
    user, other = await world.add(a_deleted_user()), await world.add(a_deleted_user())
    key = fresh_key()
    await storage.request(kind="user", user=user["id"], idempotencyKey=key)
    first = (await storage.result_for(user))["data"]

    await storage.request(kind="user", user=other["id"], idempotencyKey=key, requestedBy="HR")
    events = await storage.results(lambda event: other["id"] in event["data"].get("received", ""))

    refused = events[0]["data"]
    assert (refused["status"], refused["outcome"]["code"]) == ("refused", "invalid-request")
    assert refused["id"] != first["id"]
    assert first["id"] in refused["outcome"]["message"]
    assert await world.effects(other) == {}


async def test_message_may_not_ask_for_an_override(world: World, storage: Storage) -> None:
    """Nobody behind a queue can hold Restore.Override, so dropping addresses is refused there."""
    user = await world.add(a_deleted_user())

    await storage.request(kind="user", user=user["id"], onAddressConflict="drop")
    events = await storage.results(lambda event: user["id"] in event["data"].get("received", ""))

    assert events[0]["data"]["outcome"]["code"] == "invalid-request"
    assert "Restore.Override" in events[0]["data"]["outcome"]["message"]
    assert await world.graph_calls() == {}
