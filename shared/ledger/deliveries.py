"""Store deliveries in the table `deliveries`: one row for each event on its way.

The partition is a digit of the id, so that the many deliveries of a large batch share the writes.
"""

from shared.domain.events.delivery import Delivery
from shared.ledger.tables.codec import Codec
from shared.ledger.tables.documents import Documents, Place
from shared.ledger.tables.rows import Rows
from shared.ports.stored import Stored

DELIVERIES = Codec(Delivery)


class TableDeliveries:
    """The Deliveries port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._documents = Documents(rows, DELIVERIES)

    async def insert(self, delivery: Delivery) -> bool:
        """Keep a new delivery; False if there is one of this id. One round trip, two if so."""
        return await self._documents.insert(_place(delivery.id), delivery)

    async def read(self, delivery_id: str) -> Stored[Delivery] | None:
        """The delivery, by one point read."""
        return await self._documents.read(_place(delivery_id))

    async def write(self, kept: Stored[Delivery], delivery: Delivery) -> Stored[Delivery]:
        """Put the delivery in place of the one in `kept`. One round trip, two after a conflict.

        Raises:
            LeaseLostError: it changed since, or is gone; nothing was written.
        """
        return await self._documents.replace(_place(delivery.id), kept, delivery)

    async def remove(self, delivery_id: str) -> None:
        """Nothing is left to send; absent is fine. One round trip."""
        await self._documents.remove(_place(delivery_id))


def _place(delivery_id: str) -> Place:
    return delivery_id[-1], delivery_id
