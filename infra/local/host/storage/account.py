"""Open an app's storage accounts: queues by the name of their setting, and its timers."""

import asyncio
import hashlib
import importlib
import socket
from collections.abc import Mapping
from pathlib import Path

from infra.local.host.storage.azure_queue import AzureQueue
from infra.local.host.storage.connections import connection_string
from infra.local.host.storage.queue import Queue
from infra.local.host.storage.retries import Retries
from infra.local.host.storage.timer_store import TimerStore

_OF_THE_HOST = "AzureWebJobsStorage"
_HOST_ID = "AzureFunctionsWebHost__hostid"


class StorageAccounts:
    """Opens what the app's settings name."""

    def __init__(self, app_dir: Path, settings: Mapping[str, str], retries: Retries) -> None:
        self._app_dir, self._settings, self._retries = app_dir, settings, retries
        self._opening = asyncio.Lock()
        self._timers: TimerStore | None = None

    def open_queue(self, connection: str, queue_name: str) -> Queue:
        """Open a queue; whoever opens it closes it. Raises ConnectionMissingError."""
        text = connection_string(connection, self._settings)
        return AzureQueue(text, queue_name, self._retries)

    def check_own(self) -> None:
        """Raise ConnectionMissingError unless the host has an account of its own."""
        connection_string(_OF_THE_HOST, self._settings)

    async def timers(self) -> TimerStore:
        """Give the one store of the app's timers.

        The client for blobs takes a fifth of a second to load: on a thread, while the host serves.
        """
        async with self._opening:
            if self._timers is None:
                name = "infra.local.host.storage.azure_timers"
                module = await asyncio.to_thread(importlib.import_module, name)
                text = connection_string(_OF_THE_HOST, self._settings)
                self._timers = module.AzureTimers(text, self._host_id(), self._retries)
        return self._timers

    async def close(self) -> None:
        """Close the connections of the timers."""
        if self._timers is not None:
            await self._timers.close()

    def _host_id(self) -> str:
        """Tell this app from others on the account: all its hosts have the same, as in Azure.

        Source: azure-functions-host, ScriptHostIdProvider.cs (a setting, else machine and path).
        """
        given = self._settings.get(_HOST_ID)
        place = f"{socket.gethostname()} {self._app_dir}"
        return given or f"local-{hashlib.sha256(place.encode()).hexdigest()[:16]}"
