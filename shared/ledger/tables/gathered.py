"""Let what many ask of one table within a moment travel as one request.

Of a backlog some twenty restores end in a second, and each has the same few things to write and to
read. Who asks while another's request is under way has company, and for a moment from then on what
is asked waits for the end of a short span and goes together. Who asks alone, or one after the
other, waits for nothing.

Nothing is answered before its request was: a write has arrived when its caller goes on, and a read
is sent after everybody has asked for it, so that it tells each what a request of its own would.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import TRANSACTION_LIMIT, Operation, Row, Rows, deleting_at, putting
from shared.pacing import begun_for_several

# A tenant takes some twenty changes a second, so this long four of them. A restore has settled
# before it asks here; what waits is the word of it.
SPAN = timedelta(seconds=0.2)

# So long after two have met, a third may be near.
COMPANY = timedelta(seconds=1)

type Send[Part, Answer] = Callable[[str, Sequence[Part]], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class _Lot[Part, Answer]:
    """What goes together, and the request in which it goes."""

    parts: list[Part]
    answer: asyncio.Task[Answer]


class _Place[Part, Answer]:
    """What is asked under one key."""

    def __init__(self) -> None:
        self.open: _Lot[Part, Answer] | None = None
        self.under_way = 0
        self.free_at = 0.0
        self.company_until = 0.0


class Gathered[Part, Answer]:
    """Sends what is asked under one key with `send`: of many, one request in a span."""

    def __init__(
        self,
        send: Send[Part, Answer],
        *,
        span: timedelta = SPAN,
        company: timedelta = COMPANY,
    ) -> None:
        self._send = send
        self._span, self._company = span.total_seconds(), company.total_seconds()
        self._places: dict[str, _Place[Part, Answer]] = {}

    async def ask(self, key: str, part: Part) -> Answer:
        """The answer to the request in which this part went, which is sent after this call.

        A caller that is cancelled takes nothing back. Raises what `send` raises, to each of them.
        """
        place = self._places.setdefault(key, _Place())
        if place.under_way:
            place.company_until = _now() + self._company
        lot = place.open
        if lot is None or len(lot.parts) == TRANSACTION_LIMIT:
            lot = place.open = self._begun(key, place)
        lot.parts.append(part)
        return await asyncio.shield(lot.answer)

    def _begun(self, key: str, place: _Place[Part, Answer]) -> _Lot[Part, Answer]:
        parts: list[Part] = []
        place.under_way += 1
        return _Lot(parts, begun_for_several(self._answer(key, place, parts)))

    async def _answer(self, key: str, place: _Place[Part, Answer], parts: list[Part]) -> Answer:
        try:
            # A place is forgotten when whoever was there alone has left, and a new one is free.
            await asyncio.sleep(place.free_at - _now())
            if place.open is not None and place.open.parts is parts:
                place.open = None
            place.free_at = _now() + self._span
            return await self._send(key, parts)
        finally:
            place.under_way -= 1
            self._forget_idle()

    def _forget_idle(self) -> None:
        """Remember no place where nobody has, or lately had, company."""
        now = _now()
        for key, place in list(self._places.items()):
            if not place.under_way and place.company_until < now:
                del self._places[key]


class GatheredRows:
    """Puts and deletes rows, those of one partition together where many come at once.

    Every method may raise StorageUnavailableError; the write may then have arrived.
    """

    def __init__(self, rows: Rows, *, span: timedelta = SPAN) -> None:
        self._rows = rows
        self._lots = Gathered(self._submit, span=span)

    async def put(self, row: Row) -> None:
        """Put the row in place of whatever is there."""
        await self._lots.ask(str(row["PartitionKey"]), putting(row))

    async def delete(self, partition: str, row: str) -> None:
        """Delete the row whatever it says; absent is fine."""
        await self._lots.ask(partition, deleting_at(partition, row))

    async def _submit(self, _: str, operations: Sequence[Operation]) -> None:
        # A transaction takes one operation for each row; the last is what they come to.
        last = {str(operation[1]["RowKey"]): operation for operation in operations}
        if len(last) > 1 and await self._submitted(tuple(last.values())):
            return
        for operation in last.values():
            await self._alone(operation)

    async def _submitted(self, operations: Sequence[Operation]) -> bool:
        """Whether all were done; if not, a row to delete was absent, and none was done."""
        try:
            await self._rows.submit(operations)
        except RowStateError:
            return False
        return True

    async def _alone(self, operation: Operation) -> None:
        what, row = operation[:2]
        if what == "delete":
            await self._rows.delete(str(row["PartitionKey"]), str(row["RowKey"]))
        else:
            await self._rows.put(row)


def _now() -> float:
    """The event loop's own time, in seconds: nothing that is kept is reckoned by it."""
    return asyncio.get_running_loop().time()
