"""What many ask within a moment travels as one request; who asks alone waits for nothing."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from shared.errors import StorageUnavailableError
from shared.ledger.tables.gathered import Gathered

# Whoever waited for this would not come back before the test is given up.
_HOUR = timedelta(hours=1)
_MOMENT = timedelta(milliseconds=50)


class Store:
    """What requests go to: keeps their parts, answers with their number, and may hold them up."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, tuple[str, ...]]] = []
        self.came = asyncio.Condition()
        self.is_open = asyncio.Event()
        self.is_open.set()
        self.failures: list[Exception] = []

    async def send(self, key: str, parts: Sequence[str]) -> int:
        """Answer how many requests have come, this one included, as it is when it comes."""
        async with self.came:
            self.requests.append((key, tuple(parts)))
            number = len(self.requests)
            self.came.notify_all()
        await self.is_open.wait()
        if self.failures:
            raise self.failures.pop(0)
        return number

    async def has(self, count: int) -> None:
        """Wait until so many requests have come."""
        async with self.came:
            await self.came.wait_for(lambda: len(self.requests) >= count)


async def test_who_asks_one_after_the_other_waits_for_nothing() -> None:
    """However long the span is."""
    store = Store()
    gathered = Gathered(store.send, span=_HOUR, company=_HOUR)

    answers = [await gathered.ask("k", part) for part in "abc"]

    assert answers == [1, 2, 3]
    assert store.requests == [("k", ("a",)), ("k", ("b",)), ("k", ("c",))]


async def test_what_is_asked_in_company_goes_together() -> None:
    """The first is under way; of those behind it, all that came in the span."""
    store = Store()
    gathered = Gathered(store.send, span=_MOMENT)
    store.is_open.clear()
    first = asyncio.create_task(gathered.ask("k", "a"))
    await store.has(1)

    others = [asyncio.create_task(gathered.ask("k", part)) for part in "bc"]
    await store.has(2)
    store.is_open.set()

    assert [await first, *[await other for other in others]] == [1, 2, 2]
    assert store.requests[1] == ("k", ("b", "c"))


async def test_no_answer_is_of_a_request_that_was_sent_before_it_was_asked_for() -> None:
    """A subscription made meanwhile would be missed."""
    store = Store()
    gathered = Gathered(store.send, span=_MOMENT)
    store.is_open.clear()
    first = asyncio.create_task(gathered.ask("k", "a"))
    await store.has(1)

    late = asyncio.create_task(gathered.ask("k", "b"))
    store.is_open.set()

    assert (await first, await late) == (1, 2)


async def test_other_keys_are_other_requests() -> None:
    """A transaction is about one partition."""
    store = Store()
    gathered = Gathered(store.send, span=_HOUR)

    await asyncio.gather(gathered.ask("k", "a"), gathered.ask("m", "b"))

    assert sorted(store.requests) == [("k", ("a",)), ("m", ("b",))]


async def test_no_more_than_a_transaction_takes_go_together() -> None:
    """A hundred."""
    store = Store()
    gathered = Gathered(store.send, span=_MOMENT)

    await asyncio.gather(*(gathered.ask("k", str(number)) for number in range(250)))

    assert [len(parts) for _, parts in store.requests] == [100, 100, 50]
    assert [int(part) for _, parts in store.requests for part in parts] == list(range(250))


async def test_a_failure_is_everybody_s_whose_part_went_and_nobody_else_s() -> None:
    """Each may have arrived, and says so."""
    store = Store()
    store.failures.append(StorageUnavailableError("down"))
    gathered = Gathered(store.send, span=_MOMENT)

    answers = await asyncio.gather(
        *(gathered.ask("k", part) for part in "ab"), return_exceptions=True
    )

    assert [type(answer) for answer in answers] == [StorageUnavailableError] * 2
    assert await gathered.ask("k", "c") == 2


async def test_a_caller_that_is_cancelled_takes_nothing_from_the_others() -> None:
    """Nor its own part back."""
    store = Store()
    gathered = Gathered(store.send, span=_MOMENT)
    gone = asyncio.create_task(gathered.ask("k", "a"))
    stays = asyncio.create_task(gathered.ask("k", "b"))
    await asyncio.sleep(0)

    gone.cancel()

    assert await stays == 1
    assert store.requests == [("k", ("a", "b"))]
    with pytest.raises(asyncio.CancelledError):
        await gone
