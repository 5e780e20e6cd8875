"""Cut, delay and refuse connections to the storage emulator, as a bad network does.

What it does is a matter of chance, chosen by a seed: per request that passes through, not per
second, so that a slow machine meets as many faults as a fast one.
"""

import asyncio
import random
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from tests.doubles.listening import cut_all, hear_nobody_new

_CHUNK = 65_536
_LONGEST_DELAY_SECONDS = 0.3


class Harm(StrEnum):
    """What befalls a request: it, or its answer, is lost; it is late; nobody listens."""

    CUT_BEFORE = "cut before it arrived"
    CUT_AFTER = "cut before its answer arrived"
    DELAY = "late"
    REFUSE = "connection refused"


@dataclass
class Proxy:
    """A proxy from ports of its own to the ports of another server; a context manager.

    Attributes:
        rate: how probable it is that a request comes to harm, from 0 to 1; 0 lets all pass.
        done: how often each harm was done.

    """

    targets: tuple[int, ...]
    chance: random.Random
    rate: float = 0.0
    done: dict[Harm, int] = field(default_factory=lambda: dict.fromkeys(Harm, 0))
    ports: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        """Listen, in a thread of its own."""
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.ports = tuple(self._in_loop(self._listen(port)) for port in self.targets)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening, and cut what is open."""
        self._in_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _in_loop[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self, target: int) -> int:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError, asyncio.CancelledError):
                await self._serve(target, reader, writer)

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _close(self) -> None:
        for server in self._servers:
            await hear_nobody_new(server)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for server in self._servers:
            await cut_all(server)

    async def _serve(
        self, target: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            if self._harm({Harm.REFUSE}):
                return
            there, back = await asyncio.open_connection("127.0.0.1", target)
            try:
                await self._pass_on(reader, writer, there, back)
            finally:
                back.transport.abort()
        finally:
            writer.close()

    async def _pass_on(
        self,
        caller: asyncio.StreamReader,
        to_caller: asyncio.StreamWriter,
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
    ) -> None:
        """Carry requests there and answers back until one side ends, or the connection is cut."""
        answers = asyncio.ensure_future(_pump(server, to_caller))
        try:
            while data := await caller.read(_CHUNK):
                harm = self._harm({Harm.CUT_BEFORE, Harm.CUT_AFTER, Harm.DELAY})
                if harm is Harm.CUT_BEFORE:
                    return
                if harm is Harm.DELAY:
                    await asyncio.sleep(self.chance.random() * _LONGEST_DELAY_SECONDS)
                if harm is Harm.CUT_AFTER:
                    await _swallow(answers, server, data, to_server)
                    return
                to_server.write(data)
                await to_server.drain()
        finally:
            answers.cancel()

    def _harm(self, possible: set[Harm]) -> Harm | None:
        if self.chance.random() >= self.rate:
            return None
        harm = self.chance.choice(sorted(possible))
        self.done[harm] += 1
        return harm


async def _swallow(
    answers: asyncio.Future[None],
    server: asyncio.StreamReader,
    data: bytes,
    to_server: asyncio.StreamWriter,
) -> None:
    """Let the server do what it is asked, and keep its answer from the caller."""
    answers.cancel()
    with suppress(asyncio.CancelledError):
        await answers
    to_server.write(data)
    await to_server.drain()
    await server.read(_CHUNK)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()
    writer.close()
