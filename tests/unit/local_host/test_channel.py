"""Who may speak to the host as its worker: whoever shows the secret, and nobody else."""

import asyncio
import secrets

import pytest

from infra.local.host.worker.channel import SECRET_BYTES, Channel, call_host, knows_secret
from infra.local.host.worker.messages import Done, Outcome

SECRET = secrets.token_hex(SECRET_BYTES)


@pytest.mark.parametrize(
    ("shown", "is_known"),
    [
        (bytes.fromhex(SECRET), True),
        (bytes.fromhex(SECRET)[:-1] + b"x", False),
        (bytes.fromhex(SECRET)[:-1], False),
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", False),
    ],
    # Every process that runs the tests has a secret of its own, and must name them alike.
    ids=["the secret", "another secret", "a part of it", "nothing", "a browser"],
)
async def test_stranger_is_told_apart(shown: bytes, *, is_known: bool) -> None:
    """Another secret, a part of it, or something else altogether."""
    reader = asyncio.StreamReader()
    reader.feed_data(shown)
    reader.feed_eof()

    assert await knows_secret(reader, SECRET) == is_known


async def test_objects_arrive_whole_and_in_order() -> None:
    """Whatever their size; the end of the connection is an error of its own."""
    sent = [Done(str(number), Outcome(ok=True, returned=b"x" * number)) for number in (0, 1, 10**6)]
    received: asyncio.Future[list[object]] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await knows_secret(reader, SECRET)
        channel = Channel(reader, writer)
        found = [await channel.receive() for _ in sent]
        with pytest.raises(ConnectionError):
            await channel.receive()
        received.set_result(found)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        caller = await call_host(server.sockets[0].getsockname()[1], SECRET)
        for message in sent:
            await caller.send(message)
        caller.close()

        assert await received == sent
