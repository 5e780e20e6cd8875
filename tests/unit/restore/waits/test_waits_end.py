"""Every wait ends, and no wait is paid for with writes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.errors import AnsweredError, NotSentError, OutcomeUnknownError, ThrottledError
from tests.builders import (
    NOW,
    USER_ID,
    a_deleted_person,
    a_request,
    a_sku,
    because,
)
from tests.unit.world.people import BOTH, DAY, NAMED, RESTORE, SHARED, UNLICENSED
from tests.unit.world.world import World, code_of

ASSIGN = a_request(kind=RestoreKind.LICENSE, user=USER_ID, license=NAMED)
BROKEN = OutcomeUnknownError(because("Graph answered 500"))


def always(world: World, method: str, error: Exception) -> None:
    """Have a port method fail for as long as any restore could last."""
    for _ in range(2000):
        world.directory.fail_next(method, error)


async def until_it_ends(world: World, restore_id: str) -> int:
    """Run to the end, whatever it takes; returns the number of runs."""
    for count in range(1, 50_000):
        if await wait_once(world, restore_id):
            return count
    raise AssertionError("it never ends")


async def wait_once(world: World, restore_id: str) -> bool:
    """Run once, and let the wait pass at its end; returns whether the restore has ended instead."""
    record = await world.run(restore_id)
    if record.status.is_final:
        return True
    assert record.waiting is not None
    world.clock.advance(max(record.waiting.until - world.clock.now(), timedelta(0)))
    return False


async def test_a_seat_is_not_waited_for_beyond_all_windows() -> None:
    """Nobody knows the window and the caller goes on: thirty days are the end all the same.

    A look each minute for a day, and for the last two: those between, thirty thousand, are alike.
    """
    world = World()
    world.put(UNLICENSED)
    world.directory.put_sku(a_sku(free_seats=0))
    record = await world.accept(replace(ASSIGN, accept_unknown_window=True))
    while world.clock.now() < NOW + DAY:
        await wait_once(world, record.id)
    world.clock.advance(27 * DAY)

    await until_it_ends(world, record.id)

    assert code_of(await world.record(record.id)) is Code.NO_SEAT
    assert timedelta(0) <= world.clock.now() - NOW - 30 * DAY < timedelta(minutes=2)


async def test_waiting_for_a_seat_costs_neither_writes_nor_journal() -> None:
    """While the count shows no seat, Graph is asked for one every quarter of an hour only."""
    world = World()
    world.put(UNLICENSED)
    world.directory.put_sku(a_sku(free_seats=0))
    request = replace(ASSIGN, license_removed_at=NOW - 29 * DAY)
    record = await world.accept(request)

    await until_it_ends(world, record.id)

    minutes = 24 * 60
    assert len(world.effects()) <= minutes / 15 + 2
    assert len(await world.events(record.id)) < 3 * len(world.effects()) + 10


@pytest.mark.parametrize("method", ["active", "mailbox"])
async def test_a_look_that_always_fails_ends_the_restore_with_what_was_done(method: str) -> None:
    """The change was made, and Graph lets nobody look at it: after a day a person has to."""
    world = World()
    world.put(a_deleted_person())
    real = world.directory.restore_user

    async def restore_and_break(*args: object, **kwargs: object) -> object:
        always(world, method, BROKEN)
        return await real(*args, **kwargs)  # type: ignore[arg-type]

    world.directory.restore_user = restore_and_break  # type: ignore[method-assign, assignment]
    record = await world.accept(RESTORE)

    await until_it_ends(world, record.id)

    assert code_of(await world.record(record.id)) is Code.DIRECTORY_ERROR
    assert DAY <= world.clock.now() - NOW < 1.1 * DAY
    assert world.directory.restored[USER_ID] == 1


async def test_a_plan_that_can_never_be_carried_out_ends_with_its_window() -> None:
    """The user cannot be read for weeks: too late is too late."""
    world = World()
    world.put(a_deleted_person(deleted_at=NOW - 29 * DAY))
    world.directory.fail_next("restore_user", NotSentError(because("no way")))
    record = await world.accept(RESTORE)
    await world.run(record.id)
    always(world, "active", BROKEN)

    await until_it_ends(world, record.id)

    assert code_of(await world.record(record.id)) is Code.WINDOW_CLOSED_WHILE_WAITING
    assert world.clock.now() - NOW < DAY + timedelta(hours=1)


async def test_an_unknown_window_does_not_outlive_the_deletion() -> None:
    """Nobody knows when the licence went, but the deletion's own end is known."""
    world = World()
    world.put(replace(SHARED, deleted_at=NOW - 30 * DAY + timedelta(hours=1)))
    request = a_request(
        kind=RestoreKind.MAILBOX, user=USER_ID, license=NAMED, accept_unknown_window=True
    )
    world.directory.fail_next("restore_user", NotSentError(because("no way")))
    record = await world.accept(request)
    await world.run(record.id)
    world.clock.advance(timedelta(hours=1))

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.WINDOW_CLOSED_WHILE_WAITING
    assert world.directory.restored[USER_ID] == 0


