"""Queue output bindings: what a function put out is written once it succeeded.

Source: azure-functions-host, QueueBinding; a JSON list becomes one message per item, an object
with `body` (a QueueMessage) becomes its body. Each message lives for the default 7 days.
"""

import json
from collections.abc import Callable
from typing import Any

from azure.storage.queue.aio import QueueClient

from infra.local.host.app.bindings import Function
from infra.local.host.queues.rules import encode_body
from infra.local.host.storage import queue_client as storage
from infra.local.host.worker.runtime import Outcome

type OpenQueue = Callable[[str, str], QueueClient]


async def write_outputs(
    function: Function, outcome: Outcome, open_queue: OpenQueue, *, is_base64: bool
) -> None:
    """Send what the run put out to the queues of its output bindings.

    Raises AzureError: the run then counts as failed, with some of it perhaps sent.
    """
    values = dict(outcome.outputs) | {"$return": outcome.returned}
    for output in function.outputs:
        datum = values.get(output.name)
        if datum is None:
            continue
        async with open_queue(output.connection, output.queue_name) as queue:
            for body in message_bodies(datum):
                await storage.send(queue, encode_body(body, is_base64=is_base64))


def message_bodies(datum: Any) -> list[bytes]:
    """Split what one binding put out into message bodies."""
    if datum.type == "bytes":
        return [datum.value]
    if datum.type != "json":
        return [str(datum.value).encode()]
    value = json.loads(datum.value)
    return [_body(item) for item in (value if isinstance(value, list) else [value])]


def _body(item: Any) -> bytes:
    if isinstance(item, dict) and "body" in item:
        item = item["body"]
    return (item if isinstance(item, str) else json.dumps(item)).encode()
