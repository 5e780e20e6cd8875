"""Ports to the stored batches and their items.

Every method may raise StorageUnavailableError: a write may have arrived.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol

from shared.domain.batches.batch import Batch, BatchItem
from shared.ports.stored import Stored


class Batches(Protocol):
    """The batches and their items; the items are kept first and never change."""

    async def keep_items(self, batch: Batch, first: int, items: Sequence[BatchItem]) -> None:
        """Keep the items from `first` on, in one row."""
        ...

    async def insert(self, batch: Batch) -> bool:
        """Keep a new batch; False if the id is taken already."""
        ...

    async def read(self, batch_id: str) -> Stored[Batch] | None:
        """The batch, by one point read."""
        ...

    async def write(self, kept: Stored[Batch], batch: Batch) -> Stored[Batch]:
        """Put the batch in place of the one in `kept`.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        ...

    async def items(self, batch: Batch, first: int) -> tuple[BatchItem, ...]:
        """The items from `first` on, as far as their row goes."""
        ...

    def before(self, day: datetime) -> AsyncIterator[tuple[str, str]]:
        """(batch id, its day) of each batch of an earlier UTC day."""
        ...

    async def remove(self, batch_id: str, day: str) -> None:
        """Delete the items, the batch, and its day at last; absent is fine."""
        ...
