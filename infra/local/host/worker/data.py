"""The shapes in which the host hands a trigger to Microsoft's runtime: its `Datum`.

Source: azure-functions-host GrpcMessageConversionExtensions.cs (header names in lower case,
repeated values joined by a comma, empty query values left out) and azure-functions
queue.py, timer.py, http.py, which decode them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from azure_functions_runtime.bindings.datumdef import Datum

type Inputs = list[tuple[str, Any]]
type Metadata = dict[str, Any]


@dataclass(frozen=True, slots=True)
class QueueEnvelope:
    """What the trigger metadata says of a queue message."""

    message_id: str
    pop_receipt: str
    dequeue_count: int
    inserted_at: datetime | None
    expires_at: datetime | None
    next_visible_at: datetime | None


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


def queue_metadata(envelope: QueueEnvelope) -> Metadata:
    """Describe a queue message under the names its trigger metadata has."""
    times = {
        "InsertionTime": envelope.inserted_at,
        "ExpirationTime": envelope.expires_at,
        "NextVisibleTime": envelope.next_visible_at,
    }
    return {
        "Id": text(envelope.message_id),
        "PopReceipt": text(envelope.pop_receipt),
        "DequeueCount": text(str(envelope.dequeue_count)),
        **{name: json_value(at.isoformat()) for name, at in times.items() if at is not None},
    }


def timer_request(
    *, last: datetime | None, next_at: datetime, updated_at: datetime | None, past_due: bool
) -> Any:
    """Wrap a timer's call; a timer that never ran has .NET's least time as its last."""
    never = "0001-01-01T00:00:00+00:00"
    status = {
        "Last": last.isoformat() if last else never,
        "Next": next_at.isoformat(),
        "LastUpdated": updated_at.isoformat() if updated_at else never,
    }
    schedule = {"AdjustForDST": True}
    return json_value({"Schedule": schedule, "ScheduleStatus": status, "IsPastDue": past_due})


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: text(",".join(several)) for name, several in values.items()}
