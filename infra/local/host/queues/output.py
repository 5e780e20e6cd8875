"""Write queue output bindings once the function has succeeded.

Source: azure-functions-host, QueueBinding; a JSON list becomes one message per item, an object
with `body` (a QueueMessage) becomes its body. Each message lives for the default 7 days.
"""

import json
from collections.abc import Callable
from typing import Any

from infra.local.host.app.bindings import Function
from infra.local.host.queues.rules import encode_body
from infra.local.host.storage.queue import Queue
from infra.local.host.worker.messages import Outcome

# Opens a queue by the name of its connection setting and its own.
type OpenQueue = Callable[[str, str], Queue]


async def write_outputs(
    function: Function, outcome: Outcome, open_queue: OpenQueue, *, is_base64: bool
) -> None:
    """Send what the run put out to the queues of its output bindings.

    Raises StorageCallError, with some of it perhaps sent, or ConnectionMissingError: the run then
    counts as failed.
    """
    values = dict(outcome.outputs) | {"$return": outcome.returned}
    for output in function.outputs:
        datum = values.get(output.name)
        if datum is None:
            continue
        queue = open_queue(output.connection, output.queue_name)
        try:
            for body in message_bodies(datum):
                await queue.send(encode_body(body, is_base64=is_base64))
        finally:
            await queue.close()


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
