"""Lose answers of table storage in a proxy, and let something happen in between."""

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum

from aiohttp import web

from infra.local.landscape import Azurite
from tests.contract.ledger.proxies.forwarding import Ask, forwarding


class Loss(Enum):
    """How an answer is lost after storage has done what it was asked."""

    SERVER_ERROR = "replaced by a 500"
    DISCONNECT = "connection closed"


@dataclass
class LossyProxy:
    """The next requests of a method lose their answers as told; `seen` counts requests."""

    connection_string: str
    seen: int = 0
    losses: deque[tuple[str, Loss]] = field(default_factory=deque)
    interruptions: deque[tuple[str, Callable[[], Awaitable[object]]]] = field(default_factory=deque)

    def lose_next(self, method: str, loss: Loss) -> None:
        """Lose the answer to the next request of this method (POST for transactions)."""
        self.losses.append((method, loss))

    def interrupt_next(self, method: str, action: Callable[[], Awaitable[object]]) -> None:
        """Let something happen before the next request of this method reaches storage."""
        self.interruptions.append((method, action))

    async def interrupt(self, method: str) -> None:
        """Do what is to happen before a request of this method, if anything."""
        if self.interruptions and self.interruptions[0][0] == method:
            await self.interruptions.popleft()[1]()

    def due(self, method: str) -> Loss | None:
        """Take the loss that is due for a request of this method, if there is one."""
        if self.losses and self.losses[0][0] == method:
            return self.losses.popleft()[1]
        return None


@asynccontextmanager
async def lossy_proxy(azurite: Azurite) -> AsyncIterator[LossyProxy]:
    """Run a proxy before the emulator's table service."""
    proxy = LossyProxy("")

    async def handle(request: web.Request, ask: Ask) -> web.StreamResponse:
        proxy.seen += 1
        await proxy.interrupt(request.method)
        answer = await ask()
        match proxy.due(request.method):
            case Loss.SERVER_ERROR:
                return web.Response(status=500)
            case Loss.DISCONNECT if request.transport is not None:
                request.transport.close()
        return answer.response()

    async with forwarding(azurite.connection_string, handle) as proxy.connection_string:
        yield proxy
