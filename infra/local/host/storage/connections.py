"""Find connection strings by the name of their setting, as the real host does."""

from collections.abc import Mapping

from infra.local.host.emulator import emulator_connection

_DEVELOPMENT = "UseDevelopmentStorage=true"


class ConnectionMissingError(ValueError):
    """A binding names a connection for which the environment has no connection string."""


def connection_string(connection: str, settings: Mapping[str, str]) -> str:
    """Find a connection by its name, with or without the prefix `AzureWebJobs`.

    Raises ConnectionMissingError. Identity-based connections are not served here.
    """
    value = settings.get(f"AzureWebJobs{connection}") or settings.get(connection)
    if not value:
        raise ConnectionMissingError(f"Value cannot be null: connection setting '{connection}'.")
    return emulator_connection() if value.strip(";") == _DEVELOPMENT else value
