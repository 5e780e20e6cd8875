"""Microsoft's SDK with its full models against the stand-in."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.assigned_license import AssignedLicense
from msgraph.generated.models.directory_object import DirectoryObject
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.user import User

from tests.unit.local_graph.caller import BRAM, E3, EMMA, HANNA, JAN_OLD, SANNE, Caller
from tests.unit.local_graph.microsoft import (
    AssignLicensePostRequestBody,
    GraphServiceClient,
    GraphUserRequestBuilder,
    sdk,
)

# The SDK imports its request builders when they are first used, and they warn of themselves.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
async def client(graph: Caller) -> AsyncIterator[GraphServiceClient]:
    """Answer Microsoft's client."""
    async with sdk(graph) as service:
        yield service


async def test_the_sdk_lists_deleted_users(client: GraphServiceClient) -> None:
    """Microsoft's full models read the list, with the advanced-query headers."""
    query = GraphUserRequestBuilder.GraphUserRequestBuilderGetQueryParameters(
        select=["id", "userPrincipalName", "deletedDateTime", "assignedLicenses"],
        filter="endsWith(userPrincipalName,'jansen@contoso.example')",
        count=True,
    )
    configuration = RequestConfiguration(query_parameters=query)
    configuration.headers.add("ConsistencyLevel", "eventual")

    page = await client.directory.deleted_items.graph_user.get(configuration)

    assert page is not None
    assert page.value is not None
    user = page.value[0]
    assert (page.odata_count, user.id) == (1, EMMA)
    assert user.deleted_date_time == datetime(2026, 11, 17, 12, tzinfo=UTC)
    assert user.assigned_licenses is not None
    assert str(user.assigned_licenses[0].sku_id) == E3


async def test_the_sdk_restores_with_and_without_a_body(client: GraphServiceClient) -> None:
    """The empty POST and the streamed body both answer a User.

    The SDK's own call takes no body: msgraph-metadata pull request 697.
    """
    plain = await client.directory.deleted_items.by_directory_object_id(EMMA).restore.post()
    builder = client.directory.deleted_items.by_directory_object_id(SANNE).restore
    request = builder.to_post_request_information()
    body = json.dumps({"autoReconcileProxyConflict": True}).encode()
    request.set_stream_content(body, "application/json")

    user = await client.request_adapter.send_async(request, DirectoryObject, {"XXX": ODataError})

    assert isinstance(plain, User)
    assert isinstance(user, User)
    assert user.user_principal_name == "sanne.kok@contoso.example"


async def test_the_sdk_reads_a_conflict(client: GraphServiceClient) -> None:
    """Refusals arrive as ODataError with code, details and ids."""
    restore = client.directory.deleted_items.by_directory_object_id(JAN_OLD).restore

    with pytest.raises(ODataError) as refused:
        await restore.post()

    error = refused.value.error
    assert refused.value.response_status_code == 400
    assert error is not None
    assert error.details is not None
    assert error.details[0].code == "ObjectConflict"
    assert error.inner_error is not None
    assert error.inner_error.request_id


async def test_the_sdk_assigns_a_licence_and_reads_the_rest(client: GraphServiceClient) -> None:
    """SKUs, delta, mailbox settings and roles are readable with the full models."""
    order = AssignLicensePostRequestBody(
        add_licenses=[AssignedLicense(sku_id=UUID(E3), disabled_plans=[])], remove_licenses=[]
    )

    user = await client.users.by_user_id(BRAM).assign_license.post(order)
    settings = await client.users.by_user_id(BRAM).mailbox_settings.get()
    skus = await client.subscribed_skus.get()
    changes = await client.users.delta.get()
    audits = await client.audit_logs.directory_audits.get()
    roles = await client.role_management.directory.role_assignments.get()
    member_of = await client.users.by_user_id(HANNA).member_of.get()

    assert user is not None
    assert user.id == BRAM
    assert settings is not None
    assert str(settings.user_purpose) == "UserPurpose.User"
    assert skus is not None
    assert skus.value is not None
    assert skus.value[0].prepaid_units is not None
    assert changes is not None
    assert changes.odata_delta_link is not None
    assert audits is not None
    assert audits.value is not None
    assert roles is not None
    assert member_of is not None
