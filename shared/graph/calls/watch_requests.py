"""Build the requests of the watch: the feed of changed users, and the deleted users."""

from collections.abc import Iterable
from datetime import datetime

from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.graph.calls.builders import DeletedUsersQuery, DeltaQuery
from shared.graph.calls.filters import LARGEST_PAGE
from shared.graph.models.shapes import UserShape

_LICENSES = ("id", "assignedLicenses")
_NAMES = ("userPrincipalName", "displayName", "mail", "proxyAddresses", "createdDateTime")
_PLANS = "assignedPlans"
_STATES = "licenseAssignmentStates"

# The least that shows who has a mailbox, under which names; the more is selected, the more counts
# as a change. In the order in which they are tried. Source: Microsoft "Use delta query to track
# changes in Microsoft Graph data", $select.
SELECTIONS: tuple[tuple[str, ...], ...] = (
    (*_LICENSES, *_NAMES, _PLANS, _STATES),
    (*_LICENSES, *_NAMES, _PLANS),
    (*_LICENSES, *_NAMES, _STATES),
    (*_LICENSES, *_NAMES),
    _LICENSES,
)

# What a list, an alert and the first look at a deleted user need of it.
_OF_DELETED = (
    *("id", "userPrincipalName", "displayName", "mail", "proxyAddresses"),
    *("deletedDateTime", "assignedLicenses", "assignedPlans", "userType"),
    *("onPremisesSyncEnabled", "createdDateTime"),
)


def all_users(api: GraphServiceClient, names: Iterable[str]) -> RequestInformation:
    """GET /users/delta from the beginning. Source: Microsoft "user: delta"."""
    query = DeltaQuery(select=list(names))
    return api.users.delta.to_get_request_information(RequestConfiguration(query_parameters=query))


def deleted_users(
    api: GraphServiceClient, span: tuple[datetime, datetime] | None
) -> RequestInformation:
    """GET /directory/deletedItems/microsoft.graph.user, deleted within the span or all of them.

    A filter on deletedDateTime is an advanced query and needs header and count.
    Source: Microsoft "List deletedItems", "Advanced query capabilities", "user resource type".
    """
    query = DeletedUsersQuery(
        count=True,
        filter=None if span is None else _within(*span),
        select=[name for name in UserShape.FIELDS if name in _OF_DELETED],
        top=LARGEST_PAGE,
    )
    headers = HeadersCollection()
    headers.add("ConsistencyLevel", "eventual")
    configuration = RequestConfiguration(headers=headers, query_parameters=query)
    return api.directory.deleted_items.graph_user.to_get_request_information(configuration)


def _within(since: datetime, until: datetime) -> str:
    # To the second, and the second after: the caller leaves out what is a fraction too late.
    return (
        f"deletedDateTime ge {since:%Y-%m-%dT%H:%M:%SZ}"
        f" and deletedDateTime le {until:%Y-%m-%dT%H:%M:%SZ}"
    )
