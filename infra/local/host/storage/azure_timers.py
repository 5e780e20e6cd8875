"""Store locks and schedule statuses of timers in blobs, where the real host has them.

Source: azure-webjobs-sdk, BlobLeaseDistributedLockManager.cs (container and paths; a lock's blob is
made when it is missing) and azure-webjobs-sdk-extensions, StorageScheduleMonitor.cs.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.blob.aio import BlobClient, BlobLeaseClient, ContainerClient

from infra.local.host.storage.calls import one_try, told_apart
from infra.local.host.storage.faults import StorageCallError
from infra.local.host.storage.retries import Retries

_CONTAINER = "azure-webjobs-hosts"
_LEASED = (409, "LeaseAlreadyPresent")
_ABSENT = 404


class AzureTimers:
    """Timers of one app behind a connection string; `host_id` tells apps of one account apart."""

    def __init__(self, connection: str, host_id: str, retries: Retries) -> None:
        self._container = ContainerClient.from_connection_string(
            connection, _CONTAINER, **one_try()
        )
        self._host_id, self._retries = host_id, retries

    async def lock(self, timer: str, period: timedelta) -> str | None:
        """Take the lock of a timer for that long, and give its lease; None if another has it."""
        lease = BlobLeaseClient(self._lock_blob(timer))

        async def acquire() -> None:
            await lease.acquire(lease_duration=int(period.total_seconds()))

        try:
            try:
                await self._call(f"lease of timer '{timer}'", acquire)
            except StorageCallError as fault:
                if fault.status != _ABSENT:
                    raise
                await self._make(self._lock_blob(timer))
                await self._call(f"lease of timer '{timer}'", acquire)
        except StorageCallError as fault:
            if (fault.status, fault.code) == _LEASED:
                return None
            raise
        return lease.id

    async def renew(self, timer: str, lease: str) -> None:
        """Keep the lock for another period."""
        held = BlobLeaseClient(self._lock_blob(timer), lease)
        await self._call(f"renewal of the lease of timer '{timer}'", held.renew)

    async def release(self, timer: str, lease: str) -> None:
        """Give the lock back."""
        held = BlobLeaseClient(self._lock_blob(timer), lease)
        await self._call(f"release of the lease of timer '{timer}'", held.release)

    async def read(self, timer: str) -> str | None:
        """Give the text kept for a timer, or None."""

        async def download() -> str | None:
            try:
                stream = await self._status_blob(timer).download_blob(encoding="utf-8")
                text: str = await stream.readall()
            except ResourceNotFoundError:
                return None
            return text

        return await self._call(f"GET status of timer '{timer}'", download)

    async def write(self, timer: str, text: str) -> None:
        """Keep a text for a timer."""

        async def upload() -> None:
            await self._status_blob(timer).upload_blob(text.encode(), overwrite=True)

        await self._call(f"PUT status of timer '{timer}'", upload)

    async def close(self) -> None:
        """Close the connections."""
        await self._container.close()

    def _lock_blob(self, timer: str) -> BlobClient:
        return self._container.get_blob_client(
            f"locks/{self._host_id}/Host.Functions.{timer}.Listener"
        )

    def _status_blob(self, timer: str) -> BlobClient:
        return self._container.get_blob_client(
            f"timers/{self._host_id}/Host.Functions.{timer}/status"
        )

    async def _make(self, blob: BlobClient) -> None:
        """Make an empty blob, and its container, unless somebody was faster."""

        async def make() -> None:
            with suppress(ResourceExistsError):
                await self._container.create_container()
            with suppress(ResourceExistsError):
                await blob.upload_blob(b"", match_condition=MatchConditions.IfMissing)

        await self._call("PUT a lock's blob", make)

    async def _call[T](self, what: str, attempt: Callable[[], Awaitable[T]]) -> T:
        async def told() -> T:
            with told_apart(what):
                return await attempt()

        return await self._retries.call(told)
