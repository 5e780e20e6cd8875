"""The rows about the window: every kind of evidence, alone, contradicted, or missing."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.snapshot import Policy
from tests.builders import NOW
from tests.table.row import (
    BOTH_COME,
    COMES_BACK,
    NO_WINDOW,
    UNKNOWN,
    Expected,
    Row,
    ask,
    at,
    found,
    refused,
    row,
    under,
)
from tests.table.rows.deleted import MAILBOX_BACK
from tests.table.rows.losses import BOTH_GIVEN, GIVEN, NAMED, observed
from tests.table.tenant import (
    AUDITED,
    BOTH,
    DAY,
    DELETED,
    HOUR,
    UNLICENSED,
    State,
    User,
)

CHOSEN = ("license-chosen", "seats-free")
LONG_LOG: dict[str, object] = {"auditRetentionDays": 60}
"""A log that outlives the window; Microsoft's keeps 30 days at most, so that at the very end of a
window its evidence is gone and the window unknown."""
ATTEMPT = Policy(unknown_window="attempt")
NOT_PROVEN = replace(
    GIVEN,
    window=UNKNOWN,
    findings=found("warn window-not-proven", info=CHOSEN),
    warnings=("window-not-proven",),
)
NOBODY_KNOWS = refused("window-unknown", window=UNKNOWN, info=CHOSEN, waits=("directory",))
"""Nobody says anything while the log may only be late."""
MUTE = refused(
    "window-unknown",
    "warn audit-not-checked",
    window=UNKNOWN,
    info=CHOSEN,
    warnings=("audit-not-checked",),
)
RULED_OUT = replace(
    NOBODY_KNOWS,
    findings=found("block window-unknown", "warn declared-not-used", info=CHOSEN),
    warnings=("declared-not-used",),
)
BOTH_UNKNOWN = tuple(x for x in BOTH_COME if x != "mailbox-comes-back")


BOTH_NOBODY = replace(NOBODY_KNOWS, findings=found("block window-unknown", info=BOTH_UNKNOWN))
"""Where Graph was never seen to show a licence on a deleted user, one without says nothing."""
BY_DELETION = replace(
    BOTH_GIVEN,
    code="user-restored",
    window=("open", "deletedDateTime"),
    findings=found("warn window-not-proven", info=BOTH_COME),
    warnings=("window-not-proven",),
)


def closed(evidence: str, *more: str, warnings: tuple[str, ...] = ()) -> Expected:
    """Refused because the window is over; nothing is said of what would come back."""
    return refused("window-closed", *more, window=("closed", evidence), warnings=warnings)


def deleted_for(days: float) -> User:
    """A licensed user deleted this long ago."""
    gone_at = NOW - days * DAY
    return replace(DELETED, deleted_at=gone_at, lost_at=gone_at)


def audited(*days: float, base: User = UNLICENSED) -> User:
    """A user whose licence the log saw change this long ago."""
    return replace(base, audited=tuple(NOW - some * DAY for some in days))


DECLARED = replace(
    GIVEN,
    findings=found("warn window-declared", info=(*CHOSEN, "mailbox-comes-back")),
    warnings=("window-declared",),
)
STILL_THERE = replace(
    GIVEN,
    window=("open", "mailbox"),
    findings=found(info=(*CHOSEN, "mailbox-still-there")),
    waits=("mailbox",),
)
LINGERS = [
    row(f"deleted {days} days ago: {kind}", deleted_for(days), request, closed("deletedDateTime"))
    for days in (30, 31)
    for kind, request in {
        "user": ask("user"),
        "mailbox": ask(),
        "whatever the caller accepts": ask(acceptUnknownWindow=True),
    }.items()
]
DISAGREE = found(
    "warn evidence-disagrees", info=("license-chosen", "seats-free", "mailbox-comes-back")
)

EVIDENCE = [
    *LINGERS,
    row(
        "deleted 28 days ago",
        deleted_for(28),
        ask(),
        replace(MAILBOX_BACK, window=("closing", "deletedDateTime")),
    ),
    row(
        "declared",
        UNLICENSED,
        ask("license", licenseRemovedAt=at(NOW - 5 * DAY), **NAMED),
        replace(DECLARED, window=("open", "declared")),
    ),
    row(
        "lost 31 days ago by the log",
        State((audited(31),), switches=LONG_LOG),
        ask(**NAMED),
        closed("audit"),
    ),
    row("lost 31 days ago, which the log has forgotten", audited(31), ask(**NAMED), NOBODY_KNOWS),
    row(
        "lost 31 days ago as observed",
        observed(lost_at=NOW - 31 * DAY),
        ask(),
        closed("observed"),
    ),
    row(
        "lost 31 days ago by the caller's word",
        UNLICENSED,
        ask(licenseRemovedAt=at(NOW - 31 * DAY), **NAMED),
        RULED_OUT,
    ),
    row(
        "licence first and long ago, user later",
        State((audited(30.5, base=replace(BOTH, lost_at=NOW - 31 * DAY)),), switches=LONG_LOG),
        ask(**NAMED),
        BOTH_NOBODY,
    ),
    row(
        "several changes in the log, and none says what it was: the earliest counts",
        replace(UNLICENSED, hinted=tuple(NOW - days * DAY for days in (2, 29, 5))),
        ask(**NAMED),
        replace(
            GIVEN,
            window=("closing", "audit"),
            findings=found(
                "warn window-not-proven",
                "warn evidence-disagrees",
                info=(*CHOSEN, "mailbox-comes-back"),
            ),
            warnings=("window-not-proven", "evidence-disagrees"),
        ),
    ),
    row(
        "several losses by the log: the last one counts",
        audited(2, 29, 5),
        ask(**NAMED),
        replace(GIVEN, code="mailbox-restored"),
    ),
    row(
        "the log knows better than the caller",
        audited(2),
        ask(licenseRemovedAt=at(NOW - 31 * DAY), **NAMED),
        replace(
            GIVEN,
            code="mailbox-restored",
            findings=found("warn declared-not-used", info=(*CHOSEN, "mailbox-comes-back")),
            warnings=("declared-not-used",),
        ),
    ),
    row(
        "a change in the log after the loss that was seen is another one",
        replace(observed(lost_at=NOW - 9 * DAY), hinted=(NOW - 5 * DAY,)),
        ask("license"),
        replace(
            GIVEN, window=("open", "observed"), findings=DISAGREE, warnings=("evidence-disagrees",)
        ),
    ),
    row(
        "a change in the log within two hours of the loss that was seen is the same",
        replace(observed(lost_at=NOW - 5 * DAY - 2 * HOUR), hinted=(NOW - 5 * DAY,)),
        ask("license"),
        replace(GIVEN, window=("open", "observed")),
    ),
    row(
        "the mailbox works on without its licence: nothing is lost yet, which is looked at twice",
        replace(AUDITED, lost_at=NOW + 25 * DAY),
        ask("license", **NAMED),
        STILL_THERE,
    ),
    row(
        "the mailbox works on without its licence, and the mailbox is asked for",
        replace(AUDITED, lost_at=NOW + 25 * DAY),
        ask(**NAMED),
        STILL_THERE,
    ),
    replace(
        row(
            "the mailbox works on for a minute: the second look finds it gone",
            replace(AUDITED, lost_at=NOW + timedelta(minutes=1)),
            ask(**NAMED),
            replace(STILL_THERE, code="mailbox-restored", window=("open", "audit")),
        ),
        changes_before_deciding=True,
    ),
]

UNKNOWN_ROWS = [
    row("nobody knows when", UNLICENSED, ask("license", **NAMED), NOBODY_KNOWS),
    row(
        "nobody knows when, the caller goes on",
        UNLICENSED,
        ask("license", acceptUnknownWindow=True, **NAMED),
        NOT_PROVEN,
    ),
    row(
        "nobody knows when, the setting goes on",
        UNLICENSED,
        ask("license", **NAMED),
        NOT_PROVEN,
        policy=ATTEMPT,
    ),
    row(
        "nobody knew when, and it was too late",
        replace(UNLICENSED, lost_at=NOW - 40 * DAY),
        ask("license", acceptUnknownWindow=True, **NAMED),
        replace(NOT_PROVEN, after={"content": "empty"}),
    ),
    row(
        "declared for a deleted user whose licence comes back: not used, and said so",
        DELETED,
        ask(licenseRemovedAt=at(NOW - 43 * DAY)),
        replace(
            MAILBOX_BACK,
            findings=found("warn declared-not-used", info=COMES_BACK),
            warnings=("declared-not-used",),
        ),
    ),
    row(
        "declared in the future proves nothing",
        UNLICENSED,
        ask("license", licenseRemovedAt=at(NOW + DAY), **NAMED),
        refused(
            "window-unknown",
            "warn declared-in-future",
            window=UNKNOWN,
            info=CHOSEN,
            warnings=("declared-in-future",),
            waits=("directory",),
        ),
    ),
    row(
        "deleted later, and nobody knows when the licence went",
        BOTH,
        ask(**NAMED),
        BY_DELETION,
    ),
    row(
        "deleted later, nobody knows when the licence went, the caller goes on",
        BOTH,
        ask(acceptUnknownWindow=True, **NAMED),
        BY_DELETION,
    ),
    row(
        "nobody knows when the licence went, and the deletion is too old anyway",
        replace(BOTH, deleted_at=NOW - 30 * DAY, lost_at=NOW - 35 * DAY),
        ask(acceptUnknownWindow=True, **NAMED),
        closed("deletedDateTime"),
    ),
    row(
        "the audit log may not be read",
        State((AUDITED,), lacks=("AuditLog.Read.All",)),
        ask("license", **NAMED),
        MUTE,
    ),
    row(
        "the audit log may not be read, and there is an observation",
        State((observed(),), lacks=("AuditLog.Read.All",)),
        ask("license", **NAMED),
        replace(
            GIVEN,
            window=("open", "observed"),
            findings=found("warn audit-not-checked", info=(*CHOSEN, "mailbox-comes-back")),
            warnings=("audit-not-checked",),
        ),
    ),
]
MUTE_LOG = [
    *under(
        row("the log is not shown", AUDITED, ask("license", **NAMED), MUTE),
        auditForbidden=(True,),
        auditNeedsDirectoryRead=(True,),
    ),
    *under(
        row("no evidence in the log", AUDITED, ask("license", **NAMED), NOBODY_KNOWS),
        auditRetentionDays=(2,),
        auditDelaySeconds=(6 * 86400,),
    ),
]

PURGED = [
    replace(
        item,
        name=f"{item.name} [purged]",
        state=replace(item.state, switches={"purgeAfterDays": 30}),
        expected=refused("user-not-found", window=NO_WINDOW, waits=("directory",)),
    )
    for item in LINGERS
]

WINDOW_ROWS: list[Row] = [*EVIDENCE, *UNKNOWN_ROWS]
WINDOW_VARIANTS: list[Row] = [
    *MUTE_LOG,
    *PURGED,
    *under(LINGERS, restoreAfterWindow=(True,)),
]
