"""The endings about the 30 days, and those where there is nothing left to do."""

from datetime import timedelta

from shared.domain.requests.request import RestoreKind
from shared.errors import UNREADABLE_ANSWER, AnsweredError
from tests.builders import NOW, USER_ID
from tests.table.fixes import changes as its
from tests.table.fixes.engine import Case, Way
from tests.unit.world.people import DAY

UNREADABLE = AnsweredError(status=400, code=UNREADABLE_ANSWER, message="<html>", request_id="r-1")
CLOSED = "the window has closed"
NAMED = {"license": its.NAMED}
LONG_AGO = NOW - 40 * DAY
UNPROVEN = "license-restored"
NOT_KNOWN = its.both(its.unknown_loss(), its.policy(allowed_sku_ids=(its.E3.sku_id,)))
AUDIT_HELPS = its.both(
    its.on("shows_audit", True),  # noqa: FBT003 - a state
    its.on("license_changes", {USER_ID: [NOW - 2 * DAY]}),
)
_SAYS_WHEN = Way("say so in licenseRemovedAt", UNPROVEN, asks={"license_removed_at": NOW - 5 * DAY})
_ACCEPTS = Way("acceptUnknownWindow: true", UNPROVEN, asks={"accept_unknown_window": True})
_OTHERS_SAY_WHEN = Way(
    "somebody with the role Restore.Override send the request, with licenseRemovedAt",
    UNPROVEN,
    asks={"license_removed_at": NOW - 5 * DAY},
    by="override",
)
_OTHERS_ACCEPT = Way(
    "else with acceptUnknownWindow: true",
    UNPROVEN,
    asks={"accept_unknown_window": True},
    by="override",
)
_BY_HAND = Way("give the user a licence", "already-active", its.active())
_ATTEMPT = Way("set UNKNOWN_WINDOW=attempt", UNPROVEN, its.policy(unknown_window="attempt"))
_GRANT = Way("AuditLog.Read.All", "mailbox-restored", AUDIT_HELPS)

WINDOWS = (
    Case("window-closed/deleted", its.deleted(deleted_at=LONG_AGO), hand=CLOSED),
    Case(
        "window-closed/license",
        its.lost_at(LONG_AGO),
        hand=CLOSED,
    ),
    Case(
        "window-closed/never-seen",
        its.both(its.unknown_loss(), its.never_with(LONG_AGO), its.watched),
        NAMED,
        hand=CLOSED,
    ),
    Case(
        "window-closed/license-then-deleted",
        its.both(
            its.deleted(licenses=(), license_states=(), plans=()),
            its.seen_with(lost_at=LONG_AGO),
            its.watched,
        ),
        ways={"fix": (Way('use kind "user"', "user-restored", asks={"kind": RestoreKind.USER}),)},
    ),
    Case(
        "window-closed/not-before",
        its.deleted(),
        {"not_before": NOW + 29 * DAY},
        {
            "fix": (
                Way(
                    "Choose an earlier notBefore",
                    "mailbox-restored",
                    asks={"not_before": NOW + 2 * DAY},
                ),
                Way("or none", "mailbox-restored", asks={"not_before": None}),
            )
        },
    ),
    Case(
        "window-unknown",
        NOT_KNOWN,
        NAMED,
        {
            "fix": (_OTHERS_SAY_WHEN, _OTHERS_ACCEPT, _BY_HAND),
            "fix_override": (_SAYS_WHEN, _ACCEPTS),
            "fix_keys": (
                _ATTEMPT,
                Way(
                    "AUTH_MODE=entra so that somebody can hold the role Restore.Override",
                    UNPROVEN,
                    asks={"accept_unknown_window": True},
                    by="override",
                ),
                _BY_HAND,
            ),
        },
    ),
    Case(
        "window-unknown/perhaps",
        its.both(NOT_KNOWN, its.unknown_loss(licenses=(its.UNLISTED,))),
        NAMED,
        {
            "fix": (_OTHERS_SAY_WHEN, _OTHERS_ACCEPT, _BY_HAND),
            "fix_override": (_SAYS_WHEN, _ACCEPTS),
            "fix_keys": (_ATTEMPT, _BY_HAND),
        },
    ),
    Case(
        "window-unknown/no-audit",
        its.both(NOT_KNOWN, its.on("shows_audit", False)),  # noqa: FBT003 - a state
        NAMED,
        {
            "fix": (_GRANT, _OTHERS_SAY_WHEN, _OTHERS_ACCEPT, _BY_HAND),
            "fix_override": (_GRANT, _SAYS_WHEN, _ACCEPTS),
            "fix_keys": (_GRANT, _ATTEMPT, _BY_HAND),
        },
    ),
    Case(
        "window-closed-while-waiting",
        its.both(
            its.deleted(deleted_at=NOW - 30 * DAY + timedelta(hours=1)), its.down("restore_user")
        ),
        hand=CLOSED,
    ),
    Case(
        "window-closed-while-waiting/said",
        its.both(
            its.deleted(deleted_at=NOW - 30 * DAY + timedelta(hours=1)),
            its.fails("restore_user", UNREADABLE, its.LONG),
        ),
        hand=CLOSED,
    ),
    Case(
        "dry-run",
        its.deleted(),
        {"dry_run": True},
        {"fix": (Way("leave dryRun out", "mailbox-restored", asks={"dry_run": False}),)},
    ),
    Case(
        "already-active/user-unlicensed",
        its.lost(),
        {"kind": RestoreKind.USER},
        {
            "fix": (
                Way('use kind "mailbox"', "mailbox-restored", asks={"kind": RestoreKind.MAILBOX}),
            )
        },
    ),
)
