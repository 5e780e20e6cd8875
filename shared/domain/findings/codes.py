"""List the codes of findings that block nothing; those that block are outcome codes.

Texts may change, codes may not: callers branch on them. A warning on a restore has the same code.
"""

from enum import StrEnum


class FindingCode(StrEnum):
    """What a check or a restore can say beside its outcome."""

    WINDOW_NOT_PROVEN = "window-not-proven"
    WINDOW_DECLARED = "window-declared"
    EVIDENCE_DISAGREES = "evidence-disagrees"
    DECLARED_NOT_USED = "declared-not-used"
    DECLARED_IN_FUTURE = "declared-in-future"
    AUDIT_NOT_CHECKED = "audit-not-checked"
    CONFLICTS_NOT_CHECKED = "conflicts-not-checked"
    ROLES_NOT_CHECKED = "roles-not-checked"
    MAILBOX_NOT_VERIFIED = "mailbox-not-verified"
    MAILBOX_MAY_BE_GONE = "mailbox-may-be-gone"
    MAILBOX_STILL_THERE = "mailbox-still-there"
    ACCOUNT_IS_NEW = "account-is-new"
    MAILBOX_IS_NEW = "mailbox-is-new"
    DELAYED_DELICENSING = "delayed-delicensing"

    LICENSE_CHOSEN = "license-chosen"
    LICENSES_COME_BACK = "licenses-come-back"
    LICENSE_LEFT_OUT = "license-left-out"
    LICENSE_NOT_USED = "license-not-used"
    PLAN_NOT_IN_SKU = "plan-not-in-sku"
    LICENSE_SMALLER = "license-smaller"
    LICENSE_MISSING = "license-missing"
    ARCHIVE_LOST = "archive-lost"
    SHARED_UNLICENSED = "shared-unlicensed"
    MAILBOX_MAY_BE_ON_PREMISES = "mailbox-may-be-on-premises"
    MOVED_TO_ANOTHER_TENANT = "moved-to-another-tenant"

    SEATS_FREE = "seats-free"
    NO_FREE_SEAT = "no-free-seat"
    SEATS_OVERDRAWN = "seats-overdrawn"
    SUBSCRIPTION_SUSPENDED = "subscription-suspended"

    REMOVED_IN_EXCHANGE = "removed-in-exchange"
    NEW_NAME_NOT_USED = "new-name-not-used"
    ADDRESSES_DROPPED = "addresses-dropped"
    USER_RENAMED = "user-renamed"
    ALIASES_MISSING = "aliases-missing"
    NEXT_SYNC = "next-sync"
    SIGN_IN_BLOCKED = "sign-in-blocked"
    SIGN_IN_OPEN = "sign-in-open"
    USAGE_LOCATION_LATE = "usage-location-late"
    MAILBOX_NOT_ANSWERING = "mailbox-not-answering"
    SIMILAR_NAMES = "similar-names"

    GROUPS_COME_BACK = "groups-come-back"
    MAILBOX_COMES_BACK = "mailbox-comes-back"
    PASSWORD_MAY_NEED_RESET = "password-may-need-reset"  # noqa: S105 - a code
    SIGN_IN_STATE = "sign-in-state"
    NOT_LOOKED_AT = "not-looked-at"
    DIRECTORY_UNSETTLED = "directory-unsettled"
    """The directory's lists contradict each other, or a restore of the person is under way; only a
    check says so, a restore looks again or waits."""

    CALLBACK_FAILED = "callback-failed"
