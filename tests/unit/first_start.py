"""Load what a worker loads for its first restore, then read an answer, and print both as JSON.

Nobody answers where storage should be: the start fails with the first request, and by then the
clients are there. What the real storage changes is measured by `tests/bench`.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress
from importlib import import_module

from shared.bootstrap import Root, SystemClock
from shared.errors import StorageUnavailableError

_NOWHERE = "=http://127.0.0.1:1/devstoreaccount1;"
_SETTINGS = {
    "AzureWebJobsStorage": (
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
        f"TableEndpoint{_NOWHERE}QueueEndpoint{_NOWHERE}"
    ),
    "AUTH_MODE": "keys",
}

# Of each that is put off, a module that its own code loads.
_INSIDE = {
    "charset_normalizer": "charset_normalizer.api",
    "cryptography.x509": "cryptography.x509.base",
    "cryptography.hazmat.primitives.serialization": (
        "cryptography.hazmat.primitives.serialization.base"
    ),
}

# An answer that does not name its encoding, which is not the usual one.
TEXT = "The gateway has no answer."
_BODY = TEXT.encode("utf-16")
_ANSWER = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: %d\r\n\r\n%b" % (len(_BODY), _BODY)


async def main() -> dict[str, object]:
    """What was loaded before and after the answer was read, and how it was read."""
    os.environ |= _SETTINGS  # noqa: TID251 - the root reads its settings there
    with suppress(StorageUnavailableError):
        await Root(SystemClock()).intake()
    for name in ("functions.queues.work", "shared.graph.wire.client", "shared.notify.wire"):
        import_module(name)
    clients = {"azure.identity.aio", "azure.storage.queue.aio", "requests"} & sys.modules.keys()
    before = _loaded()
    read = await _read_an_answer()
    return {"clients": sorted(clients), "before": before, "read": read, "after": _loaded()}


def _loaded() -> list[str]:
    return [name for name, inside in _INSIDE.items() if inside in sys.modules]


async def _read_an_answer() -> str:
    """The text of an answer, as azure-core reads it."""
    from azure.core.pipeline.transport import (  # noqa: PLC0415 - after the start
        AioHttpTransport,
        HttpRequest,
    )

    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    async with server, AioHttpTransport() as wire:
        port = server.sockets[0].getsockname()[1]
        response = await wire.send(HttpRequest("GET", f"http://127.0.0.1:{port}/"))
        await response.load_body()
        text: str = response.text()
        return text


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(_ANSWER)
    writer.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))  # noqa: T201 - read by the test
    sys.stdout.flush()
    # As a worker ends, whose clients nobody closes.
    os._exit(0)
