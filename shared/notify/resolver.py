"""Resolve a host name to addresses, as a port, so that the address checked is the one called."""

import asyncio
import socket
from typing import Protocol

from shared.domain.events.allowed_hosts import HTTPS_PORT


class Resolver(Protocol):
    """The way from a host name to its addresses."""

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Every address of this name, best first.

        Raises:
            OSError: the name has none, or nobody could say.
        """
        ...


class SystemResolver:
    """The resolver of this machine."""

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Every address of this name, in the order this machine would try them."""
        loop = asyncio.get_running_loop()
        answers = await loop.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
        return tuple(dict.fromkeys(str(address[0]) for *_, address in answers))
