"""Keeping a message hidden for as long as its function runs.

Source: azure-sdk-for-net QueueListener.cs (10 minutes, renewed at half of it) and
UpdateQueueMessageVisibilityCommand.cs (which answers end the renewal).
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from azure.core.exceptions import AzureError, HttpResponseError
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient

_RETRY_AFTER_FAULT = timedelta(minutes=1)
_GONE = (400, 404, 409)
_logger = logging.getLogger("host.queues")


@asynccontextmanager
async def kept_hidden(
    queue: QueueClient, message: QueueMessage, lease: timedelta
) -> AsyncIterator[None]:
    """Renew the lease of the message in the background; its pop receipt changes in place.

    A renewal under way at the end is waited for: its answer holds the receipt to delete with.
    """
    ended = asyncio.Event()
    renewal = asyncio.create_task(_renew(queue, message, lease, ended))
    try:
        yield
    finally:
        ended.set()
        await renewal


async def wait_for(event: asyncio.Event, span: timedelta) -> bool:
    """Wait for an event, but not longer than that, and say whether it came."""
    try:
        async with asyncio.timeout(span.total_seconds()):
            return await event.wait()
    except TimeoutError:
        return False


def whole_seconds(span: timedelta) -> int:
    """Round a span up to the whole seconds that the queue service counts in."""
    return -int(-span.total_seconds() // 1)


async def _renew(
    queue: QueueClient, message: QueueMessage, lease: timedelta, ended: asyncio.Event
) -> None:
    wait = lease / 2
    while not await wait_for(ended, wait):
        try:
            updated = await queue.update_message(
                message.id, message.pop_receipt, visibility_timeout=whole_seconds(lease)
            )
            message.pop_receipt, wait = updated.pop_receipt, lease / 2
        except AzureError as fault:
            if isinstance(fault, HttpResponseError) and fault.status_code in _GONE:
                _logger.warning("The lease of message '%s' was lost.", message.id)
                return
            wait = min(_RETRY_AFTER_FAULT, lease / 2)
