"""Say what protects a deleted user from being restored: admin roles, and Active Directory."""

from collections.abc import Iterator

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, warn
from shared.domain.outcomes import Code
from shared.domain.situation import Situation

# The first opens both lists of roles, the second that of eligible ones alone. Source: Microsoft
# Graph, "List unifiedRoleAssignments" and "List roleEligibilityScheduleInstances", permissions.
_ROLES = "RoleManagement.Read.Directory"
_ELIGIBLE = "RoleEligibilitySchedule.Read.Directory"


def of_protection(matter: Situation) -> Iterator[Finding]:
    """Whether the user is synchronised, or holds or may activate an admin role."""
    user = matter.person.user_principal_name
    if matter.person.synced:
        yield (
            warn(FindingCode.NEXT_SYNC, user=user)
            if matter.request.allow_synced
            else block(Code.SYNCED, user=user)
        )
    roles = matter.snapshot.roles
    if not matter.policy.protect_privileged:
        return
    if roles.names:
        count = len(roles.names)
        yield block(Code.PRIVILEGED_USER, user=user, count=count, other_roles=roles.names)
    yield from _not_looked_at(roles)


def _not_looked_at(roles: AdminRoles) -> Iterator[Finding]:
    """The largest gap alone: whoever may not see the roles held sees no others either."""
    if RoleSource.ACTIVE in roles.not_looked:
        yield warn(FindingCode.ROLES_NOT_CHECKED, permission=_ROLES)
    elif RoleSource.ELIGIBLE in roles.not_looked:
        yield warn(FindingCode.ROLES_NOT_CHECKED, "eligible", permission=_ELIGIBLE)
    elif RoleSource.GROUPS in roles.not_looked:
        yield warn(FindingCode.ROLES_NOT_CHECKED, "groups")
