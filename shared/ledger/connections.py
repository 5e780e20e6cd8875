"""Connect to the storage account: by a connection string, or by an identity."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from azure.core.pipeline.transport import AioHttpTransport
from azure.data.tables.aio import TableClient, TableServiceClient
from azure.storage.queue.aio import QueueServiceClient

from shared.errors import ConfigurationError, StorageUnavailableError
from shared.ledger.identity import Identity
from shared.ledger.tables.table_client import LeanTableClient, client_of
from shared.ledger.trail_store.proofs import CONTAINER

if TYPE_CHECKING:
    from azure.storage.blob.aio import ContainerClient

# Seconds. Storage that is up accepts a connection in milliseconds; a read may take as long as the
# whole call may, which faults.DEADLINE ends.
_CONNECT_SECONDS = 3
_READ_SECONDS = 10

# Two more tries bridge a stamp's hiccup; what lasts longer is the queue's business, which brings
# the message back.
_RETRIES = 2

_TABLE_OPTIONS: dict[str, Any] = {
    "retry_total": _RETRIES,
    "retry_backoff_factor": 0.2,
    "retry_backoff_max": 1,
}
# 0 to 2 s between tries: a base of 1 makes the SDK's exponential back-off a constant one.
_QUEUE_OPTIONS: dict[str, Any] = {
    "retry_total": _RETRIES,
    "initial_backoff": 0,
    "increment_base": 1,
    "random_jitter_range": 1,
}

# The SDK makes no client without a table; nothing is asked of this one.
_ANY_TABLE = "restores"


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """Where storage is: a connection string, or the service URIs and an identity.

    `client_id` names a user-assigned identity; None takes the system-assigned one.
    """

    connection_string: str | None = field(default=None, repr=False)
    table_uri: str | None = None
    queue_uri: str | None = None
    blob_uri: str | None = None
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class StorageClients:
    """The clients of one storage account; whoever opened them closes them."""

    tables: TableServiceClient
    table: Callable[[str], TableClient]
    """The client of one table; its connections are those of `tables`."""
    queues: QueueServiceClient
    credential: Identity | None = None

    async def close(self) -> None:
        """Close every connection; closing again is fine."""
        await self.tables.close()
        await self.queues.close()
        if self.credential is not None:
            await self.credential.close()


def connect(settings: StorageSettings) -> StorageClients:
    """The clients of the account that the settings name; sends nothing yet.

    Raises:
        ConfigurationError: the settings name no account, or not one that can be.
    """
    try:
        if settings.connection_string:
            return _by_connection_string(settings.connection_string)
        if settings.table_uri and settings.queue_uri:
            return _by_identity(settings.table_uri, settings.queue_uri, settings.client_id)
    except ValueError as error:
        raise ConfigurationError((f"AzureWebJobsStorage names no account: {error}",)) from None
    fault = (
        "AzureWebJobsStorage is missing: give a connection string, or both"
        " AzureWebJobsStorage__tableServiceUri and AzureWebJobsStorage__queueServiceUri"
    )
    raise ConfigurationError((fault,))


def _by_connection_string(text: str) -> StorageClients:
    options = {"transport": _wire(), **_TABLE_OPTIONS}
    return StorageClients(
        TableServiceClient.from_connection_string(text, **options),
        partial(
            client_of, like=LeanTableClient.from_connection_string(text, _ANY_TABLE, **options)
        ),
        QueueServiceClient.from_connection_string(text, transport=_wire(), **_QUEUE_OPTIONS),
    )


def _by_identity(table_uri: str, queue_uri: str, client_id: str | None) -> StorageClients:
    credential = Identity(client_id=client_id)
    options = {"credential": credential, "transport": _wire(), **_TABLE_OPTIONS}
    return StorageClients(
        TableServiceClient(table_uri, **options),
        partial(client_of, like=LeanTableClient(table_uri, _ANY_TABLE, **options)),
        QueueServiceClient(queue_uri, credential=credential, transport=_wire(), **_QUEUE_OPTIONS),
        credential,
    )


def container_of_the_trail(settings: StorageSettings, clients: StorageClients) -> "ContainerClient":
    """The client of the blobs, whose library only those load that need it.

    Raises:
        StorageUnavailableError: the settings do not say where blobs are.
    """
    from azure.storage.blob.aio import ContainerClient  # noqa: PLC0415 - see above

    if settings.connection_string:
        return ContainerClient.from_connection_string(
            settings.connection_string, CONTAINER, transport=_wire(), **_QUEUE_OPTIONS
        )
    if settings.blob_uri is None:
        raise StorageUnavailableError(
            "the trail has no place: set AzureWebJobsStorage__blobServiceUri"
        )
    return ContainerClient(
        settings.blob_uri,
        CONTAINER,
        credential=clients.credential,
        transport=_wire(),
        **_QUEUE_OPTIONS,
    )


def _wire() -> AioHttpTransport:
    """The way to storage, which like the way to Graph reads no proxy from the environment.

    aiohttp would read proxies and a `.netrc` file anew for each request: a tenth of the processor
    time of a busy worker. Source: aiohttp 3, `ClientSession(trust_env=True)`.
    """
    return AioHttpTransport(
        connection_timeout=_CONNECT_SECONDS, read_timeout=_READ_SECONDS, use_env_settings=False
    )
