"""Where storage is: the forms the Functions host understands, one at a time."""

import pytest

from shared.errors import ConfigurationError
from shared.settings.all_settings import read_settings

ID = "6fd2c87f-b296-42f0-b197-1e91e994b900"
STORAGE = "AzureWebJobsStorage"
CONNECTION = "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=s3cret==;EndpointSuffix=x"
IDENTITY = {
    f"{STORAGE}__credential": "managedidentity",
    f"{STORAGE}__clientId": ID,
    f"{STORAGE}__tableServiceUri": "https://acme.table.core.windows.net/",
    f"{STORAGE}__queueServiceUri": "https://acme.queue.core.windows.net",
}


def faults(env: dict[str, str]) -> tuple[str, ...]:
    """What is wrong with an environment."""
    with pytest.raises(ConfigurationError) as wrong:
        read_settings(env)
    return wrong.value.faults


def test_storage_by_identity_is_read_as_addresses() -> None:
    """The identity form gives URIs without a slash at the end, and no connection string."""
    read = read_settings(IDENTITY)

    assert read.storage_connection_string is None
    assert "https://acme.table.core.windows.net" == read.table_uri
    assert "https://acme.queue.core.windows.net" == read.queue_uri
    assert (None, ID) == (read.blob_uri, read.storage_client_id)


def test_storage_by_account_name_alone() -> None:
    """The account name gives all URIs; one given beside it counts instead."""
    name = {f"{STORAGE}__accountName": "acme"}
    read = read_settings(name)
    local = read_settings(name | {f"{STORAGE}__queueServiceUri": "http://127.0.0.1:1/acme"})

    assert "https://acme.table.core.windows.net" == read.table_uri
    assert "https://acme.queue.core.windows.net" == read.queue_uri
    assert "https://acme.blob.core.windows.net" == read.blob_uri
    assert "http://127.0.0.1:1/acme" == local.queue_uri


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"__credential": ""}, ["__credential"]),
        ({"__credential": "clientsecret"}, ["__credential"]),
        ({"__clientId": "me"}, ["__clientId"]),
        ({"__tableServiceUri": ""}, ["__tableServiceUri"]),
        (
            {"__tableServiceUri": "", "__queueServiceUri": ""},
            ["__tableServiceUri", "__queueServiceUri"],
        ),
        ({"__queueServiceUri": "http://acme.example"}, ["__queueServiceUri"]),
        ({"__blobServiceUri": "https://acme.example/?sig=s3cret"}, ["__blobServiceUri"]),
        ({"__accountName": "Acme!"}, ["__accountName"]),
        ({"": CONNECTION}, [""]),
    ],
)
def test_a_bad_identity_form_says_which_part(change: dict[str, str], named: list[str]) -> None:
    """Each part of the identity form has its own fault; both forms together are one, too."""
    found = faults(IDENTITY | {f"{STORAGE}{name}": text for name, text in change.items()})

    assert [f"{STORAGE}{name}" for name in named] == [fault.split(":")[0] for fault in found]
    assert "s3cret" not in str(found)


@pytest.mark.parametrize("text", ["UseDevelopmentStorage=true", "usedevelopmentstorage=True;"])
def test_development_storage_is_azurite(text: str) -> None:
    """The short form is expanded, since Azure's table client does not know it."""
    connection = read_settings({STORAGE: text}).storage_connection_string

    assert connection is not None
    assert "AccountName=devstoreaccount1;" in connection
    assert "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;" in connection


def test_a_shared_access_signature_is_a_connection_string() -> None:
    """A connection string may carry a signature in the place of a key."""
    text = "TableEndpoint=https://a.example;QueueEndpoint=https://a.example;SharedAccessSignature=s"

    assert text == read_settings({STORAGE: text}).storage_connection_string


def test_settings_do_not_show_the_connection_string() -> None:
    """What is logged by accident holds no key."""
    assert "s3cret" not in repr(read_settings({STORAGE: CONNECTION}))
