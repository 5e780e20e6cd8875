"""Store the latest observation of each user in the table `observations`.

    PartitionKey   RowKey
    0 ... 7        <user id>

Why eight partitions, by a hash of the id: a page of the directory's feed holds some hundred users,
and rows of one partition are written a hundred in a transaction, so a first look at 100,000 users
takes thousands of calls and not a hundred thousand. One partition would do 2,000 rows a second at
most; with more of them the transactions would shrink.
Source: Microsoft, "Scalability and performance targets for Table storage"; "Performing entity group
transactions".
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import batched

from azure.data.tables import TableEntity

from shared.domain.observations.observation import Observation
from shared.ledger.tables.codec import OBSERVATIONS
from shared.ledger.tables.entity import etag_of, join, key, split
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import (
    TRANSACTION_LIMIT,
    Operation,
    Row,
    Rows,
    creating,
    removing,
    replacing,
)
from shared.ledger.watch.by_page import WORTH_A_PAGE, by_page
from shared.ports.watch import ObservationWrite, StoredObservation

type Keys = tuple[str, str]

_PARTITIONS = 8

# Looking for so many takes a page of each partition, to which one row more adds little.
_WORTH_A_LOOK = _PARTITIONS * WORTH_A_PAGE

# Calls under way at once. Storage answers in some milliseconds, so a page is through in a blink;
# more would only wait for connections.
_AT_ONCE = 16


class TableObservations:
    """The ports Observations and ObservationStore.

    StorageUnavailableError: a write may have arrived.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._is_large = False
        """Whether a page once had too few of those wanted: no worker looks twice to find it so."""
        self._is_empty = True
        """Whether nobody was observed yet, by the last look: so it is before the first round."""

    async def last(self, user_id: str) -> Observation | None:
        """The last observation of this user. One point read.

        Raises:
            UnreadableTextError: it was written by a release this one cannot read.
        """
        row = await self._rows.get(*_keys(user_id))
        return None if row is None else _kept(row).observation

    async def note(self, observation: Observation) -> None:
        """Keep this observation in place of whatever was kept. One round trip."""
        await self._rows.put(_row(observation))

    async def many(self, user_ids: Iterable[str]) -> Mapping[str, StoredObservation]:
        """The observations of these users; one point read for each, some at once.

        Many are looked for by the page, as long as a page has many of them.

        Raises:
            UnreadableTextError: one was written by a release this one cannot read.
        """
        wanted = {_keys(user_id): user_id for user_id in user_ids}
        if len(wanted) >= _WORTH_A_LOOK and await self._are_none():
            return {}
        found, left = await self._by_pages(wanted)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def read(keys: Keys) -> tuple[Keys, TableEntity | None]:
            async with gate:
                return keys, await self._rows.get(*keys)

        read_alone = await asyncio.gather(*map(read, left), return_exceptions=True)
        found |= {keys: row for keys, row in _or_raise(read_alone) if row is not None}
        return {wanted[keys]: _kept(row) for keys, row in found.items()}

    async def _are_none(self) -> bool:
        """Whether nobody at all was observed; one round trip, until somebody was."""
        if self._is_empty:
            query = "PartitionKey ge @first"
            async for page in self._rows.pages(query, {"first": ""}, "RowKey", at_once=1):
                if page:
                    self._is_empty = False
                    break
        return self._is_empty

    async def _by_pages(self, wanted: Iterable[Keys]) -> tuple[dict[Keys, TableEntity], list[Keys]]:
        """The rows that were found by the page, and whom to read one by one."""
        if self._is_large:
            return {}, list(wanted)
        names: dict[str, list[str]] = defaultdict(list)
        for partition, name in wanted:
            names[partition].append(name)
        looks = (by_page(self._rows, partition, some) for partition, some in names.items())
        looked = _or_raise(await asyncio.gather(*looks, return_exceptions=True))
        found: dict[Keys, TableEntity] = {}
        left: list[Keys] = []
        for (partition, some), (rows, others) in zip(names.items(), looked, strict=True):
            found |= {(partition, name): row for name, row in rows.items()}
            left += [(partition, name) for name in others]
            self._is_large |= bool(others) and len(some) >= WORTH_A_PAGE
        return found, left

    async def keep(self, writes: Sequence[ObservationWrite]) -> bool:
        """Write them, each user once; False: one was written by others meanwhile, look again.

        One transaction for each hundred of a partition, some at once. After False some were
        written, and so they may be after StorageUnavailableError.
        """
        gate = asyncio.Semaphore(_AT_ONCE)

        async def submit(operations: Sequence[Operation]) -> bool:
            async with gate:
                try:
                    await self._rows.submit(operations)
                except RowStateError:
                    return False
            return True

        results = await asyncio.gather(*map(submit, _transactions(writes)), return_exceptions=True)
        return all(_or_raise(results))

    async def remove(self, kept: StoredObservation) -> None:
        """Forget the user, if nothing was written since; changed or absent is fine.

        One round trip.
        """
        with suppress(RowStateError):
            await self._rows.submit([removing(*_keys(kept.observation.user_id), kept.etag)])


def _or_raise[T](results: Sequence[T | BaseException]) -> list[T]:
    """The results, or the first failure, once nothing is under way any more."""
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]


def _transactions(writes: Sequence[ObservationWrite]) -> list[tuple[Operation, ...]]:
    by_partition: dict[str, list[Operation]] = defaultdict(list)
    for write in writes:
        row = _row(write.observation)
        operation = creating(row) if write.before is None else replacing(row, write.before.etag)
        by_partition[str(row["PartitionKey"])].append(operation)
    return [
        some
        for operations in by_partition.values()
        for some in batched(operations, TRANSACTION_LIMIT, strict=False)
    ]


def _row(observation: Observation) -> Row:
    partition, row = _keys(observation.user_id)
    return {"PartitionKey": partition, "RowKey": row, **split(OBSERVATIONS.encode(observation))}


def _kept(row: TableEntity) -> StoredObservation:
    return StoredObservation(OBSERVATIONS.decode(join(row)), etag_of(row.metadata))


def _keys(user_id: str) -> Keys:
    digest = blake2b(user_id.encode(), digest_size=1).digest()
    return str(digest[0] % _PARTITIONS), key(user_id)
