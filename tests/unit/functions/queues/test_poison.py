"""What the host set aside: ended visibly, retried by anybody, and never left to expire unread."""

import json
from datetime import timedelta

import azure.functions as func
import pytest
from azure.functions.queue import QueueMessage

from functions.http.restores.cancel_and_retry import retry
from functions.queues.poison import drain_poison_request, drain_request, drain_work
from shared.domain.outcomes import Code, Status
from shared.domain.requests.keys import keys_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.requests.roles import Role
from shared.errors import ConfigurationError, StorageUnavailableError, UnreadableTextError
from shared.intake.caller import Caller
from shared.intake.poison_message import SetAside, read_set_aside
from shared.restore.hold import LEASE
from shared.restore.run import claim
from shared.upkeep.poisoned_work import LATE_AFTER
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.reading import said
from tests.unit.world.dying import die, die_out
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


def a_message(content: bytes, *, tries: int, name: str = "copy-1") -> QueueMessage:
    """A message of the poison queue at one of its tries."""
    return QueueMessage(id=name, body=content, dequeue_count=tries)


async def test_many_requests_set_aside_at_once_are_all_taken_in() -> None:
    """Each becomes its restore, and comes through."""
    world = a_world()
    for number in range(MANY):
        await drain_request(SetAside(body(number), f"copy-{number}"), 1, world.deps)
    ids = [PLAIN_KEYS.restore_id(f"k{number}") for number in range(MANY)]

    ended = [await world.finish(restore_id) for restore_id in ids]

    assert [code_of(record) for record in ended] == [Code.USER_RESTORED] * MANY
    assert [world.directory.restored[user_id(number)] for number in range(MANY)] == [1] * MANY


async def test_many_whose_workers_died_end_and_are_all_retried() -> None:
    """Five dead workers for each: ended, told, then retried like any other."""
    world = a_world()
    requests = [
        a_request(kind=RestoreKind.USER, user=user_id(number), idempotency_key=f"k{number}")
        for number in range(MANY)
    ]
    ids = [(await world.accept(request)).id for request in requests]
    given_up = [await die_out(world, restore_id) for restore_id in ids]
    told = {event["subject"] for event in world.storage.outbox.results}

    for restore_id in ids:
        await retry(restore_id, ADMIN, world.deps)
    ended = [await world.finish(restore_id) for restore_id in ids]

    assert [code_of(record) for record in given_up] == [Code.GAVE_UP] * MANY
    assert told == set(ids)
    assert [code_of(record) for record in ended] == [Code.USER_RESTORED] * MANY
    assert world.storage.unfinished.rows == {}


async def test_crash_in_the_effect_then_given_up_then_retried_is_one_change() -> None:
    """The change was made before the crashes; the retry finds it and does not repeat it."""
    world = a_world()
    request = a_request(kind=RestoreKind.USER, user=user_id(1), idempotency_key="k1")
    record = await world.accept(request)
    crash = Interrupt(world, ("directory", "restore_user"), 1, after=True)

    async def killed() -> None:
        raise KeyboardInterrupt

    crash.arm(killed)
    with pytest.raises(KeyboardInterrupt):
        await world.run(record.id)
    world.clock.advance(LEASE)
    await die(world, record.id, 4)
    given_up = await world.run(record.id)

    await retry(record.id, ADMIN, world.deps)
    ended = await world.finish(record.id)

    assert code_of(given_up) is Code.GAVE_UP
    assert "A change was sent to Microsoft" in said(given_up.outcome).message
    assert ended.status is Status.SUCCEEDED
    assert world.directory.restored[user_id(1)] == 1


async def a_restore(world: World) -> str:
    """A restore that was accepted, by its id; its message counts as taken."""
    request = a_request(kind=RestoreKind.USER, user=user_id(1), idempotency_key="k1")
    restore_id = (await world.accept(request)).id
    world.storage.outbox.work.clear()
    return restore_id


async def test_restore_that_waits_for_a_stated_time_is_well() -> None:
    """Its message was an old one, whose delete was lost: nothing is done, however old it is."""
    world = a_world()
    world.directory.mailbox_delay = timedelta(hours=3)
    restore_id = await a_restore(world)
    parked = await world.run(restore_id)
    rows = dict(world.storage.unfinished.rows)
    world.clock.advance(timedelta(seconds=20))

    await drain_work(restore_id, world.deps)

    assert await world.record(restore_id) == parked
    assert world.storage.unfinished.rows == rows


async def test_restore_under_a_living_lease_is_looked_at_when_that_is_over() -> None:
    """A worker that died a moment ago cannot be told from one that lives."""
    world = a_world()
    restore_id = await a_restore(world)
    await claim(restore_id, world.deps)
    held = await world.record(restore_id)

    await drain_work(restore_id, world.deps)

    assert await world.record(restore_id) == held
    assert world.storage.outbox.work == [(restore_id, LEASE)]


async def test_restore_whose_five_claims_died_ends_when_the_last_lease_is_over() -> None:
    """Drained seconds after the fifth death, and again when the message comes."""
    world = a_world()
    restore_id = await a_restore(world)
    await die(world, restore_id, 4)
    await claim(restore_id, world.deps)
    await drain_work(restore_id, world.deps)
    ((_, delay),) = world.storage.outbox.work
    world.clock.advance(delay)

    ended = await world.run(restore_id)

    assert code_of(ended) is Code.GAVE_UP
    assert len(world.storage.outbox.results) == 1


