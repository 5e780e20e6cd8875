"""Read the parts of `host.json` that this host uses, with the real host's defaults.

As in Azure, a setting `AzureFunctionsJobHost__a__b` of the environment overrides `a.b` of the
file (Source: learn.microsoft.com, "host.json reference", Override host.json values).
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

_OVERRIDE_PREFIX = "azurefunctionsjobhost__"
_QUEUES, _SINGLETON = "extensions.queues.", "singleton."
_MAX_BATCH_SIZE = 32
_MIN_POLLING_INTERVAL = timedelta(milliseconds=100)
_LOCK_PERIODS = (timedelta(seconds=15), timedelta(seconds=60))
_TIME_SPAN = re.compile(
    r"(?:(?P<days>\d+)\.)?(?P<hours>\d{1,2}):(?P<minutes>[0-5]?\d):(?P<seconds>[0-5]?\d(?:\.\d+)?)"
)


class HostJsonError(ValueError):
    """`host.json` cannot be read: the message names the key and what is allowed there."""


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """`extensions.queues`. Source: azure-sdk-for-net QueuesOptions.cs.

    Attributes:
        batch_size: messages fetched at once, 1 to 32.
        new_batch_threshold: fetch again when at most so many are running.
        visibility_timeout: how long a message stays hidden after a failed run.
        max_dequeue_count: attempts before the poison queue.
        max_polling_interval: ceiling of the wait on an empty queue; 2 s is the development default.
        base64: whether bodies are base64 on the wire (`messageEncoding`).

    """

    batch_size: int = 16
    new_batch_threshold: int = field(default_factory=lambda: 8 * (os.cpu_count() or 1))
    visibility_timeout: timedelta = timedelta(0)
    max_dequeue_count: int = 5
    max_polling_interval: timedelta = timedelta(seconds=2)
    base64: bool = True


@dataclass(frozen=True, slots=True)
class SingletonSettings:
    """`singleton`: how the hosts of an app agree on who runs a timer.

    Source: learn.microsoft.com, "host.json reference", singleton.

    Attributes:
        lock_period: how long a lease holds unless renewed, 15 to 60 s.
        recovery_interval: how often the others ask whether it has run out.

    """

    lock_period: timedelta = timedelta(minutes=1)
    recovery_interval: timedelta = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class HostSettings:
    """The part of `host.json` this host honours.

    `function_timeout` is None when unbounded; its default, 30 minutes, is that of every plan but
    the old Consumption plan (Source: azure-functions-host ScriptJobHostOptionsSetup.cs).
    """

    route_prefix: str = "api"
    function_timeout: timedelta | None = timedelta(minutes=30)
    log_level: str = "Information"
    queues: QueueSettings = field(default_factory=QueueSettings)
    singleton: SingletonSettings = SingletonSettings()


def load(app_dir: Path, environment: Mapping[str, str]) -> HostSettings:
    """Read `host.json` of the app directory, with the overrides of the environment.

    Raises HostJsonError when it is missing or wrong.
    """
    path = app_dir / "host.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise HostJsonError(f"host.json cannot be read: {fault}") from fault
    return parse(document, environment)


def parse(document: Mapping[str, Any], environment: Mapping[str, str]) -> HostSettings:
    """Translate a `host.json` document. Raises HostJsonError."""
    flat = _flatten(document) | _overrides(environment)
    if flat.get("version") != "2.0":
        raise HostJsonError('host.json: "version" must be "2.0"')
    return HostSettings(
        route_prefix=str(flat.get("extensions.http.routeprefix", "api")).strip("/"),
        function_timeout=_timeout(flat.get("functiontimeout")),
        log_level=str(flat.get("logging.loglevel.default", "Information")),
        queues=_queues(flat),
        singleton=_singleton(flat),
    )


def time_span(value: object, key: str) -> timedelta:
    """Read .NET's `[d.]hh:mm:ss[.fff]`. Raises HostJsonError."""
    text = str(value)
    found = _TIME_SPAN.fullmatch(text)
    if found is None:
        raise HostJsonError(f"host.json: {key} is {text!r}, expected hh:mm:ss")
    return timedelta(**{unit: float(number or 0) for unit, number in found.groupdict().items()})


def _flatten(document: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    """Turn nested objects into `a.b.c` keys in lower case: the host ignores case."""
    flat: dict[str, object] = {}
    for name, value in document.items():
        key = f"{prefix}{name}".lower()
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{key}.")
        else:
            flat[key] = value
    return flat


def _overrides(environment: Mapping[str, str]) -> dict[str, object]:
    lowered = ((name.lower(), value) for name, value in environment.items())
    return {
        name.removeprefix(_OVERRIDE_PREFIX).replace("__", "."): value
        for name, value in lowered
        if name.startswith(_OVERRIDE_PREFIX)
    }


def _timeout(value: object) -> timedelta | None:
    if value is None:
        return HostSettings().function_timeout
    return None if str(value) == "-1" else time_span(value, "functionTimeout")


def _queues(flat: Mapping[str, object]) -> QueueSettings:
    default = QueueSettings()
    batch_size = _number(flat, "batchSize", default.batch_size, 1, _MAX_BATCH_SIZE)
    threshold = batch_size // 2 * (os.cpu_count() or 1)
    encoding = str(flat.get("extensions.queues.messageencoding", "base64")).lower()
    if encoding not in {"base64", "none"}:
        raise HostJsonError(f"host.json: messageEncoding is {encoding!r}, expected base64 or none")
    interval = _span(flat, f"{_QUEUES}maxPollingInterval", default.max_polling_interval)
    return QueueSettings(
        batch_size=batch_size,
        new_batch_threshold=_number(flat, "newBatchThreshold", threshold, 0, 1_000_000),
        visibility_timeout=_span(flat, f"{_QUEUES}visibilityTimeout", default.visibility_timeout),
        max_dequeue_count=_number(flat, "maxDequeueCount", default.max_dequeue_count, 1, 1_000_000),
        max_polling_interval=max(interval, _MIN_POLLING_INTERVAL),
        base64=encoding == "base64",
    )


def _number(flat: Mapping[str, object], key: str, default: int, least: int, most: int) -> int:
    value = flat.get(f"{_QUEUES}{key.lower()}", default)
    try:
        number = int(str(value))
    except ValueError as fault:
        raise HostJsonError(f"host.json: {key} is {value!r}, expected a whole number") from fault
    if not least <= number <= most:
        raise HostJsonError(f"host.json: {key} is {number}, expected {least} to {most}")
    return number


def _span(flat: Mapping[str, object], key: str, default: timedelta) -> timedelta:
    value = flat.get(key.lower())
    return default if value is None else time_span(value, key.rpartition(".")[2])


def _singleton(flat: Mapping[str, object]) -> SingletonSettings:
    usual, key = SingletonSettings(), "listenerLockPeriod"
    period = _span(flat, f"{_SINGLETON}{key}", usual.lock_period)
    least, most = _LOCK_PERIODS
    if not least <= period <= most:
        raise HostJsonError(f"host.json: {key} is {period}, expected {least} to {most}")
    key = "listenerLockRecoveryPollingInterval"
    return SingletonSettings(period, _span(flat, f"{_SINGLETON}{key}", usual.recovery_interval))
