"""Two instances on one storage, and the death of the one that takes requests in."""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import Json, a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World


@pytest.fixture
def second(stage: Stage) -> Iterator[Host]:
    """Give one more host beside the first."""
    with stage.start_another_host() as host:
        yield host


async def test_one_key_at_two_instances_is_one_restore(
    caller: Caller, world: World, stage: Stage, second: Host, storage: Storage
) -> None:
    """Equal requests that race at two instances open one restore, which makes one change."""
    user = await world.add(a_deleted_user())
    request = {"kind": "user", "user": user["id"], "idempotencyKey": fresh_key()}
    urls = [f"{host.url}/api/restores" for host in (stage.host, second)] * 10

    replies = await asyncio.gather(*(caller.send("POST", url, json=request) for url in urls))

    assert len({reply.body["id"] for reply in replies}) == 1
    restore_id = replies[0].body["id"]
    await caller.end_of(restore_id)
    assert await world.effects(user) == {"restore": 1}
    events = [event for event, _ in await storage.journal(restore_id)]
    assert (events.count("accepted"), events.count("attempting")) == (1, 1)


async def test_one_user_at_two_instances_is_changed_once(
    caller: Caller, world: World, stage: Stage, second: Host
) -> None:
    """Different orders for one user, worked on by two instances, make one change."""
    user = await world.add(a_deleted_user())
    urls = [f"{host.url}/api/restores" for host in (stage.host, second)] * 5
    orders = [{"kind": "user", "user": user["id"], "idempotencyKey": fresh_key()} for _ in urls]

    replies = await asyncio.gather(
        *(caller.send("POST", url, json=order) for url, order in zip(urls, orders, strict=True))
    )
    ended = await caller.come_through(*(reply.body["id"] for reply in replies))

    codes = sorted(restore["outcome"]["code"] for restore in ended)
    assert codes == ["already-active"] * 9 + ["user-restored"]
    assert await world.effects(user) == {"restore": 1}


async def test_what_was_accepted_survives_the_death_of_the_intake(
    caller: Caller, world: World, stage: Stage
) -> None:
    """Killed under a burst: every 202 is kept, every repetition joins, each user changes once."""
    users = [await world.add(a_deleted_user()) for _ in range(12)]
    requests = [
        {"kind": "user", "user": user["id"], "idempotencyKey": fresh_key()} for user in users
    ]
    accepted: list[Reply] = []

    async def ask(request: Json) -> None:
        try:
            accepted.append(await caller.post(request))
        except aiohttp.ClientError:
            return  # The host died before it answered; the caller will ask again.
        if len(accepted) == 3:
            stage.host.kill()

    await asyncio.gather(*map(ask, requests))
    stage.start_host()
    kept = [await caller.get(reply.body["id"]) for reply in accepted]
    repeated = [await caller.post(request) for request in requests]
    await world.pass_time(150)
    ended = await caller.come_through(*(reply.body["id"] for reply in repeated))

    assert len(accepted) >= 3
    assert {reply.status for reply in kept} <= {200, 202}
    assert {reply.body["id"] for reply in accepted} <= {reply.body["id"] for reply in repeated}
    assert {restore["outcome"]["code"] for restore in ended} == {"user-restored"}
    assert [await world.effects(user) for user in users] == [{"restore": 1}] * 12
