"""A queue trigger: poll, run, and do with each message what the rules say.

At-least-once, like the real one: a process that dies leaves its messages hidden for the rest of
their lease, and nothing is written down at its end.
Source: azure-sdk-for-net QueueListener.cs, QueueProcessor.cs; the rules are in queue_rules.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from azure.core.exceptions import AzureError, HttpResponseError, ResourceNotFoundError
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient

from infra.local.host.app.host_json import QueueSettings
from infra.local.host.queues.lease import kept_hidden, wait_for, whole_seconds
from infra.local.host.queues.rules import (
    MESSAGE_LEASE,
    IdleDelay,
    Step,
    after_run,
    before_run,
    decode_body,
)
from infra.local.host.storage import queue_client as storage
from infra.local.host.worker.data import QueueEnvelope

_MINIMUM_INTERVAL = timedelta(milliseconds=100)
_NO_LONGER_OURS = (400, 404, 409)
_logger = logging.getLogger("host.queues")

type RunMessage = Callable[[bytes, QueueEnvelope], Awaitable[bool]]


@dataclass(slots=True)
class QueuePoller:
    """Serves one queue trigger; owns both clients.

    `run` calls the function with a body and says whether it succeeded; it never raises.
    """

    queue: QueueClient
    poison: QueueClient | None
    settings: QueueSettings
    run: RunMessage
    lease: timedelta = MESSAGE_LEASE
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)
    _exists: bool = False

    async def serve(self) -> None:
        """Poll until `stop` is called, then finish, and close the clients."""
        try:
            await self._poll()
            await asyncio.gather(*self._running)
        finally:
            for client in (self.queue, self.poison):
                if client is not None:
                    await client.close()
            self._ended.set()

    async def prepare(self) -> None:
        """Create the queue if absent, in one try: a failure is left to the polling."""
        try:
            await storage.create(self.queue, retries=0)
            self._exists = True
        except AzureError as fault:
            _logger.warning("Queue '%s' cannot be made: %s", self.queue.queue_name, _short(fault))

    async def stop(self) -> None:
        """Fetch no more messages and wait for those that are running."""
        self._stop.set()
        await self._ended.wait()

    async def _poll(self) -> None:
        delay = IdleDelay(_MINIMUM_INTERVAL, self.settings.max_polling_interval, Random())  # noqa: S311 - jitter
        found = False
        while not self._stop.is_set():
            batch = await self._receive()
            for message in batch:
                self._start(message)
            found = found or bool(batch)
            if batch:
                await self._wait_for_new_batch_threshold()
            else:
                await wait_for(self._stop, delay.after(found=found))
                found = False

    async def _receive(self) -> list[QueueMessage]:
        """Fetch one batch; the queue is made when it is not there."""
        try:
            if not self._exists:
                await storage.create(self.queue)
                self._exists = True
            pages = self.queue.receive_messages(
                messages_per_page=self.settings.batch_size,
                visibility_timeout=whole_seconds(self.lease),
            ).by_page()
            async for page in pages:
                return [message async for message in page]
        except AzureError as fault:
            self._exists = False
            _logger.warning("Queue '%s' cannot be read: %s", self.queue.queue_name, _short(fault))
        return []

    def _start(self, message: QueueMessage) -> None:
        task = asyncio.create_task(self._process(message))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _wait_for_new_batch_threshold(self) -> None:
        """Return when few enough messages are running, or when it is time to stop."""
        stopping = asyncio.create_task(self._stop.wait())
        while len(self._running) > self.settings.new_batch_threshold and not self._stop.is_set():
            waiting = {*self._running, stopping}
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()

    async def _process(self, message: QueueMessage) -> None:
        """Take one message to its end; its faults stay its own."""
        try:
            await self._do(await self._decide(message), message)
        except HttpResponseError as fault:
            if fault.status_code not in _NO_LONGER_OURS:
                _logger.warning("Message '%s' could not be settled: %s", message.id, _short(fault))
                return
            _logger.debug("Message '%s' is no longer ours: %s", message.id, _short(fault))
        except AzureError as fault:
            _logger.warning("Message '%s' could not be settled: %s", message.id, _short(fault))

    async def _decide(self, message: QueueMessage) -> Step:
        body = decode_body(message.content, is_base64=self.settings.base64)
        if body is None:
            return Step.POISON if self.poison else Step.LEAVE
        count, most = int(message.dequeue_count or 0), self.settings.max_dequeue_count
        has_poison = self.poison is not None
        step = before_run(dequeue_count=count, max_dequeue_count=most, has_poison=has_poison)
        if step is not Step.RUN:
            return step
        async with kept_hidden(self.queue, message, self.lease):
            succeeded = await self.run(body, _envelope(message))
        return after_run(
            succeeded=succeeded, dequeue_count=count, max_dequeue_count=most, has_poison=has_poison
        )

    async def _do(self, step: Step, message: QueueMessage) -> None:
        if step is Step.DELETE:
            await self._delete(message)
        elif step is Step.RELEASE:
            hidden = whole_seconds(self.settings.visibility_timeout)
            await self.queue.update_message(
                message.id, message.pop_receipt, visibility_timeout=hidden
            )
        elif step is Step.POISON and self.poison is not None:
            _logger.warning(
                "Message has reached MaxDequeueCount of %s. Moving message to queue '%s'.",
                self.settings.max_dequeue_count,
                self.poison.queue_name,
            )
            await storage.send(self.poison, message.content)
            await self._delete(message)

    async def _delete(self, message: QueueMessage) -> None:
        try:
            await self.queue.delete_message(message.id, message.pop_receipt)
        except ResourceNotFoundError:
            _logger.debug("Unable to delete queue message '%s': not found.", message.id)


def _envelope(message: QueueMessage) -> QueueEnvelope:
    return QueueEnvelope(
        message_id=message.id,
        pop_receipt=message.pop_receipt or "",
        dequeue_count=int(message.dequeue_count or 0),
        inserted_at=message.inserted_on,
        expires_at=message.expires_on,
        next_visible_at=message.next_visible_on,
    )


def _short(fault: AzureError) -> str:
    return str(fault).splitlines()[0]
