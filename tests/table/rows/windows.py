"""The rows about the window: every kind of evidence, alone, contradicted, or missing."""

from dataclasses import replace

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
    Seen,
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
NOBODY_KNOWS = refused("window-unknown", window=UNKNOWN, info=CHOSEN)
BOTH_UNKNOWN = tuple(x for x in BOTH_COME if x != "mailbox-comes-back")


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
        replace(GIVEN, window=("open", "declared")),
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
        closed("declared"),
    ),
    row(
        "licence first and long ago, user later",
        State((audited(31, base=replace(BOTH, lost_at=NOW - 31 * DAY)),), switches=LONG_LOG),
        ask(**NAMED),
        closed("audit"),
    ),
    row(
        "several changes in the log: the earliest counts",
        audited(2, 29, 5),
        ask(**NAMED),
        replace(GIVEN, code="mailbox-restored", window=("closing", "audit")),
    ),
    row(
        "sources disagree, the earlier one is over",
        audited(2),
        ask(licenseRemovedAt=at(NOW - 31 * DAY), **NAMED),
        closed("declared", "warn evidence-disagrees", warnings=("evidence-disagrees",)),
    ),
    row(
        "sources disagree, the earlier one counts",
        replace(audited(5), observed=Seen(NOW - 9 * DAY)),
        ask("license"),
        replace(
            GIVEN, window=("open", "observed"), findings=DISAGREE, warnings=("evidence-disagrees",)
        ),
    ),
    row(
        "sources within two hours do not disagree",
        replace(audited(5), observed=Seen(NOW - 5 * DAY - 2 * HOUR)),
        ask("license"),
        replace(GIVEN, window=("open", "observed")),
    ),
    row(
        "delayed delicensing: the mailbox works on, and the clock is believed all the same",
        replace(AUDITED, lost_at=NOW + 25 * DAY),
        ask("license", **NAMED),
        GIVEN,
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
        ),
    ),
    row(
        "deleted later, and nobody knows when the licence went",
        BOTH,
        ask(**NAMED),
        refused("window-unknown", window=UNKNOWN, info=BOTH_UNKNOWN),
    ),
    row(
        "deleted later, nobody knows when the licence went, the caller goes on",
        BOTH,
        ask(acceptUnknownWindow=True, **NAMED),
        replace(
            BOTH_GIVEN,
            window=UNKNOWN,
            findings=found("warn window-not-proven", info=BOTH_UNKNOWN),
            warnings=("window-not-proven",),
        ),
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
        NOBODY_KNOWS,
    ),
    row(
        "the audit log may not be read, and there is an observation",
        State((observed(),), lacks=("AuditLog.Read.All",)),
        ask("license", **NAMED),
        replace(GIVEN, window=("open", "observed")),
    ),
]
MUTE_LOG = under(
    row("no evidence in the log", AUDITED, ask("license", **NAMED), NOBODY_KNOWS),
    auditForbidden=(True,),
    auditNeedsDirectoryRead=(True,),
    auditRetentionDays=(2,),
    auditDelaySeconds=(6 * 86400,),
)

PURGED = [
    replace(
        item,
        name=f"{item.name} [purged]",
        state=replace(item.state, switches={"purgeAfterDays": 30}),
        expected=refused("user-not-found", window=NO_WINDOW),
    )
    for item in LINGERS
]

WINDOW_ROWS: list[Row] = [*EVIDENCE, *UNKNOWN_ROWS]
WINDOW_VARIANTS: list[Row] = [
    *MUTE_LOG,
    *PURGED,
    *under(LINGERS, restoreAfterWindow=(True,)),
]
