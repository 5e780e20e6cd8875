"""The addresses under /v1.0, what each costs, and which application permissions open it.

Permissions: permissions.json in microsoftgraph/microsoft-graph-devx-content, and Microsoft's
permission tables for organization, groups and memberOf. Costs in resource units: Microsoft
"Microsoft Graph service-specific throttling limits".
"""

from collections.abc import Callable
from dataclasses import dataclass

from infra.local.graph.handlers import (
    audits,
    deleted,
    delta,
    licenses,
    mailboxes,
    organisation,
    users,
)
from infra.local.graph.web.wire import Answer, Call, GraphError, not_found, words
from infra.local.graph.world import World

type Handler = Callable[[World, Call], Answer]


_DIRECTORY = "Directory.Read.All Directory.ReadWrite.All"
_USER = words(f"User.Read.All User.ReadWrite.All {_DIRECTORY}")
_USER_WRITE = words("User.ReadWrite.All Directory.ReadWrite.All")
_GROUP = words(f"GroupMember.Read.All Group.Read.All Group.ReadWrite.All {_DIRECTORY}")
_DELETED_GROUP = words(f"Group.Read.All Group.ReadWrite.All {_DIRECTORY}")
_DELETED = _USER | _DELETED_GROUP
_DELETE = words("User.DeleteRestore.All User.ReadWrite.All")
_RESTORE = _DELETE | words("Group.ReadWrite.All")
_PURGE = words("User.ReadWrite.All Group.ReadWrite.All")
_ASSIGN = words("LicenseAssignment.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All")
_LICENSES = "LicenseAssignment.Read.All LicenseAssignment.ReadWrite.All"
_ORGANIZATION = f"Organization.Read.All Organization.ReadWrite.All {_DIRECTORY}"
_SKUS = words(f"{_LICENSES} {_ORGANIZATION}")
_DETAILS = _USER | words(_LICENSES)
_ORG = words(_ORGANIZATION)
_DOMAINS = words(f"Domain.Read.All Domain.ReadWrite.All {_DIRECTORY}")
_ROLE = words(f"RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory {_DIRECTORY}")
_ROLE |= words("RoleManagement.Read.All")
_AUDIT = words("AuditLog.Read.All")
_MAILBOX = words("MailboxSettings.Read MailboxSettings.ReadWrite")


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its template, what answers it, who may call it and what it costs."""

    method: str
    template: str
    handler: Handler
    permissions: frozenset[str]
    units: int = 1
    kind: str = "directory"  # directory, reports or outlook: which quota counts

    @property
    def name(self) -> str:
        """Answer the name the counters use."""
        return f"{self.method} {self.template}"


def _refuse_user_restore(_world: World, call: Call) -> Answer:
    """Answer an address that people try and Graph does not have.

    Source: msgraph-sdk-powershell issue 987.
    """
    raise not_found(call.params["id"])


_BIN = "/directory/deletedItems"
_RM = "/roleManagement/directory"
ROUTES = (
    Route("GET", "/users", users.list_users, _USER, 2),
    Route("POST", "/users", users.create_user, _USER_WRITE),
    Route("GET", "/users/$count", users.count_users, _USER),
    Route("GET", "/users/delta", delta.delta, _USER),
    Route("GET", "/users/{id}", users.get_user, _USER),
    Route("PATCH", "/users/{id}", users.update_user, _USER_WRITE),
    Route("DELETE", "/users/{id}", users.delete_user, _DELETE),
    Route("POST", "/users/{id}/assignLicense", licenses.assign_license, _ASSIGN),
    Route("POST", "/users/{id}/reprocessLicenseAssignment", licenses.reprocess, _USER_WRITE),
    Route("POST", "/users/{id}/restore", _refuse_user_restore, _RESTORE),
    Route("GET", "/users/{id}/licenseDetails", licenses.license_details, _DETAILS, 2),
    Route("GET", "/users/{id}/mailboxSettings", mailboxes.settings, _MAILBOX, 1, "outlook"),
    Route(
        "GET", "/users/{id}/mailboxSettings/userPurpose", mailboxes.purpose, _MAILBOX, 1, "outlook"
    ),
    Route("GET", "/users/{id}/memberOf", organisation.member_of, _USER | _GROUP),
    Route(
        "GET",
        "/users/{id}/memberOf/microsoft.graph.group",
        organisation.member_of_groups,
        _USER | _GROUP,
    ),
    Route(
        "GET",
        "/users/{id}/memberOf/microsoft.graph.directoryRole",
        organisation.member_of_roles,
        _USER,
    ),
    Route("GET", "/users/{id}/transitiveMemberOf", organisation.member_of, _USER | _GROUP),
    Route("GET", _BIN, deleted.refuse_untyped, _DELETED),
    Route("GET", f"{_BIN}/microsoft.graph.user", deleted.list_users, _USER),
    Route("GET", f"{_BIN}/microsoft.graph.user/$count", deleted.count_users, _USER),
    Route("GET", f"{_BIN}/microsoft.graph.group", deleted.list_groups, _DELETED_GROUP),
    Route("GET", f"{_BIN}/{{id}}", deleted.get_item, _DELETED),
    Route("GET", f"{_BIN}/{{id}}/microsoft.graph.user", deleted.get_user, _USER),
    Route("GET", f"{_BIN}/{{id}}/microsoft.graph.group", deleted.get_group, _DELETED_GROUP),
    Route("DELETE", f"{_BIN}/{{id}}", deleted.purge, _PURGE),
    Route("POST", f"{_BIN}/{{id}}/restore", deleted.restore, _RESTORE),
    Route("GET", "/directory/subscriptions", licenses.list_subscriptions, _ORG),
    Route("GET", "/subscribedSkus", licenses.list_skus, _SKUS, 3),
    Route("GET", "/subscribedSkus/{id}", licenses.get_sku, _SKUS, 3),
    Route("GET", "/groups", organisation.list_groups, _GROUP),
    Route("GET", "/groups/{id}", organisation.get_group, _GROUP),
    Route("GET", "/organization", organisation.organization, _ORG),
    Route("GET", "/domains", organisation.domains, _DOMAINS),
    Route("GET", "/directoryRoles", organisation.directory_roles, _ROLE),
    Route("GET", f"{_RM}/roleAssignments", organisation.role_assignments, _ROLE),
    Route("GET", f"{_RM}/roleDefinitions", organisation.role_definitions, _ROLE),
    Route("GET", "/auditLogs/directoryAudits", audits.list_audits, _AUDIT, 1, "reports"),
)


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Answer the route of a path and its parameters; raises GraphError as Graph refuses others."""
    segments = path.strip("/").split("/")
    others = False
    for route in ROUTES:
        params = _match(route.template.strip("/").split("/"), segments)
        if params is None:
            continue
        if route.method == method:
            return route, params
        others = True
    if others:
        raise GraphError(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        )
    raise GraphError(
        400, "BadRequest", f"Resource not found for the segment '{_stranger(segments)}'."
    )


def _match(template: list[str], segments: list[str]) -> dict[str, str] | None:
    if len(template) != len(segments):
        return None
    params: dict[str, str] = {}
    for pattern, segment in zip(template, segments, strict=True):
        if pattern.startswith("{"):
            if segment.startswith("microsoft.graph.") or not segment:
                return None
            params[pattern.strip("{}")] = segment
        elif pattern.lower() != segment.lower():
            return None
    return params


def _stranger(segments: list[str]) -> str:
    """Answer the first segment no address knows at its place."""
    for at in range(1, len(segments) + 1):
        head = segments[:at]
        templates = (route.template.strip("/").split("/")[:at] for route in ROUTES)
        if not any(_match(template, head) is not None for template in templates):
            return segments[at - 1]
    return segments[-1]
