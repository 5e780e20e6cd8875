"""The Deliveries port: in memory and on Azure Tables."""

import asyncio
from datetime import timedelta

import pytest

from shared.domain.events.delivery import Delivery, delivery_id
from shared.errors import LeaseLostError
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id


def a_delivery(body: str = "{}") -> Delivery:
    """A delivery that no other test has."""
    event_id = an_id()
    return Delivery(
        id=delivery_id(event_id, "callback"),
        event_id=event_id,
        subject=an_id(),
        url="https://x.logic.azure.com/1?sig=ä",
        body=body,
        created_at=NOW,
        due_at=NOW + timedelta(microseconds=1),
    )


async def test_a_delivery_is_kept_as_it_is(storage: Ports) -> None:
    """Every field, also of a body that is longer than a property."""
    delivery = a_delivery("x" * 100_000)

    assert await storage.deliveries.read(delivery.id) is None
    assert await storage.deliveries.insert(delivery)

    kept = await storage.deliveries.read(delivery.id)
    assert kept is not None
    assert kept.value == delivery


async def test_a_delivery_is_made_out_once(storage: Ports) -> None:
    """A second one of the same id changes nothing, and says so."""
    delivery = a_delivery()
    assert await storage.deliveries.insert(delivery)

    assert not await storage.deliveries.insert(a_delivery_like(delivery))

    kept = await storage.deliveries.read(delivery.id)
    assert kept is not None
    assert kept.value == delivery


def a_delivery_like(delivery: Delivery) -> Delivery:
    """Another delivery under the same id."""
    return delivery.put_back(NOW + timedelta(days=1))


async def test_a_delivery_is_taken_by_one(storage: Ports) -> None:
    """Of many that read the same, one writes; the others are told."""
    delivery = a_delivery()
    await storage.deliveries.insert(delivery)
    kept = await storage.deliveries.read(delivery.id)
    assert kept is not None

    takes = [
        storage.deliveries.write(kept, delivery.put_back(NOW + timedelta(seconds=rival)))
        for rival in range(5)
    ]
    answers = await asyncio.gather(*takes, return_exceptions=True)

    lost = [answer for answer in answers if isinstance(answer, LeaseLostError)]
    (won,) = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(lost) == 4
    there = await storage.deliveries.read(delivery.id)
    assert there == won


async def test_a_removed_delivery_is_gone(storage: Ports) -> None:
    """Removing again is fine; writing it is refused."""
    delivery = a_delivery()
    await storage.deliveries.insert(delivery)
    kept = await storage.deliveries.read(delivery.id)
    assert kept is not None

    await storage.deliveries.remove(delivery.id)
    await storage.deliveries.remove(delivery.id)

    assert await storage.deliveries.read(delivery.id) is None
    with pytest.raises(LeaseLostError):
        await storage.deliveries.write(kept, delivery)
