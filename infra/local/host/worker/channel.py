"""Connect host and worker: send and receive whole Python objects.

They are pickled, which whoever can write to the connection could abuse: it is a loopback connection
between two processes of one program, and the first bytes on it must be a secret that only the two
know.
"""

import asyncio
import hmac
import pickle
from typing import Any

_LENGTH_BYTES = 8
SECRET_BYTES = 32


class Channel:
    """One end of the connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, message: object) -> None:
        """Send an object. Raises ConnectionError when nobody is at the other end."""
        body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        self._writer.write(len(body).to_bytes(_LENGTH_BYTES) + body)
        await self._writer.drain()

    async def receive(self) -> Any:
        """Wait for the next object. Raises ConnectionError when the other end is gone."""
        try:
            length = int.from_bytes(await self._reader.readexactly(_LENGTH_BYTES))
            body = await self._reader.readexactly(length)
        except asyncio.IncompleteReadError as gone:
            raise ConnectionResetError("the other end is gone") from gone
        return pickle.loads(body)  # noqa: S301 - see above: from the other half of this program

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def call_host(port: int, secret: str) -> Channel:
    """Connect, as the worker, and show the secret."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(bytes.fromhex(secret))
    return Channel(reader, writer)


async def knows_secret(reader: asyncio.StreamReader, secret: str) -> bool:
    """Tell, as the host, whether who has connected is the worker."""
    try:
        shown = await reader.readexactly(SECRET_BYTES)
    except asyncio.IncompleteReadError:
        return False
    return hmac.compare_digest(shown, bytes.fromhex(secret))
