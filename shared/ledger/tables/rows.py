"""Read and write the rows of one table; every round trip to table storage is made here."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from azure.core import MatchConditions
from azure.data.tables import TableEntity, UpdateMode
from azure.data.tables.aio import TableClient

from shared.errors import StorageUnavailableError
from shared.ledger.tables.entity import etag_of
from shared.ledger.tables.faults import TABLES, RowState, RowStateError, reaching

# The most operations that one entity-group transaction takes.
# Source: Microsoft, "Performing entity group transactions".
TRANSACTION_LIMIT = 100

# The most rows table storage puts into one page.
PAGE = 1000

# Given with every POST: the SDK would not send one again whose connection broke, which happens to
# each that meets a connection the other side has just closed for being idle. Here a second try is
# harmless, because every writer knows its own first one (see records_and_journals.py).
# Source: azure-core 1.x, `RetryPolicyBase._method_whitelist`.
AGAIN: Mapping[str, Any] = {"retry_on_methods": frozenset({"POST"})}

type Row = Mapping[str, object]
type Operation = tuple[str, Row] | tuple[str, Row, Mapping[str, object]]


class Rows:
    """The rows of one table. The client belongs to whoever made it.

    Every method may raise StorageUnavailableError; a write may then have arrived.
    """

    def __init__(self, client: TableClient, *, page: int = PAGE) -> None:
        self._client = client
        self.page = page
        """How many rows a full page has."""

    async def get(self, partition: str, row: str) -> TableEntity | None:
        """The row by one point read, or None."""
        try:
            async with reaching(TABLES):
                return await self._client.get_entity(partition, row)
        except RowStateError:
            return None

    async def create(self, row: Row) -> str:
        """Add a row; returns its ETag.

        Raises:
            RowStateError: it is there already.
        """
        try:
            async with reaching(TABLES):
                return etag_of(await self._client.create_entity(row, **AGAIN))
        except RowStateError as error:
            if error.state is RowState.ABSENT:
                raise StorageUnavailableError("table storage lacks a table") from error
            raise

    async def replace(self, row: Row, etag: str) -> str:
        """Put the row in place of the one with this ETag; returns the new ETag.

        Raises:
            RowStateError: it changed, or is gone.
        """
        async with reaching(TABLES):
            return etag_of(
                await self._client.update_entity(
                    row,
                    UpdateMode.REPLACE,
                    etag=etag,
                    match_condition=MatchConditions.IfNotModified,
                )
            )

    async def put(self, row: Row) -> None:
        """Put the row in place of whatever is there."""
        async with reaching(TABLES):
            await self._client.upsert_entity(row, UpdateMode.REPLACE)

    async def delete(self, partition: str, row: str) -> None:
        """Delete the row whatever it says; absent is fine."""
        async with reaching(TABLES):
            await self._client.delete_entity(partition, row)

    async def delete_if(self, row: TableEntity) -> None:
        """Delete the row if it is still the one that was read; changed or absent is fine."""
        try:
            async with reaching(TABLES):
                await self._client.delete_entity(
                    row, etag=etag_of(row.metadata), match_condition=MatchConditions.IfNotModified
                )
        except RowStateError:
            return

    async def submit(self, operations: Sequence[Operation]) -> list[Mapping[str, object]]:
        """All operations on one partition or none; returns what was answered to each, in order.

        Raises:
            RowStateError: a row is not as its operation presumes; nothing was written.
        """
        async with reaching(TABLES):
            return list(await self._client.submit_transaction(operations, **AGAIN))

    async def pages(
        self,
        query: str,
        parameters: Mapping[str, object],
        *select: str,
        at_once: int | None = None,
    ) -> AsyncIterator[list[TableEntity]]:
        """The rows that match, by partition and row key, one page held at a time.

        `at_once`: how many rows a page has at most, for a reader who wants few.
        """
        pages = self._client.query_entities(
            query,
            parameters=dict(parameters),
            select=list(select) or None,
            results_per_page=min(at_once or self.page, self.page),
        ).by_page()
        while True:
            async with reaching(TABLES):
                try:
                    page = [row async for row in await anext(pages)]
                except StopAsyncIteration:
                    return
            yield page


def putting(row: Row) -> Operation:
    """The operation that puts the row in place of whatever is there."""
    return ("upsert", row, {"mode": UpdateMode.REPLACE})


def replacing(row: Row, etag: str) -> Operation:
    """The operation that puts the row in place of the one with this ETag."""
    condition = {"etag": etag, "match_condition": MatchConditions.IfNotModified}
    return ("update", row, {"mode": UpdateMode.REPLACE} | condition)


def creating(row: Row) -> Operation:
    """The operation that adds the row; storage is not to send it back."""
    return ("create", row, {"response_preference": "return-no-content"})


def removing(partition: str, row: str, etag: str) -> Operation:
    """The operation that deletes the row with this ETag, without having it at hand."""
    condition = {"etag": etag, "match_condition": MatchConditions.IfNotModified}
    return ("delete", {"PartitionKey": partition, "RowKey": row}, condition)


def deleting_at(partition: str, row: str) -> Operation:
    """The operation that deletes the row, whatever it says."""
    return ("delete", {"PartitionKey": partition, "RowKey": row})


def deleting(row: TableEntity, *, unchanged: bool = False) -> Operation:
    """The operation that deletes the row; `unchanged`: only if it is still the one read."""
    if not unchanged:
        return ("delete", row)
    condition = {"etag": etag_of(row.metadata), "match_condition": MatchConditions.IfNotModified}
    return ("delete", row, condition)
