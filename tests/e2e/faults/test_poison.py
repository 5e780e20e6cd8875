"""Messages that the host set aside without a call of ours: ended, told, and then retried."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from azure.storage.queue.aio import QueueServiceClient

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import Json, a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import REQUESTS, WORK, Storage, in_base64
from tests.e2e.stage.world import World
from tests.waiting import eventually

_GRAPH = "^/(users|directory|subscribedSkus|roleManagement|auditLogs)"
_MANY = 20
_MOST_TRIES = 5
_ADMIN = [{"typ": "oid", "val": "boss"}, {"typ": "roles", "val": "Restore.Admin"}]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Stage]:
    """Give a landscape of its own, on the machine's time.

    The storage says when it set a message aside, and other tests have moved the product's clock
    months ahead: for the product, every restore of theirs was seen to since.
    """
    package: str | None = pytestconfig.getoption("--package")
    app = Path(package).resolve() if package else None
    with Stage(tmp_path_factory.mktemp("poison") / "offset", package=app) as running:
        yield running


@pytest.fixture(scope="module")
def entra(stage: Stage) -> Iterator[Host]:
    """Give a second host on the same storage, where somebody may be an administrator."""
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        yield host


@pytest.fixture
async def queues(stage: Stage) -> AsyncIterator[QueueServiceClient]:
    """Give the queues as the host sees them."""
    async with QueueServiceClient.from_connection_string(stage.connection_string) as client:
        yield client


async def _retry(restore_id: str, caller: Caller, host: Host) -> Reply:
    headers = {"X-MS-CLIENT-PRINCIPAL": in_base64(json.dumps({"claims": _ADMIN}))}
    url = f"{host.url}/api/restores/{restore_id}/retry"
    return await caller.send("POST", url, headers=headers)


async def _die_with_it(queue: str, text: str, queues: QueueServiceClient) -> None:
    """Take the message as a host does that dies over it, as often as a host may."""
    client = queues.get_queue_client(queue)
    await client.send_message(text)
    for number in range(_MOST_TRIES):

        async def taken(number: int = number) -> bool:
            message = await client.receive_message(visibility_timeout=1)
            return message is not None and message.dequeue_count == number + 1

        await eventually(taken, within_seconds=10)


async def test_message_that_killed_five_hosts_is_set_aside_ended_and_retried(
    caller: Caller, world: World, storage: Storage, stage: Stage, queues: QueueServiceClient
) -> None:
    """The host moves it without calling us: failed, gave-up, told; and it can still be done."""
    by_queue, by_http = await world.add(a_deleted_user()), await world.add(a_deleted_user())
    key = fresh_key()
    request = {"kind": "user", "user": by_queue["id"], "idempotencyKey": key}
    await world.fault(path=_GRAPH, status=503)
    accepted = await caller.start(kind="user", user=by_http["id"])
    await caller.parked(accepted)
    stage.host.kill()
    await asyncio.gather(
        _die_with_it(REQUESTS, json.dumps({"version": 1, **request}), queues),
        _die_with_it(WORK, accepted, queues),
    )

    stage.start_host()
    events = await storage.results(lambda event: event["data"]["user"] == by_queue["id"])
    taken = events[0]["subject"]
    failed = [await caller.end_of(restore_id) for restore_id in (taken, accepted)]
    await world.clear_faults()
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        retried = [await _retry(restore_id, caller, host) for restore_id in (taken, accepted)]
        ended = await caller.come_through(taken, accepted)

    assert [restore["outcome"]["code"] for restore in failed] == ["gave-up"] * 2
    assert [reply.status for reply in retried] == [202] * 2
    assert [restore["outcome"]["code"] for restore in ended] == ["user-restored"] * 2
    assert await world.effects(by_queue) == await world.effects(by_http) == {"restore": 1}


async def test_many_set_aside_at_once_are_all_ended_and_all_retried(
    caller: Caller, world: World, storage: Storage, entra: Host
) -> None:
    """Forty at once, requests and work: each is told, each comes through, no queue keeps any."""
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
    about = [user["id"] for user in users[_MANY:]]

    def is_ours(event: Json) -> bool:
        return event["subject"] in ids or event["data"]["user"] in about

    told = await storage.results_of(is_ours, at_least=2 * _MANY)
    given_up = {event["subject"]: event["data"]["outcome"]["code"] for event in told.values()}
    await world.clear_faults()
    retried = [await _retry(restore_id, caller, entra) for restore_id in given_up]
    ended = await caller.come_through(*given_up)

    assert len(given_up) == 2 * _MANY
    assert set(given_up.values()) == {"gave-up"}
    assert {reply.status for reply in retried} == {202}
    assert {restore["outcome"]["code"] for restore in ended} == {"user-restored"}
    assert [await world.effects(user) for user in users] == [{"restore": 1}] * 2 * _MANY
    for queue in (REQUESTS, WORK):
        assert await storage.waiting(f"{queue}-poison") == 0
