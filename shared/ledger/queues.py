"""Send to the queues `restore-work`, `restore-results` and `restore-alerts`.

Messages are plain text, as `messageEncoding: none` in host.json expects them, and never expire:
the default of 7 days would lose the work of a service that was down for a week.
Source: Microsoft, "Put Message (REST API)": visibility of at most 7 days, less than the time to
live; a time to live of -1 is for ever.
"""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil

from azure.storage.queue.aio import QueueClient

from shared.events.event_size import message
from shared.ledger.tables.faults import QUEUES, reaching
from shared.ports.queues import NextInLine

_FOR_EVER = -1

# Azure counts the 7 days on its own clock; the second keeps a full week legal for it.
LONGEST_DELAY = timedelta(days=7) - timedelta(seconds=1)

# The most that one call shows. Source: Microsoft, "Peek Messages (REST API)".
_NEXT_IN_LINE = 32


class QueueOutbox:
    """The Outbox port; StorageUnavailableError: a message may have arrived, perhaps twice."""

    def __init__(self, work: QueueClient, results: QueueClient, alerts: QueueClient) -> None:
        self._work = work
        self._results = results
        self._alerts = alerts

    async def enqueue_work(self, restore_id: str, delay: timedelta = timedelta(0)) -> None:
        """Have some worker advance this restore, not before `delay` has passed. One round trip.

        Rounded up to the second, and cut to a second less than 7 days: whoever waits longer looks
        early and waits again.
        """
        hidden = ceil(min(max(delay, timedelta(0)), LONGEST_DELAY).total_seconds())
        await _send(self._work, restore_id, hidden)

    async def work_next(self) -> NextInLine:
        """The up to 32 work messages that are taken next. One round trip.

        The youngest says how far the workers have come, since a message that was hidden for a time
        bears the instant at which it was put there, not the one at which it came to light.
        """
        async with reaching(QUEUES):
            shown = await self._work.peek_messages(_NEXT_IN_LINE)
        put = [message.inserted_on for message in shown if message.inserted_on is not None]
        reached = max(put) if len(put) == _NEXT_IN_LINE else None
        return NextInLine(frozenset(str(message.content) for message in shown), reached)

    async def publish_result(self, event: Mapping[str, object]) -> None:
        """Put a CloudEvents 1.0 event on `restore-results`, cut to size. One round trip."""
        await _send(self._results, message(event), 0)

    async def publish_alert(self, event: Mapping[str, object]) -> None:
        """Put a CloudEvents 1.0 event on `restore-alerts`, cut to size. One round trip."""
        await _send(self._alerts, message(event), 0)


async def _send(queue: QueueClient, text: str, hidden_seconds: int) -> None:
    async with reaching(QUEUES):
        await queue.send_message(text, visibility_timeout=hidden_seconds, time_to_live=_FOR_EVER)
