"""List the outcome codes as promised to callers, written down a second time.

So that a code can neither be added, renamed nor moved to another status by one careless line.
"""

STATUS_OF: dict[str, str] = {
    **dict.fromkeys(
        (
            "user-restored",
            "license-restored",
            "mailbox-restored",
            "already-active",
            "dry-run",
            "undone",
        ),
        "succeeded",
    ),
    **dict.fromkeys(
        (
            "invalid-request",
            "user-not-found",
            "user-purged",
            "ambiguous-user",
            "window-closed",
            "window-unknown",
            "upn-conflict",
            "address-conflict",
            "immutable-id-conflict",
            "property-conflict",
            "new-name-needed",
            "new-name-not-allowed",
            "user-is-deleted",
            "rehire-blocked",
            "synced-from-on-premises",
            "license-unknown",
            "license-not-allowed",
            "license-not-in-tenant",
            "license-without-mailbox",
            "license-from-group",
            "usage-location-missing",
            "license-conflict",
            "privileged-user",
            "not-approved",
            "undo-refused",
        ),
        "refused",
    ),
    **dict.fromkeys(
        (
            "no-seat",
            "window-closed-while-waiting",
            "mailbox-not-seen",
            "lost-again",
            "permission-missing",
            "out-of-reach",
            "directory-error",
            "gave-up",
        ),
        "failed",
    ),
    "cancelled": "cancelled",
}
"""Outcome code -> the status it ends in."""
