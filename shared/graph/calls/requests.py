"""Build the requests about users, licences, mailboxes and the audit log: one function each.

Untrusted text goes into a filter only through `literal`, and the SDK escapes the filter for the
URL. Only object ids go into a path, and only those that are one (`is_guid`).
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from kiota_abstractions.base_request_builder import BaseRequestBuilder
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.domain.person import AssignedLicense
from shared.graph.calls.builders import (
    AuditQuery,
    DeletedUserQuery,
    MailboxQuery,
    OrganizationQuery,
    SkusQuery,
    UserQuery,
)
from shared.graph.calls.filters import configured, literal
from shared.graph.models.shapes import UserShape
from shared.graph.models.sign_ins import SignInsShape
from shared.graph.models.tenant import MailboxShape, OrganizationShape, SkuShape

# Should Graph refuse to show one of the properties of a deleted user, these are asked for instead:
# the ones on Microsoft's "List deletedItems" page, and the licences.
_CERTAIN = (
    "id",
    "userPrincipalName",
    "displayName",
    "mail",
    "deletedDateTime",
    "onPremisesSyncEnabled",
    "assignedLicenses",
)


def active_user(api: GraphServiceClient, user_id: str) -> RequestInformation:
    """GET /users/{id}. Source: Microsoft "Get a user"."""
    query = UserQuery(select=UserShape.selected("deletedDateTime"))
    return api.users.by_user_id(user_id).to_get_request_information(configured(query))


def deleted_user(
    api: GraphServiceClient, user_id: str, *, only_certain: bool = False
) -> RequestInformation:
    """GET /directory/deletedItems/{id}/microsoft.graph.user.

    deletedDateTime comes only with $select, and only from the typed address.
    Source: Microsoft "Get deleted item"; msgraph-sdk-powershell issue 3244.
    """
    select = list(_CERTAIN) if only_certain else UserShape.selected()
    item = api.directory.deleted_items.by_directory_object_id(user_id)
    return item.graph_user.to_get_request_information(configured(DeletedUserQuery(select=select)))


def skus(api: GraphServiceClient) -> RequestInformation:
    """GET /subscribedSkus. Source: Microsoft "List subscribedSkus"."""
    query = SkusQuery(select=SkuShape.selected())
    return api.subscribed_skus.to_get_request_information(configured(query))


def audit_records(
    api: GraphServiceClient, activity: str, user_id: str | None, since: datetime | None
) -> RequestInformation:
    """GET /auditLogs/directoryAudits: one activity, of one user or of all, since then or all.

    Without $select, which Microsoft's page does not list for this collection. Its filter by target
    is in common use and not on that page.
    Source: Microsoft "List directoryAudits".
    """
    clauses = [f"activityDisplayName eq {literal(activity)}"]
    if user_id is not None:
        clauses.append(f"targetResources/any(t:t/id eq {literal(user_id)})")
    if since is not None:
        clauses.append(f"activityDateTime ge {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    query = AuditQuery(filter=" and ".join(clauses))
    return api.audit_logs.directory_audits.to_get_request_information(configured(query))


def organization(api: GraphServiceClient) -> RequestInformation:
    """GET /organization: the verified domains. Source: Microsoft "List organizations"."""
    query = OrganizationQuery(select=OrganizationShape.selected())
    return api.organization.to_get_request_information(configured(query))


def mailbox_settings(api: GraphServiceClient, user_id: str) -> RequestInformation:
    """GET /users/{id}/mailboxSettings. Source: Microsoft "Get user mailbox settings"."""
    query = MailboxQuery(select=MailboxShape.selected())
    builder = api.users.by_user_id(user_id).mailbox_settings
    return builder.to_get_request_information(configured(query))


def restore(
    api: GraphServiceClient, user_id: str, *, new_upn: str | None, drop_addresses: bool
) -> RequestInformation:
    """POST /directory/deletedItems/{id}/restore; without options, with an empty body.

    The action has two optional parameters that the SDK's builder cannot send, since they are
    stripped from the description it is generated from.
    Source: Microsoft "Restore deleted item"; microsoftgraph/msgraph-metadata pull request 697.
    """
    body: dict[str, object] = {}
    if drop_addresses:
        body["autoReconcileProxyConflict"] = True
    if new_upn is not None:
        body["newUserPrincipalName"] = new_upn
    builder = api.directory.deleted_items.by_directory_object_id(user_id).restore
    return _post(builder, body or None)


def delete(api: GraphServiceClient, user_id: str) -> RequestInformation:
    """DELETE /users/{id}: 204, and the user is among the deleted items.

    Source: Microsoft "Delete a user".
    """
    return api.users.by_user_id(user_id).to_delete_request_information()


def sign_ins(api: GraphServiceClient, user_id: str) -> RequestInformation:
    """GET /users/{id}: signInActivity alone. Source: Microsoft "signInActivity resource type"."""
    query = UserQuery(select=SignInsShape.selected())
    return api.users.by_user_id(user_id).to_get_request_information(configured(query))


def assign_licenses(
    api: GraphServiceClient,
    user_id: str,
    licenses: Iterable[AssignedLicense],
    *,
    removing: Iterable[str] = (),
) -> RequestInformation:
    """POST /users/{id}/assignLicense; both lists are required, even empty.

    A SKU that the user has already is set to exactly the disabled plans sent.
    Source: Microsoft "user: assignLicense".
    """
    adding = [
        {"skuId": item.sku_id, "disabledPlans": list(item.disabled_plans)} for item in licenses
    ]
    builder = api.users.by_user_id(user_id).assign_license
    return _post(builder, {"addLicenses": adding, "removeLicenses": list(removing)})


def _post(builder: BaseRequestBuilder, body: Mapping[str, object] | None) -> RequestInformation:
    # What the builders' own to_post_request_information does, without one of the SDK's models.
    request = RequestInformation(Method.POST, builder.url_template, builder.path_parameters)
    request.headers.try_add("Accept", "application/json")
    if body is not None:
        request.set_stream_content(json.dumps(body).encode(), "application/json")
    return request
