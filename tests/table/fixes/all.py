"""Gather all walks, and name the endings that have none, each with the reason."""

from collections.abc import Mapping

from tests.table.fixes.cases_done import DONE
from tests.table.fixes.cases_failures import FAILURES
from tests.table.fixes.cases_groups import GROUPS
from tests.table.fixes.cases_licenses import LICENSES
from tests.table.fixes.cases_names import NAMES
from tests.table.fixes.cases_people import PEOPLE
from tests.table.fixes.cases_protection import PROTECTION
from tests.table.fixes.cases_undos import UNDOS
from tests.table.fixes.cases_windows import WINDOWS

CASES = (*PEOPLE, *NAMES, *LICENSES, *GROUPS, *WINDOWS, *PROTECTION, *FAILURES, *UNDOS, *DONE)

_DONE = "it is done; what the fix names is for people to see"
_BY_HAND = "the same words as for another ending of the code, which is walked"
NOT_WALKED: Mapping[str, str] = {
    "invalid-request/shape": "its way is a body that is taken: tests/unit/functions",
    "invalid-request/item": "its way is a batch that is taken: tests/unit/functions",
    **dict.fromkeys(
        (
            *("user-restored/unproven", "license-restored/unproven", "license-restored/added"),
            *("already-active", "already-active/answers"),
            *(
                "already-active/user",
                "already-active/license",
                "already-active/silent",
                "already-active/restored",
            ),
            *("already-active/restored-for-you", "already-active/without-mailbox"),
            *("privileged-user/after", "not-approved/wanted", "not-approved/wanted-then"),
        ),
        _DONE,
    ),
    **dict.fromkeys(
        (
            *("window-closed/just-now", "window-closed-while-waiting/at-work"),
            "already-active/shared-seen",
            *("user-purged/meanwhile", "user-is-deleted/meanwhile", "invalid-request/to-keep"),
        ),
        _BY_HAND,
    ),
    "directory-error/not-taken-back": "of an undo, whose rest is left to hands: tests/unit/undo",
    "cancelled/undo": "of an undo, which is left to hands then: tests/unit/undo",
    **dict.fromkeys(
        (
            *("user-is-deleted/drill", "permission-missing/drill", "privileged-user/drill"),
            *("license-without-mailbox/drill", "license-from-group/drill"),
            *("mailbox-not-seen/drill", "gave-up/drill", "cancelled/drill-off"),
            *("cancelled/drill", "cancelled/drill-again", "privileged-user/drill-unseen"),
            *("rehire-blocked/drill-guarded", "rehire-blocked/drill-used"),
            *("directory-error/drill-unseen", "directory-error/drill-active"),
            *("directory-error/drill", "permission-missing/drill-delete", "out-of-reach/drill"),
            *("user-not-found/drill", "synced-from-on-premises/drill"),
        ),
        "of a drill, which nobody asks for: tests/unit/drill",
    ),
    **dict.fromkeys(
        (
            *("user-not-found/guard", "user-not-found/guard-similar"),
            *("user-not-found/guard-by-id", "user-purged/guard", "ambiguous-user/guard"),
            *("user-not-found/guard-no-address", "user-not-found/guard-no-address-similar"),
        ),
        "of a guard, which is no restore: tests/unit/guards",
    ),
    "rehire-blocked/drill": "an account of the drill: tests/unit/drill",
    "cancelled/rights-gone": "the caller has no right to ask any more: tests/unit/restore",
    "invalid-request": "an error of HTTP, and no restore",
}
"""Endings without a walk."""
