"""Test that no request costs more than its size allows, whichever way it comes in.

Times are of the processor and memory is what Python asked for, so that other work on the machine
does not count.
"""

import base64
from collections.abc import Awaitable, Callable, Mapping
from itertools import pairwise
from typing import Final

import pytest

from functions.http.batches import start_batch_
from functions.http.checks import check_restore
from functions.http.guards import add_guard_
from functions.http.restores.start_and_read import start_restore
from functions.http.subscriptions import subscribe_
from functions.queues.poison import drain_request
from functions.queues.requests import take_in
from shared.intake.poison_message import read_set_aside
from tests.builders import a_deleted_person
from tests.security.meter import Work, cost_of, longest_hold
from tests.security.shapes import (
    SHAPES,
    Shape,
    in_base64,
    in_batch,
    in_event,
    in_event_as_base64,
)
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

EVERYBODY: Final = principal("Restore.Read", "Restore.Request", "Restore.Admin")
REQUEST: Final = 64 * 1024
BATCH: Final = 4 * 1024 * 1024

# An ordinary request costs 2 to 5 ms here; the promise is 50 ms where it costs 5.
MOST_MILLISECONDS: Final = 50
MOST_MEGABYTES: Final = 20
LARGEST_ANSWER: Final = 64 * 1024

# From one size to four times that size. Work that grows with the square of the size grows
# sixteenfold; the allowance is for what does not grow, and for what is too short to be measured.
SIZES: Final = (4 * 1024, 16 * 1024, REQUEST)
MOST_GROWTH: Final = 7
ALLOWANCE_MILLISECONDS: Final = 3
ALLOWANCE_MEGABYTES: Final = 1

HTTP_DOORS: Final = {
    "StartRestore": start_restore,
    "CheckRestore": check_restore,
    "AddGuard": add_guard_,
    "Subscribe": subscribe_,
}
MESSAGES: Final[Mapping[str, Callable[[Shape], Shape]]] = {
    "plain": lambda shape: shape,
    "base64": in_base64,
    "event": in_event,
    "event with base64": in_event_as_base64,
}
ITEM_SIZES: Final = {"many items": 150, "many bytes": 4_000}

every_shape = pytest.mark.parametrize("shape", SHAPES)


def over_http(operation: str, body: bytes) -> Work:
    """A caller who may do everything sends this body."""

    async def send() -> int:
        with opened(World()) as world:
            world.put(a_deleted_person())
            answer = await HTTP_DOORS[operation](request("POST", "/x", body, headers=EVERYBODY))
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert len(answer.get_body()) <= LARGEST_ANSWER
            assert_told_in_short(content(answer))
        return int(answer.status_code)

    return send


def over_a_queue(door: Callable[[bytes, World], Awaitable[None]], body: bytes) -> Work:
    """A message with this body is taken from a queue."""

    async def take() -> None:
        world = World()
        world.put(a_deleted_person())
        await door(body, world)
        assert len(world.storage.ledger.records) == 1

    return take


async def _from_queue(body: bytes, world: World) -> None:
    await take_in(body, "message-1", world.deps)


async def _from_poison(body: bytes, world: World) -> None:
    await drain_request(read_set_aside(body, "message-1"), 1, world.deps)


def in_a_batch(body: bytes) -> Work:
    """A batch with this body is sent."""

    async def send() -> None:
        with opened(World()):
            answer = await start_batch_(request("POST", "/batches", body, headers=EVERYBODY))
        assert answer.status_code in {202, 400}

    return send


def assert_told_in_short(problem: Mapping[str, object]) -> None:
    """At most a hundred faults, and no text longer than three hundred characters."""
    errors = problem["errors"]
    assert isinstance(errors, list)
    assert len(errors) <= 100
    texts = [text for error in errors for text in (error["pointer"], error["message"])]
    assert max(map(len, [str(problem["detail"]), *texts])) <= 300


@every_shape
@pytest.mark.parametrize("operation", HTTP_DOORS)
async def test_a_request_costs_little_at_every_http_door(shape: str, operation: str) -> None:
    """50 ms and 20 MB are enough for 64 KiB, and for what has the most values in less."""
    for size in (10_000, REQUEST):
        body = SHAPES[shape](size)
        assert size * 0.9 <= len(body) <= size

        cost = await cost_of(over_http(operation, body), enough=MOST_MILLISECONDS)

        assert cost.milliseconds <= MOST_MILLISECONDS, size
        assert cost.megabytes <= MOST_MEGABYTES, size


@every_shape
@pytest.mark.parametrize("wrapping", MESSAGES)
async def test_a_message_costs_little_and_is_kept(shape: str, wrapping: str) -> None:
    """The same for what comes by queue, and for what comes back from the poison queue."""
    body = MESSAGES[wrapping](SHAPES[shape])(REQUEST)
    assert len(body) <= REQUEST
    door = _from_poison if wrapping == "base64" else _from_queue

    cost = await cost_of(over_a_queue(door, body), enough=MOST_MILLISECONDS)

    assert cost.milliseconds <= MOST_MILLISECONDS
    assert cost.megabytes <= MOST_MEGABYTES


@every_shape
async def test_cost_grows_as_size_does(shape: str) -> None:
    """Nothing grows with the square of the size: it would be harmless until somebody tries."""
    costs = [
        await cost_of(over_http("StartRestore", SHAPES[shape](size)), enough=ALLOWANCE_MILLISECONDS)
        for size in SIZES
    ]

    for small, large in pairwise(costs):
        limit = MOST_GROWTH * small.milliseconds + ALLOWANCE_MILLISECONDS
        assert large.milliseconds <= limit, costs
        assert large.megabytes <= MOST_GROWTH * small.megabytes + ALLOWANCE_MEGABYTES, costs


@every_shape
@pytest.mark.parametrize("of", ITEM_SIZES)
async def test_a_batch_costs_little_and_lets_others_go_on(shape: str, of: str) -> None:
    """4 MiB take a second and ten times their size at most, and others wait for at most 100 ms."""
    work = in_a_batch(in_batch(SHAPES[shape], ITEM_SIZES[of])(BATCH))

    cost = await cost_of(work, enough=1_000)

    assert cost.milliseconds <= 1_000
    assert cost.megabytes <= 10 * BATCH / 1e6
    assert await longest_hold(work, enough=100) <= 100


async def test_the_meter_sees_what_it_is_for() -> None:
    """Work that grows with the square, takes much memory or lets nobody else go on is noticed."""

    def work(size: int) -> Work:
        async def count() -> int:
            return sum(number % 7 for number in range(size * size))

        return count

    small, large = await cost_of(work(200)), await cost_of(work(800))
    held = await cost_of(lambda: copied(b"x" * 30_000_000), enough=100)

    assert large.milliseconds > MOST_GROWTH * small.milliseconds + ALLOWANCE_MILLISECONDS
    assert await longest_hold(work(800)) > 0.5 * large.milliseconds
    assert held.megabytes > 30


async def copied(body: bytes) -> bytes:
    """Take as much memory again."""
    return base64.b64encode(body)
