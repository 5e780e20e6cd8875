"""Define one switch for each fact that no source settles, so that clients can be tried on both.

And one for what differs by tenant or by moment, and for what is only a setting. A source named
beside a switch tells of one of its answers; a fact without one is not confirmed by a source.
README.md says the same in a table for people.
"""

from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_type_hints

from infra.local.graph.switch_values import as_json, as_switch
from infra.local.graph.tenant.replication import Replication
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
    # Reads that lag, replicas that disagree: `tenant/replication.py`. It takes the place of the two
    # delays above. "App-only reads have weaker consistency": the same page of Microsoft's.
    replication: Replication | None = None
    restore_visibility: Literal["old", "neither", "both"] = "old"  # while replicating
    mailbox_delay_seconds: float = 0  # from licence to mailboxSettings 200
    # ResourceNotFound every other time: microsoft-graph-docs issue 10481.
    mailbox_error_alternates: bool = False
    # ErrorInvalidUser: microsoft-graph-docs issue 4097, microsoft-graph-explorer-v4 issue 4038.
    mailbox_of_nobody: Literal["ErrorInvalidUser", "Request_ResourceNotFound"] = "ErrorInvalidUser"
    # An enumeration by msgraph-metadata v1.0 CSDL and a capture; an object on Microsoft's page
    # "Get user mailbox settings".
    purpose_as_object: bool = False
    # Whether a mailbox on hold answers once its licence is gone: medium.com/365uc, "Recovering
    # Leaver mailboxes". Its content stays either way.
    held_mailbox_answers: bool = True
    # Of a person whose subscription is disabled: the data stays, users have no access
    # ("What happens to my data and access when my subscription ends"); of applications it says
    # nothing.
    suspended_mailbox_answers: bool = True
    # What the directory keeps of the addresses when the mailbox plan goes: all (the article
    # "How the proxyAddresses attribute is populated", 2020), the initial domain's in place of the
    # UPN's (the same article, later), none (microsoft-graph-docs issue 460, of 2016).
    addresses_without_plan: Literal["kept", "routing", "emptied"] = "kept"
    # The mailbox works on for 30 days, then 30 more: Exchange PowerShell "Set-OrganizationConfig".
    delayed_delicensing: bool = False
    # 7 (Free) or 30 (P1/P2): Entra docs "Microsoft Entra data retention".
    audit_retention_days: float = 30
    audit_delay_seconds: float = 0  # latency of the log, not known
    audit_forbidden: bool = False  # 403 although AuditLog.Read.All was granted
    # Both permissions together: Microsoft's pages say so, permissions.json does not.
    audit_needs_directory_read: bool = False
    # One report: "API-side activityDateTime filter causes 400 in some tenants". Microsoft "List
    # directoryAudits" has the filter.
    audit_time_filter_refused: bool = False
    # Where the log tells which licences changed. In "Update user" (a capture of 2021, in Wazuh's
    # office365 samples), in both records (michev.info post 6168), in "both", cut off ("truncated")
    # or split ("sequence"; both: the same post and learn.microsoft.com question 5724461), nowhere
    # ("bare": office365itpros.com 2022-10-14), not even that there was a change ("absent":
    # practical365.com, "Why Microsoft 365 Audit Logs Lack Proper Fit and Finish").
    audit_detail: Literal["update", "both", "truncated", "sequence", "bare", "absent"] = "update"
    # Both records of a change carry one correlation id, as in that capture of 2021.
    audit_correlates: bool = True
    # How a list is written inside a value: that capture has line breaks in it.
    audit_values_indented: bool = False
    # All properties are kept: Entra docs "Recover from deletions". Whether they show is not known.
    deleted_keeps_licenses: bool = True  # assignedLicenses of a deleted user
    deleted_keeps_addresses: bool = True  # mail and proxyAddresses of one
    # False: sign-in of a deleted user reads as off, as in Microsoft's sample (entra-powershell,
    # Get-EntraDeletedUser, example 6).
    deleted_shows_sign_in: bool = True
    # What checkMemberGroups says of a deleted user: the groups it was in, none, or a 404. Its
    # memberships are kept (Entra docs "Recover from deletions"); whether they show is not known.
    deleted_groups: Literal["told", "none", "refused"] = "told"
    # Deleted from the Exchange side: the name becomes ExRemoved-..., and the mailbox stays away
    # until the old name is back. One author: it-bibouroku.hateblo.jp/entry/ExRemoved.
    deleted_in_exchange: bool = False
    ex_removed_keeps_addresses: bool = True
    ex_removed_mailbox_returns: bool = True
    # Microsoft "user resource type" allows it.
    deleted_date_filter: bool = True  # ge/le on deletedDateTime in deletedItems
    # Microsoft "List deletedItems" allows it; microsoft-graph-docs issue 20395 (open) doubts it.
    deleted_date_sort: bool = True  # $orderby=deletedDateTime in deletedItems
    # Microsoft "Advanced query capabilities" allows both together on the whole directory.
    deleted_sort_with_filter: bool = True  # that $orderby beside a $filter
    # Of users in general it is documented, of deleted ones not: Microsoft "user resource type".
    deleted_address_filter: bool = True  # proxyAddresses/any in deletedItems
    # Whether `proxyAddresses/any(p:p eq '...')` looks at case; a primary address is SMTP:...
    address_filter_minds_case: bool = False
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
    # A usage location that was just set is not taken yet for an assignment: others poll for it
    # (dbca-wa/it-assets pull request 685).
    usage_location_delay_seconds: float = 0
    # A group licence that found no seat is given once there is one, without being asked for.
    groups_follow_seats: bool = True
    # A name that is a group's or a contact's address cannot become a UPN.
    group_address_blocks_upn: bool = True
    # May act on admins: Microsoft "Working with users in Microsoft Graph".
    app_has_admin_role: bool = False
    # Whether somebody who is only eligible for a role (PIM) counts as an admin there.
    eligible_roles_protect: bool = False
    # P2 for eligible roles (capture of 2026-09-02: raymond0mir/district.local), P1 for
    # signInActivity (microsoft-graph-docs issue 12772).
    entra_premium: Literal["P2", "P1", "free"] = "P2"
    # permissions.json and Microsoft "Get organization" open id, name and verified domains to it.
    organization_with_user_read: bool = True
    # None lets deleted users linger for ever; some days do: office365itpros.com 2022-03-23.
    purge_after_days: float | None = None
    delta_page_size: int = 200
    audit_page_size: int = 1000
    # Whether users/delta tells of assignedPlans and licenseAssignmentStates is not known: what is
    # named here is refused in its $select, or
    delta_lacks: list[str] = field(default_factory=list)
    delta_leaves_out: bool = False  # taken in silence, and left out of every row
    # "If the property has never been set before it will not be included in the response at all":
    # Microsoft "user: delta".
    delta_leaves_out_unset: bool = True
    # "@removed can be returned in the initial delta query response", "a single entity will be
    # contained multiple times": Microsoft "Use delta query to track changes".
    delta_first_round_removed: bool = False
    delta_repeats: bool = False
    # Ids of users, or "*" for all, who read as if nothing had been read: sign-in state null, no
    # licences, no plans (microsoft-graph-docs issue 16054). Their mailboxes answer.
    reads_as_null: list[str] = field(default_factory=list)
    # licenseAssignmentStates as it is, empty, or not in the answer at all.
    license_states: Literal["shown", "empty", "missing"] = "shown"
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
        return {_camel(item.name): as_json(getattr(self, item.name)) for item in fields(self)}

    def update(self, changes: Json) -> None:
        """Set the switches named; raises ValueError for an unknown name or an impossible value."""
        names = {_camel(item.name): item.name for item in fields(self)}
        unknown = sorted(set(changes) - set(names))
        if unknown:
            raise ValueError(f"unknown switches: {', '.join(unknown)}; known: {', '.join(names)}")
        hints: dict[str, Any] = get_type_hints(Switches)
        read = {
            names[key]: as_switch(key, value, hints[names[key]]) for key, value in changes.items()
        }
        for name, value in read.items():
            setattr(self, name, value)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
