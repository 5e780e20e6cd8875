"""Read and write the storage account from outside, as other applications do."""

import base64
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables.aio import TableServiceClient
from azure.storage.queue.aio import QueueServiceClient

from tests.e2e.stage.people import Json
from tests.waiting import eventually

REQUESTS = "restore-requests"
WORK = "restore-work"
RESULTS = "restore-results"


class Storage:
    """The storage account of the stage; `events` are all results read so far, by any test."""

    def __init__(
        self, queues: QueueServiceClient, tables: TableServiceClient, events: list[Json]
    ) -> None:
        self._queues, self._tables = queues, tables
        self._events = events

    async def forget_audit_trail(self) -> None:
        """Let nobody have read the audit log: a new tenant has another one."""
        with suppress(ResourceNotFoundError):
            await self._tables.get_table_client("auditchanges").delete_entity("cursor", "cursor")

    async def forget_tenant(self) -> None:
        """Let nobody have looked through the tenant, or listed who is lost: a new one is unseen."""
        for name in ("observeround", "losses"):
            table = self._tables.get_table_client(name)
            with suppress(ResourceNotFoundError):
                async for row in table.list_entities(select=["PartitionKey", "RowKey"]):
                    await table.delete_entity(row["PartitionKey"], row["RowKey"])

    async def forget_work(self) -> None:
        """Let no restore of an earlier test, nor a look at its tenant, come back during this one.

        The queue would bring one back that waits, on a machine on which ten minutes pass between
        two tests; the sweep any that is not over, as soon as time passes.
        """
        await self._queues.get_queue_client(WORK).clear_messages()
        unfinished = self._tables.get_table_client("restoresunfinished")
        with suppress(ResourceNotFoundError):
            async for row in unfinished.list_entities(select=["PartitionKey", "RowKey"]):
                await unfinished.delete_entity(row["PartitionKey"], row["RowKey"])

    async def send(self, queue: str, text: str) -> None:
        """Put a message on a queue, exactly as it is."""
        await self._queues.get_queue_client(queue).send_message(text)

    async def request(self, **fields: Any) -> None:
        """Ask for a restore by a plain JSON message."""
        await self.send(REQUESTS, json.dumps({"version": 1, **fields}))

    async def results(self, holds: Callable[[Json], bool]) -> list[Json]:
        """The result events for which that holds, once there is one."""

        async def found() -> list[Json]:
            await self._read_results()
            return [event for event in self._events if holds(event)]

        return await eventually(found)

    async def results_of(self, holds: Callable[[Json], bool], *, at_least: int) -> dict[str, Json]:
        """The result events for which that holds, by id, once there are so many."""

        async def found() -> dict[str, Json] | None:
            await self._read_results()
            told = {event["id"]: event for event in self._events if holds(event)}
            return told if len(told) >= at_least else None

        return await eventually(found) or {}

    async def ids_of_results(self) -> set[str]:
        """The ids of the result events so far, to tell the next ones from them."""
        await self._read_results()
        return {event["id"] for event in self._events}

    async def result_for(self, user: Json) -> Json:
        """The one result event about this user; there must be just one."""
        events = await self.results(lambda event: _is_about(event["data"], user))
        assert len(events) == 1, events
        return events[0]

    async def alerts(self) -> list[Json]:
        """The alerts since the last time; reading takes them off the queue."""
        queue = self._queues.get_queue_client("restore-alerts")
        found: list[Json] = []
        async for message in queue.receive_messages(messages_per_page=32):
            found.append(json.loads(message.content))
            await queue.delete_message(message)
        return found

    async def waiting(self, queue: str) -> int:
        """How many messages a queue holds, hidden ones included."""
        properties = await self._queues.get_queue_client(queue).get_queue_properties()
        return properties.approximate_message_count or 0

    async def journal(self, restore_id: str) -> list[tuple[str, str]]:
        """The journal of a restore, oldest first: event and step of each entry."""
        table = self._tables.get_table_client("restores")
        query = "PartitionKey eq @id and RowKey ge 'j-' and RowKey lt 'j.'"
        rows = [row async for row in table.query_entities(query, parameters={"id": restore_id})]
        return [(row["event"], json.loads(row["doc0"])["body"]["step"] or "") for row in rows]

    async def rows(self, table: str, text: str) -> list[Json]:
        """The rows of a side table that speak of an id."""
        rows = self._tables.get_table_client(table).list_entities()
        return [dict(row) async for row in rows if text in json.dumps(row, default=str)]

    async def _read_results(self) -> None:
        queue = self._queues.get_queue_client(RESULTS)
        # The service makes the queue with its first request.
        with suppress(ResourceNotFoundError):
            async for message in queue.receive_messages(messages_per_page=32):
                self._events.append(json.loads(message.content))
                await queue.delete_message(message)


def in_base64(text: str | bytes) -> str:
    """The text as the SDKs of other languages write it into a queue."""
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def _is_about(restore: Json, user: Json) -> bool:
    about = restore["user"]
    return isinstance(about, dict) and about["id"] == user["id"]
