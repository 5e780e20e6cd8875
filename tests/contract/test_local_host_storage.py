"""Faults of the storage account: which of them take the local host down, as they do Azure's."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from infra.local.landscape import Azurite, Host
from tests.contract.host_bench import Bench, fast, new_bench, said
from tests.contract.ledger.proxies.forwarding import Ask, forwarding
from tests.waiting import eventually

# Half a minute of tries passes in a second and a half.
FAST = fast(20)


@pytest.fixture
async def bench(azurite: Azurite) -> Bench:
    """Give queues that no other test uses."""
    made = new_bench(azurite)
    await made.make_queues()
    return made


@dataclass
class QueueProxy:
    """A proxy before the queue service.

    Attributes:
        connection_string: the way through it.
        status: answers a request in place of the service, if not None.
        seen: the requests that were answered so.
        held: answers to "get messages" wait for this, once the service has hidden the messages.
        holding: whether one does.

    """

    connection_string: str = ""
    status: Callable[[web.Request], int | None] = lambda _: None
    seen: list[str] = field(default_factory=list)
    held: asyncio.Event | None = None
    holding: bool = False

    async def handle(self, request: web.Request, ask: Ask) -> web.StreamResponse:
        """Answer a request."""
        status = self.status(request)
        if status is not None:
            self.seen.append(request.method)
            return web.Response(status=status, headers={"x-ms-error-code": "MadeUp"})
        answer = await ask()
        if self.held is not None and is_receive(request) and b"<QueueMessage>" in answer.content:
            self.holding = True
            await self.held.wait()
        return answer.response()


@asynccontextmanager
async def queue_proxy(bench: Bench) -> AsyncIterator[QueueProxy]:
    """Run a proxy before the emulator's queue service."""
    proxy = QueueProxy()
    text = bench.azurite.connection_string
    async with forwarding(text, proxy.handle, endpoint="QueueEndpoint") as through:
        proxy.connection_string = through
        yield proxy


async def test_storage_that_cannot_be_reached_takes_the_host_down(bench: Bench) -> None:
    """HTTP is served while the six tries last; then the host ends, and says why."""
    gone = bench.azurite.connection_string.replace(f":{bench.azurite.ports[1]}/", ":9/")
    with bench.start(AzureWebJobsStorage=gone, command=FAST) as host:
        assert await _status(host) == 202

        assert await _exit_code(host) == 1
        assert said(
            host,
            "An unhandled exception has occurred. Host is shutting down.",
            "functions host ended: the storage account gave no answer to six tries",
        )


async def test_refused_read_takes_the_host_down_at_once(bench: Bench) -> None:
    """A missing role is no warning: one try, and the host ends."""
    async with queue_proxy(bench) as proxy:
        proxy.status = lambda request: 403 if is_receive(request) else None
        with bench.start(AzureWebJobsStorage=proxy.connection_string) as host:
            assert await _exit_code(host) == 1
            assert said(host, "ended: the storage account refused a call with 403 MadeUp")

    # One for each of the two queues of the app.
    assert 1 <= len(proxy.seen) <= 2


async def test_delete_that_fails_takes_the_host_down(bench: Bench) -> None:
    """After six tries in half a minute; the message, which was done, is hidden for its lease."""
    async with queue_proxy(bench) as proxy:
        proxy.status = lambda request: 503 if request.method == "DELETE" else None
        with bench.start(AzureWebJobsStorage=proxy.connection_string, command=FAST) as host:
            await bench.send_task("ok", "done")
            assert await _exit_code(host) == 1
            assert said(host, "done with done", "the storage account answered 503 to six tries")

    assert proxy.seen == ["DELETE"] * 6
    assert (await bench.waiting(bench.work), await bench.visible(bench.work)) == (1, [])


async def test_read_that_the_service_fails_is_made_again(bench: Bench) -> None:
    """A service that answers 503 for a while is asked on; the host lives."""
    async with queue_proxy(bench) as proxy:
        proxy.status = lambda request: 503 if is_receive(request) and len(proxy.seen) < 8 else None
        with bench.start(AzureWebJobsStorage=proxy.connection_string, command=FAST) as host:
            await bench.send_task("ok", "late")
            await eventually(lambda: said(host, "done with late"))

            assert host.exit_code is None
    assert len(proxy.seen) == 8


async def test_stop_drops_the_batch_in_the_air(bench: Bench) -> None:
    """Stopped while the answer is on its way, nobody runs it: hidden, and one try spent."""
    async with queue_proxy(bench) as proxy:
        proxy.held = asyncio.Event()
        with bench.start(
            "--message-lease", "8", AzureWebJobsStorage=proxy.connection_string
        ) as host:
            await bench.send_task("ok", "in the air")
            await eventually(lambda: proxy.holding)
            assert await asyncio.to_thread(host.terminate) == 0

            assert not said(host, "working on")
        proxy.held.set()
    assert await bench.visible(bench.work) == []
    [back] = await eventually(lambda: bench.visible(bench.work))
    assert back.dequeue_count == 1


def is_receive(request: web.Request) -> bool:
    """Tell whether a request takes messages."""
    return request.method == "GET" and request.path.endswith("/messages")


async def _exit_code(host: Host) -> int:
    return await asyncio.to_thread(host.wait, 20)


async def _status(host: Host) -> int:
    async with aiohttp.ClientSession(host.url) as http, http.get("/api/items/1") as answer:
        return answer.status
