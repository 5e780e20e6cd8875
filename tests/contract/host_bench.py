"""Provide storage, queues and hosts for the tests of the local host."""

import base64
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from azure.core.exceptions import ResourceNotFoundError
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient

from infra.local.landscape import Azurite, Host, start_host
from infra.local.landscape.host import HOST_COMMAND

APP = Path(__file__).parent / "host_app"
KEY = "made-up-key"
ENVIRONMENT = dict(os.environ)  # noqa: TID251 - handed on to the hosts
NEVER = "0 0 0 1 1 *"
_names = count(1)


@dataclass
class Bench:
    """One storage with queues of its own, and the hosts a test starts on it."""

    azurite: Azurite
    work: str
    drain: str

    def start(
        self,
        *arguments: str,
        port: int = 0,
        command: Sequence[str] = HOST_COMMAND,
        **settings: str,
    ) -> Host:
        """Start a host with those arguments and settings."""
        chosen = {
            "AzureWebJobsStorage": self.azurite.connection_string,
            "WORK_QUEUE": self.work,
            "DRAIN_QUEUE": self.drain,
            "TICK_SCHEDULE": NEVER,
            # All hosts of a bench are hosts of one app, and of no other bench's.
            "AzureFunctionsWebHost__hostid": self.work,
        }
        return start_host(
            APP,
            ENVIRONMENT | chosen | settings,
            port,
            (*command, "--function-key", KEY, *arguments),
        )

    async def make_queues(self) -> None:
        """Make the queues of the app, as a deployment does."""
        for name in (self.work, f"{self.work}-poison", self.drain):
            async with self.queue(name) as client:
                await client.create_queue()

    @asynccontextmanager
    async def queue(self, name: str) -> AsyncIterator[QueueClient]:
        """Open a queue, raw text in both directions."""
        async with QueueClient.from_connection_string(
            self.azurite.connection_string, name
        ) as client:
            yield client

    async def send(self, body: str, *, to: str | None = None, raw: bool = False) -> None:
        """Put a message on the work queue or another, base64 unless raw."""
        async with self.queue(to or self.work) as client:
            await client.send_message(body if raw else base64.b64encode(body.encode()).decode())

    async def send_task(self, do: str, name: str, **more: object) -> None:
        """Give the Work function something to do."""
        await self.send(json.dumps({"do": do, "name": name, **more}))

    async def waiting(self, name: str) -> int:
        """Count the messages in a queue, hidden ones included."""
        async with self.queue(name) as client:
            try:
                return (await client.get_queue_properties()).approximate_message_count or 0
            except ResourceNotFoundError:
                return 0

    async def visible(self, name: str) -> list[QueueMessage]:
        """Look at the messages of a queue that could be received now."""
        async with self.queue(name) as client:
            return list(await client.peek_messages(max_messages=32))


def new_bench(azurite: Azurite) -> Bench:
    """Give queues that no other test uses."""
    number = next(_names)
    return Bench(azurite, f"work-{number}", f"drain-{number}-poison")


def fast(factor: float) -> tuple[str, ...]:
    """Give the command of a host whose clock runs so many times as fast as this machine's."""
    return (sys.executable, "-m", "tests.contract.fast_host", f"{factor}")


def said(host: Host, *texts: str) -> bool:
    """Tell whether the host wrote each text, in some line."""
    lines = host.output()
    return all(any(text in line for line in lines) for text in texts)


def times_said(host: Host, text: str) -> int:
    """Count the lines of the host with the text."""
    return sum(text in line for line in host.output())
