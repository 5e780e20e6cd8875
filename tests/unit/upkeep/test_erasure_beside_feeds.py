"""Erase a person while another host feeds a batch with it, and after a death at any call."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from shared.audit_trail.erase_person import erase_person
from shared.batches.feed import feed
from shared.batches.start import BatchOrder, start_batch
from shared.domain.batches.batch import Batch, BatchItem
from shared.domain.requests.request import Door, RequestedBy
from shared.errors import BusyError
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.chaos.tap import Call, tapped
from tests.unit.world.crashing import Death, DiedError
from tests.unit.world.world import World

ADMIN = RequestedBy(Door.HTTP, "Alex Admin", "oid-admin")
DESK = RequestedBy(Door.BATCH, "Service Desk", "c0ffee")
UPN = "zqmark@contoso.com"


async def with_a_batch() -> tuple[World, Batch]:
    """A person whom the service knows by restores alone, and a batch that is still to be fed."""
    world = World()
    world.put(a_deleted_person(user_principal_name=UPN, mail=UPN, proxy_addresses=()))
    await world.restore(a_request(user=UPN, idempotency_key="before", dry_run=True))
    requests = (a_request(user="nobody"), a_request(user=UPN, idempotency_key="mine", reason=UPN))
    order = BatchOrder("k", tuple(map(BatchItem, requests)), DESK)
    return world, await start_batch(order, world.deps)


def left(world: World) -> list[str]:
    """The stores that still have the person's name."""
    ledger, batches = world.storage.ledger, world.storage.batches
    stores = {"records": ledger.records, "journals": ledger.journals, "items": batches.rows}
    return [name for name, store in stores.items() if UPN in repr(store)]


class Beside:
    """Has another host act before the nth call of this one."""

    def __init__(self, nth: int, other: Callable[[], Awaitable[None]]) -> None:
        self._nth, self._other = nth, other
        self.calls = 0

    async def __call__(self, call: Call, *, is_done: bool) -> None:
        """Count, and let the other one act in its turn."""
        del call
        self.calls += not is_done
        if self.calls == self._nth and not is_done:
            await self._other()


@pytest.mark.parametrize("erases", [True, False], ids=["erases", "feeds"])
async def test_an_item_that_is_taken_in_meanwhile_is_erased_too(*, erases: bool) -> None:
    """At any call of either; where a feed has the items in its hands, whoever erases is told so."""
    nth, busy = 0, 0
    while True:
        nth += 1
        world, batch = await with_a_batch()

        async def erase(world: World = world) -> None:
            nonlocal busy
            try:
                await erase_person(USER_ID, ADMIN, world.deps)
            except BusyError:
                busy += 1

        async def take_in(world: World = world, batch: Batch = batch) -> None:
            await feed(batch.operation_id, world.deps)

        beside = Beside(nth, take_in if erases else erase)
        deps = tapped(world.deps, beside)
        before = busy
        if erases:
            await erase_person(USER_ID, ADMIN, deps)
        else:
            await feed(batch.operation_id, deps)
        if beside.calls < nth:
            break
        if busy > before:
            world.clock.advance(timedelta(minutes=1))
            await erase()
        assert left(world) == [], nth
    assert bool(busy) is not erases
    assert nth > 15


async def test_killed_at_any_call_the_same_again_finds_every_name() -> None:
    """Also of somebody who was never observed: the names are in the restores."""
    nth = 0
    while True:
        nth += 1
        world, batch = await with_a_batch()
        await feed(batch.operation_id, world.deps)
        death = Death(world, nth, after=False)
        with suppress(DiedError):
            await erase_person(USER_ID, ADMIN, world.deps)
        death.revive()
        world.clock.advance(timedelta(minutes=1))

        await erase_person(USER_ID, ADMIN, world.deps)

        assert left(world) == [], nth
        if not death.is_over:
            break
    assert nth > 15
