"""Get a worker ready: start its process, accept its connection, read what it has indexed."""

import asyncio
from typing import Any, Self

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
        ended = asyncio.ensure_future(asyncio.to_thread(process.wait))
        try:
            channel, indexed = await self._unless_ended(ended)
        except BaseException:
            process.kill()
            raise
        worker = LiveWorker(process, ended, channel, indexed)
        if indexed.fault:
            await worker.close()
            raise IndexingError(indexed.fault)
        return worker

    async def _unless_ended(self, ended: asyncio.Future[int]) -> tuple[Channel, Indexed]:
        """Wait for the first word of the worker, its end, or the end of patience."""
        word = asyncio.ensure_future(self._first_word())
        late = asyncio.ensure_future(self._clock.sleep(self.times.start))
        waits: set[asyncio.Future[Any]] = {word, ended, late}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if word.done():
                return word.result()
        finally:
            word.cancel()
            late.cancel()
        how = f"ended with exit code {ended.result()}" if ended.done() else "was not ready in time"
        raise WorkerStartError(f"it {how}")

    async def _first_word(self) -> tuple[Channel, Indexed]:
        channel = await self._calls.get()
        return channel, await channel.receive()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await knows_secret(reader, self._source.secret):
            self._calls.put_nowait(Channel(reader, writer))
        else:
            writer.close()
