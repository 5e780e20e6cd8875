"""Run a queue trigger: poll, invoke, and delete, retry or set aside each message.

At-least-once, like the real one: a process that dies leaves its messages hidden for the rest of
their lease, and nothing is written down at its end. A stop drops the batch whose answer is on its
way: the service has hidden those messages, nobody runs them, and they come back with one try spent
when the lease is over. A fault of the storage account that the real host does not handle is handed
to whoever started the poller, who shuts the host down.
Source: azure-sdk-for-net QueueListener.cs, QueueProcessor.cs; the rules are in `rules`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from infra.local.host.app.host_json import QueueSettings
from infra.local.host.clock import Clock, SystemClock, unless_set, wait_for
from infra.local.host.queues.lease import MessageLease
from infra.local.host.queues.rules import (
    MESSAGE_LEASE,
    IdleDelay,
    QueuesExtension,
    Step,
    after_run,
    before_run,
    decode_body,
)
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.queue import Message, Queue
from infra.local.host.worker.messages import NotRunError

_MINIMUM_INTERVAL = timedelta(milliseconds=100)
_logger = logging.getLogger("host.queues")

type RunMessage = Callable[[bytes, Message], Awaitable[bool]]


@dataclass(slots=True)
class QueuePoller:
    """Serves one queue trigger; owns both queues.

    `run` calls the function with a body and says whether it succeeded; it raises NotRunError, and
    nothing else. `unhandled` takes a fault that the real host does not handle.
    """

    queue: Queue
    poison: Queue | None
    settings: QueueSettings
    run: RunMessage
    unhandled: Callable[[Exception], None]
    clock: Clock = field(default_factory=SystemClock)
    lease: timedelta = MESSAGE_LEASE
    extension: QueuesExtension = QueuesExtension.FROM_5_3_8
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)
    _exists: bool = False

    async def serve(self) -> None:
        """Poll until `stop` is called, then finish, and close the queues."""
        try:
            await self._poll()
            await asyncio.gather(*self._running)
        finally:
            for queue in (self.queue, self.poison):
                if queue is not None:
                    await queue.close()
            self._ended.set()

    async def stop(self) -> None:
        """Fetch no more messages and wait for those that are running."""
        self._stop.set()
        await self._ended.wait()

    async def _poll(self) -> None:
        delay = IdleDelay(_MINIMUM_INTERVAL, self.settings.max_polling_interval, Random())  # noqa: S311 - jitter
        found = False
        while not self._stop.is_set():
            try:
                batch = await unless_set(self._stop, self._receive())
            except StorageCallError as fault:
                self.unhandled(fault)
                return
            for message in batch or ():
                self._start(message)
            found = found or bool(batch)
            if batch:
                await self._wait_for_new_batch_threshold()
            else:
                await wait_for(self.clock, self._stop, delay.after(found=found))
                found = False

    async def _receive(self) -> Sequence[Message]:
        """Fetch one batch. A queue that is missing is looked for again, and not made."""
        try:
            self._exists = self._exists or await self.queue.exists()
            if not self._exists:
                return []
            return await self.queue.receive(self.settings.batch_size, self.lease)
        except StorageCallError as fault:
            self._exists = False
            if not (fault.is_queue_gone or fault.is_server_side):
                raise
            _logger.warning("Queue '%s' cannot be read: %s", self.queue.name, fault)
            return []

    def _start(self, message: Message) -> None:
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

    async def _process(self, message: Message) -> None:
        """Take one message to its end."""
        try:
            await self._do(await self._decide(message), message)
        except NotRunError:
            _logger.warning("Message '%s' is left to the end of its lease.", message.message_id)
        except StorageCallError as fault:
            if not fault.is_no_longer_ours:
                self.unhandled(fault)
                return
            _logger.debug("Message '%s' is no longer ours: %s", message.message_id, fault)

    async def _decide(self, message: Message) -> Step:
        body = decode_body(message.content, is_base64=self.settings.base64)
        if body is None:
            return Step.POISON
        count, most = message.dequeue_count, self.settings.max_dequeue_count
        has_poison = self.poison is not None
        step = before_run(
            dequeue_count=count,
            max_dequeue_count=most,
            has_poison=has_poison,
            extension=self.extension,
        )
        if step is not Step.RUN:
            return step
        lease = MessageLease(self.queue, self.lease, self.clock, self.unhandled)
        async with lease.kept(message):
            succeeded = await self.run(body, message)
        return after_run(
            succeeded=succeeded, dequeue_count=count, max_dequeue_count=most, has_poison=has_poison
        )

    async def _do(self, step: Step, message: Message) -> None:
        if step is Step.DELETE:
            await self._delete(message)
        elif step is Step.RELEASE:
            await self.queue.hide(message, self.settings.visibility_timeout)
        elif step is Step.POISON and self.poison is not None:
            _logger.warning(
                "Message has reached MaxDequeueCount of %s. Moving message to queue '%s'.",
                self.settings.max_dequeue_count,
                self.poison.name,
            )
            await self.poison.send(message.content)
            await self._delete(message)

    async def _delete(self, message: Message) -> None:
        try:
            await self.queue.delete(message)
        except StorageCallError as fault:
            if not fault.is_no_longer_ours:
                raise
            _logger.debug("Unable to delete queue message '%s': %s", message.message_id, fault)
