"""Getting a worker ready: start its process, wait for its call, hear what it has indexed."""

import asyncio
from typing import Self

from infra.local.host.clock import Clock
from infra.local.host.worker.channel import Channel, knows_secret
from infra.local.host.worker.launch import WorkerSource
from infra.local.host.worker.live import LiveWorker
from infra.local.host.worker.messages import Indexed
from infra.local.host.worker.ports import IndexingError, WorkerStartError


class WorkerStarter:
    """Starts workers, one at a time; an asynchronous context manager that listens for them."""

    def __init__(self, source: WorkerSource, clock: Clock) -> None:
        self.times = source.times
        self._source, self._clock = source, clock
        self._calls: asyncio.Queue[Channel] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        """Listen."""
        self._server = await asyncio.start_server(self._answer, sock=self._source.listener)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Listen no more."""
        self._server.close()

    async def start(self) -> LiveWorker:
        """Start a worker. Raises WorkerStartError, or IndexingError with the worker's text."""
        process = self._source.start()
        word = asyncio.ensure_future(self._first_word())
        ended = asyncio.ensure_future(asyncio.to_thread(process.wait))
        late = asyncio.ensure_future(self._clock.sleep(self.times.start))
        await asyncio.wait({word, ended, late}, return_when=asyncio.FIRST_COMPLETED)
        late.cancel()
        if not word.done():
            word.cancel()
            process.kill()
            raise WorkerStartError(
                f"it ended with exit code {await ended}" if ended.done() else "it was not ready"
            )
        channel, indexed = word.result()
        worker = LiveWorker(process, ended, channel, indexed)
        if indexed.fault:
            await worker.close()
            raise IndexingError(indexed.fault)
        return worker

    async def _first_word(self) -> tuple[Channel, Indexed]:
        channel = await self._calls.get()
        return channel, await channel.receive()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await knows_secret(reader, self._source.secret):
            self._calls.put_nowait(Channel(reader, writer))
        else:
            writer.close()
