"""List the addresses under /v1.0, with the quota cost and the permissions of each.

Costs in resource units: Microsoft "Microsoft Graph service-specific throttling limits".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from infra.local.graph.handlers import (
    audits,
    contacts,
    deleted,
    delta,
    groups,
    licenses,
    mailboxes,
    organisation,
    roles,
    users,
)
from infra.local.graph.web import permissions as may
from infra.local.graph.web.denials import denied, denied_by_outlook, denied_by_reports
from infra.local.graph.web.wire import Answer, Call, GraphError, not_found
from infra.local.graph.world import World

type Handler = Callable[[World, Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its template, what answers it, who may call it and what it costs."""

    method: str
    template: str
    handler: Handler
    permissions: frozenset[str]
    units: int = 1
    kind: str = "directory"  # directory, reports or outlook: which quota counts
    asks: bool = False  # a POST that changes nothing

    @property
    def is_write(self) -> bool:
        """Tell whether the call is under the quota of writes."""
        return self.method != "GET" and not self.asks

    @property
    def name(self) -> str:
        """Answer the name the counters use."""
        return f"{self.method} {self.template}"

    def refusal(self) -> GraphError:
        """Answer the 403 of the service that stands behind the address."""
        if self.kind == "outlook":
            return denied_by_outlook()
        if self.kind == "reports":
            return denied_by_reports(", ".join(sorted(self.permissions)))
        return denied()


def _refuse_user_restore(_world: World, call: Call) -> Answer:
    """Answer an address that people try and Graph does not have.

    Source: msgraph-sdk-powershell issue 987.
    """
    raise not_found(call.params["id"])


def _memberships(name: str, *, transitive: bool) -> Iterator[Route]:
    """Answer the addresses of what a user is a member of, with and without a cast."""
    every = ("group", "directoryRole", "administrativeUnit")
    path, readers = f"/users/{{id}}/{name}", may.USER | may.GROUP
    yield Route("GET", path, groups.member_of(*every, transitive=transitive), readers)
    for kind in every:
        handler = groups.member_of(kind, transitive=transitive)
        opens = readers if kind == "group" else may.USER
        yield Route("GET", f"{path}/microsoft.graph.{kind}", handler, opens)


_BIN = "/directory/deletedItems"
_RM = "/roleManagement/directory"
_BOX = "/users/{id}/mailboxSettings"
ROUTES = (
    Route("GET", "/users", users.list_users, may.USER, 2),
    Route("POST", "/users", users.create_user, may.USER_WRITE),
    Route("GET", "/users/$count", users.count_users, may.USER),
    Route("GET", "/users/delta", delta.delta, may.USER),
    Route("GET", "/users/{id}", users.get_user, may.USER),
    Route("PATCH", "/users/{id}", users.update_user, may.USER_WRITE),
    Route("DELETE", "/users/{id}", users.delete_user, may.DELETE),
    Route("POST", "/users/{id}/assignLicense", licenses.assign_license, may.ASSIGN),
    Route("POST", "/users/{id}/reprocessLicenseAssignment", licenses.reprocess, may.USER_WRITE),
    Route("POST", "/users/{id}/restore", _refuse_user_restore, may.RESTORE),
    Route("GET", "/users/{id}/licenseDetails", licenses.license_details, may.DETAILS, 2),
    Route("GET", _BOX, mailboxes.settings, may.MAILBOX, 1, "outlook"),
    Route("GET", f"{_BOX}/userPurpose", mailboxes.purpose, may.MAILBOX, 1, "outlook"),
    *_memberships("memberOf", transitive=False),
    *_memberships("transitiveMemberOf", transitive=True),
    Route("POST", "/users/{id}/checkMemberGroups", groups.check_member_groups, may.USER, asks=True),
    Route("POST", "/users/{id}/getMemberGroups", groups.member_groups, may.USER, asks=True),
    Route("GET", _BIN, deleted.refuse_untyped, may.DELETED),
    Route("GET", f"{_BIN}/microsoft.graph.user", deleted.list_users, may.USER),
    Route("GET", f"{_BIN}/microsoft.graph.user/$count", deleted.count_users, may.USER),
    Route("GET", f"{_BIN}/microsoft.graph.group", deleted.list_groups, may.DELETED_GROUP),
    Route("GET", f"{_BIN}/{{id}}", deleted.get_item, may.DELETED),
    Route("GET", f"{_BIN}/{{id}}/microsoft.graph.user", deleted.get_user, may.USER),
    Route("GET", f"{_BIN}/{{id}}/microsoft.graph.group", deleted.get_group, may.DELETED_GROUP),
    Route(
        "POST",
        f"{_BIN}/{{id}}/checkMemberGroups",
        groups.check_groups_of_deleted,
        may.USER,
        asks=True,
    ),
    Route("DELETE", f"{_BIN}/{{id}}", deleted.purge, may.PURGE),
    Route("POST", f"{_BIN}/{{id}}/restore", deleted.restore, may.RESTORE),
    Route("GET", "/directory/subscriptions", licenses.list_subscriptions, may.SUBSCRIPTIONS),
    Route("GET", "/subscribedSkus", licenses.list_skus, may.SKUS, 3),
    Route("GET", "/subscribedSkus/{id}", licenses.get_sku, may.SKUS, 3),
    Route("GET", "/groups", groups.list_groups, may.GROUP),
    Route("GET", "/groups/{id}", groups.get_group, may.GROUP),
    Route("GET", "/groups/{id}/members", groups.members, may.GROUP),
    Route("GET", "/groups/{id}/transitiveMembers", groups.all_members, may.GROUP),
    Route("GET", "/groups/{id}/owners", groups.owners, may.GROUP),
    Route("GET", "/contacts", contacts.list_contacts, may.CONTACTS),
    Route("GET", "/contacts/{id}", contacts.get_contact, may.CONTACTS),
    Route("GET", "/organization", organisation.organization, may.ORGANIZATION),
    Route("GET", "/domains", organisation.domains, may.DOMAINS),
    Route("GET", "/directoryRoles", roles.directory_roles, may.ROLE),
    Route("GET", "/users/{id}/appRoleAssignments", roles.app_roles_of_user, may.APP_ROLES_OF_USER),
    Route(
        "GET",
        "/servicePrincipals/{id}/appRoleAssignments",
        roles.app_roles_of_application,
        may.APP_ROLES_OF_APPLICATION,
    ),
    Route("GET", f"{_RM}/roleAssignments", roles.role_assignments, may.ROLE),
    Route("GET", f"{_RM}/roleAssignmentScheduleInstances", roles.active_roles, may.ACTIVE),
    Route("GET", f"{_RM}/roleEligibilityScheduleInstances", roles.eligible_roles, may.ELIGIBLE),
    Route("GET", f"{_RM}/roleDefinitions", roles.role_definitions, may.ROLE),
    Route("GET", f"{_RM}/roleDefinitions/{{id}}", roles.role_definition, may.ROLE),
    Route("GET", "/auditLogs/directoryAudits", audits.list_audits, may.AUDIT, 1, "reports"),
)
_BY_SEGMENTS = tuple((route, route.template.strip("/").split("/")) for route in ROUTES)


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Answer the route of a path and its parameters; raises GraphError as Graph refuses others."""
    segments = path.strip("/").split("/")
    others = False
    for route, template in _BY_SEGMENTS:
        params = _match(template, segments)
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
        templates = (template[:at] for _, template in _BY_SEGMENTS)
        if not any(_match(template, head) is not None for template in templates):
            return segments[at - 1]
    return segments[-1]
