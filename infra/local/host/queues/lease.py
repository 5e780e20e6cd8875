"""Keep a message hidden for as long as its function runs.

A renewal that the service answers with a fault of its own is tried again sooner each time; one that
finds the message with somebody else is the last; any other fault is not handled, and takes the host
down. Source: azure-sdk-for-net QueueListener.cs (10 minutes, renewed at half of it, a minute at
least between two tries), UpdateQueueMessageVisibilityCommand.cs, LinearSpeedupStrategy.cs.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from infra.local.host.clock import Clock, wait_for
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.queue import Message, Queue

_LEAST_WAIT = timedelta(minutes=1)
_logger = logging.getLogger("host.queues")


@dataclass(frozen=True, slots=True)
class MessageLease:
    """Renews the leases of the messages of one queue.

    `unhandled` takes a fault that the real host does not handle.
    """

    queue: Queue
    period: timedelta
    clock: Clock
    unhandled: Callable[[Exception], None]

    @asynccontextmanager
    async def kept(self, message: Message) -> AsyncIterator[None]:
        """Renew the lease in the background; the message's pop receipt changes in place.

        A renewal under way at the end is waited for: its answer holds the receipt to delete with.
        """
        ended = asyncio.Event()
        renewal = asyncio.create_task(self._renew(message, ended))
        try:
            yield
        finally:
            ended.set()
            await renewal

    async def _renew(self, message: Message, ended: asyncio.Event) -> None:
        wait = usual = self.period / 2
        while not await wait_for(self.clock, ended, wait):
            try:
                await self.queue.hide(message, self.period)
                wait = usual
            except StorageCallError as fault:
                if fault.is_no_longer_ours:
                    _logger.warning("The lease of message '%s' was lost.", message.message_id)
                    return
                if not fault.is_server_side:
                    self.unhandled(fault)
                    return
                wait = max(wait / 2, min(_LEAST_WAIT, usual))
