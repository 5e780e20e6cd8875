"""Say what protects a deleted user from being restored: admin roles, and Active Directory."""

from collections.abc import Iterator

from shared.domain.finding_codes import FindingCode
from shared.domain.findings import Finding, block, warn
from shared.domain.outcomes import Code
from shared.domain.situation import Situation


def of_protection(matter: Situation) -> Iterator[Finding]:
    """Whether the user is synchronised, or holds or may activate an admin role."""
    user = matter.person.user_principal_name
    if matter.person.synced:
        yield (
            warn(FindingCode.NEXT_SYNC, user=user)
            if matter.request.allow_synced
            else block(Code.SYNCED, user=user)
        )
    roles = matter.snapshot.roles_held
    if roles is None:
        yield warn(FindingCode.ROLES_NOT_CHECKED, permission="RoleManagement.Read.Directory")
    if roles and matter.policy.protect_privileged:
        yield block(Code.PRIVILEGED_USER, user=user, count=len(roles), other_roles=roles)
