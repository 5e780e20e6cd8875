"""The queue doors: accepted, kept, or given up on, and never lost."""

import json

import pytest

from functions.queues.poison import drain_request
from functions.queues.requests import take_in
from shared.domain.outcomes import Code, Status
from shared.domain.records.record import Record
from shared.domain.requests.keys import keys_of, restore_id_for_message
from shared.domain.requests.request import Door, RequestedBy
from shared.errors import StorageUnavailableError
from shared.intake.poison_message import SetAside
from shared.upkeep.poisoned_work import take_back_work
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.reading import said
from tests.unit.world.world import World, code_of

TRACE = "0af7651916cd43dd8448eb211c80319c"
MESSAGE = {"version": 1, "requestedBy": "HR", "kind": "mailbox", "user": USER_ID}

PLAIN_KEYS = keys_of(RequestedBy(Door.QUEUE))


def body(**fields: object) -> bytes:
    """A message as another application would write it."""
    return json.dumps(MESSAGE | fields).encode()


async def kept(world: World, message_id: str) -> Record:
    """The refused restore that keeps this message."""
    return await world.record(restore_id_for_message(message_id))


async def test_a_message_becomes_a_restore_under_its_own_id() -> None:
    """Without a key the message id is the key, so a redelivery is the same restore."""
    world = World()

    await take_in(body(), "m-1", world.deps)
    await take_in(body(), "m-1", world.deps)

    record = await world.record(PLAIN_KEYS.restore_id("m-1"))
    assert record.status is Status.QUEUED
    assert (record.requested_by.door, record.requested_by.name) == (Door.QUEUE, "HR")
    assert len(world.storage.outbox.work) == 1


@pytest.mark.parametrize(
    "received",
    [
        b"",
        b"not json",
        b'{"version": 1',
        b"[1]",
        body(kind="mailbx"),
        body(surprise=1),
        b"\xff\xfe",
    ],
    ids=["empty", "text", "cut", "list", "kind", "field", "bytes"],
)
async def test_a_message_that_cannot_be_understood_is_kept(received: bytes) -> None:
    """It ends as refused, with its body and every fault, and the event says so."""
    world = World()

    await take_in(received, "m-1", world.deps)

    record = await kept(world, "m-1")
    assert code_of(record) is Code.INVALID_REQUEST
    assert record.received == received.decode("utf-8", "backslashreplace")
    assert record.outcome is not None
    assert said(record.outcome).message
    assert len(world.storage.outbox.results) == 1
    assert world.storage.outbox.work == []


@pytest.mark.parametrize(
    ("received", "name"),
    [
        ({"version": 1, "requestedBy": "HR system", "kind": "mailbx"}, "HR system"),
        (
            {"specversion": "1.0", "source": "/hr", "data": {"requestedBy": "HR system"}},
            "HR system",
        ),
        ({"specversion": "1.0", "source": "/hr", "data": {}}, "/hr"),
        ({"requestedBy": 7}, None),
        ({"requestedBy": "x" * 10_000}, None),
        ({"requestedBy": "a\nb"}, None),
        ([], None),
    ],
)
async def test_a_message_that_cannot_be_understood_keeps_its_sender(
    received: object, name: str | None
) -> None:
    """Whoever sent it finds it by the name it gave, if that can be read."""
    world = World()

    await take_in(json.dumps(received).encode(), "m-1", world.deps)

    assert (await kept(world, "m-1")).requested_by.name == name


async def test_a_message_that_cannot_be_understood_is_kept_once() -> None:
    """A redelivery changes nothing; its event keeps its id."""
    world = World()

    await take_in(b"x", "m-1", world.deps)
    await take_in(b"x", "m-1", world.deps)

    assert await world.events((await kept(world, "m-1")).id) == ["settled"]
    assert len({event["id"] for event in world.storage.outbox.results}) == 1


async def test_a_message_with_a_key_of_another_request_is_kept() -> None:
    """The sender is told; the first restore goes on untouched."""
    world = World()
    await take_in(body(idempotencyKey="k", kind="user"), "m-0", world.deps)
    first = await world.record(PLAIN_KEYS.restore_id("k"))

    await take_in(body(idempotencyKey="k"), "m-1", world.deps)

    record = await kept(world, "m-1")
    assert code_of(record) is Code.INVALID_REQUEST
    assert record.outcome is not None
    assert first.id in said(record.outcome).message
    assert await world.record(first.id) == first


