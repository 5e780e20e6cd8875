"""Invoke the worker for a trigger: reason, data, output bindings, faults.

Functions that cannot be started (an unresolved setting, a wrong route or schedule, no
connection string) are listed with their fault; the others go on, as in Azure.
"""

import logging
from dataclasses import dataclass
from typing import Any

from infra.local.host.app.bindings import Function, QueueTrigger, TimerTrigger
from infra.local.host.clock import new_id
from infra.local.host.data import queue_body, queue_metadata, timer_request
from infra.local.host.queues.output import OpenQueue, write_outputs
from infra.local.host.storage.connections import ConnectionMissingError
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.queue import Message
from infra.local.host.timers.status import TimerStatus
from infra.local.host.web.door import Endpoint
from infra.local.host.worker.dispatcher import Dispatcher
from infra.local.host.worker.messages import Inputs, Metadata, NotRunError, Outcome

ON_DEMAND = "This function was programmatically called via the host APIs."
_logger = logging.getLogger("host")


@dataclass(frozen=True, slots=True)
class Triggers:
    """Runs the functions of an app for whatever has triggered them."""

    dispatcher: Dispatcher
    open_queue: OpenQueue
    base64: bool

    async def run_http(self, endpoint: Endpoint, request: Any) -> Outcome:
        """Run an HTTP function; a failed output binding makes it a failed run."""
        return await self._run(endpoint.function, [(endpoint.trigger.name, request)], {}, ON_DEMAND)

    async def run_message(
        self, function: Function, trigger: QueueTrigger, body: bytes, message: Message
    ) -> bool:
        """Run a queue function on one message. Raises NotRunError when the host ends first."""
        try:
            datum = queue_body(body, binary=trigger.binary)
        except UnicodeDecodeError:
            _logger.exception("Functions.%s: the message is not UTF-8", function.name)
            return False
        reason = f"New queue message detected on '{trigger.queue_name}'."
        metadata = queue_metadata(message)
        return (await self._run(function, [(trigger.name, datum)], metadata, reason)).ok

    async def run_made_up_message(
        self, function: Function, trigger: QueueTrigger, text: str
    ) -> bool:
        """Run a queue function on a message that is in no queue."""
        message = Message(new_id(), new_id(), text, dequeue_count=1)
        try:
            return await self.run_message(function, trigger, text.encode(), message)
        except NotRunError:
            return False

    async def run_timer(
        self,
        function: Function,
        trigger: TimerTrigger,
        status: TimerStatus | None,
        reason: str,
        *,
        past_due: bool,
    ) -> bool:
        """Run a timer function."""
        inputs = [(trigger.name, timer_request(status, past_due=past_due))]
        try:
            return (await self._run(function, inputs, {}, reason)).ok
        except NotRunError:
            return False

    async def _run(
        self, function: Function, inputs: Inputs, metadata: Metadata, reason: str
    ) -> Outcome:
        outcome = await self.dispatcher.invoke(function, inputs, metadata, reason)
        if not outcome.ok:
            return outcome
        try:
            await write_outputs(function, outcome, self.open_queue, is_base64=self.base64)
        except (StorageCallError, ConnectionMissingError) as fault:
            _logger.exception("Functions.%s: an output binding failed", function.name)
            return Outcome(ok=False, error=repr(fault))
        return outcome
