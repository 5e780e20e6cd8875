"""One switch for each fact that graph.md leaves open, so that a client meets both answers."""

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from infra.local.graph.wire import Json

# graph.md 10, plus the reading of directory roles.
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
    """The behaviours that can be chosen; the defaults are the likeliest by graph.md."""

    mangle_upn: bool = True  # 1.5: not every deleted user may carry the prefix
    conflict_status: Literal[400, 409] = 400  # 1.3, 11.1
    replication_delay_seconds: float = 0  # 6: reads by id show the old state for so long
    index_delay_seconds: float = 0  # 6: `ConsistencyLevel: eventual` lags more
    writes_see_replica: bool = False  # 6: a write just after a restore may answer 404
    restore_visibility: Literal["old", "neither", "both"] = "old"  # 6: while replicating
    mailbox_delay_seconds: float = 0  # 3.3, 11.7: from licence to mailboxSettings 200
    mailbox_error_alternates: bool = False  # 3.3: ResourceNotFound every other time
    delayed_delicensing: bool = False  # 4: the mailbox works on for 30 days, then 30 more
    audit_retention_days: float = 30  # 3.2: 7 (Free) or 30 (P1/P2)
    audit_delay_seconds: float = 0  # 3.2: latency of the log, not known
    audit_forbidden: bool = False  # 3.2: 403 although AuditLog.Read.All was granted
    audit_needs_directory_read: bool = False  # 3.2, 11.8: both permissions together
    deleted_keeps_licenses: bool = True  # 1.6, 11.3: assignedLicenses of a deleted user
    deleted_keeps_addresses: bool = True  # 1.5, 11.3: mail and proxyAddresses of one
    deleted_date_filter: bool = True  # 1.6: ge/le on deletedDateTime in deletedItems
    restored_account_enabled: bool | None = None  # 1.4, 11.4: None is the value of before
    restore_after_window: bool = False  # 1.7: listed after 30 days, yet not restorable
    restore_annotates_type: bool = True  # 1.1: "@odata.type" in the answer
    lost_domain_aliases_dropped: bool = True  # 1.3: aliases on a domain that is gone
    plans_date_follows_removal: bool = False  # 3.1, 11.2: assignedDateTime of a Deleted plan
    same_license_again: Literal["ok", "error"] = "ok"  # 2.1, 11.5
    app_has_admin_role: bool = False  # 1.2: may act on admins
    purge_after_days: float | None = None  # 1.7: None lets deleted users linger for ever
    delta_page_size: int = 200  # 7
    retry_after: Literal["integer", "fractional", "absent"] = "integer"  # 5
    quotas: bool = True  # 5
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
