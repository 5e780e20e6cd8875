"""The Subscriptions port: in memory and on Azure Tables."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from azure.data.tables.aio import TableClient

from shared.domain.events.subscription import (
    EventType,
    Subscriber,
    Subscription,
    SubscriptionRequest,
)
from shared.domain.outcomes import Status
from shared.domain.requests.request import RestoreKind
from shared.errors import LeaseLostError
from shared.ledger.subscriptions import TableSubscriptions
from shared.ledger.tables.rows import Row, Rows
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id


def a_subscription(event: EventType = EventType.FINISHED, *, by: str | None = "me") -> Subscription:
    """A subscription that no other test has."""
    url = f"https://x.logic.azure.com/{an_id()}"
    wanted = SubscriptionRequest(event, url, statuses=(Status.FAILED,), kinds=(RestoreKind.USER,))
    return Subscription.begun(wanted, Subscriber(by, sees_all=False), NOW)


async def ids_to(storage: Ports, event: EventType) -> set[str]:
    """The ids of all subscriptions to an event."""
    return {kept.value.id async for kept in storage.subscriptions.to(event)}


async def test_a_subscription_is_kept_as_it_is(storage: Ports) -> None:
    """Put twice it is there once, as it was last."""
    first = a_subscription()
    second = replace(first, failing_since=NOW)
    assert await storage.subscriptions.read(first.id) is None

    await storage.subscriptions.put(first)
    await storage.subscriptions.put(second)

    kept = await storage.subscriptions.read(first.id)
    assert kept is not None
    assert kept.value == second


async def test_subscriptions_are_found_by_event(storage: Ports) -> None:
    """Each under its own, as it is."""
    finished, closing = a_subscription(), a_subscription(EventType.WINDOW_CLOSING)
    await storage.subscriptions.put(finished)
    await storage.subscriptions.put(closing)

    to_finished = await ids_to(storage, EventType.FINISHED)
    to_closing = await ids_to(storage, EventType.WINDOW_CLOSING)

    assert finished.id in to_finished - to_closing
    assert closing.id in to_closing - to_finished


async def test_a_subscription_is_written_by_who_read_it_last(storage: Ports) -> None:
    """An outdated writer is told, and one that is too late as well."""
    first = a_subscription()
    await storage.subscriptions.put(first)
    kept = await storage.subscriptions.read(first.id)
    assert kept is not None

    written = await storage.subscriptions.write(kept, replace(first, failing_since=NOW))

    assert await storage.subscriptions.read(first.id) == written
    with pytest.raises(LeaseLostError):
        await storage.subscriptions.write(kept, first)
    await storage.subscriptions.remove(first)
    await storage.subscriptions.remove(first)
    with pytest.raises(LeaseLostError):
        await storage.subscriptions.write(written, first)
    assert first.id not in await ids_to(storage, EventType.FINISHED)


async def test_each_caller_has_its_own(storage: Ports) -> None:
    """Put twice it is there once; what ended, and what others have, is not there."""
    me, other = an_id(), an_id()
    first, second, ended = (a_subscription(by=me) for _ in range(3))
    for one in (first, first, second, ended, a_subscription(by=other)):
        await storage.subscriptions.put(one)
    await storage.subscriptions.remove(ended)

    mine = [kept.value.id async for kept in storage.subscriptions.of(first.subscriber.owner)]
    everybodys = {kept.value.id async for kept in storage.subscriptions.all()}

    assert sorted(mine) == sorted([first.id, second.id])
    assert {first.id, second.id} < everybodys
    assert ended.id not in everybodys


async def test_only_what_was_read_is_ended(storage: Ports) -> None:
    """Who subscribed anew in the meantime keeps that, and finds it in the list."""
    me = an_id()
    anew, old = a_subscription(by=me), a_subscription(by=me)
    read = {}
    for one in (anew, old):
        await storage.subscriptions.put(one)
        read[one.id] = await storage.subscriptions.read(one.id)
    await storage.subscriptions.put(anew)

    for kept in read.values():
        assert kept is not None
        await storage.subscriptions.end(kept)
        await storage.subscriptions.end(kept)

    mine = [kept.value.id async for kept in storage.subscriptions.of(anew.subscriber.owner)]
    assert mine == [anew.id]
    assert await storage.subscriptions.read(old.id) is None


class _Meeting(Rows):
    """Rows of a host beside which another one acts before or after a request of this one's."""

    def __init__(self, client: TableClient, *, before: bool, nth: int) -> None:
        super().__init__(client)
        self._before, self._left = before, nth
        self.other: Callable[[], Awaitable[None]] | None = None

    async def put(self, row: Row) -> None:
        """Put a row; the other host may act beside it."""
        await self._meet(super().put(row))

    async def delete(self, partition: str, row: str) -> None:
        """Delete a row; the other host may act beside it."""
        await self._meet(super().delete(partition, row))

    async def _meet(self, request: Awaitable[None]) -> None:
        self._left -= 1
        meets = self._left == 0 and self.other is not None
        if meets and self._before and self.other is not None:
            await self.other()
        await request
        if meets and not self._before and self.other is not None:
            await self.other()


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("who", ["ends", "subscribes"])
async def test_what_one_host_ends_and_another_begins_is_never_hidden(
    account: str, who: str, nth: int, *, before: bool
) -> None:
    """What there is to send to is in its caller's list, at whatever request the two meet."""
    one = a_subscription(by=an_id())
    async with TableClient.from_connection_string(account, "subscriptions") as client:
        calm, rows = TableSubscriptions(Rows(client)), _Meeting(client, before=before, nth=nth)
        busy = TableSubscriptions(rows)
        await calm.put(one)
        is_mine_the_end = who == "ends"
        other = calm.put if is_mine_the_end else calm.remove
        rows.other = lambda: other(one)

        await (busy.remove if is_mine_the_end else busy.put)(one)

        there = [one.id] if await calm.read(one.id) is not None else []
        assert [kept.value.id async for kept in calm.of(one.subscriber.owner)] == there


async def test_callers_without_an_id_are_one(storage: Ports) -> None:
    """Nobody can tell who has which function key."""
    one = a_subscription(by=None)

    await storage.subscriptions.put(one)

    owner = Subscriber(None, sees_all=True).owner
    assert one.id in [kept.value.id async for kept in storage.subscriptions.of(owner)]