async def test_a_user_lock_is_asked_for_ever_more_seldom() -> None:
    """The holder has restored the user, and may wait for a seat for days."""
    world = World()
    world.put(a_deleted_person(licenses=(), license_states=(), plans=()))
    world.directory.put_sku(a_sku(free_seats=0))
    holder = await world.accept(BOTH)
    await world.run(holder.id)
    waiter = await world.accept(a_request(kind=RestoreKind.MAILBOX, user=USER_ID))

    parked = await world.finish(waiter.id, until=NOW + timedelta(hours=1))

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.USER_LOCK
    assert parked.waits < 20
    assert (await world.events(waiter.id)).count("parked") == 1


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        (timedelta(0), timedelta(seconds=1)),
        (timedelta(seconds=2.128), timedelta(seconds=2.128)),
        (timedelta(days=1), timedelta(minutes=15)),
        (None, timedelta(seconds=5)),
    ],
)
async def test_retry_after_has_a_floor_and_a_ceiling(
    said: timedelta | None, waited: timedelta
) -> None:
    """Zero would spin, and a day would sleep through a closing window."""
    world = World()
    world.put(a_deleted_person())
    world.directory.fail_next("skus", ThrottledError(because("429"), said))
    record = await world.accept(RESTORE)

    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert parked.waiting.until - NOW == waited


async def test_patience_with_graph_begins_when_the_restore_was_to_begin() -> None:
    """A restore scheduled for day 20 is not given up for one fault on that day."""
    world = World()
    world.put(a_deleted_person())
    record = await world.accept(replace(RESTORE, not_before=NOW + 20 * DAY))
    await world.run(record.id)
    world.clock.advance(31 * DAY)
    world.directory.fail_next("active", NotSentError(because("no way")))

    assert (await world.run(record.id)).status is Status.WAITING


async def test_tries_without_a_seat_are_no_sign_of_a_purge() -> None:
    """Not found is counted by itself, and only in a row."""
    world = World()
    world.put(UNLICENSED)
    seatless = AnsweredError(
        status=400,
        code="Request_BadRequest",
        message="Subscription with SKU x does not have any available licenses.",
    )
    absent = AnsweredError(status=404, code="Request_ResourceNotFound", message="Not there.")
    for error in (seatless, seatless, seatless, seatless, seatless, seatless, absent):
        world.directory.fail_next("assign_licenses", error)
    record = await world.accept(replace(ASSIGN, license_removed_at=NOW - DAY))

    await until_it_ends(world, record.id)

    assert code_of(await world.record(record.id)) is Code.LICENSE_RESTORED


@pytest.mark.parametrize("method", ["active", "restore_user"])
async def test_an_answer_that_is_not_graphs_proves_nothing(method: str) -> None:
    """A proxy's 404 page is waited out, however often it comes."""
    world = World()
    world.put(a_deleted_person())
    page = AnsweredError(status=404, code="unreadable-answer", message="<html>")
    for _ in range(7):
        world.directory.fail_next(method, page)

    record = await world.restore(RESTORE)

    assert code_of(record) is Code.USER_RESTORED
    assert world.directory.restored[USER_ID] == 1
