"""What the host set aside: ended visibly, retried by anybody, and never left to expire unread."""

import json
from datetime import timedelta

import azure.functions as func
import pytest
from azure.functions.queue import QueueMessage

from functions.http.changes import retry
from functions.queues.poison import drain_poison_request, drain_request, drain_work
from shared.domain.keys import keys_of
from shared.domain.outcomes import Code, Status
from shared.domain.request import Door, RequestedBy, RestoreKind
from shared.domain.roles import Role
from shared.errors import ConfigurationError, StorageUnavailableError, UnreadableTextError
from shared.intake.caller import Caller
from shared.restore.run import LEASE
from tests.builders import NOW, USER_ID, a_deleted_person, a_request
from tests.unit.world.interrupts import Interrupt
from tests.unit.world.world import World, code_of

ADMIN = Caller("Admin", "a-1", frozenset({Role.ADMIN, Role.READ}))
DOWN = StorageUnavailableError("down")
MANY = 40

PLAIN_KEYS = keys_of(RequestedBy(Door.QUEUE))


def user_id(number: int) -> str:
    """The object id of one of many users."""
    return f"8d1f6f0e-4c5b-4a37-9f0a-{number:012x}"


def body(number: int) -> bytes:
    """A request as another application would write it."""
    fields = {"version": 1, "kind": "user", "user": user_id(number), "idempotencyKey": f"k{number}"}
    return json.dumps(fields).encode()


def a_world() -> World:
    """Many deleted users."""
    world = World()
    for number in range(MANY):
        upn = f"person{number}@contoso.com"
        alone = {"user_principal_name": upn, "mail": None, "proxy_addresses": ()}
        world.put(a_deleted_person(id=user_id(number), **alone))
    return world


class Again(func.Out[bytes]):
    """The output binding: what was put back."""

    def __init__(self) -> None:
        self.values: list[bytes] = []

    def set(self, val: bytes) -> None:
        """Put it out."""
        self.values.append(val)

    def get(self) -> bytes:
        """What was put out last."""
        return self.values[-1]


def a_message(content: bytes, *, tries: int) -> QueueMessage:
    """A message of the poison queue at one of its tries."""
    return QueueMessage(id="copy-1", body=content, dequeue_count=tries)


async def test_many_requests_set_aside_at_once_are_all_retried() -> None:
    """Each ends as given up, each is told, and each comes through when it is retried."""
    world = a_world()
    for number in range(MANY):
        await drain_request(body(number), f"copy-{number}", world.deps)
    ids = [PLAIN_KEYS.restore_id(f"k{number}") for number in range(MANY)]
    given_up = [code_of(await world.record(restore_id)) for restore_id in ids]
    told = {event["subject"] for event in world.storage.outbox.results}

    for restore_id in ids:
        await retry(restore_id, ADMIN, world.deps)
    ended = [await world.finish(restore_id) for restore_id in ids]

    assert given_up == [Code.GAVE_UP] * MANY
    assert told == set(ids)
    assert [code_of(record) for record in ended] == [Code.USER_RESTORED] * MANY
    assert [world.directory.restored[user_id(number)] for number in range(MANY)] == [1] * MANY


async def test_many_work_messages_set_aside_at_once_are_all_retried() -> None:
    """A restore whose worker crashed five times is ended, then retried like any other."""
    world = a_world()
    requests = [
        a_request(kind=RestoreKind.USER, user=user_id(number), idempotency_key=f"k{number}")
        for number in range(MANY)
    ]
    ids = [(await world.accept(request)).id for request in requests]
    for restore_id in ids:
        await drain_work(restore_id, NOW, world.deps)
    given_up = [code_of(await world.record(restore_id)) for restore_id in ids]

    for restore_id in ids:
        await retry(restore_id, ADMIN, world.deps)
    ended = [await world.finish(restore_id) for restore_id in ids]

    assert given_up == [Code.GAVE_UP] * MANY
    assert [code_of(record) for record in ended] == [Code.USER_RESTORED] * MANY
    assert world.storage.unfinished.rows == {}


async def test_crash_in_the_effect_then_set_aside_then_retried_is_one_change() -> None:
    """The change was made before the crashes; the retry finds it and does not repeat it."""
    world = a_world()
    request = a_request(kind=RestoreKind.USER, user=user_id(1), idempotency_key="k1")
    record = await world.accept(request)
    crash = Interrupt(world, ("directory", "restore_user"), 1, after=True)

    async def die() -> None:
        raise KeyboardInterrupt

    crash.arm(die)
    with pytest.raises(KeyboardInterrupt):
        await world.run(record.id)
    world.clock.advance(LEASE + timedelta(seconds=1))
    await drain_work(record.id, world.clock.now(), world.deps)
    given_up = await world.record(record.id)

    await retry(record.id, ADMIN, world.deps)
    ended = await world.finish(record.id)

    assert code_of(given_up) is Code.GAVE_UP
    assert ended.status is Status.SUCCEEDED
    assert world.directory.restored[user_id(1)] == 1


async def test_worker_that_takes_it_up_in_that_moment_keeps_it() -> None:
    """The reader of the poison queue loses the race, and has nothing more to do."""
    world = a_world()
    request = a_request(kind=RestoreKind.USER, user=user_id(1), idempotency_key="k1")
    record = await world.accept(request)
    race = Interrupt(world, ("ledger", "write"), 1)
    race.arm(lambda: world.run(record.id))

    await drain_work(record.id, NOW, world.deps)

    assert code_of(await world.record(record.id)) is Code.USER_RESTORED


async def test_restore_of_another_release_is_left_to_it() -> None:
    """It is neither ended nor a failure of the reader; the sweep still has it on its list."""
    world = a_world()
    record = await world.accept(a_request(user=USER_ID))
    world.storage.ledger.fail_next("read", UnreadableTextError("version 9"))

    await drain_work(record.id, NOW, world.deps)

    assert (await world.record(record.id)).status is Status.QUEUED
    assert record.id in world.storage.unfinished.rows


@pytest.mark.parametrize("fault", [DOWN, ConfigurationError(("AUTH_MODE is wrong",))], ids=str)
@pytest.mark.parametrize("tries", [1, 2])
async def test_first_tries_come_back_by_themselves(
    rooted: World, fault: Exception, tries: int
) -> None:
    """While the host still brings it back, a copy would only double it."""
    rooted.storage.ledger.fail_next("insert", fault)
    again = Again()

    with pytest.raises(type(fault)):
        await drain_poison_request(a_message(body(1), tries=tries), again)

    assert again.values == []


@pytest.mark.parametrize("fault", [DOWN, ConfigurationError(("AUTH_MODE is wrong",))], ids=str)
@pytest.mark.parametrize("tries", [3, 4, 5])
async def test_request_is_put_back_before_its_tries_are_used_up(
    rooted: World, fault: Exception, tries: int
) -> None:
    """However long storage is down, the request does not expire unread."""
    rooted.storage.ledger.fail_next("insert", fault)
    again = Again()

    await drain_poison_request(a_message(body(1), tries=tries), again)
    await drain_poison_request(a_message(again.get(), tries=1), Again())

    assert again.values == [body(1)]
    assert code_of(await rooted.record(PLAIN_KEYS.restore_id("k1"))) is Code.GAVE_UP
