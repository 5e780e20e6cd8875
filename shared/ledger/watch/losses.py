"""Store the list of losses in the table `losses`: two rows for each person, one partition.

    PartitionKey  RowKey                                             what
    losses        0-2026-12-20T10:07:00.000000+00:00-<user id>       the person, by end of window
    losses        1-<user id>, 2-<user id>                           without a known end
    losses        at-<user id>                                       where the person's row stands
    cursor        cursor                                             how far the list has come

Why one partition: a move is one transaction, so nobody is ever listed twice or lost between two
places, and a page of the list is one query. It takes some 2,000 rows a second, which is as fast as
Graph tells of people.
Source: Microsoft, "Scalability and performance targets for Table storage".
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import batched

from azure.data.tables import TableEntity

from shared.domain.lists.capacity import Need
from shared.domain.lists.loss_cursor import LossCursor
from shared.domain.lists.losses import BEHIND_ALL, ListedLoss, LossPlace
from shared.errors import StorageUnavailableError
from shared.ledger.tables.codec import Codec
from shared.ledger.tables.entity import etag_of, join, key, split, stamp, stamp_key, text_of
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import (
    TRANSACTION_LIMIT,
    Operation,
    Row,
    Rows,
    creating,
    putting,
    removing,
    replacing,
)
from shared.ledger.watch.by_page import by_page
from shared.ports.losses import LossGlance

_LOSSES = "losses"
_ROWS = Codec(ListedLoss)
_CURSORS = Codec(LossCursor)
# What a pointer is read for, with its keys and, for its ETag, its time.
_POINTER = ("PartitionKey", "RowKey", "Timestamp", "place", "lookedAt", "deletedAt")
# A page of the list is read without what others are told by. Few rows have a second text: of those
# one alone is read, which says that the row is to be read as a whole.
_REST = "doc1"
_OF_A_PAGE = ("RowKey", "doc0", _REST)
_CURSOR = {"PartitionKey": "cursor", "RowKey": "cursor"}

# Reads of pointers at once.
_AT_ONCE = 16
# Transactions of different people do not meet.
_MOVES_AT_ONCE = 4
# A person takes three operations at most: the pointer, the new row, the old one. A new one has no
# old row.
_OF_ONE = 3
_OF_A_NEW_ONE = 2
# Two workers that file the same person at once: one of them looks again.
_TRIES = 5


class TableLossList:
    """The LossList port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def put(self, rows: Sequence[ListedLoss], *, are_new: bool = False) -> None:
        """File each person, in place of an earlier row; some thirty in a transaction.

        New ones are filed without a look whether they are listed, fifty in a transaction. If one of
        the fifty is listed after all, the transaction fails and is made again with a look.
        """
        by_id = {row.id: row for row in rows}
        of_one = _OF_A_NEW_ONE if are_new else _OF_ONE
        lots = batched(by_id, TRANSACTION_LIMIT // of_one, strict=False)
        moves = ({user_id: by_id[user_id] for user_id in some} for some in lots)
        file = self._file_new if are_new else self._move
        for some_moves in batched(moves, _MOVES_AT_ONCE, strict=False):
            await asyncio.gather(*map(file, some_moves))

    async def drop(self, user_ids: Iterable[str]) -> None:
        """Take these people out; absent is fine."""
        for some in batched(dict.fromkeys(user_ids), TRANSACTION_LIMIT // _OF_ONE, strict=False):
            await self._move(dict.fromkeys(some))

    async def glance(self, user_ids: Iterable[str]) -> Mapping[str, LossGlance]:
        """Of these people, those who are listed; one read for each, or fewer if they are many."""
        pointers = await self._pointers(user_ids)
        return {user_id: _glanced(row) for user_id, row in pointers.items()}

    async def after(self, place: LossPlace, most: int) -> tuple[ListedLoss, ...]:
        """At most so many rows behind the place; one round trip for each thousand.

        Raises:
            UnreadableTextError: another release wrote one.
        """
        found: list[TableEntity] = []
        between = _between(_row_key(place), "3")
        async for page in self._rows.pages(*between, *_OF_A_PAGE, at_once=most):
            found += page
            if len(found) >= most:
                break
        rows = [await self._whole(row) if text_of(row, _REST) else row for row in found[:most]]
        there = [row for row in rows if row is not None]
        if len(there) < len(rows):
            # Somebody was moved meanwhile, and fewer than asked for would be the end of the list.
            return await self.after(place, most)
        return tuple(_ROWS.decode(join(row)) for row in there)

    async def _whole(self, row: TableEntity) -> TableEntity | None:
        return await self._rows.get(_LOSSES, text_of(row, "RowKey"))

    async def before(self, place: LossPlace, most: int) -> tuple[str, ...]:
        """At most so many people whose rows come before the place; one round trip."""
        query = _between("0-", _row_key(place))
        async for page in self._rows.pages(*query, "userId", at_once=most):
            return tuple(text_of(row, "userId") for row in page[:most])
        return ()

    async def needs_after(self, place: LossPlace) -> AsyncIterator[Sequence[Need]]:
        """The needs of all rows behind the place; one round trip for each thousand."""
        columns = ("needs", "endsAt", "halfTold")
        async for page in self._rows.pages(*_between(_row_key(place), "3"), *columns):
            yield [_need(row) for row in page]

    async def cursor(self) -> LossCursor:
        """The cursor: how far the list has followed the tenant. One point read.

        Raises:
            UnreadableTextError: another release wrote it.
        """
        row = await self._rows.get(_CURSOR["PartitionKey"], _CURSOR["RowKey"])
        return LossCursor() if row is None else _CURSORS.decode(join(row))

    async def note_cursor(self, cursor: LossCursor) -> None:
        """Remember it. One round trip."""
        await self._rows.put({**_CURSOR, **split(_CURSORS.encode(cursor))})

    async def _file_new(self, rows: Mapping[str, ListedLoss]) -> None:
        operations = [one for row in rows.values() for one in _of_a_new_one(row)]
        try:
            await self._rows.submit(operations)
        except RowStateError:
            await self.put(tuple(rows.values()))

    async def _move(self, rows: Mapping[str, ListedLoss | None]) -> None:
        for _ in range(_TRIES):
            pointers = await self._pointers(rows)
            operations = [
                operation
                for user_id, row in rows.items()
                for operation in _operations(user_id, row, pointers.get(user_id))
            ]
            if not operations:
                return
            try:
                await self._rows.submit(operations)
            except RowStateError:
                continue
            return
        raise StorageUnavailableError("others file the same people all the time")

    async def _pointers(self, user_ids: Iterable[str]) -> dict[str, TableEntity]:
        """The pointers of these people: by the page as far as they lie close, then one by one."""
        wanted = {_pointer_key(user_id): user_id for user_id in user_ids}
        found, left = await by_page(self._rows, _LOSSES, wanted, *_POINTER)
        found |= await self._one_by_one(left)
        return {wanted[name]: row for name, row in found.items()}

    async def _one_by_one(self, names: Iterable[str]) -> dict[str, TableEntity]:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def read(name: str) -> tuple[str, TableEntity | None]:
            async with gate:
                return name, await self._rows.get(_LOSSES, name)

        found = await asyncio.gather(*map(read, names))
        return {name: row for name, row in found if row is not None}


def _operations(
    user_id: str, row: ListedLoss | None, pointer: TableEntity | None
) -> list[Operation]:
    """The operations that move a person's row to its place; None removes it."""
    old = None if pointer is None else text_of(pointer, "place")
    if row is None:
        if pointer is None:
            return []
        pointing = removing(_LOSSES, _pointer_key(user_id), etag_of(pointer.metadata))
        return [pointing, *_without(old)]
    place = _row_key(row.place)
    moved, listed = _pointer(row, place), putting(_listed(row, place))
    at = creating(moved) if pointer is None else replacing(moved, etag_of(pointer.metadata))
    return [at, listed, *([] if old in {None, place} else _without(old))]


def _of_a_new_one(row: ListedLoss) -> tuple[Operation, Operation]:
    place = _row_key(row.place)
    return creating(_pointer(row, place)), creating(_listed(row, place))


def _without(place: str | None) -> list[Operation]:
    return [] if not place else [("delete", {"PartitionKey": _LOSSES, "RowKey": place})]


def _pointer(row: ListedLoss, place: str) -> Row:
    deleted_at = {} if row.deleted_at is None else {"deletedAt": stamp(row.deleted_at)}
    keys = {"PartitionKey": _LOSSES, "RowKey": _pointer_key(row.id)}
    return {**keys, "place": place, "lookedAt": stamp(row.looked_at), **deleted_at}


def _listed(row: ListedLoss, place: str) -> Row:
    ends_at = row.window.ends_at
    return {
        "PartitionKey": _LOSSES,
        "RowKey": place,
        "userId": row.id,
        "needs": " ".join(row.needs),
        "endsAt": "" if ends_at is None else stamp(ends_at),
        "halfTold": row.id if row.lacks_license else "",
        **split(_ROWS.encode_one_of_many(row)),
    }


def _need(row: TableEntity) -> Need:
    needs = tuple(text_of(row, "needs").split())
    return Need(needs, _instant(row, "endsAt"), text_of(row, "halfTold"))


def _glanced(row: TableEntity) -> LossGlance:
    looked_at = datetime.fromisoformat(text_of(row, "lookedAt"))
    return LossGlance(looked_at, _instant(row, "deletedAt"))


def _instant(row: TableEntity, name: str) -> datetime | None:
    written = text_of(row, name)
    return datetime.fromisoformat(written) if written else None


def _between(first: str, last: str) -> tuple[str, Mapping[str, object]]:
    query = "PartitionKey eq @losses and RowKey gt @first and RowKey lt @last"
    return query, {"losses": _LOSSES, "first": first, "last": last}


def _row_key(place: LossPlace) -> str:
    at = "" if place.ends_at is None else f"{stamp_key(place.ends_at)}-"
    user = place.user_id if place.user_id == BEHIND_ALL else key(place.user_id)
    return f"{place.rank}-{at}{user}"


def _pointer_key(user_id: str) -> str:
    return f"at-{key(user_id)}"
