"""Run a landscape whose hosts die on order and come back, with control of time and tenant."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from azure.data.tables.aio import TableServiceClient
from azure.storage.queue.aio import QueueServiceClient

from infra.local.landscape import free_ports
from tests.chaos.orders import Orders
from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import Json
from tests.e2e.stage.signed_in import signed_in
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World

# A dead worker is replaced without the pause that there is in Azure after another one.
_AT_ONCE = ("--worker-restart", "0")

# Undoing wants a role, and nobody has one by function key.
_SETTINGS = {"AUTH_MODE": "entra", "WEBSITE_AUTH_ENABLED": "true", "UNDO": "true"}
_ROLES = tuple(f"Restore.{role}" for role in ("Read", "Request", "Admin"))


class ChaosStage(Stage):
    """The stage of the end-to-end tests, with hosts that a supervisor keeps alive.

    Attributes:
        orders: to die, for each host; the first one is the host that callers talk to.

    """

    def __init__(self, directory: Path) -> None:
        self.orders = [Orders(directory)]
        (self._port,) = free_ports(1)
        clock = directory / "clock"
        command = (
            *(sys.executable, "-m", "tests.chaos.supervisor"),
            *("--clock", str(clock), "--orders", str(directory), *_AT_ONCE),
        )
        super().__init__(clock, command=command, port=self._port, settings=_SETTINGS)

    def start_second(self, directory: Path) -> None:
        """Start a second host on the same storage; it dies by orders of its own."""
        self.orders.append(Orders(directory))
        (port,) = free_ports(1)
        command = (
            *(sys.executable, "-m", "tests.chaos.supervisor"),
            *("--clock", str(self.clock.file), "--orders", str(directory), *_AT_ONCE),
        )
        self.hosts.append(self.landscape.start_host(port=port, command=command))

    def lives(self, host: int) -> int:
        """How often the worker of this host has come to life, with the host or without."""
        lines = self.hosts[host].output()
        return sum(line.startswith("worker process started") for line in lines)


class Admin(Caller):
    """Somebody signed in who may ask for restores, see them and take them back.

    Attributes:
        looks: how often a restore was looked at.

    """

    looks = 0

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, **body: Any
    ) -> Reply:
        """Send one request, as that person."""
        own = signed_in("admin", *_ROLES)
        reply = await super().send(method, url, headers={**own, **(headers or {})}, **body)
        self.looks += method == "GET"
        return reply


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a test of crashes holds in its hands."""

    stage: ChaosStage
    world: World
    caller: Admin
    storage: Storage


@asynccontextmanager
async def a_scene(stage: ChaosStage, events: list[Json]) -> AsyncIterator[Scene]:
    """The tenant, a caller and the storage of a running stage."""
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    text = stage.connection_string
    async with (
        aiohttp.ClientSession(connector=connector) as http,
        QueueServiceClient.from_connection_string(text) as queues,
        TableServiceClient.from_connection_string(text) as tables,
    ):
        world = World(http, stage)
        await world.load_tenant()
        yield Scene(stage, world, Admin(http, stage, world), Storage(queues, tables, events))
