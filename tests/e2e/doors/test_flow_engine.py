"""A flow calls the service: the engine's double over the real host, through every mishap it knows.

The engine's waits pass on the product's clock; only what the service itself needs passes for real.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from infra.local.host.emulator import emulator_connection
from tests.doubles.logic_apps import Answer, Engine, LostAnswerError, Request, Run
from tests.doubles.storage_doors import StorageDoors
from tests.e2e.stage.caller import FINAL, Caller
from tests.e2e.stage.people import Json, a_deleted_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World
from tests.unit.connector.described import faults

type Mishap = Callable[[int, Request], str | Answer | None]
"""By the number of the request, from 0: "lost before", "lost after", an answer of somebody before
the service, or nothing."""


class Flow:
    """One run of a flow: an engine on the real host, and the time between its requests."""

    def __init__(self, caller: Caller, world: World, mishap: Mishap) -> None:
        self._caller, self._world, self._mishap = caller, world, mishap
        self._number = 0
        self.restore_ids: set[str] = set()
        """The restores that the service has begun for this flow, seen by the engine or not."""
        self.before_the_next_wait: Callable[[], Awaitable[None]] | None = None
        self.engine = Engine(self._carry, self._wait, run_id=f"08584{fresh_key()}")

    async def restore(self, *, at: str | None = None, **request: Any) -> Run:
        """Start a restore, at another host if one is given, and follow it to its end."""
        return await self.engine.act("POST", at or self._caller.url("/restores"), request)

    async def _carry(self, request: Request) -> Answer:
        trouble = self._mishap(self._number, request)
        self._number += 1
        if isinstance(trouble, Answer):
            return trouble
        if trouble == "lost before":
            raise LostAnswerError
        body = {} if request.body is None else {"json": request.body}
        reply = await self._caller.send(
            request.method, request.url, headers=request.headers, **body
        )
        if isinstance(reply.body, dict) and "id" in reply.body:
            self.restore_ids.add(str(reply.body["id"]))
        if trouble == "lost after":
            raise LostAnswerError
        return Answer(reply.status, reply.headers, reply.body)

    async def _wait(self, seconds: float) -> None:
        """Let the time pass as soon as no worker is in the middle of its work."""
        if self.before_the_next_wait is not None:
            await self.before_the_next_wait()
            self.before_the_next_wait = None
        stands = [await self._caller.parked(restore_id) for restore_id in self.restore_ids]
        if any(restore["status"] not in FINAL for restore in stands):
            await self._world.pass_time(seconds)


def a_flow(caller: Caller, world: World, mishap: Mishap = lambda _number, _request: None) -> Flow:
    """A flow that meets this mishap, or none."""
    return Flow(caller, world, mishap)


def first(count: int, trouble: str | Answer) -> Mishap:
    """The same trouble for so many requests, and then none."""
    return lambda number, _request: trouble if number < count else None


def by_name(user: Json) -> Json:
    """What a flow maker fills in."""
    return {"kind": "user", "user": user["userPrincipalName"]}


async def test_flow_waits_for_the_end_and_sees_it(caller: Caller, world: World) -> None:
    """Green, with the finished restore as body; the POST is sent once, all else are looks."""
    user = await world.add(a_deleted_user())

    run = await a_flow(caller, world).restore(**by_name(user))

    assert run.succeeded
    assert run.outcome.body["outcome"]["code"] == "user-restored"
    assert [
        fault for answer in run.answers if answer for fault in faults("Restore", answer.body)
    ] == []
    assert [request.method for request in run.sent][:2] == ["POST", "GET"]
    assert {request.url for request in run.polls} == {run.outcome.body["links"]["self"]}
    assert await world.effects(user) == {"restore": 1}


async def test_restore_that_ended_before_the_first_look_is_seen(
    caller: Caller, world: World
) -> None:
    """One look is enough, and the address is still there."""
    user = await world.add(a_deleted_user())

    run = await a_flow(caller, world).restore(**by_name(user))

    assert [answer and answer.status for answer in run.answers] == [202, 200]
    assert len(run.polls) == 1


async def test_refusal_is_green_and_can_be_branched_on(caller: Caller, world: World) -> None:
    """A business no is an answer: the flow goes on, with code and fix."""
    run = await a_flow(caller, world).restore(kind="user", user="nobody@people.contoso.example")

    assert run.succeeded
    assert run.outcome.body["status"] == "refused"
    assert run.outcome.body["outcome"]["code"] == "user-not-found"
    assert run.outcome.body["outcome"]["fix"]
    assert await world.graph_calls() != {}


async def test_bad_request_is_red_at_once(caller: Caller, world: World) -> None:
    """400 is not repeated; the maker reads what is wrong."""
    run = await a_flow(caller, world).restore(kind="user")

    assert (run.outcome.status, len(run.sent)) == (400, 1)
    assert [fault["pointer"] for fault in run.outcome.body["errors"]] == ["/user"]
    assert await world.graph_calls() == {}


@pytest.mark.parametrize("lost", ["lost after", "lost before"])
@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("keyed", [False, True], ids=["no key", "key"])
async def test_repeated_post_joins_its_restore(
    caller: Caller, world: World, lost: str, times: int, *, keyed: bool
) -> None:
    """However often the answer is lost, there is one change.

    And one restore, but where it has ended before a repetition without a key: that is told who did
    what it asks for.
    """
    user = await world.add(a_deleted_user())
    flow = a_flow(caller, world, first(times, lost))

    run = await flow.restore(**by_name(user), **({"idempotencyKey": fresh_key()} if keyed else {}))

    assert run.succeeded
    assert [request.method for request in run.sent][: times + 1] == ["POST"] * (times + 1)
    codes = {"user-restored"}
    if keyed or lost == "lost before":
        assert flow.restore_ids == {run.outcome.body["id"]}
    else:
        codes.add("already-active")
    assert run.outcome.body["outcome"]["code"] in codes
    assert await world.effects(user) == {"restore": 1}
    assert await world.attempts(user) == 1


async def test_lost_look_is_looked_again(caller: Caller, world: World) -> None:
    """A poll changes nothing, so it can be lost like any other request."""
    user = await world.add(a_deleted_user())

    def mishap(number: int, _request: Request) -> str | None:
        return {1: "lost before", 2: "lost after"}.get(number)

    run = await a_flow(caller, world, mishap).restore(**by_name(user))

    assert run.succeeded
    assert run.answers[1:3] == [None, None]
    assert await world.effects(user) == {"restore": 1}


async def test_throttling_before_the_service_is_waited_out(caller: Caller, world: World) -> None:
    """429 from the gateway or the platform, at the start and at a look."""
    user = await world.add(a_deleted_user())
    busy = Answer(429, {"Retry-After": "30"})

    def mishap(number: int, _request: Request) -> Answer | None:
        return busy if number in {0, 1, 3} else None

    run = await a_flow(caller, world, mishap).restore(**by_name(user))

    assert run.succeeded
    assert run.waits[:2] == [30, 30]
    assert await world.effects(user) == {"restore": 1}


async def test_throttled_graph_makes_the_flow_wait_and_not_fail(
    caller: Caller, world: World
) -> None:
    """The service parks the restore; the engine sees 202 at the service's pace until it is done."""
    user = await world.add(a_deleted_user())
    await world.fault(status=429, retryAfter=40, method="POST", path="/restore$", times=2)

    run = await a_flow(caller, world).restore(**by_name(user))

    assert run.succeeded
    assert run.outcome.body["outcome"]["code"] == "user-restored"
    assert len(run.polls) > 1
    assert all(2 <= wait <= 60 for wait in run.waits)
    assert all(answer and answer.status in {200, 202} for answer in run.answers)
    assert await world.effects(user) == {"restore": 1}


async def test_outage_of_storage_is_waited_out(caller: Caller, world: World, stage: Stage) -> None:
    """503 with Retry-After while storage is away: the same POST is accepted when it is back."""
    user = await world.add(a_deleted_user())
    async with StorageDoors(stage.landscape.azurite.ports) as doors:
        storage = emulator_connection(*doors.ports)
        with stage.start_another_host(AzureWebJobsStorage=storage) as host:
            flow = a_flow(caller, world)
            flow.before_the_next_wait = doors.open
            run = await flow.restore(**by_name(user), at=f"{host.url}/api/restores")

    refused, accepted, *_ = run.answers
    assert refused is not None
    assert (refused.status, accepted and accepted.status) == (503, 202)
    assert int(refused.header("Retry-After") or 0) > 0
    assert run.succeeded
    assert await world.effects(user) == {"restore": 1}
