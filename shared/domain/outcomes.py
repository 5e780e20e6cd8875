"""The outcome codes: a closed set, each with the status it ends in and what to do next.

Texts may change, codes may not: callers branch on them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a restore stands. The last four are final."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether the restore has ended."""
        return self in {Status.SUCCEEDED, Status.REFUSED, Status.FAILED, Status.CANCELLED}


class Code(StrEnum):
    """Every outcome a restore can end in."""

    USER_RESTORED = "user-restored"
    LICENSE_RESTORED = "license-restored"
    MAILBOX_RESTORED = "mailbox-restored"
    ALREADY_ACTIVE = "already-active"
    DRY_RUN = "dry-run"

    INVALID_REQUEST = "invalid-request"
    USER_NOT_FOUND = "user-not-found"
    USER_PURGED = "user-purged"
    AMBIGUOUS_USER = "ambiguous-user"
    WINDOW_CLOSED = "window-closed"
    WINDOW_UNKNOWN = "window-unknown"
    UPN_CONFLICT = "upn-conflict"
    ADDRESS_CONFLICT = "address-conflict"
    SYNCED = "synced-from-on-premises"
    LICENSE_UNKNOWN = "license-unknown"
    LICENSE_NOT_IN_TENANT = "license-not-in-tenant"
    LICENSE_WITHOUT_MAILBOX = "license-without-mailbox"
    LICENSE_FROM_GROUP = "license-from-group"
    USAGE_LOCATION_MISSING = "usage-location-missing"
    LICENSE_CONFLICT = "license-conflict"
    PRIVILEGED_USER = "privileged-user"

    NO_SEAT = "no-seat"
    WINDOW_CLOSED_WHILE_WAITING = "window-closed-while-waiting"
    MAILBOX_NOT_SEEN = "mailbox-not-seen"
    PERMISSION_MISSING = "permission-missing"
    DIRECTORY_ERROR = "directory-error"
    GAVE_UP = "gave-up"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a restore ended: the code for machines, message and fix for people."""

    code: Code
    message: str
    fix: str

    @property
    def status(self) -> Status:
        """The final status this code belongs to."""
        return _STATUS[self.code]


def outcome(code: Code, message: str, fix: str | None = None) -> Outcome:
    """An outcome with the usual next thing to do, unless a better one is given."""
    return Outcome(code, message, fix if fix is not None else _FIXES[code])


_SUCCEEDED = (
    Code.USER_RESTORED,
    Code.LICENSE_RESTORED,
    Code.MAILBOX_RESTORED,
    Code.ALREADY_ACTIVE,
    Code.DRY_RUN,
)
_FAILED = (
    Code.NO_SEAT,
    Code.WINDOW_CLOSED_WHILE_WAITING,
    Code.MAILBOX_NOT_SEEN,
    Code.PERMISSION_MISSING,
    Code.DIRECTORY_ERROR,
    Code.GAVE_UP,
)
_STATUS = (
    dict.fromkeys(Code, Status.REFUSED)
    | dict.fromkeys(_SUCCEEDED, Status.SUCCEEDED)
    | dict.fromkeys(_FAILED, Status.FAILED)
)

_FIXES: dict[Code, str] = {
    Code.USER_RESTORED: "Nothing to do. The person may have to reset the password.",
    Code.LICENSE_RESTORED: "Nothing to do.",
    Code.MAILBOX_RESTORED: "Nothing to do. The mailbox answers; its content was not checked.",
    Code.ALREADY_ACTIVE: "Nothing to do: the user is as asked.",
    Code.DRY_RUN: "Send the request again without dryRun to carry it out; with another key, if it"
    " had one.",
    Code.INVALID_REQUEST: "Correct what is named in the message and send the request again.",
    Code.USER_NOT_FOUND: "Check the spelling, or send the object id of the user: one"
    " deleted a moment ago may not be found by its name yet.",
    Code.USER_PURGED: "The user is gone from Entra ID. Create a new user; if Exchange still"
    " holds the soft-deleted mailbox, merge it with New-MailboxRestoreRequest.",
    Code.AMBIGUOUS_USER: "Send the request again with the object id of the candidate you mean.",
    Code.WINDOW_CLOSED: "The mailbox cannot come back with its content. Look for a hold or a"
    " backup; assigning a licence now would give an empty mailbox.",
    Code.WINDOW_UNKNOWN: "Say in licenseRemovedAt when the licence was taken away, or have someone"
    " with the role Restore.Override send acceptUnknownWindow: true.",
    Code.UPN_CONFLICT: 'Free the name, or send onUpnConflict: "rename" with a'
    " newUserPrincipalName on a verified domain.",
    Code.ADDRESS_CONFLICT: "Take the address off the other object, or send"
    ' onAddressConflict: "drop" to restore without it.',
    Code.SYNCED: "Restore the user in Active Directory (recycle bin) and let Entra Connect bring"
    " it back, or have someone with the role Restore.Override send allowSynced: true.",
    Code.LICENSE_UNKNOWN: "Name the licence: license.skuIds or license.skuPartNumbers; or set"
    " DEFAULT_SKU_IDS.",
    Code.LICENSE_NOT_IN_TENANT: "Name a SKU of this tenant, or buy the subscription again.",
    Code.LICENSE_WITHOUT_MAILBOX: "Name a SKU with an Exchange Online plan, and do not disable it.",
    Code.LICENSE_FROM_GROUP: "Put the user back into the licensing group (restore the group first"
    " if it is deleted), or name the licence in the request to assign it directly.",
    Code.USAGE_LOCATION_MISSING: "Set the user's usage location in Entra ID, then send the request"
    " again. It decides which services may be used, so it is never invented.",
    Code.LICENSE_CONFLICT: "Take off the conflicting licence or add the missing one, then send the"
    " request again; disabledPlans can leave single plans off.",
    Code.PRIVILEGED_USER: "Have a Privileged Authentication Administrator restore this user by"
    " hand, or set PROTECT_PRIVILEGED=false and give the identity that role.",
    Code.NO_SEAT: "Free or buy a seat of the SKU; the window has closed since, so look for a"
    " backup before assigning a licence.",
    Code.WINDOW_CLOSED_WHILE_WAITING: "The mailbox cannot come back with its content. Look for a"
    " hold or a backup.",
    Code.MAILBOX_NOT_SEEN: "Look in the Exchange admin centre: the mailbox may still be on its way,"
    " be held on-premises, or never have existed. Retry the restore to look again.",
    Code.PERMISSION_MISSING: "Grant the permission to the service's identity (an administrator,"
    " once), then retry the restore.",
    Code.DIRECTORY_ERROR: "Read Graph's own words in the message, put right what they name, then"
    " retry the restore.",
    Code.GAVE_UP: "Look at the steps to see how far it came, then retry the restore: it looks"
    " before it acts.",
}
