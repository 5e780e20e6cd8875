"""The SeatQueue port: in memory and on Azure Tables."""

from datetime import timedelta

from shared.ports.seats import SeatCount, SeatPlace
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id

MICROSECOND = timedelta(microseconds=1)


async def test_the_queue_is_in_the_order_of_acceptance(storage: Ports) -> None:
    """To the microsecond, whoever joined first; joining again changes nothing."""
    sku = an_id()
    places = [SeatPlace(NOW + number * MICROSECOND, an_id()) for number in range(5)]
    for place in reversed(places):
        await storage.seats.join(sku, place)
        await storage.seats.join(sku, place)

    assert await storage.seats.first(sku, 10) == tuple(places)
    assert await storage.seats.first(sku, 2) == tuple(places[:2])
    assert await storage.seats.first(an_id(), 10) == ()


async def test_leaving_the_queue_removes_one_place_only(storage: Ports) -> None:
    """Nobody else is, and leaving twice is fine."""
    sku, first, second = an_id(), SeatPlace(NOW, an_id()), SeatPlace(NOW, an_id())
    for place in (first, second):
        await storage.seats.join(sku, place)

    await storage.seats.leave(sku, first)
    await storage.seats.leave(sku, first)

    assert await storage.seats.first(sku, 10) == (second,)


async def test_the_last_count_is_kept(storage: Ports) -> None:
    """In place of the one before, and it is no place in the queue."""
    sku, place = an_id(), SeatPlace(NOW, an_id())
    assert await storage.seats.last_count(sku) is None

    for count in (SeatCount(NOW, 3, place), SeatCount(NOW + MICROSECOND, -1)):
        await storage.seats.note(sku, count)
        assert await storage.seats.last_count(sku) == count
    assert await storage.seats.first(sku, 10) == ()


async def test_a_queue_of_several_pages_keeps_its_order(storage: Ports) -> None:
    """More than one page of it."""
    sku = an_id()
    places = [SeatPlace(NOW + number * MICROSECOND, "x") for number in range(30)]
    for place in places:
        await storage.seats.join(sku, place)

    assert await storage.seats.first(sku, 25) == tuple(places[:25])
