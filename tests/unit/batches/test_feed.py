"""A batch is fed a few at a time; whatever crashes, each item is exactly one restore."""

from contextlib import suppress
from datetime import timedelta

import pytest

from functions.queues.work import work_on
from shared.batches.cleanup import clean_up_batches
from shared.batches.feed import IN_FLIGHT, feed
from shared.batches.read import read_batch
from shared.batches.start import BatchOrder, start_batch
from shared.domain.batches.batch import Batch, BatchItem, ItemStatus
from shared.domain.requests.request import Door, RequestedBy, RestoreRequest
from shared.errors import BatchNotFoundError, StorageUnavailableError
from shared.pacing import LONGEST_PART
from shared.restore.message_again import WorkMessage
from tests.builders import NOW, USER_ID, a_deleted_person, a_request
from tests.fakes.clock import HurryingClock
from tests.unit.world.world import World

BY = RequestedBy(Door.BATCH, "Service Desk", "c0ffee")
DOWN = StorageUnavailableError("down")
DAY = timedelta(days=1)


def nobody(number: int) -> RestoreRequest:
    """A request for somebody who is not there, by a name that nobody can have."""
    return a_request(user=f"nobody-{number}")


def an_order(*requests: RestoreRequest, key: str | None = "k") -> BatchOrder:
    """An order of these."""
    return BatchOrder(key, tuple(BatchItem(request) for request in requests), BY)


async def now(world: World, batch_id: str) -> Batch:
    """How the batch stands."""
    return await read_batch(batch_id, world.deps)


async def live(world: World, *, rounds: int = 60) -> None:
    """What queue and timer do; storage may fail them now and then."""
    for _ in range(rounds):
        taken, world.storage.outbox.work[:] = list(world.storage.outbox.work), []
        for operation_id, _delay in taken:
            with suppress(StorageUnavailableError):
                await work_on(operation_id, world.deps, WorkMessage("message", 1))
        world.clock.advance(timedelta(minutes=3))
        with suppress(StorageUnavailableError):
            await world.sweep()


async def test_few_restores_are_under_way_at_a_time() -> None:
    """A single restore never stands behind the whole batch."""
    world = World()
    batch = await start_batch(an_order(*map(nobody, range(130))), world.deps)
    most = 0
    for _ in range(200):
        world.clock.advance(timedelta(seconds=1))
        await feed(batch.operation_id, world.deps)
        work = [name for name, _ in world.storage.outbox.work if not name.startswith("b-")]
        most = max(most, len(work))
        world.storage.outbox.work.clear()
        for restore_id in work:
            await world.finish(restore_id)

    ended = await now(world, batch.id)
    assert most == IN_FLIGHT
    assert ended.counts() == {"refused": 130}
    assert ended.finished_at is not None
    assert len(world.storage.ledger.records) == 130


async def test_items_that_wait_for_a_seat_let_others_begin() -> None:
    """What nobody works on takes no room; what Graph holds up does."""
    world = World()
    scheduled = [
        a_request(user=f"nobody-{number}@contoso.com", not_before=NOW + DAY)
        for number in range(IN_FLIGHT)
    ]
    world.put(a_deleted_person())
    people = [a_request(user=USER_ID, ticket=str(n), not_before=NOW + DAY) for n in range(2)]
    batch = await start_batch(an_order(*people, *scheduled), world.deps)

    await live(world, rounds=4)

    states = [item.status for item in (await now(world, batch.id)).items]
    assert states[:2] == [ItemStatus.WAITING] * 2
    assert ItemStatus.PENDING not in states


PORT_CALLS = [
    *(("batches", method) for method in ("keep_items", "insert", "read", "write", "items")),
    *(("ledger", method) for method in ("insert", "read")),
    *(("unfinished", method) for method in ("note", "forget")),
    *(("joins", method) for method in ("find", "point")),
    ("days", "note"),
    ("outbox", "enqueue_work"),
]


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", [1, 2, 5])
@pytest.mark.parametrize("call", PORT_CALLS, ids=".".join)
async def test_a_crash_anywhere_makes_one_restore_of_each_item(
    call: tuple[str, str], nth: int, *, after_effect: bool
) -> None:
    """Sent again by its caller where it got no answer, the batch ends with each item once."""
    world = World()
    order = an_order(*map(nobody, range(3)))
    port = getattr(world.storage, call[0])
    for _ in range(nth):
        port.fail_next(call[1], DOWN, after_effect=after_effect)
    batch = None
    for _ in range(nth + 1):
        with suppress(StorageUnavailableError):
            batch = batch or await start_batch(order, world.deps)

    await live(world)

    assert batch is not None
    assert (await now(world, batch.id)).counts() == {"refused": 3}
    assert len(world.storage.ledger.records) == 3
    assert world.storage.unfinished.rows == {}
    assert len(world.storage.outbox.results) >= 3


async def test_two_feeds_at_once_are_one() -> None:
    """Messages may come twice; the items are taken in once, and one chain of messages goes on."""
    world = World()
    batch = await start_batch(an_order(*map(nobody, range(5))), world.deps)

    for _ in range(3):
        await feed(batch.operation_id, world.deps)

    assert len(world.storage.ledger.records) == 5
    feeds = [name for name, _ in world.storage.outbox.work if name == batch.operation_id]
    assert len(feeds) == 2  # the first one, and the one after the only feed that was due


async def test_a_feed_of_nothing_leaves_nothing() -> None:
    """A batch whose row was never written is dropped by whoever looks."""
    world = World()
    await world.storage.unfinished.note("b-" + "0" * 32, NOW)

    await world.sweep()
    await feed("b-" + "0" * 32, world.deps)

    assert world.storage.unfinished.rows == {}


async def test_a_batch_that_rests_is_looked_at_less_and_less() -> None:
    """From each second to each minute; and each second again when something happens."""
    world = World()
    batch = await start_batch(an_order(a_request(user="x@contoso.com")), world.deps)
    waits = []
    for _ in range(9):
        await feed(batch.operation_id, world.deps)
        due_at = (await now(world, batch.id)).due_at
        waits.append((due_at - world.clock.now()).total_seconds())
        world.clock.advance(due_at - world.clock.now())

    assert waits == [1, 1, 2, 5, 10, 30, 60, 60, 60]


async def test_a_batch_goes_when_its_keep_time_is_over() -> None:
    """With all its rows; one that has not ended stays."""
    world = World()
    batch = await start_batch(an_order(nobody(1)), world.deps)
    await live(world)
    open_one = await start_batch(an_order(nobody(2), key="open"), world.deps)
    world.clock.advance(90 * DAY)
    assert await clean_up_batches(world.deps) == 0
    world.clock.advance(2 * DAY)

    assert await clean_up_batches(world.deps) == 1

    with pytest.raises(BatchNotFoundError):
        await read_batch(batch.id, world.deps)
    assert (await now(world, open_one.id)).id == open_one.id
    assert {place[0] for place in world.storage.batches.rows} == {open_one.id}


async def test_batches_are_cleaned_up_within_their_time() -> None:
    """With more to remove than there is time for, the rest is left to the next cleanup."""
    world = World()
    in_time = LONGEST_PART // timedelta(minutes=1)
    for number in range(in_time + 1):
        await start_batch(an_order(nobody(number), key=f"k{number}"), world.deps)
    await live(world)
    world.clock = HurryingClock(world.clock.now() + 92 * DAY)

    assert await clean_up_batches(world.deps) == in_time
    assert await clean_up_batches(world.deps) == 1
