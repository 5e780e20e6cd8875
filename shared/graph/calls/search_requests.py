"""Build the requests that search people by name, and the holders of a name or an address."""

from collections.abc import Iterable

from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.graph.calls.builders import ContactsQuery, DeletedUsersQuery, GroupsQuery, UsersQuery
from shared.graph.calls.filters import LARGEST_PAGE, configured, literal
from shared.graph.models.shapes import HitShape, HolderShape

# Similar names are only a help: of people whose names begin alike, only so many are read.
_NEAR_PAGE = 100

# What groups and contacts do not have.
_OF_USERS = ("userPrincipalName", "onPremisesImmutableId", "employeeId")


def address_clauses(address: str) -> tuple[str, ...]:
    """The clauses that find a mail address, as a further one and as the primary one.

    Whether Graph looks at the case of `SMTP:` is not documented; public scripts ask for both.
    """
    return tuple(
        f"proxyAddresses/any(p:p eq {literal(prefix + address)})" for prefix in ("smtp:", "SMTP:")
    )


def active_users(api: GraphServiceClient, clauses: Iterable[str]) -> RequestInformation:
    """GET /users: those who meet any of the clauses. Source: Microsoft "List users"."""
    select = HitShape.selected("displayName", "deletedDateTime", "mail", "proxyAddresses")
    query = UsersQuery(filter=" or ".join(clauses), select=select)
    return api.users.to_get_request_information(configured(query))


def deleted_users(api: GraphServiceClient, clauses: Iterable[str]) -> RequestInformation:
    """GET /directory/deletedItems/microsoft.graph.user: those who meet any of the clauses.

    endsWith, and filters on mail there, are advanced queries and need header and count.
    Source: Microsoft "List deletedItems", "Advanced query capabilities".
    """
    return _deleted_hits(api, " or ".join(clauses), "displayName", "deletedDateTime")


def beginning_with(api: GraphServiceClient, prefix: str) -> tuple[RequestInformation, ...]:
    """Active and deleted users whose names begin so; a deleted user's UPN begins with its id.

    Source: Microsoft "List users", "List deletedItems", $filter with startsWith.
    """
    begins = {
        name: f"startsWith({name},{literal(prefix)})"
        for name in ("userPrincipalName", "displayName", "mail")
    }
    select = HitShape.selected("deletedDateTime", "proxyAddresses")
    query = UsersQuery(filter=" or ".join(begins.values()), select=select, top=_NEAR_PAGE)
    del begins["userPrincipalName"]
    deleted = _deleted_hits(api, " or ".join(begins.values()), "proxyAddresses", top=_NEAR_PAGE)
    return (api.users.to_get_request_information(configured(query)), deleted)


def of_family(
    api: GraphServiceClient, surname: str | None, ending: str | None
) -> tuple[RequestInformation, ...]:
    """Active and deleted users whose surnames begin so, or whose names end so; advanced queries.

    Source: Microsoft "Advanced query capabilities", "user resource type", surname with startsWith.
    """
    clauses = [
        *(() if surname is None else (f"startsWith(surname,{literal(surname)})",)),
        *(() if ending is None else (f"endsWith(userPrincipalName,{literal(ending)})",)),
    ]
    clause, select = " or ".join(clauses), HitShape.selected("deletedDateTime", "proxyAddresses")
    query = UsersQuery(count=True, filter=clause, select=select, top=_NEAR_PAGE)
    active = configured(query, ConsistencyLevel="eventual")
    deleted = _deleted_hits(api, clause, "proxyAddresses", top=_NEAR_PAGE)
    return (api.users.to_get_request_information(active), deleted)


def holders(api: GraphServiceClient, clauses: Iterable[str]) -> RequestInformation:
    """GET /users: those who hold a name, an address or an anchor. Source: "List users"."""
    query = UsersQuery(filter=" or ".join(clauses), select=HolderShape.selected())
    return api.users.to_get_request_information(configured(query))


def anchor_holders(api: GraphServiceClient, anchor: str) -> RequestInformation:
    """GET /users: those tied to this object of Active Directory; an advanced query.

    Source: Microsoft "Advanced query capabilities on Microsoft Entra ID objects".
    """
    query = UsersQuery(
        count=True,
        filter=f"onPremisesImmutableId eq {literal(anchor)}",
        select=HolderShape.selected(),
    )
    return api.users.to_get_request_information(configured(query, ConsistencyLevel="eventual"))


def group_holders(api: GraphServiceClient, clauses: Iterable[str]) -> RequestInformation:
    """GET /groups: those that hold an address. Source: Microsoft "List groups", "group"."""
    select = HolderShape.selected(*_OF_USERS)
    query = GroupsQuery(filter=" or ".join(clauses), select=select)
    return api.groups.to_get_request_information(configured(query))


def contact_holders(api: GraphServiceClient, clauses: Iterable[str]) -> RequestInformation:
    """GET /contacts: the organisation's contacts that hold an address.

    Source: Microsoft "List orgContacts", "orgContact resource type".
    """
    select = HolderShape.selected(*_OF_USERS)
    query = ContactsQuery(filter=" or ".join(clauses), select=select)
    return api.contacts.to_get_request_information(configured(query))


def _deleted_hits(
    api: GraphServiceClient, clause: str, *unread: str, top: int = LARGEST_PAGE
) -> RequestInformation:
    query = DeletedUsersQuery(count=True, filter=clause, select=HitShape.selected(*unread), top=top)
    configuration = configured(query, ConsistencyLevel="eventual")
    return api.directory.deleted_items.graph_user.to_get_request_information(configuration)
