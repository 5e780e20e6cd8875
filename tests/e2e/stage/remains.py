"""Search everything that a storage account holds for a word: rows, blobs and messages."""

import base64
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from urllib.parse import unquote

from azure.data.tables.aio import TableServiceClient
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue.aio import QueueServiceClient

_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_MOST_MESSAGES = 32
# Letters on either side, to see what it is.
_AROUND = 150


def around(text: str, word: str) -> str:
    """The word with what stands around it, however it is wrapped; empty if it is not there."""
    for reading in _readings(text):
        at = reading.casefold().find(word)
        if at >= 0:
            return reading[max(0, at - _AROUND) : at + _AROUND]
    return ""


async def remains(connection: str, word: str) -> dict[str, str]:
    """Each table, blob and queue of the account that still holds the word, and what it says."""
    found: dict[str, str] = {}
    for contents in (_rows, _blobs, _messages):
        async for where, text in contents(connection):
            if said := around(text, word):
                found.setdefault(where, said)
    return found


async def _rows(connection: str) -> AsyncIterator[tuple[str, str]]:
    async with TableServiceClient.from_connection_string(connection) as tables:
        async for table in tables.list_tables():
            async for row in tables.get_table_client(table.name).list_entities():
                text = json.dumps(row, ensure_ascii=False, default=str)
                yield f"table {table.name}", text


async def _blobs(connection: str) -> AsyncIterator[tuple[str, str]]:
    async with BlobServiceClient.from_connection_string(connection) as blobs:
        async for container in blobs.list_containers():
            inside = blobs.get_container_client(container.name)
            async for name in inside.list_blob_names():
                content = await (await inside.download_blob(name)).readall()
                text = f"{name} {content.decode('utf-8', 'replace')}"
                yield f"blob {container.name}/{name}", text


async def _messages(connection: str) -> AsyncIterator[tuple[str, str]]:
    async with QueueServiceClient.from_connection_string(connection) as queues:
        async for queue in queues.list_queues():
            shown = await queues.get_queue_client(queue.name).peek_messages(_MOST_MESSAGES)
            assert len(shown) < _MOST_MESSAGES, f"{queue.name} holds more than can be looked at"
            for message in shown:
                yield f"queue {queue.name}", str(message.content)


def _readings(text: str) -> Iterator[str]:
    yield text
    yield unquote(text)
    yield re.sub(r"\\+u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    for run in _BASE64.findall(text):
        with suppress(ValueError):
            bare = run.rstrip("=")
            padded = bare + "=" * (-len(bare) % 4)
            yield base64.b64decode(padded).decode("utf-8", "replace")
