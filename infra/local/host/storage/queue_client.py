"""Queue clients of the host: raw text in both directions, connection strings by setting name."""

from collections.abc import Mapping

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.core.pipeline.transport import AioHttpTransport
from azure.storage.queue.aio import QueueClient

from infra.local.host.emulator import emulator_connection

# A second apart: the polling itself is patient, a message being settled is worth three tries.
RETRIES = 2
_DEVELOPMENT = "UseDevelopmentStorage=true"


class ConnectionMissingError(ValueError):
    """A binding names a connection for which the environment has no connection string."""


def connection_string(connection: str, settings: Mapping[str, str]) -> str:
    """Find a connection by its name, with or without the prefix `AzureWebJobs`, as the host does.

    Raises ConnectionMissingError. Identity-based connections are not served here.
    """
    value = settings.get(f"AzureWebJobs{connection}") or settings.get(connection)
    if not value:
        raise ConnectionMissingError(f"Value cannot be null: connection setting '{connection}'.")
    return emulator_connection() if value.strip(";") == _DEVELOPMENT else value


def queue_client(connection: str, queue_name: str) -> QueueClient:
    """Open a queue; whoever opens it closes it."""
    return QueueClient.from_connection_string(
        connection,
        queue_name,
        retry_total=RETRIES,
        initial_backoff=1,
        increment_base=1,
        random_jitter_range=0,
        # No proxy stands before the emulator, and to look for one costs a file for each request.
        transport=AioHttpTransport(connection_timeout=5, use_env_settings=False),
    )


async def send(queue: QueueClient, wire: str) -> None:
    """Put a message on a queue, which is created if absent, for the default 7 days."""
    try:
        await queue.send_message(wire)
    except ResourceNotFoundError:
        await create(queue)
        await queue.send_message(wire)


async def create(queue: QueueClient, *, retries: int = RETRIES) -> None:
    """Create a queue unless it is there."""
    try:
        await queue.create_queue(retry_total=retries)
    except ResourceExistsError:
        return
