"""Define a queue message, and what a trigger needs of a queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(slots=True)
class Message:
    """A message that was received.

    Attributes:
        pop_receipt: what to change it with; another one after each renewal.
        content: the text on the wire.
        dequeue_count: how often it was received, this time included.

    """

    message_id: str
    pop_receipt: str
    content: str
    dequeue_count: int
    inserted_at: datetime | None = None
    expires_at: datetime | None = None
    next_visible_at: datetime | None = None


class Queue(Protocol):
    """One queue. Every call may raise StorageCallError, after as many tries as the real one's."""

    @property
    def name(self) -> str:
        """Its name."""

    async def exists(self) -> bool:
        """Tell whether there is such a queue."""

    async def receive(self, count: int, hidden_for: timedelta) -> Sequence[Message]:
        """Take up to `count` visible messages, which are hidden from then on for that long."""

    async def hide(self, message: Message, span: timedelta) -> None:
        """Hide a message for that long from now, zero included; its receipt changes in place."""

    async def delete(self, message: Message) -> None:
        """Delete a message."""

    async def send(self, content: str) -> None:
        """Put a text on the queue, which is created if absent, for the default 7 days."""

    async def close(self) -> None:
        """Close the connections."""
