"""What stands between a trigger and the worker: reason, data, output bindings, faults.

Functions that cannot be started (an unresolved setting, a wrong route or schedule, no
connection string) are listed with their fault; the others go on, as in Azure.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from azure.core.exceptions import AzureError
from azure.storage.queue.aio import QueueClient

from infra.local.host.app.bindings import Function, HttpTrigger, QueueTrigger, TimerTrigger
from infra.local.host.app.host_json import HostSettings
from infra.local.host.clock import new_id
from infra.local.host.queues.output import write_outputs
from infra.local.host.queues.poller import QueuePoller
from infra.local.host.queues.rules import poison_queue_of
from infra.local.host.storage import queue_client as storage
from infra.local.host.timers.runner import TimerRunner
from infra.local.host.timers.schedule import ScheduleError, parse_schedule
from infra.local.host.web.door import Endpoint
from infra.local.host.web.routes import Route, RouteError
from infra.local.host.worker.data import QueueEnvelope, queue_body, queue_metadata
from infra.local.host.worker.runtime import Invoker, Outcome

ON_DEMAND = "This function was programmatically called via the host APIs."
_logger = logging.getLogger("host")


@dataclass(frozen=True, slots=True)
class Parts:
    """The started side of an app: every function, and those that can be triggered."""

    functions: Sequence[Function]
    endpoints: Sequence[Endpoint]
    pollers: Mapping[str, QueuePoller]
    timers: Mapping[str, TimerRunner]


@dataclass(frozen=True, slots=True)
class Triggers:
    """Runs the functions of an app; `environment` holds its settings."""

    invoker: Invoker
    settings: HostSettings
    environment: Mapping[str, str]
    message_lease: timedelta

    def build(self, functions: Sequence[Function]) -> Parts:
        """Make an endpoint, a poller or a timer of each function; needs a running loop."""
        listed: list[Function] = []
        endpoints: list[Endpoint] = []
        pollers: dict[str, QueuePoller] = {}
        timers: dict[str, TimerRunner] = {}
        for function in functions:
            try:
                match function.trigger:
                    case HttpTrigger() as trigger:
                        route = Route(self.settings.route_prefix, trigger.route)
                        endpoints.append(Endpoint(function, trigger, route))
                    case QueueTrigger() as trigger:
                        pollers[function.name] = self._poller(function, trigger)
                    case TimerTrigger() as trigger:
                        timers[function.name] = self._timer(function, trigger)
                    case None:
                        pass
                listed.append(function)
            except (RouteError, ScheduleError, storage.ConnectionMissingError) as fault:
                listed.append(replace(function, fault=str(fault)))
        return Parts(listed, endpoints, pollers, timers)

    async def run_http(self, endpoint: Endpoint, request: Any) -> Outcome:
        """Run an HTTP function; a failed output binding makes it a failed run."""
        inputs = [(endpoint.trigger.name, request)]
        return await self._run(endpoint.function, inputs, {}, ON_DEMAND)

    async def run_message(
        self, function: Function, trigger: QueueTrigger, body: bytes, envelope: QueueEnvelope
    ) -> bool:
        """Run a queue function on one message."""
        try:
            datum = queue_body(body, binary=trigger.binary)
        except UnicodeDecodeError:
            _logger.exception("Functions.%s: the message is not UTF-8", function.name)
            return False
        reason = f"New queue message detected on '{trigger.queue_name}'."
        metadata = queue_metadata(envelope)
        return (await self._run(function, [(trigger.name, datum)], metadata, reason)).ok

    async def run_made_up_message(
        self, function: Function, trigger: QueueTrigger, text: str
    ) -> bool:
        """Run a queue function on a message that is in no queue."""
        envelope = QueueEnvelope(new_id(), new_id(), 1, None, None, None)
        return await self.run_message(function, trigger, text.encode(), envelope)

    def open_queue(self, connection: str, queue_name: str) -> QueueClient:
        """Open a queue by the name of its connection setting."""
        return storage.queue_client(
            storage.connection_string(connection, self.environment), queue_name
        )

    async def _run(
        self, function: Function, inputs: list[tuple[str, Any]], metadata: Any, reason: str
    ) -> Outcome:
        outcome = await self.invoker.invoke(function, inputs, metadata, reason)
        if not outcome.ok:
            return outcome
        try:
            is_base64 = self.settings.queues.base64
            await write_outputs(function, outcome, self.open_queue, is_base64=is_base64)
        except (AzureError, storage.ConnectionMissingError) as fault:
            _logger.exception("Functions.%s: an output binding failed", function.name)
            return Outcome(ok=False, error=repr(fault))
        return outcome

    def _poller(self, function: Function, trigger: QueueTrigger) -> QueuePoller:
        poison = poison_queue_of(trigger.queue_name)

        async def run(body: bytes, envelope: QueueEnvelope) -> bool:
            return await self.run_message(function, trigger, body, envelope)

        return QueuePoller(
            queue=self.open_queue(trigger.connection, trigger.queue_name),
            poison=self.open_queue(trigger.connection, poison) if poison else None,
            settings=self.settings.queues,
            run=run,
            lease=self.message_lease,
        )

    def _timer(self, function: Function, trigger: TimerTrigger) -> TimerRunner:
        async def run(request: Any, reason: str) -> bool:
            return (await self._run(function, [(trigger.name, request)], {}, reason)).ok

        return TimerRunner(parse_schedule(trigger.schedule), trigger.run_on_startup, run)
