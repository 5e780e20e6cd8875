"""Accept: one request, one restore, whatever door, race or fault."""

import asyncio
from datetime import timedelta

import pytest

from shared.domain.lists.restores import ListQuery
from shared.domain.outcomes import Code, Status
from shared.domain.requests.keys import keys_of
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.errors import KeyReusedError, StorageUnavailableError, UnreadableTextError
from shared.lists.restores import list_restores
from shared.restore.accept import QUEUE_GRACE
from tests.builders import NOW, a_deleted_person, a_person, a_request
from tests.fakes.clock import TickingClock
from tests.reading import said
from tests.unit.world.world import ASKED_BY, World, code_of

KEYED = a_request(idempotency_key="k-1")
DOWN = StorageUnavailableError("down")


async def test_a_new_request_is_written_down_and_queued() -> None:
    """The record, the journal, the side rows and the work message are there before the answer."""
    world = World()

    record = await world.accept(KEYED)

    assert record.status is Status.QUEUED
    assert record.id == keys_of(ASKED_BY).restore_id("k-1")
    assert await world.record(record.id) == record
    assert await world.events(record.id) == ["accepted"]
    assert world.storage.outbox.work == [(record.id, timedelta(0))]
    due = [row async for row in world.storage.unfinished.due(NOW + QUEUE_GRACE)]
    assert [row.restore_id for row in due] == [record.id]


async def test_the_same_key_is_the_same_restore() -> None:
    """A repetition opens nothing and queues nothing."""
    world = World()

    first, again = await world.accept(KEYED), await world.accept(KEYED)

    assert first == again
    assert len(world.storage.outbox.work) == 1


async def test_the_same_key_with_another_request_is_refused() -> None:
    """A key names one request for as long as its restore is kept."""
    world = World()
    first = await world.accept(KEYED)

    with pytest.raises(KeyReusedError) as caught:
        await world.accept(a_request(idempotency_key="k-1", kind=RestoreKind.USER))

    assert caught.value.restore_id == first.id


@pytest.mark.parametrize("request_", [KEYED, a_request()], ids=["with a key", "without a key"])
async def test_twenty_at_once_are_one_restore(request_: object) -> None:
    """Of twenty parallel posts one opens the restore, and the others find it."""
    world = World()
    request = KEYED if request_ is KEYED else a_request()

    records = await asyncio.gather(*(world.accept(request) for _ in range(20)))

    assert len({record.id for record in records}) == 1
    assert await world.events(records[0].id) == ["accepted"]


@pytest.mark.parametrize("request_", [KEYED, a_request()], ids=["with a key", "without a key"])
async def test_twenty_at_once_are_listed_once(request_: RestoreRequest) -> None:
    """Each read the clock at another instant; the list knows the one that was accepted."""
    world = World(clock=TickingClock(NOW))

    await asyncio.gather(*(world.accept(request_) for _ in range(20)))

    listing = await list_restores(ListQuery(), lambda _: True, world.deps)
    assert len(listing.records) == 1
    assert world.storage.days.rows == {(listing.records[0].id, listing.records[0].created_at)}


async def test_without_a_key_an_unfinished_equal_is_joined_however_old() -> None:
    """A repetition after an hour joins what is still going on."""
    world = World()
    first = await world.accept(a_request())
    world.clock.advance(timedelta(hours=1))

    again = await world.accept(a_request())

    assert again.id == first.id


async def test_without_a_key_a_finished_equal_is_never_joined() -> None:
    """It is decided anew, and told which restore has done it, over any number of repetitions."""
    world = World()
    world.put(a_deleted_person())
    first = await world.restore(a_request())

    world.clock.advance(timedelta(seconds=1))
    second = await world.restore(a_request())
    world.clock.advance(timedelta(seconds=1))
    third = await world.restore(a_request())

    assert len({first.id, second.id, third.id}) == 3
    assert [code_of(second), code_of(third)] == [Code.ALREADY_ACTIVE] * 2
    assert [first.repeats, second.repeats, third.repeats] == ["", first.id, first.id]
    assert f"Your restore {first.id} of" in said(third.outcome).message
    assert len(world.effects()) == 1


async def test_an_equal_that_cannot_be_read_holds_up_nobody_once_it_has_ended() -> None:
    """By what stands beside its record: damaged for ever, it would refuse this request for ever."""
    world = World()
    ended = await world.restore(a_request())
    world.storage.ledger.reads = lambda restore_id: restore_id != ended.id
    world.clock.advance(timedelta(seconds=1))

    again = await world.accept(a_request())

    assert again.id != ended.id


async def test_an_equal_that_cannot_be_read_and_may_go_on_is_not_passed_over() -> None:
    """Another release may be at it; two restores of one request are not begun."""
    world = World()
    going = await world.accept(a_request())
    world.storage.ledger.reads = lambda restore_id: restore_id != going.id
    # In the same instant the id of a new one would be the same.
    world.clock.advance(timedelta(seconds=1))

    with pytest.raises(UnreadableTextError):
        await world.accept(a_request())

    assert set(world.storage.ledger.records) == {going.id}


async def test_without_a_key_a_finished_equal_that_did_nothing_is_not_named() -> None:
    """A refusal has done nothing, and is not the reason why nothing is left to do."""
    world = World()
    refused = await world.restore(a_request())
    world.put(a_person())

    again = await world.restore(a_request())

    assert code_of(refused) is Code.USER_NOT_FOUND
    assert again.repeats == ""


async def test_without_a_key_a_request_joins_an_equal_one_that_has_a_key() -> None:
    """Equal is equal, with or without a key."""
    world = World()
    first = await world.accept(KEYED)

    again = await world.accept(a_request())

    assert again.id == first.id


async def test_a_lost_work_message_does_not_turn_accepted_into_an_error() -> None:
    """The restore is there, so the answer says so; the sweep queues it."""
    world = World()
    world.storage.outbox.fail_next("enqueue_work", DOWN)

    record = await world.accept(KEYED)
    world.clock.advance(QUEUE_GRACE)

    assert await world.sweep() == 1
    assert world.storage.outbox.work == [(record.id, timedelta(0))]


@pytest.mark.parametrize(
    ("port", "method"), [("unfinished", "note"), ("days", "note"), ("ledger", "insert")]
)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("key", ["k-1", None])
async def test_a_request_cut_short_is_whole_when_it_is_repeated(
    port: str,
    method: str,
    key: str | None,
    after: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Storage fails at any write; the repetition finds or opens the one restore."""
    world = World()
    world.put(a_deleted_person())
    getattr(world.storage, port).fail_next(method, DOWN, after_effect=after)
    request = a_request(idempotency_key=key)

    with pytest.raises(StorageUnavailableError):
        await world.accept(request)
    record = await world.restore(request)

    assert record.status is Status.SUCCEEDED
    assert len(world.effects()) == 1


async def test_a_key_is_free_again_when_its_restore_is_removed() -> None:
    """After the keep time nothing remembers the key."""
    world = World()
    first = await world.restore(KEYED)
    await world.storage.ledger.remove(first.id)

    again = await world.accept(a_request(idempotency_key="k-1", kind=RestoreKind.USER))

    assert again.status is Status.QUEUED
