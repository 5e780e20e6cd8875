"""The closed set of outcome codes, as it was promised to callers: written down a second time.

So that a code can neither be added, renamed nor moved to another status by one careless line.
"""

STATUS_OF: dict[str | None, str] = {
    **dict.fromkeys(
        (
            "user-restored",
            "license-restored",
            "mailbox-restored",
            "already-active",
            "dry-run",
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
            "synced-from-on-premises",
            "license-unknown",
            "license-not-in-tenant",
            "license-without-mailbox",
            "license-from-group",
            "usage-location-missing",
            "license-conflict",
            "privileged-user",
        ),
        "refused",
    ),
    **dict.fromkeys(
        (
            "no-seat",
            "window-closed-while-waiting",
            "mailbox-not-seen",
            "permission-missing",
            "directory-error",
            "gave-up",
        ),
        "failed",
    ),
    None: "cancelled",
}
"""Outcome code -> the status it ends in; a restore that was called off has no outcome."""
