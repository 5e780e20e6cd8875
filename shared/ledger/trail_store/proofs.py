"""Keep blobs that prove the trail, each written once, in the container `trail`.

In Azure the container has a time-based immutability policy (infra/app/storage.bicep): nobody who
only has rights on the data can change or remove what lies there before its time.
Source: Microsoft Learn, "Store business-critical blob data with immutable storage".
"""

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from shared.errors import StorageUnavailableError
from shared.ledger.tables.faults import BLOBS, RowState, RowStateError, reaching

if TYPE_CHECKING:
    from azure.storage.blob.aio import ContainerClient

CONTAINER = "trail"


class BlobProofs:
    """The Proofs port; StorageUnavailableError: a write may have arrived.

    `connect` is called when the first blob is asked for: most instances never do, and the library
    of the blobs is not loaded in those.
    """

    def __init__(self, connect: "Callable[[], ContainerClient]") -> None:
        self._connect = connect
        self._opened: ContainerClient | None = None

    async def keep(self, name: str, content: bytes) -> bool:
        """Keep a new blob; False if the name is taken. One round trip.

        After a lost answer the SDK's second try finds the first one's blob: then it is False, too.
        """
        try:
            return await self._upload(name, content)
        except RowStateError as error:
            if error.state is not RowState.ABSENT:
                raise StorageUnavailableError("blob storage would not keep a blob") from error
        await self._make_container()
        return await self._upload(name, content)

    async def read(self, name: str) -> bytes | None:
        """The content of a blob. One round trip."""
        try:
            async with reaching(BLOBS):
                blob = await self._container.download_blob(name)
                return await blob.readall()
        except RowStateError:
            return None

    async def names(self, start: str) -> AsyncIterator[str]:
        """The names that begin so, in their order; one round trip per 5,000."""
        try:
            async with reaching(BLOBS):
                listed = self._container.list_blob_names(name_starts_with=start)
                names = [name async for name in listed]
        except RowStateError:
            return
        for name in names:
            yield name

    async def close(self) -> None:
        """Close the connection, if there is one."""
        if self._opened is not None:
            await self._opened.close()

    async def _make_container(self) -> None:
        """Create the container; of several at once each finds it there then."""
        try:
            async with reaching(BLOBS):
                await self._container.create_container()
        except RowStateError as error:
            if error.state is not RowState.PRESENT:
                raise

    async def _upload(self, name: str, content: bytes) -> bool:
        try:
            async with reaching(BLOBS):
                await self._container.upload_blob(name, content, overwrite=False)
        except RowStateError as error:
            if error.state is RowState.PRESENT:
                return False
            raise
        return True

    @property
    def _container(self) -> "ContainerClient":
        if self._opened is None:
            self._opened = self._connect()
        return self._opened
