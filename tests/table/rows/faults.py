"""The rows about Graph failing: refusals that pass, and answers that are lost."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOW
from tests.table.row import (
    NO_WINDOW,
    Expected,
    Restoring,
    Row,
    Then,
    ask,
    found,
    row,
    under,
)
from tests.table.rows.deleted import (
    MAILBOX_BACK,
)
from tests.table.rows.losses import BOTH_GIVEN, GIVEN, NAMED, assigned
from tests.table.tenant import (
    AUDITED,
    BOTH,
    DAY,
    DELETED,
    MEGAN,
    Fault,
    State,
    User,
)

WAITED = ("directory",)
ONE = (Restoring(),)
TWO = (Restoring(), Restoring())
BUSY = "Directory_ConcurrencyViolation"


def restoring(*faults: Fault) -> State:
    """A deleted user, and Graph fails so."""
    return State((DELETED,), faults=faults)


def assigning(*faults: Fault) -> State:
    """A user without the licence, and Graph fails so."""
    return State((AUDITED,), faults=faults)


def nothing_known(expected: Expected, reason: str) -> Expected:
    """The reads fail at first: no preflight, and the run waits."""
    return replace(expected, findings=None, waits=(reason,))


LOST_ANSWERS = {
    "500": (Fault("restore_user", 500, after=True), Fault("assign_licenses", 500, after=True)),
    "504": (Fault("restore_user", 504, after=True), Fault("assign_licenses", 504, after=True)),
    "cut": (Fault("restore_user", after=True), Fault("assign_licenses", after=True)),
}
NOT_DONE = {
    "500": (Fault("restore_user", 500), Fault("assign_licenses", 500)),
    "503": (Fault("restore_user", 503), Fault("assign_licenses", 503)),
    "cut": (Fault("restore_user"), Fault("assign_licenses")),
    "409 busy": (
        Fault("restore_user", 409, BUSY),
        Fault("assign_licenses", 409, BUSY),
    ),
}

LOST = [
    line
    for how, (restore, assign) in LOST_ANSWERS.items()
    for line in (
        row(
            f"restored, and the answer is lost: {how}",
            restoring(restore),
            ask(),
            replace(MAILBOX_BACK, waits=WAITED, details=("the change was seen to be made",)),
        ),
        row(
            f"licence assigned, and the answer is lost: {how}",
            assigning(assign),
            ask("license", **NAMED),
            replace(GIVEN, waits=WAITED, details=("the change was seen to be made",)),
        ),
    )
]
AGAIN = [
    line
    for how, (restore, assign) in NOT_DONE.items()
    for line in (
        row(
            f"not restored, sent again: {how}",
            restoring(restore),
            ask(),
            replace(MAILBOX_BACK, sent=TWO, made=(1, 0), waits=WAITED),
        ),
        row(
            f"licence not assigned, sent again: {how}",
            assigning(assign),
            ask("license", **NAMED),
            replace(GIVEN, sent=(*assigned(), *assigned()), made=(0, 1), waits=WAITED),
        ),
    )
]
READS = [
    row(
        f"{call} answers {status}{f', come back in {wait} s' if wait else ''}",
        State((user,), faults=(Fault(call, status, retry_after=wait),)),
        request,
        nothing_known(expected, reason),
    )
    for status, wait, reason in (
        (429, 30, "throttle"),
        (429, None, "throttle"),
        (503, None, "directory"),
    )
    for call, user, request, expected in (
        ("skus", DELETED, ask(), MAILBOX_BACK),
        ("deleted", DELETED, ask(user=MEGAN), MAILBOX_BACK),
        ("audit", AUDITED, ask("license", **NAMED), GIVEN),
        ("roles_held", DELETED, ask(), MAILBOX_BACK),
    )
]
OTHERS = [
    row(
        "the audit log is busy with others",
        State((AUDITED,), audit_busy=True),
        ask("license", **NAMED),
        nothing_known(GIVEN, "throttle"),
    ),
    row(
        "throttled while the licence is assigned",
        assigning(Fault("assign_licenses", 429, retry_after=7)),
        ask("license", **NAMED),
        replace(GIVEN, sent=(*assigned(), *assigned()), made=(0, 1), waits=("throttle",)),
    ),
    row(
        "the restored user is not found for a moment when the licence is assigned",
        State((replace(BOTH, audited=(NOW - 5 * DAY,)),), faults=(Fault("assign_licenses", 404),)),
        ask(**NAMED),
        replace(
            BOTH_GIVEN,
            sent=(Restoring(), *assigned(), *assigned()),
            made=(1, 1),
            waits=WAITED,
        ),
    ),
    row(
        "listed, and not to be restored any more",
        restoring(Fault("restore_user", 404, calls=())),
        ask(),
        replace(
            MAILBOX_BACK,
            code="user-purged",
            sent=ONE * 5,
            made=(0, 0),
            waits=WAITED,
            after={"deleted": True},
        ),
    ),
]


# Nothing read is not nothing there: microsoft-graph-docs issue 16054.
READS_NOTHING = State((User(),), switches={"readsAsNull": ["*"]})
NOTHING_READ = Expected(
    "directory-error", window=None, findings=found("block directory-error"), waits=WAITED
)
BLANK_READS = [
    row("an active person reads as if nothing were there", READS_NOTHING, ask(), NOTHING_READ),
    replace(
        row(
            "an active person reads as if nothing were there, for two minutes",
            READS_NOTHING,
            ask(),
            replace(NOTHING_READ, code="already-active", window=NO_WINDOW),
            then=(Then(timedelta(minutes=2), "mend"),),
        ),
        changes_before_deciding=True,
    ),
    row(
        "an active person reads as if nothing were there, and a licence is asked for",
        READS_NOTHING,
        ask("license", **NAMED),
        NOTHING_READ,
    ),
]

FAULT_ROWS: list[Row] = [*LOST, *AGAIN, *READS, *OTHERS]
FAULT_VARIANTS: list[Row] = [
    *BLANK_READS,
    *under(OTHERS[0], retryAfter=("fractional", "absent")),
    *under(LOST[:2], restoreAnnotatesType=(False,), sameLicenseAgain=("error",)),
]
