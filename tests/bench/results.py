"""Read and count the events on `restore-results` as they come."""

import asyncio
import json
import sys
from collections import Counter
from math import inf
from time import monotonic

from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient

# A restore whose worker died is taken up by the sweep when its lease has run out, two minutes
# after its last write, and no later than five after the sweep before it.
_QUIET_SECONDS = 480
_LOOK_EVERY_SECONDS, _SAY_EVERY_SECONDS = 1, 10


class Results:
    """What was told.

    Attributes:
        ids: of the events, each once.
        codes: the outcomes of those.
        told_again: events that came more than once.
        seconds: from the start of reading to the last new one.

    """

    def __init__(self, queue: QueueClient) -> None:
        self._queue, self._over_at = queue, inf
        self._began = self._last = self._said = monotonic()
        self.ids: set[str] = set()
        self.codes: Counter[str] = Counter()
        self.told_again = 0

    @property
    def seconds(self) -> float:
        """From the start of reading to the last new result."""
        return self._last - self._began

    def may_end(self) -> None:
        """From now on a long silence is the end."""
        self._over_at = monotonic() + _QUIET_SECONDS

    async def read(self, wanted: int) -> None:
        """Read and delete until so many were told, or none has come for eight minutes."""
        while len(self.ids) < wanted and monotonic() < self._over_at:
            await self._take()
            self._say()
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
        await self._take()

    async def _take(self) -> None:
        async for message in self._queue.receive_messages(messages_per_page=32):
            self._note(message)
            await self._queue.delete_message(message)

    def _note(self, message: QueueMessage) -> None:
        event = json.loads(message.content)
        if event["id"] in self.ids:
            self.told_again += 1
            return
        self.ids.add(event["id"])
        self.codes[event["data"]["outcome"]["code"]] += 1
        self._last = monotonic()
        self._over_at = max(self._over_at, self._last + _QUIET_SECONDS)

    def _say(self) -> None:
        if monotonic() - self._said > _SAY_EVERY_SECONDS:
            self._said = monotonic()
            sys.stderr.write(f"{self._said - self._began:.0f} s: {len(self.ids)} ended\n")
