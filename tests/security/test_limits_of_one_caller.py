"""Test that each caller has its own limit, and cannot use up what is there for all."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import azure.functions as func
import pytest

from functions.http.batches import start_batch_
from functions.http.checks import check_restore
from functions.http.restores.cancel_and_retry import cancel_restore_, retry_restore_
from functions.http.restores.start_and_read import start_restore
from functions.http.subscriptions import list_subscriptions_, subscribe_, unsubscribe_
from functions.queues.requests import take_in
from shared.batches.feed import feed
from shared.domain.limits import CHECK_CALLS, OPEN_LIMITS, SUBSCRIPTIONS, Open
from shared.domain.outcomes import Status
from tests.builders import NOW, a_deleted_person
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

ANN, BOB = "a11", "b0b"
RESTORES = OPEN_LIMITS[Open.RESTORE].most
SCHEDULES = OPEN_LIMITS[Open.SCHEDULE].most
BATCHES = OPEN_LIMITS[Open.BATCH].most

type Door = Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]


@pytest.fixture(name="world")
def a_world() -> Iterator[World]:
    """A deployment in which nobody works yet."""
    world = World()
    with opened(world):
        yield world


async def send(
    door: Door, path: str, body: object, *, by: str = ANN, **route: str
) -> func.HttpResponse:
    """Send a request as a caller of this id, who may ask for restores."""
    headers = principal("Restore.Request", oid=by)
    return await door(request("POST", path, body, headers=headers, **route))


async def ask(name: object, *, by: str = ANN, **fields: Any) -> func.HttpResponse:
    """Ask for a restore of somebody of this name."""
    body = {"kind": "mailbox", "user": f"{name}@contoso.com", **fields}
    return await send(start_restore, "/restores", body, by=by)


async def ask_for_batch(name: object, *, by: str = ANN) -> func.HttpResponse:
    """Ask for a batch of one."""
    body = {"restores": [{"kind": "mailbox", "user": f"{name}@contoso.com"}]}
    return await send(start_batch_, "/batches", body, by=by)


def assert_too_many(answer: func.HttpResponse, limit: str) -> None:
    """429, naming the limit and when to come back."""
    problem = content(answer)
    assert (answer.status_code, problem["code"]) == (429, "too-many")
    assert limit in str(problem["detail"])
    assert problem["fix"]
    assert int(answer.headers["Retry-After"]) > 0


async def test_unfinished_restores_of_a_caller_are_limited(world: World) -> None:
    """One more is refused before anything is begun; others, and what is known, are not."""
    first = content(await ask("first", idempotencyKey="k"))
    for number in range(RESTORES - 1):
        assert (await ask(number)).status_code == 202
    before = len(world.storage.ledger.records)

    assert_too_many(await ask("one-more"), "200 unfinished restores")

    assert len(world.storage.ledger.records) == before
    assert (await ask("one-more", by=BOB)).status_code == 202
    again = await ask("first", idempotencyKey="k")
    assert (again.status_code, content(again)["id"]) == (202, first["id"])


async def test_what_has_ended_makes_room(world: World) -> None:
    """Cancelled or come to an end by itself."""
    ids = [str(content(await ask(number))["id"]) for number in range(RESTORES)]
    await send(cancel_restore_, "/x", None, restoreId=ids[0])
    await world.finish(ids[1])

    assert [(await ask(name)).status_code for name in ("a", "b")] == [202, 202]
    assert (await ask("c")).status_code == 429


async def test_what_died_as_it_ended_makes_room(world: World) -> None:
    """A row that outlived its restore keeps nobody out."""
    ids = [str(content(await ask(number))["id"]) for number in range(RESTORES)]
    await world.finish(ids[7])
    owner = f"caller {ANN}"
    await world.storage.callers.open(owner, Open.RESTORE, min(ids))
    del world.storage.ledger.records[min(ids)]

    assert (await ask("a")).status_code == 202


async def test_a_retry_counts_against_who_asked_and_is_never_refused_to_an_admin(
    world: World,
) -> None:
    """Who puts things right is not kept from it by those who did not."""
    first = str(content(await ask("first"))["id"])
    assert (await world.finish(first)).status is Status.REFUSED
    for number in range(RESTORES):
        await ask(number)

    admin = principal("Restore.Admin", oid="ad317")
    answer = await retry_restore_(request("POST", "/x", headers=admin, restoreId=first))

    assert answer.status_code == 202
    names = await world.storage.callers.names(f"caller {ANN}", Open.RESTORE, 1_000)
    assert first in names


async def test_scheduled_restores_are_counted_apart_from_those_of_today(world: World) -> None:
    """A thousand of them leave room for restores of today."""
    world.put(a_deleted_person())
    later = (NOW + timedelta(days=2)).isoformat()
    for number in range(SCHEDULES):
        assert (await ask(number, notBefore=later)).status_code == 202

    assert_too_many(await ask("one-more", notBefore=later), "1000 restores with a time to come")
    assert (await ask("today")).status_code == 202


async def test_open_batches_of_a_caller_are_limited(world: World) -> None:
    """Their items count as nothing else; one that is through makes room."""
    ids = [str(content(await ask_for_batch(number))["id"]) for number in range(BATCHES)]
    assert_too_many(await ask_for_batch("one-more"), "5 unfinished batches")
    assert (await ask_for_batch("one-more", by=BOB)).status_code == 202
    assert (await ask("alone")).status_code == 202

    await feed(f"b-{ids[0]}", world.deps)
    for stored in list(world.storage.ledger.records.values()):
        await world.finish(stored.record.id)
    world.clock.advance(timedelta(minutes=1))
    await feed(f"b-{ids[0]}", world.deps)

    assert (await ask_for_batch("one-more")).status_code == 202


async def test_checks_of_one_minute(world: World) -> None:
    """Whoever asks too often is asked to wait for the next minute."""
    body = {"kind": "mailbox", "user": "nobody@contoso.com"}
    for _ in range(CHECK_CALLS.most):
        assert (await send(check_restore, "/checks", body)).status_code == 200

    refused = await send(check_restore, "/checks", body)
    assert_too_many(refused, "60 times within a minute")
    assert (await send(check_restore, "/checks", body, by=BOB)).status_code == 200
    world.clock.advance(timedelta(seconds=int(refused.headers["Retry-After"])))
    assert (await send(check_restore, "/checks", body)).status_code == 200


async def test_subscriptions_of_a_caller_are_limited(world: World) -> None:
    """A hundred; the list shows which, and one that was ended makes room."""
    for number in range(SUBSCRIPTIONS.most):
        assert (await subscribe(number)).status_code == 201
    assert_too_many(await subscribe("one-more"), "100 subscriptions")
    assert (await subscribe("one-more", by=BOB)).status_code == 201

    headers = principal("Restore.Request", oid=ANN)
    listed = content(await list_subscriptions_(request("GET", "/subscriptions", headers=headers)))
    rows = listed["value"]
    assert isinstance(rows, list)
    assert len(rows) == SUBSCRIPTIONS.most
    ending = request("DELETE", "/x", headers=headers, subscriptionId=rows[0]["id"])
    assert (await unsubscribe_(ending)).status_code == 204

    assert (await subscribe("one-more")).status_code == 201
    assert world.storage.callers.under_way == set()


async def subscribe(name: object, *, by: str = ANN) -> func.HttpResponse:
    """Subscribe to the ends of one's own restores."""
    url = f"https://x.logic.azure.com/{name}"
    wanted = {"notificationUrl": url, "event": "restore.finished.v1"}
    return await send(subscribe_, "/subscriptions", wanted, by=by)


async def test_what_comes_by_queue_is_never_refused(world: World) -> None:
    """Nobody waits for its answer: it is taken in, as much as there is."""
    for number in range(RESTORES * 2):
        message = f'{{"version": 1, "kind": "mailbox", "user": "{number}@contoso.com"}}'
        await take_in(message.encode(), f"m-{number}", world.deps)

    assert len(world.storage.ledger.records) == RESTORES * 2
    assert world.storage.callers.under_way == set()
