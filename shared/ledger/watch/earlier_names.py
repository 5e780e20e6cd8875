"""Store the earlier names of people in the table `observednames`.

    PartitionKey   RowKey
    0 ... 7        <name in lower case>|<user id>

Names are spread over eight partitions by their hash, as observations are by that of the id, so
that the names of a page of people are written a hundred in a transaction.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from itertools import batched

from azure.data.tables import UpdateMode

from shared.ledger.tables.entity import key, text_of
from shared.ledger.tables.rows import TRANSACTION_LIMIT, Operation, Rows

_PARTITIONS = 8

# Between the two parts of a row key: `key` leaves it in neither part. `}` is the character behind.
_BAR, _BEHIND_BAR = "|", "}"

# Namesakes of one name; a helpdesk that reuses one mailbox name a hundred times is not expected.
_MOST_FOUND = 100


class TableNames:
    """The port NameIndex; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def note(self, user_id: str, names: Iterable[str]) -> None:
        """File the person under each name. One transaction for each partition, some at once."""
        rows: dict[str, list[Operation]] = defaultdict(list)
        for name in dict.fromkeys(one.lower() for one in names):
            partition, row = _keys(name, user_id)
            entity = {"PartitionKey": partition, "RowKey": row, "userId": user_id}
            rows[partition].append(("upsert", entity, {"mode": UpdateMode.REPLACE}))
        await asyncio.gather(
            *(
                self._rows.submit(list(some))
                for operations in rows.values()
                for some in batched(operations, TRANSACTION_LIMIT, strict=False)
            )
        )

    async def find(self, name: str) -> tuple[str, ...]:
        """The object ids of all who were called so, at most a hundred. One query."""
        partition, row = _keys(name.lower(), "")
        query = "PartitionKey eq @partition and RowKey ge @first and RowKey lt @last"
        parameters = {"partition": partition, "first": row, "last": row[:-1] + _BEHIND_BAR}
        found: list[str] = []
        async for page in self._rows.pages(query, parameters, "userId", at_once=1):
            found += [text_of(one, "userId") for one in page]
            if len(found) >= _MOST_FOUND:
                break
        return tuple(found[:_MOST_FOUND])

    async def forget(self, user_id: str, names: Iterable[str]) -> None:
        """Take the person out. One round trip for each name, some at once."""
        unique = dict.fromkeys(name.lower() for name in names)
        await asyncio.gather(*(self._rows.delete(*_keys(name, user_id)) for name in unique))


def _keys(name: str, user_id: str) -> tuple[str, str]:
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=1).digest()
    return str(digest[0] % _PARTITIONS), f"{key(name)}{_BAR}{key(user_id) if user_id else ''}"
