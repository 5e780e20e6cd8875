"""Read and write a queue through Azure's Python client, as raw text."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient

from infra.local.host.storage.calls import one_try, told_apart
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.queue import Message
from infra.local.host.storage.retries import Retries


class AzureQueue:
    """One queue behind a connection string; whoever opens it closes it."""

    def __init__(self, connection: str, name: str, retries: Retries) -> None:
        self._client = QueueClient.from_connection_string(connection, name, **one_try())
        self._retries = retries

    @property
    def name(self) -> str:
        """Its name."""
        return self._client.queue_name

    async def exists(self) -> bool:
        """Tell whether there is such a queue."""

        async def ask() -> bool:
            try:
                await self._client.get_queue_properties()
            except ResourceNotFoundError:
                return False
            return True

        return await self._call("HEAD", ask)

    async def receive(self, count: int, hidden_for: timedelta) -> Sequence[Message]:
        """Take up to `count` visible messages, hidden from then on for that long."""

        async def take() -> list[Message]:
            pages = self._client.receive_messages(
                messages_per_page=count, visibility_timeout=whole_seconds(hidden_for)
            ).by_page()
            async for page in pages:
                return [_message(each) async for each in page]
            return []

        return await self._call("GET messages of", take)

    async def hide(self, message: Message, span: timedelta) -> None:
        """Hide a message for that long from now; its receipt changes in place."""

        async def update() -> None:
            updated = await self._client.update_message(
                message.message_id, message.pop_receipt, visibility_timeout=whole_seconds(span)
            )
            message.pop_receipt = updated.pop_receipt or ""

        await self._call("PUT a message of", update)

    async def delete(self, message: Message) -> None:
        """Delete a message."""

        async def remove() -> None:
            await self._client.delete_message(message.message_id, message.pop_receipt)

        await self._call("DELETE a message of", remove)

    async def send(self, content: str) -> None:
        """Put a text on the queue, which is created if absent, for the default 7 days."""

        async def put() -> None:
            await self._client.send_message(content)

        try:
            await self._call("POST a message to", put)
        except StorageCallError as fault:
            if not fault.is_queue_gone:
                raise
            await self._call("PUT", self._create)
            await self._call("POST a message to", put)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _create(self) -> None:
        try:
            await self._client.create_queue()
        except ResourceExistsError:
            return

    async def _call[T](self, what: str, attempt: Callable[[], Awaitable[T]]) -> T:
        async def told() -> T:
            with told_apart(f"{what} '{self.name}'"):
                return await attempt()

        return await self._retries.call(told)


def whole_seconds(span: timedelta) -> int:
    """Round a span up to the whole seconds that the queue service counts in."""
    return -int(-span.total_seconds() // 1)


def _message(received: QueueMessage) -> Message:
    return Message(
        message_id=received.id,
        pop_receipt=received.pop_receipt or "",
        content=received.content,
        dequeue_count=int(received.dequeue_count or 0),
        inserted_at=received.inserted_on,
        expires_at=received.expires_on,
        next_visible_at=received.next_visible_on,
    )
