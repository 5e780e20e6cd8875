"""List the outcome codes, a closed set, and the status in which each ends a restore.

Texts may change, codes may not: callers branch on them. `shared/texts` says what each means and
what to do next.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.text import Param, Text, text


class Status(StrEnum):
    """The status of a restore. The last four are final."""

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
    UNDONE = "undone"

    INVALID_REQUEST = "invalid-request"
    USER_NOT_FOUND = "user-not-found"
    USER_PURGED = "user-purged"
    AMBIGUOUS_USER = "ambiguous-user"
    WINDOW_CLOSED = "window-closed"
    WINDOW_UNKNOWN = "window-unknown"
    UPN_CONFLICT = "upn-conflict"
    ADDRESS_CONFLICT = "address-conflict"
    IMMUTABLE_ID_CONFLICT = "immutable-id-conflict"
    PROPERTY_CONFLICT = "property-conflict"
    NEW_NAME_NEEDED = "new-name-needed"
    NEW_NAME_NOT_ALLOWED = "new-name-not-allowed"
    USER_IS_DELETED = "user-is-deleted"
    REHIRE_BLOCKED = "rehire-blocked"
    SYNCED = "synced-from-on-premises"
    LICENSE_UNKNOWN = "license-unknown"
    LICENSE_NOT_ALLOWED = "license-not-allowed"
    LICENSE_NOT_IN_TENANT = "license-not-in-tenant"
    LICENSE_WITHOUT_MAILBOX = "license-without-mailbox"
    LICENSE_FROM_GROUP = "license-from-group"
    USAGE_LOCATION_MISSING = "usage-location-missing"
    LICENSE_CONFLICT = "license-conflict"
    PRIVILEGED_USER = "privileged-user"
    NOT_APPROVED = "not-approved"
    UNDO_REFUSED = "undo-refused"

    NO_SEAT = "no-seat"
    WINDOW_CLOSED_WHILE_WAITING = "window-closed-while-waiting"
    MAILBOX_NOT_SEEN = "mailbox-not-seen"
    LOST_AGAIN = "lost-again"
    PERMISSION_MISSING = "permission-missing"
    OUT_OF_REACH = "out-of-reach"
    DIRECTORY_ERROR = "directory-error"
    GAVE_UP = "gave-up"

    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a restore ended: a text whose code is a Code.

    `before` is what the restore had already changed when it ended otherwise; it is said first.
    """

    text: Text
    before: Text | None = None

    def __post_init__(self) -> None:
        """Refuse a code outside the closed set, also of a record that another release wrote."""
        Code(self.text.code)

    @property
    def code(self) -> Code:
        """What callers branch on."""
        return Code(self.text.code)

    @property
    def status(self) -> Status:
        """The final status this code belongs to."""
        return _STATUS[self.code]


def outcome(code: Code, variant: str = "", /, **params: Param) -> Outcome:
    """The outcome of this code, in the words of this variant."""
    return Outcome(text(code, variant, **params))


def refuses(code: str) -> bool:
    """Whether a restore can be refused with this code: it may be that of a mere warning."""
    return code in _REFUSALS


_SUCCEEDED = (
    Code.USER_RESTORED,
    Code.LICENSE_RESTORED,
    Code.MAILBOX_RESTORED,
    Code.ALREADY_ACTIVE,
    Code.DRY_RUN,
    Code.UNDONE,
)
_FAILED = (
    Code.NO_SEAT,
    Code.WINDOW_CLOSED_WHILE_WAITING,
    Code.MAILBOX_NOT_SEEN,
    Code.LOST_AGAIN,
    Code.PERMISSION_MISSING,
    Code.OUT_OF_REACH,
    Code.DIRECTORY_ERROR,
    Code.GAVE_UP,
)
_STATUS = (
    dict.fromkeys(Code, Status.REFUSED)
    | dict.fromkeys(_SUCCEEDED, Status.SUCCEEDED)
    | dict.fromkeys(_FAILED, Status.FAILED)
    | {Code.CANCELLED: Status.CANCELLED}
)
_REFUSALS = frozenset(code.value for code, status in _STATUS.items() if status is Status.REFUSED)
