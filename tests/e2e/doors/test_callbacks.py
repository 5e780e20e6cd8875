"""Those who are told of the end of a restore: over TLS, under the product's own rules."""

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import a_deleted_user
from tests.e2e.stage.receiver import Receiver
from tests.e2e.stage.receiver_wire import HOST
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World
from tests.waiting import eventually


async def test_the_callback_gets_the_event_of_the_queue(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """The same event, named by its id; refused at first, it is sent again by the sweep."""
    user = await world.add(a_deleted_user())
    async with Receiver(stage.receiver_file) as receiver:
        receiver.answers = [500]
        ended = await caller.restore(
            kind="user", user=user["id"], callbackUrl=receiver.url("callback")
        )
        await eventually(lambda: receiver.received)
        await world.pass_time(120)
        await eventually(lambda: len(receiver.received) > 1)

    (first, event), (second, again) = receiver.received
    assert first["webhook-id"] == second["webhook-id"] == f"{ended['id']}-1"
    assert first["Host"] == HOST
    assert event == again == await storage.result_for(user)
    assert (event["type"], event["subject"]) == ("restore.finished.v1", ended["id"])
    assert ended["warnings"] == []
    assert not any("s3cret" in line for line in stage.written())


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/", "https://127.0.0.1/", f"https://{HOST}:8443/", f"http://{HOST}/"],
)
async def test_a_callback_to_elsewhere_is_refused_at_the_door(caller: Caller, url: str) -> None:
    """400 with its pointer; nothing begins."""
    reply = await caller.post({"kind": "user", "user": "x@contoso.example", "callbackUrl": url})

    assert reply.status == 400
    assert [error["pointer"] for error in reply.body["errors"]] == ["/callbackUrl"]


async def test_a_callback_to_elsewhere_in_a_message_is_a_refused_restore(storage: Storage) -> None:
    """It is kept and told, like any message that asks for what cannot be."""
    await storage.request(
        kind="user", user="cb@contoso.example", callbackUrl="https://evil.example/"
    )

    (event,) = await storage.results(
        lambda it: "cb@contoso.example" in str(it["data"].get("received"))
    )

    assert event["data"]["outcome"]["code"] == "invalid-request"
    assert "/callbackUrl" in event["data"]["outcome"]["message"]


async def test_a_subscription_lives_until_it_is_ended(
    caller: Caller, world: World, stage: Stage
) -> None:
    """Each end is sent to it, in the wanted status only; after the DELETE nothing is."""
    users = [await world.add(a_deleted_user()) for _ in range(2)]
    async with Receiver(stage.receiver_file) as receiver:
        made = {}
        for path, status in (("ok", "succeeded"), ("bad", "refused")):
            body = {
                "notificationUrl": receiver.url(path),
                "event": "restore.finished.v1",
                "statuses": [status],
            }
            made[path] = await caller.send("POST", caller.url("/subscriptions"), json=body)
            assert made[path].status == 201
        first = await caller.restore(kind="user", user=users[0]["id"])
        await eventually(lambda: receiver.events_at("ok"))
        for reply in made.values():
            ended = await caller.send("DELETE", reply.headers["Location"])
            assert ended.status == 204
        await caller.restore(kind="user", user=users[1]["id"], callbackUrl=receiver.url("after"))
        await eventually(lambda: receiver.events_at("after"))

    assert [event["subject"] for event in receiver.events_at("ok")] == [first["id"]]
    assert receiver.events_at("bad") == []
    again = await caller.send("DELETE", made["ok"].headers["Location"])
    assert (again.status, again.body["code"]) == (404, "subscription-not-found")


async def test_a_subscriber_that_is_gone_is_forgotten(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """410 ends the subscription, and with it every later call."""
    user = await world.add(a_deleted_user())
    async with Receiver(stage.receiver_file) as receiver:
        receiver.answers = [410]
        body = {"notificationUrl": receiver.url("gone"), "event": "restore.finished.v1"}
        made = await caller.send("POST", caller.url("/subscriptions"), json=body)
        await caller.restore(kind="user", user=user["id"])
        await eventually(lambda: receiver.received)

        async def is_forgotten() -> bool:
            return not await storage.rows("subscriptions", made.body["id"])

        assert await eventually(is_forgotten)
