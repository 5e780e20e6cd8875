"""Read where the storage account is, in the two forms that the Functions host understands."""

import re
from dataclasses import dataclass, field

from shared.settings.reader import SettingsReader

# Public, the same on every machine. Source: Microsoft Learn, "Connect to Azurite".
_AZURITE = (
    "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
    "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;"
    "QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1;"
    "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;"
)
_STORAGE = "AzureWebJobsStorage"
_IDENTITY_FORM = tuple(
    f"{_STORAGE}__{name}"
    for name in (
        *("credential", "clientId", "accountName"),
        *("tableServiceUri", "queueServiceUri", "blobServiceUri"),
    )
)
_STORAGE_FORMS = (
    "a connection string, or UseDevelopmentStorage=true, or leave it out and set"
    f" {_STORAGE}__credential=managedidentity with {_STORAGE}__tableServiceUri and"
    f" {_STORAGE}__queueServiceUri"
)
_ACCOUNT = re.compile(r"[a-z0-9]{3,24}")


@dataclass(frozen=True, slots=True)
class StorageConnection:
    """A connection string, or the URIs of the services and an identity."""

    connection_string: str | None = field(default=None, repr=False)
    table_uri: str | None = None
    queue_uri: str | None = None
    blob_uri: str | None = None
    client_id: str | None = None


def read_storage(reader: SettingsReader) -> StorageConnection:
    """The storage account in whichever form it is given; exactly one form may be.

    Source: Microsoft Learn, "Guidance for developing Azure Functions", Connections; "App settings
    reference for Azure Functions", AzureWebJobsStorage.
    """
    connection = reader.text(_STORAGE)
    beside = [name for name in _IDENTITY_FORM if reader.text(name)]
    if connection and beside:
        reader.fault(_STORAGE, f"stands beside {', '.join(beside)}", "one of the two forms only")
    if connection:
        return StorageConnection(_connection_string(reader, connection))
    if not beside:
        reader.fault(_STORAGE, "is missing", _STORAGE_FORMS)
        return StorageConnection()
    _check_credential(reader)
    account = reader.matching(
        f"{_STORAGE}__accountName", _ACCOUNT, "3 to 24 lower-case letters and digits"
    )
    return StorageConnection(
        table_uri=_service_uri(reader, "table", account),
        queue_uri=_service_uri(reader, "queue", account),
        blob_uri=_service_uri(reader, "blob", account),
        client_id=reader.guid(f"{_STORAGE}__clientId"),
    )


def _check_credential(reader: SettingsReader) -> None:
    """Without it the Functions host tries one credential after the other, and may end elsewhere.

    The account name alone is the one form that is documented without it.
    """
    name = f"{_STORAGE}__credential"
    credential = reader.text(name)
    if credential is None and reader.text(f"{_STORAGE}__accountName") is None:
        reader.fault(name, "is missing", "managedidentity")
    if credential is not None and credential.lower() != "managedidentity":
        reader.fault(name, "is not a credential this service knows", "managedidentity")


def _service_uri(reader: SettingsReader, service: str, account: str | None) -> str | None:
    name = f"{_STORAGE}__{service}ServiceUri"
    if reader.text(name):
        return reader.url(name)
    if account:
        return f"https://{account}.{service}.core.windows.net"
    if service != "blob" and not reader.text(f"{_STORAGE}__accountName"):
        reader.fault(name, "is missing", f"it, or {_STORAGE}__accountName")
    return None


def _connection_string(reader: SettingsReader, text: str) -> str:
    parts = [part.partition("=") for part in text.split(";") if part.strip()]
    values = {name.strip().lower(): value.strip() for name, _, value in parts}
    if {name: value.lower() for name, value in values.items()} == {"usedevelopmentstorage": "true"}:
        return _AZURITE
    has_key = values.get("accountname") and values.get("accountkey")
    if not has_key and not values.get("sharedaccesssignature"):
        reader.fault(_STORAGE, "is no connection string of a storage account", _STORAGE_FORMS)
    return text
