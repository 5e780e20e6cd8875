"""Store heartbeats in the table `heartbeats`, and read the lengths of the queues."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from azure.storage.queue.aio import QueueClient

from shared.ledger.tables.entity import text_of
from shared.ledger.tables.faults import QUEUES, reaching
from shared.ledger.tables.rows import Rows
from shared.ports.health import QueueLength

_ROW = "last"

# Messages of these are taken as soon as they come. Elsewhere an old message is nothing unusual: a
# waiting restore's lies on restore-work for days, and others read the results when they like.
_PROMPT = "restore-requests"
_POISON = "-poison"


class StorageHealthSignals:
    """The HealthSignals port; StorageUnavailableError: a beat may have been kept."""

    def __init__(self, rows: Rows, queues: Mapping[str, QueueClient]) -> None:
        self._rows = rows
        self._queues = queues

    async def beat(self, name: str, at: datetime) -> None:
        """Keep the instant of this beat. One round trip."""
        moment = at.astimezone(UTC).isoformat()
        await self._rows.put({"PartitionKey": name, "RowKey": _ROW, "at": moment})

    async def last_beat(self, name: str) -> datetime | None:
        """The instant of the last beat. One round trip."""
        row = await self._rows.get(name, _ROW)
        return None if row is None else datetime.fromisoformat(text_of(row, "at"))

    async def queues(self) -> tuple[QueueLength, ...]:
        """Every queue, all asked at once; one or two round trips each.

        Source: Microsoft, "Get Queue Metadata": the count is approximate and takes in messages
        that are hidden; "Peek Messages" shows the visible ones only, the oldest first.
        """
        gauges = await asyncio.gather(*(_gauge(*item) for item in self._queues.items()))
        return tuple(gauges)


async def _gauge(name: str, queue: QueueClient) -> QueueLength:
    async with reaching(QUEUES):
        count = (await queue.get_queue_properties()).approximate_message_count or 0
        is_prompt = name == _PROMPT or name.endswith(_POISON)
        oldest = await queue.peek_messages(1) if count and is_prompt else []
    return QueueLength(name, count, oldest[0].inserted_on if oldest else None)
