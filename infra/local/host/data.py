"""Convert a trigger's data to `Datum`, the shape in which the host gives it to the runtime.

Source: azure-functions-host GrpcMessageConversionExtensions.cs (header names in lower case,
repeated values joined by a comma, empty query values left out) and azure-functions
queue.py, timer.py, http.py, which decode them.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from azure_functions_runtime.bindings.datumdef import Datum

from infra.local.host.storage.queue import Message
from infra.local.host.timers.status import TimerStatus
from infra.local.host.worker.messages import Metadata


def text(value: str) -> Any:
    """Wrap a string."""
    return Datum(value, "string")


def json_value(value: object) -> Any:
    """Wrap a JSON value."""
    return Datum(json.dumps(value), "json")


def http_request(
    *,
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    query: Iterable[tuple[str, str]],
    params: Mapping[str, str],
    body: bytes,
) -> Any:
    """Wrap an HTTP request."""
    value = {
        "method": text(method),
        "url": text(url),
        "headers": _joined((name.lower(), value) for name, value in headers),
        "query": _joined((name, value) for name, value in query if value),
        "params": {name: text(value) for name, value in params.items()},
        "body": Datum(body, "bytes"),
    }
    return Datum(value, "http")


def queue_body(body: bytes, *, binary: bool) -> Any:
    """Wrap the body of a queue message.

    Raises UnicodeDecodeError for a body that is no UTF-8, unless the binding is binary: the real
    host fails the run at this point too, before the function is called.
    """
    return Datum(body, "bytes") if binary else text(body.decode("utf-8"))


def queue_metadata(message: Message) -> Metadata:
    """Describe a queue message under the names its trigger metadata has."""
    times = {
        "InsertionTime": message.inserted_at,
        "ExpirationTime": message.expires_at,
        "NextVisibleTime": message.next_visible_at,
    }
    return {
        "Id": text(message.message_id),
        "PopReceipt": text(message.pop_receipt),
        "DequeueCount": text(str(message.dequeue_count)),
        **{name: json_value(at.isoformat()) for name, at in times.items() if at is not None},
    }


def timer_request(status: TimerStatus | None, *, past_due: bool) -> Any:
    """Wrap a timer's call; a timer that is not monitored has no status."""
    kept = None if status is None else json.loads(status.to_json())
    schedule = {"AdjustForDST": True}
    return json_value({"Schedule": schedule, "ScheduleStatus": kept, "IsPastDue": past_due})


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: text(",".join(several)) for name, several in values.items()}
