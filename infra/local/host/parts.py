"""Build the parts of a host from the functions of an app: endpoints, pollers, timers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from infra.local.host.app.bindings import Function, HttpTrigger, QueueTrigger, TimerTrigger
from infra.local.host.app.host_json import HostSettings
from infra.local.host.clock import Clock
from infra.local.host.options import HostOptions
from infra.local.host.queues.poller import QueuePoller
from infra.local.host.queues.rules import poison_queue_of
from infra.local.host.storage.account import StorageAccounts
from infra.local.host.storage.connections import ConnectionMissingError
from infra.local.host.timers.runner import TimerRunner
from infra.local.host.timers.schedule import ScheduleError, parse_schedule
from infra.local.host.timers.timer import Timer
from infra.local.host.triggers import ON_DEMAND, Triggers
from infra.local.host.web.admin import Start
from infra.local.host.web.door import Endpoint
from infra.local.host.web.routes import Route, RouteError


@dataclass(frozen=True, slots=True)
class Parts:
    """The started side of an app: every function, and those that can be triggered."""

    functions: Sequence[Function]
    endpoints: Sequence[Endpoint]
    pollers: Mapping[str, QueuePoller]
    timers: Mapping[str, TimerRunner]


@dataclass(frozen=True, slots=True)
class PartsMaker:
    """Makes the parts; needs a running loop. `unhandled` takes what takes the host down."""

    options: HostOptions
    settings: HostSettings
    accounts: StorageAccounts
    triggers: Triggers
    clock: Clock
    unhandled: Callable[[Exception], None]

    def make(self, functions: Sequence[Function]) -> Parts:
        """Make an endpoint, a poller or a timer of each function."""
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
            except (RouteError, ScheduleError, ConnectionMissingError) as fault:
                listed.append(replace(function, fault=str(fault)))
        return Parts(listed, endpoints, pollers, timers)

    def starts(self, parts: Parts) -> dict[str, Start]:
        """Say how each timer and queue function is run on demand, by its name in lower case."""
        starts: dict[str, Start] = {}
        for function in parts.functions:
            match function.trigger:
                case TimerTrigger() if function.name in parts.timers:
                    starts[function.name.lower()] = partial(_run_timer, parts, function.name)
                case QueueTrigger() as trigger if function.name in parts.pollers:
                    run = partial(self.triggers.run_made_up_message, function, trigger)
                    starts[function.name.lower()] = run
                case _:
                    continue
        return starts

    def _poller(self, function: Function, trigger: QueueTrigger) -> QueuePoller:
        poison = poison_queue_of(trigger.queue_name)
        open_queue = self.accounts.open_queue
        return QueuePoller(
            queue=open_queue(trigger.connection, trigger.queue_name),
            poison=open_queue(trigger.connection, poison) if poison else None,
            settings=self.settings.queues,
            run=partial(self.triggers.run_message, function, trigger),
            unhandled=self.unhandled,
            clock=self.clock,
            lease=self.options.message_lease,
            extension=self.options.queues_extension,
        )

    def _timer(self, function: Function, trigger: TimerTrigger) -> TimerRunner:
        self.accounts.check_own()
        timer = Timer(
            name=function.name,
            schedule=parse_schedule(trigger.schedule),
            run_on_startup=trigger.run_on_startup,
            use_monitor=trigger.use_monitor,
            run=partial(self.triggers.run_timer, function, trigger),
        )
        open_store, singleton = self.accounts.timers, self.settings.singleton
        return TimerRunner(timer, open_store, self.clock, singleton, self.unhandled)


async def _run_timer(parts: Parts, name: str, _text: str) -> bool:
    return await parts.timers[name].run_now(ON_DEMAND)
