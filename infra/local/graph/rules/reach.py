"""Refuse changes to administrators and to members of restricted administrative units.

Source: Microsoft "Restore deleted item", "Working with users in Microsoft Graph" (admins, and
members of role-assignable groups, need a higher role on the application's side); Entra docs
"Restricted management administrative units". The words of the second refusal, and the permission
that lifts it, Directory.Write.Restricted: Cloud-Architekt/AzureAD-Attack-Defense.
"""

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.denials import denied
from infra.local.graph.web.wire import Json

_RESTRICTED = (
    "Insufficient privileges to complete the operation. Target object is a member of a restricted "
    "management administrative unit and can only be modified by administrators scoped to that "
    "administrative unit. Check that you are assigned a role that has permission to perform the "
    "operation for this restricted management administrative unit. Learn more: "
    "https://go.microsoft.com/fwlink/?linkid=2197831"
)
_LIFTS_RESTRICTION = "Directory.Write.Restricted"


def refuse_restricted(tenant: Tenant, user: Json, roles: frozenset[str]) -> None:
    """Raise the 403 for a user whom only a role scoped to the administrative unit may change."""
    units = (unit["isMemberManagementRestricted"] for unit in tenant.units_of(user["id"]))
    restricted = user.get("isManagementRestricted") or any(units)
    if restricted and _LIFTS_RESTRICTION not in roles:
        raise denied(_RESTRICTED)


def refuse_privileged(tenant: Tenant, user: Json, switches: Switches) -> None:
    """Raise a 403 for a user that holds an admin role.

    That the refusal is this 403 is not confirmed by a source; nor whether an eligible role counts
    (`eligibleRolesProtect`).
    """
    if not switches.app_has_admin_role and _is_privileged(tenant, user, switches):
        raise denied()


def principals(tenant: Tenant, user_id: str) -> set[str]:
    """Answer the ids under which a user may hold a role: its own, and its groups'."""
    return {user_id, *(group["id"] for group in tenant.all_groups_of(user_id))}


def _is_privileged(tenant: Tenant, user: Json, switches: Switches) -> bool:
    groups = tenant.groups_of(user["id"])
    if any(group["isAssignableToRole"] for group in groups) or _owns_one(tenant, user["id"]):
        return True
    own = principals(tenant, user["id"])
    eligible = tenant.eligible if switches.eligible_roles_protect else []
    return any(row["principalId"] in own for row in (*tenant.roles, *eligible))


def _owns_one(tenant: Tenant, user_id: str) -> bool:
    groups = (group for group in tenant.groups.values() if group["isAssignableToRole"])
    return any(user_id in group["owners"] for group in groups)
