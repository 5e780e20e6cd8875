"""Rows that count how they were read."""

from collections.abc import AsyncIterator, Mapping

from azure.data.tables import TableEntity

from shared.ledger.tables.rows import Rows


class CountedRows(Rows):
    """Counts the point reads, and the pages that hold something."""

    reads = 0
    read_pages = 0

    async def get(self, partition: str, row: str) -> TableEntity | None:
        """The row by one point read."""
        self.reads += 1
        return await super().get(partition, row)

    async def pages(
        self,
        query: str,
        parameters: Mapping[str, object],
        *select: str,
        at_once: int | None = None,
    ) -> AsyncIterator[list[TableEntity]]:
        """The pages of rows."""
        async for page in super().pages(query, parameters, *select, at_once=at_once):
            self.read_pages += 1
            yield page