async def test_any_other_is_put_off_for_an_hour_three_times_and_then_ends() -> None:
    """Nobody died over it, and it got nowhere all the same: perhaps a fault that is mended soon."""
    world = a_world()
    restore_id = await a_restore(world)
    for times in (1, 2, 3):
        await drain_work(restore_id, world.deps)

        put_back = await world.record(restore_id)
        assert (put_back.status, put_back.put_backs) == (Status.QUEUED, times)
        world.clock.advance(timedelta(minutes=59))
        assert await world.sweep() == 0
        world.clock.advance(timedelta(minutes=1))
        assert await world.sweep() == 1

    await drain_work(restore_id, world.deps)

    assert code_of(await world.record(restore_id)) is Code.GAVE_UP
    assert len(world.storage.outbox.results) == 1
    assert (await world.events(restore_id)).count("put-back") == 3


async def test_restore_that_came_through_in_between_has_all_its_tries_again() -> None:
    """Only what fails in a row counts."""
    world = a_world()
    world.directory.mailbox_delay = timedelta(hours=9)
    restore_id = await a_restore(world)
    await drain_work(restore_id, world.deps)
    world.clock.advance(timedelta(hours=1))

    parked = await world.run(restore_id)

    assert (parked.status, parked.put_backs, parked.died_claims) == (Status.WAITING, 0, 0)


async def test_restore_that_waits_and_is_late_is_put_off_like_any_other() -> None:
    """Nobody has taken it up for minutes after its time: it is not well because it waits."""
    world = a_world()
    world.directory.mailbox_delay = timedelta(hours=3)
    restore_id = await a_restore(world)
    parked = await world.run(restore_id)
    assert parked.waiting is not None
    world.clock.advance(parked.waiting.until + LATE_AFTER - world.clock.now())

    await drain_work(restore_id, world.deps)

    assert (await world.record(restore_id)).put_backs == 1


async def test_worker_that_takes_it_up_in_that_moment_keeps_it() -> None:
    """The reader of the poison queue loses the race, and has nothing more to do."""
    world = a_world()
    request = a_request(kind=RestoreKind.USER, user=user_id(1), idempotency_key="k1")
    record = await world.accept(request)
    race = Interrupt(world, ("ledger", "write"), 1)
    race.arm(lambda: world.run(record.id))

    await drain_work(record.id, world.deps)

    assert code_of(await world.record(record.id)) is Code.USER_RESTORED


async def test_restore_of_another_release_is_left_to_it() -> None:
    """It is neither ended nor a failure of the reader; the sweep still has it on its list."""
    world = a_world()
    record = await world.accept(a_request(user=USER_ID))
    world.storage.ledger.fail_next("read", UnreadableTextError("version 9"))

    await drain_work(record.id, world.deps)

    assert (await world.record(record.id)).status is Status.QUEUED
    assert record.id in world.storage.unfinished.rows


@pytest.mark.parametrize("fault", [DOWN, ConfigurationError(("AUTH_MODE is wrong",))], ids=str)
async def test_first_try_comes_back_by_itself(rooted: World, fault: Exception) -> None:
    """While the host still brings it back, a copy would only double it."""
    rooted.storage.ledger.fail_next("insert", fault)
    again = Again()

    with pytest.raises(type(fault)):
        await drain_poison_request(a_message(body(1), tries=1), again)

    assert again.values == []


@pytest.mark.parametrize("fault", [DOWN, ConfigurationError(("AUTH_MODE is wrong",))], ids=str)
@pytest.mark.parametrize("tries", [2, 3, 4, 5])
async def test_request_is_put_back_before_its_tries_are_used_up(
    rooted: World, fault: Exception, tries: int
) -> None:
    """However long storage is down, the request does not expire unread."""
    rooted.storage.ledger.fail_next("insert", fault)
    again = Again()

    await drain_poison_request(a_message(body(1), tries=tries), again)
    await drain_poison_request(a_message(again.get(), tries=1), Again())

    assert (await rooted.record(PLAIN_KEYS.restore_id("k1"))).status is Status.QUEUED


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_request_without_a_key_keeps_its_first_id(rooted: World, times: int) -> None:
    """Each copy has an id of its own; the first may have been accepted, so that is the key."""
    keyless = json.dumps({"version": 1, "kind": "user", "user": user_id(1)}).encode()
    content = keyless
    for number in range(times):
        port = "insert" if number == 0 else "read"
        rooted.storage.ledger.fail_next(port, DOWN, after_effect=True)
        again = Again()
        await drain_poison_request(a_message(content, tries=2, name=f"copy-{number}"), again)
        content = again.get()

    await drain_poison_request(a_message(content, tries=1, name="copy-9"), Again())

    assert list(rooted.storage.ledger.records) == [PLAIN_KEYS.restore_id("copy-0")]


async def test_message_not_understood_and_put_back_is_refused_once(rooted: World) -> None:
    """It is kept under its first id, as it was received."""
    rooted.storage.ledger.fail_next("insert", DOWN, after_effect=True)
    again = Again()
    await drain_poison_request(a_message(b"[1,", tries=2, name="copy-0"), again)

    await drain_poison_request(a_message(again.get(), tries=1, name="copy-9"), Again())

    (stored,) = rooted.storage.ledger.records.values()
    assert stored.record.received == "[1,"


@pytest.mark.parametrize(
    "content",
    [
        b'{"reprieve-put-back":',
        b'{"reprieve-put-back":7}',
        b'{"reprieve-put-back":{"messageId":"\\u0000","body":"x"}}',
        b'{"reprieve-put-back":{"messageId":"m"}}',
        b"x" * 65_500,
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
)
def test_what_was_not_put_back_by_us_is_taken_as_it_is(content: bytes) -> None:
    """A body that looks like it, or has no room for an id, is a message like any other."""
    message = read_set_aside(content, "copy-1")

    assert message == SetAside(content, "copy-1")
    assert len(message.put_back()) <= 65_536
    assert read_set_aside(message.put_back(), "copy-2").body == content
