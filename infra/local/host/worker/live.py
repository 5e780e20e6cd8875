"""Follow one worker process from the host's side, from its start to its death."""

import asyncio
import subprocess
from contextlib import suppress

from infra.local.host.worker.channel import Channel
from infra.local.host.worker.messages import Done, Indexed, Invocation, Outcome

# For a process whose connection broke, or that was hung up on, to end by itself.
_SECONDS_TO_END = 5


class LiveWorker:
    """A worker that has indexed the app.

    Attributes:
        functions: what it found.
        died: set once it is dead, and every run in it has failed.
        was_killed: whether this host has killed it.

    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        ended: asyncio.Future[int],
        channel: Channel,
        first_word: Indexed,
    ) -> None:
        self.functions = first_word.functions
        self.died = asyncio.Event()
        self.was_killed = False
        self._process, self._ended, self._channel = process, ended, channel
        self._waiting: dict[str, asyncio.Future[Outcome]] = {}
        self._listening = asyncio.create_task(self._listen())

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended, as a shell says it: 137 is SIGKILL. None while it runs."""
        if not self._ended.done():
            return None
        code = self._ended.result()
        return code if code >= 0 else 128 - code

    def is_running(self, invocation_id: str) -> bool:
        """Tell whether it has this invocation, and has not answered it."""
        return invocation_id in self._waiting

    async def run(self, order: Invocation) -> Outcome:
        """Run a function; when the worker dies first, the run has failed."""
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        if self.died.is_set():
            return self._lost()
        self._waiting[order.invocation_id] = answer
        with suppress(ConnectionError):  # the listener sees that, too, and fails every run
            await self._channel.send(order)
        return await answer

    def kill(self) -> None:
        """Kill it, and with it every run in it."""
        self.was_killed = True
        self._process.kill()

    async def close(self) -> None:
        """Hang up: it ends, or is killed if it does not."""
        self._channel.close()
        await self.died.wait()

    async def _listen(self) -> None:
        try:
            while True:
                done: Done = await self._channel.receive()
                if (answer := self._waiting.pop(done.invocation_id, None)) is not None:
                    answer.set_result(done.outcome)
        except ConnectionError:
            await self._end()
        for answer in self._waiting.values():
            answer.set_result(self._lost())
        self._waiting.clear()
        self.died.set()

    def _lost(self) -> Outcome:
        return Outcome(ok=False, error=f"python exited with code {self.exit_code}")

    async def _end(self) -> None:
        self._channel.close()
        await asyncio.wait({self._ended}, timeout=_SECONDS_TO_END)
        if not self._ended.done():
            self._process.kill()
        await self._ended
