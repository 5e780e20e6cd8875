"""Read the functions of an app: a trigger and output queues each, or a fault."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.local.host.app.expressions import UnresolvedSettingError, resolve

Binding = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HttpTrigger:
    """An HTTP route; no methods means every method."""

    name: str
    route: str
    methods: frozenset[str]
    auth_level: str


@dataclass(frozen=True, slots=True)
class QueueTrigger:
    """A queue to poll; `connection` names the setting with its connection string."""

    name: str
    queue_name: str
    connection: str
    binary: bool


@dataclass(frozen=True, slots=True)
class TimerTrigger:
    """A schedule in NCRONTAB; `use_monitor` is None where the binding does not say."""

    name: str
    schedule: str
    run_on_startup: bool
    use_monitor: bool | None = None


@dataclass(frozen=True, slots=True)
class QueueOutput:
    """A queue that a function writes to by binding; `$return` is its return value."""

    name: str
    queue_name: str
    connection: str


Trigger = HttpTrigger | QueueTrigger | TimerTrigger


@dataclass(frozen=True, slots=True)
class Function:
    """One indexed function; with a `fault` it is listed but never started."""

    name: str
    function_id: str
    bindings: tuple[Binding, ...]
    trigger: Trigger | None
    outputs: tuple[QueueOutput, ...]
    fault: str | None = None


def read_function(
    name: str, function_id: str, raw_bindings: Sequence[str], settings: Mapping[str, str]
) -> Function:
    """Translate what the worker reports of a function; a wrong binding becomes its `fault`."""
    bindings = tuple(json.loads(raw) for raw in raw_bindings)
    try:
        trigger = _trigger(name, bindings, settings)
        outputs = tuple(_output(b, settings) for b in bindings if b["type"] == "queue")
    except UnresolvedSettingError as fault:
        return Function(name, function_id, bindings, None, (), str(fault))
    fault_text = None if trigger else "no trigger this host knows (http, queue, timer)"
    return Function(name, function_id, bindings, trigger, outputs, fault_text)


def _trigger(name: str, bindings: Sequence[Binding], settings: Mapping[str, str]) -> Trigger | None:
    for binding in bindings:
        match binding["type"]:
            case "httpTrigger":
                return _http(name, binding, settings)
            case "queueTrigger":
                return _queue(binding, settings)
            case "timerTrigger":
                return _timer(binding, settings)
            case _:
                continue
    return None


def _http(name: str, binding: Binding, settings: Mapping[str, str]) -> HttpTrigger:
    """Read a route; without one the function's name is its route, as in Azure."""
    route = binding.get("route")
    return HttpTrigger(
        name=binding["name"],
        route=name if route is None else resolve(route, settings).strip("/"),
        methods=frozenset(method.upper() for method in binding.get("methods") or ()),
        auth_level=(binding.get("authLevel") or "FUNCTION").upper(),
    )


def _queue(binding: Binding, settings: Mapping[str, str]) -> QueueTrigger:
    return QueueTrigger(
        name=binding["name"],
        queue_name=resolve(binding["queueName"], settings).lower(),
        connection=binding.get("connection") or "AzureWebJobsStorage",
        binary=(binding.get("dataType") or "").upper() == "BINARY",
    )


def _timer(binding: Binding, settings: Mapping[str, str]) -> TimerTrigger:
    return TimerTrigger(
        name=binding["name"],
        schedule=resolve(binding["schedule"], settings),
        run_on_startup=bool(binding.get("runOnStartup")),
        use_monitor=binding.get("useMonitor"),
    )


def _output(binding: Binding, settings: Mapping[str, str]) -> QueueOutput:
    return QueueOutput(
        name=binding["name"],
        queue_name=resolve(binding["queueName"], settings).lower(),
        connection=binding.get("connection") or "AzureWebJobsStorage",
    )
