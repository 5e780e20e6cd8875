"""One switch for each fact that no source settles, so that a client meets both answers.

And one for what differs by tenant or by moment, and for what is only a setting. A source named
beside a switch tells of one of its answers; a fact without one is not confirmed by a source.
"""

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from infra.local.graph.web.wire import Json

# The least by permissions.json in microsoftgraph/microsoft-graph-devx-content for listing,
# restoring, licensing and checking, plus the reading of directory roles.
DEFAULT_ROLES = (
    "User.Read.All",
    "User.DeleteRestore.All",
    "LicenseAssignment.Read.All",
    "LicenseAssignment.ReadWrite.All",
    "MailboxSettings.Read",
    "AuditLog.Read.All",
    "RoleManagement.Read.Directory",
)


@dataclass(slots=True)
class Switches:
    """The behaviours that can be chosen; the defaults are the likeliest by what is known."""

    # Not every deleted user may carry the prefix: msgraph-sdk-powershell issue 2256.
    mangle_upn: bool = True
    # Of a restore; 400 is what create and update answer: microsoft-graph-docs issue 1508.
    conflict_status: Literal[400, 409] = 400
    # Source of this and the next three: Microsoft "Designing for Eventual Consistency for Microsoft
    # Entra", 2026-03; cli-microsoft365 `user recyclebinitem restore`. No number is given.
    replication_delay_seconds: float = 0  # reads by id show the old state for so long
    index_delay_seconds: float = 0  # `ConsistencyLevel: eventual` lags more
    writes_see_replica: bool = False  # a write just after a restore may answer 404
    restore_visibility: Literal["old", "neither", "both"] = "old"  # while replicating
    mailbox_delay_seconds: float = 0  # from licence to mailboxSettings 200
    # ResourceNotFound every other time: microsoft-graph-docs issue 10481.
    mailbox_error_alternates: bool = False
    # The mailbox works on for 30 days, then 30 more: Exchange PowerShell "Set-OrganizationConfig".
    delayed_delicensing: bool = False
    # 7 (Free) or 30 (P1/P2): Entra docs "Microsoft Entra data retention".
    audit_retention_days: float = 30
    audit_delay_seconds: float = 0  # latency of the log, not known
    audit_forbidden: bool = False  # 403 although AuditLog.Read.All was granted
    # Both permissions together: Microsoft's pages say so, permissions.json does not.
    audit_needs_directory_read: bool = False
    # All properties are kept: Entra docs "Recover from deletions". Whether they show is not known.
    deleted_keeps_licenses: bool = True  # assignedLicenses of a deleted user
    deleted_keeps_addresses: bool = True  # mail and proxyAddresses of one
    # Microsoft "user resource type" allows it.
    deleted_date_filter: bool = True  # ge/le on deletedDateTime in deletedItems
    # Microsoft "List deletedItems" allows it; microsoft-graph-docs issue 20395 (open) doubts it.
    deleted_date_sort: bool = True  # $orderby=deletedDateTime in deletedItems
    # Microsoft "Advanced query capabilities" allows both together on the whole directory.
    deleted_sort_with_filter: bool = True  # that $orderby beside a $filter
    # Of users in general it is documented, of deleted ones not: Microsoft "user resource type".
    deleted_address_filter: bool = True  # proxyAddresses/any in deletedItems
    restored_account_enabled: bool | None = None  # None is the value of before
    # False: listed after 30 days, yet not restorable, as Entra docs "Restore or remove a recently
    # deleted user" has it.
    restore_after_window: bool = False
    # The sample of Microsoft "Restore deleted item" has it.
    restore_annotates_type: bool = True  # "@odata.type" in the answer
    # Aliases on a domain that is gone: crowinthe.cloud/?p=220. False: only if the caller asks for
    # autoReconcileProxyConflict; that this helps is not confirmed.
    lost_domain_aliases_dropped: bool = True
    plans_date_follows_removal: bool = False  # assignedDateTime of a Deleted plan
    same_license_again: Literal["ok", "error"] = "ok"
    # May act on admins: Microsoft "Working with users in Microsoft Graph".
    app_has_admin_role: bool = False
    # None lets deleted users linger for ever; some days do: office365itpros.com 2022-03-23.
    purge_after_days: float | None = None
    delta_page_size: int = 200
    # Whether users/delta tells of assignedPlans and licenseAssignmentStates is not known: what is
    # named here is refused in its $select, or
    delta_lacks: list[str] = field(default_factory=list)
    delta_leaves_out: bool = False  # taken in silence, and left out of every row
    # Microsoft's sample is fractional: "Microsoft Graph throttling guidance".
    retry_after: Literal["integer", "fractional", "absent"] = "integer"
    quotas: bool = True
    # 3,000 for any tenant: Microsoft "Microsoft Graph service-specific throttling limits". Less
    # lets a small machine meet the limit.
    writes_per_150s: int = 3000
    token_roles: list[str] = field(default_factory=lambda: list(DEFAULT_ROLES))
    token_roles_at_once: bool = True  # False: only new tokens carry new roles, as in Azure
    token_lifetime_seconds: float = 86400

    def to_json(self) -> Json:
        """Answer every switch by its JSON name."""
        return {_camel(item.name): getattr(self, item.name) for item in fields(self)}

    def update(self, changes: Json) -> None:
        """Set the switches named; raises ValueError for an unknown name or an impossible value."""
        names = {_camel(item.name): item.name for item in fields(self)}
        unknown = sorted(set(changes) - set(names))
        if unknown:
            raise ValueError(f"unknown switches: {', '.join(unknown)}; known: {', '.join(names)}")
        for key, value in changes.items():
            _check(key, value)
            setattr(self, names[key], value)


_CHOICES: dict[str, tuple[Any, ...]] = {
    "conflictStatus": (400, 409),
    "restoreVisibility": ("old", "neither", "both"),
    "sameLicenseAgain": ("ok", "error"),
    "retryAfter": ("integer", "fractional", "absent"),
    "restoredAccountEnabled": (None, True, False),
}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _check(key: str, value: Any) -> None:
    if key in _CHOICES:
        if value not in _CHOICES[key]:
            raise ValueError(f"{key} is one of {_CHOICES[key]}")
        return
    present = Switches().to_json()[key]
    numeric = present is None or (isinstance(present, int | float) and present is not True)
    if isinstance(present, bool):
        fits = isinstance(value, bool)
    elif isinstance(present, list):
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    elif key == "purgeAfterDays" and value is None:
        fits = True
    else:
        fits = numeric and isinstance(value, int | float) and not isinstance(value, bool)
    if not fits:
        raise ValueError(f"{key} does not take {value!r}")
