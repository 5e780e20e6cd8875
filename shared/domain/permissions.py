"""List the Graph permissions that each feature needs, and compare them with a token.

infra/graph/permissions.json is the same list for the administrator who grants them; a test holds
the two together. Source: Microsoft Graph permissions reference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.snapshot import Policy


class Feature(StrEnum):
    """The features of the service that a tenant may allow or leave out."""

    RESTORE = "restore"
    LICENSE = "license"
    MAILBOX = "mailbox"
    AUDIT = "audit"
    ROLES = "roles"
    UNDO = "undo"
    """Off unless the settings say so."""
    DRILL = "drill"
    """Off unless the settings name an account for it."""


PERMISSIONS: dict[Feature, tuple[str, ...]] = {
    Feature.RESTORE: ("User.Read.All", "User.DeleteRestore.All"),
    Feature.LICENSE: ("LicenseAssignment.Read.All", "LicenseAssignment.ReadWrite.All"),
    Feature.MAILBOX: ("MailboxSettings.Read",),
    Feature.AUDIT: ("AuditLog.Read.All",),
    Feature.ROLES: ("RoleManagement.Read.Directory",),
}

# What takes only permissions of the features above.
ON_REQUEST: dict[Feature, tuple[str, ...]] = {
    Feature.UNDO: (
        "User.DeleteRestore.All",
        "LicenseAssignment.ReadWrite.All",
        "AuditLog.Read.All",
    ),
    # The permission to restore a user is the one to delete it, too. Whether the account holds an
    # admin role is looked at whatever PROTECT_PRIVILEGED says, and its mailbox whatever
    # VERIFY_MAILBOX says.
    # Source: Microsoft Graph permissions reference, User.DeleteRestore.All.
    Feature.DRILL: (
        "User.Read.All",
        "User.DeleteRestore.All",
        "LicenseAssignment.Read.All",
        "MailboxSettings.Read",
        "RoleManagement.Read.Directory",
    ),
}

# Used where they are granted, and not missed where they are not: the group that gives a licence is
# named, groups and contacts are looked through for addresses, a lost domain is known beforehand, an
# audit log that wants more than its own permission, eligible roles where those held do not open
# them, and whether the caller of a restore of a later time still has the role.
OPTIONAL = frozenset(
    {
        "GroupMember.Read.All",
        "OrgContact.Read.All",
        "Organization.Read.All",
        "Directory.Read.All",
        "RoleEligibilitySchedule.Read.Directory",
    }
)


@dataclass(frozen=True, slots=True)
class PermissionReport:
    """The permissions held, those missing for the enabled features, and those no feature needs."""

    held: tuple[str, ...]
    missing: tuple[str, ...]
    too_wide: tuple[str, ...]


def enabled_features(policy: Policy) -> tuple[Feature, ...]:
    """The features that these settings leave on."""
    off = set()
    if not policy.verify_mailbox:
        off.add(Feature.MAILBOX)
    if not policy.protect_privileged:
        off.add(Feature.ROLES)
    if not policy.undo:
        off.add(Feature.UNDO)
    if policy.drill_user is None:
        off.add(Feature.DRILL)
    return tuple(feature for feature in Feature if feature not in off)


def needed_for(feature: Feature) -> tuple[str, ...]:
    """The permissions that this feature needs."""
    return PERMISSIONS[feature] if feature in PERMISSIONS else ON_REQUEST[feature]


def compare(held: Iterable[str], policy: Policy) -> PermissionReport:
    """The permissions held beside those needed; each list sorted."""
    has = set(held)
    needed = {name for feature in enabled_features(policy) for name in needed_for(feature)}
    return PermissionReport(
        held=tuple(sorted(has)),
        missing=tuple(sorted(needed - has)),
        too_wide=tuple(sorted(has - needed - OPTIONAL)),
    )