async def test_storage_that_is_down_leaves_the_message_on_the_queue() -> None:
    """The error is raised, so the host brings the message back."""
    world = World()
    world.storage.ledger.fail_next("insert", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await take_in(body(), "m-1", world.deps)
    await take_in(body(), "m-1", world.deps)

    assert (await world.record(PLAIN_KEYS.restore_id("m-1"))).status is Status.QUEUED


@pytest.mark.parametrize("key", ["k", None])
async def test_a_request_set_aside_by_the_host_is_taken_in(key: str | None) -> None:
    """Nothing is wrong with it but what it met: it becomes the restore that it asks for."""
    world = World()
    world.put(a_deleted_person())
    fields = {"idempotencyKey": key} if key else {}

    await drain_request(SetAside(body(**fields), "copy-1"), 1, world.deps)

    record = await world.finish(PLAIN_KEYS.restore_id(key or "copy-1"))
    assert code_of(record) is Code.MAILBOX_RESTORED
    assert record.requested_by.name == "HR"


async def test_a_request_that_kills_whoever_reads_it_ends_unread() -> None:
    """At its third try in the poison queue nobody reads it any more; its body is kept, and told."""
    world = World()

    await drain_request(SetAside(body(), "copy-1"), 3, world.deps)
    await drain_request(SetAside(body(), "copy-1"), 4, world.deps)

    record = await kept(world, "copy-1")
    assert (code_of(record), record.status) == (Code.GAVE_UP, Status.FAILED)
    assert record.received == body().decode()
    assert {event["id"] for event in world.storage.outbox.results} == {f"{record.id}-1"}


@pytest.mark.parametrize("key", ["k", None])
async def test_a_request_set_aside_after_it_was_taken_in_changes_nothing(key: str | None) -> None:
    """The crash came after the restore was opened; it comes to an end of its own."""
    world = World()
    fields = {"idempotencyKey": key} if key else {}
    await take_in(body(**fields), "m-1", world.deps)

    await drain_request(SetAside(body(**fields), "copy-1"), 1, world.deps)

    assert world.storage.outbox.results == []
    record = await world.record(PLAIN_KEYS.restore_id(key or "m-1"))
    assert record.status is Status.QUEUED


async def test_a_message_that_was_never_understood_is_kept_from_the_poison_queue_too() -> None:
    """Whatever lies on the poison queue ends as something an administrator can see."""
    world = World()

    await drain_request(SetAside(b"\x00garbage", "copy-1"), 1, world.deps)

    assert code_of(await kept(world, "copy-1")) is Code.INVALID_REQUEST


@pytest.mark.parametrize("restore_id", ["", "unknown", "'; drop", "x" * 5000])
async def test_work_nobody_knows_is_dropped(restore_id: str) -> None:
    """Only the service writes to that queue; anything else leads nowhere."""
    world = World()

    await take_back_work(restore_id, world.deps)
    await world.finish((await world.accept(a_request())).id)

    assert len(world.storage.outbox.results) == 1


async def test_a_hostile_message_does_not_outgrow_the_ledger() -> None:
    """Thousands of faults in one message: the record names the first, and counts the rest."""
    world = World()

    await take_in(body(**{f"x{number}": 1 for number in range(4000)}), "m-1", world.deps)

    record = await kept(world, "m-1")
    assert record.outcome is not None
    assert len(said(record.outcome).message) < 10_000
    assert "more" in said(record.outcome).message


@pytest.mark.parametrize(
    ("traceparent", "trace"),
    [
        ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", TRACE),
        ("nonsense", ""),
        (7, ""),
        (None, ""),
    ],
)
async def test_an_event_s_trace_goes_into_the_restore(traceparent: object, trace: str) -> None:
    """The CloudEvents extension; what is none, or no text, stops nobody."""
    world = World()
    event = {"specversion": "1.0", "id": "e-1", "source": "/hr", "type": "t", "data": MESSAGE}

    await take_in(json.dumps(event | {"traceparent": traceparent}).encode(), "m-1", world.deps)

    assert (
        await world.record(keys_of(RequestedBy(Door.QUEUE), "/hr").restore_id("e-1"))
    ).trace == trace
