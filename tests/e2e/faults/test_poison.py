"""Messages that the host set aside without a call of ours: what they are about goes on."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from azure.storage.queue.aio import QueueServiceClient

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import Json, a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import REQUESTS, WORK, Storage
from tests.e2e.stage.world import World
from tests.waiting import eventually

_GRAPH = "^/(users|directory|subscribedSkus|roleManagement|auditLogs)"
_MANY = 20
_MOST_TRIES = 5


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Stage]:
    """Give a landscape of its own, on the machine's time.

    Its hosts are killed, and other tests have moved the product's clock months ahead.
    """
    package: str | None = pytestconfig.getoption("--package")
    app = Path(package).resolve() if package else None
    with Stage(tmp_path_factory.mktemp("poison") / "offset", package=app) as running:
        yield running


@pytest.fixture
async def queues(stage: Stage) -> AsyncIterator[QueueServiceClient]:
    """Give the queues as the host sees them."""
    async with QueueServiceClient.from_connection_string(stage.connection_string) as client:
        yield client


async def _die_with_it(queue: str, text: str, queues: QueueServiceClient) -> None:
    """Take the message as a host does that dies over it, as often as a host may."""
    client = queues.get_queue_client(queue)
    await client.send_message(text)
    for number in range(_MOST_TRIES):

        async def taken(number: int = number) -> bool:
            message = await client.receive_message(visibility_timeout=1)
            return message is not None and message.dequeue_count == number + 1

        await eventually(taken)


async def test_message_that_killed_five_hosts_is_set_aside_and_goes_on(
    caller: Caller, world: World, storage: Storage, stage: Stage, queues: QueueServiceClient
) -> None:
    """The host moves it without calling us: the request is taken in, the restore is well."""
    by_queue, by_http = await world.add(a_deleted_user()), await world.add(a_deleted_user())
    request = {"kind": "user", "user": by_queue["id"], "idempotencyKey": fresh_key()}
    await world.fault(path=_GRAPH, status=503)
    accepted = await caller.start(kind="user", user=by_http["id"])
    await caller.parked(accepted)
    stage.host.kill()
    await asyncio.gather(
        _die_with_it(REQUESTS, json.dumps({"version": 1, **request}), queues),
        _die_with_it(WORK, accepted, queues),
    )

    stage.start_host()
    taken = await _restore_of(by_queue, caller)
    await world.clear_faults()
    ended = await caller.come_through(taken, accepted)

    assert [restore["outcome"]["code"] for restore in ended] == ["user-restored"] * 2
    assert await world.effects(by_queue) == await world.effects(by_http) == {"restore": 1}
    for queue in (REQUESTS, WORK):
        assert await storage.waiting(f"{queue}-poison") == 0


async def test_many_set_aside_at_once_all_go_on(
    caller: Caller, world: World, storage: Storage
) -> None:
    """Forty at once, requests and work: each comes through once, no queue keeps any."""
    await world.fault(path=_GRAPH, status=503)
    users = [await world.add(a_deleted_user()) for _ in range(2 * _MANY)]
    ids = [
        await caller.start(kind="user", user=user["id"], idempotencyKey=fresh_key())
        for user in users[:_MANY]
    ]
    for restore_id in ids:
        await caller.parked(restore_id)
    for restore_id in ids:
        await storage.send(f"{WORK}-poison", restore_id)
    for user in users[_MANY:]:
        request = {"version": 1, "kind": "user", "user": user["id"]}
        message = {**request, "idempotencyKey": fresh_key()}
        await storage.send(f"{REQUESTS}-poison", json.dumps(message))

    taken = [await _restore_of(user, caller) for user in users[_MANY:]]
    await world.clear_faults()
    ended = await caller.come_through(*ids, *taken)

    assert {restore["outcome"]["code"] for restore in ended} == {"user-restored"}
    assert [await world.effects(user) for user in users] == [{"restore": 1}] * 2 * _MANY
    for queue in (REQUESTS, WORK):
        assert await storage.waiting(f"{queue}-poison") == 0


async def _restore_of(user: Json, caller: Caller) -> str:
    """The id of the one restore of this user, once it is there."""

    async def found() -> list[Json]:
        url = caller.url(f"/restores?user={user['id']}")
        return list((await caller.send("GET", url)).body["value"])

    (restore,) = await eventually(found)
    return str(restore["id"])
