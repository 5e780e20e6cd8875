"""The rows about what happens while a restore waits: for Graph, or for its time to come."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOW
from tests.table.row import (
    COMES_BACK,
    NO_WINDOW,
    Expected,
    Restoring,
    Row,
    Then,
    ask,
    at,
    found,
    refused,
    row,
    under,
)
from tests.table.rows.conflicts import NEW_NAME, RENAME
from tests.table.rows.deleted import MAILBOX_BACK, OPEN, USER_BACK
from tests.table.rows.losses import GIVEN, NAMED
from tests.table.rows.seats import CLOSES_AT, CLOSING
from tests.table.tenant import (
    DAY,
    DELETED,
    MEGAN,
    SECOND,
    UNLICENSED,
    Fault,
    Seen,
    State,
    User,
)


def held_up(*faults: Fault, users: tuple[User, ...] = (DELETED,), **switches: object) -> State:
    """A tenant whose restore call is throttled for a minute, once, unless said otherwise."""
    return State(
        users, faults=faults or (Fault("restore_user", 429, retry_after=60),), switches=switches
    )


def called_off(before: Expected) -> Expected:
    """Cancelled before anybody looked at the person."""
    untouched = {"deleted": True}
    return replace(before, code="cancelled", plan=(), window=None, sent=(), after=untouched)


IN_BETWEEN = 30 * SECOND
TWICE = (Restoring(), Restoring())
LATER = replace(MAILBOX_BACK, sent=TWICE, made=(1, 0), waits=("throttle",))
TAKEN_NOW = replace(
    LATER,
    code="upn-conflict",
    made=(0, 0),
    after={"deleted": True},
    says=("userPrincipalName",),
)
TAKE_NAME = (Then(IN_BETWEEN, "name", DELETED.upn),)
MOVED = replace(DELETED, mail=None, aliases=())

MEANWHILE = [
    row("throttled, then restored", held_up(), ask(), LATER),
    row(
        "the name is taken while it waits",
        held_up(users=(MOVED,)),
        ask(),
        TAKEN_NOW,
        then=TAKE_NAME,
    ),
    row(
        "the name is taken while it waits: rename",
        held_up(users=(MOVED,)),
        ask(**RENAME),
        replace(
            LATER,
            sent=(*TWICE, Restoring(NEW_NAME)),
            waits=("throttle", "directory"),
            findings=found("warn new-name-not-used", info=COMES_BACK),
            warnings=("user-renamed",),
            after={"deleted": False, "upn": NEW_NAME},
        ),
        then=TAKE_NAME,
    ),
    row(
        "the user is purged while it waits",
        held_up(),
        ask(),
        replace(
            LATER,
            code="user-purged",
            sent=(Restoring(),),
            made=(0, 0),
            waits=("throttle", "directory"),
            after={},
        ),
        then=(Then(IN_BETWEEN, "purge"),),
    ),
    row(
        "somebody restores the user while it waits",
        held_up(),
        ask(),
        replace(LATER, sent=(Restoring(),), made=(0, 0), details=("it was so already",)),
        then=(Then(IN_BETWEEN, "restore", MEGAN),),
    ),
    row(
        "throttled until the window has closed",
        held_up(Fault("assign_licenses", 429, retry_after=900, calls=()), users=(CLOSING,)),
        ask("license", **NAMED),
        replace(
            GIVEN,
            code="window-closed-while-waiting",
            window=("closed", "audit"),
            made=(0, 0),
            waits=("throttle",),
            after={"licenses": {}},
        ),
    ),
    row(
        "Graph is down until the window has closed",
        held_up(
            Fault("restore_user", calls=()),
            users=(replace(DELETED, deleted_at=CLOSES_AT - 30 * DAY),),
        ),
        ask(),
        replace(
            MAILBOX_BACK,
            code="window-closed-while-waiting",
            window=("closed", "deletedDateTime"),
            sent=None,
            made=(0, 0),
            waits=("directory",),
            after={"deleted": True},
        ),
    ),
    row(
        "called off before anybody took it up",
        DELETED,
        ask(),
        replace(
            USER_BACK, code="cancelled", plan=(), window=None, sent=(), after={"deleted": True}
        ),
        then=(Then(timedelta(0), "cancel"),),
    ),
    row(
        "five workers die over it before any of them wrote a word",
        DELETED,
        ask(),
        replace(USER_BACK, code="gave-up", plan=(), window=None, sent=(), after={"deleted": True}),
        then=(Then(timedelta(0), "deaths"),),
    ),
]
MEANWHILE[-2:] = [replace(item, changes_before_deciding=True) for item in MEANWHILE[-2:]]

IN_A_WEEK, IN_A_MONTH = NOW + 7 * DAY, NOW + 29 * DAY
SCHEDULED = replace(MAILBOX_BACK, waits=("schedule",))
SCHEDULES = [
    row("not before yesterday", DELETED, ask(notBefore=at(NOW - DAY)), MAILBOX_BACK),
    row("in a week, and the window is open then", DELETED, ask(notBefore=at(IN_A_WEEK)), SCHEDULED),
    row(
        "at the last microsecond of the window",
        DELETED,
        ask(notBefore=at(NOW + 28 * DAY - timedelta(microseconds=1))),
        replace(SCHEDULED, window=("closing", "deletedDateTime")),
    ),
    row(
        "at the very end of the window",
        DELETED,
        ask(notBefore=at(NOW + 28 * DAY)),
        refused("window-closed", window=OPEN, info=COMES_BACK, says=("was to begin",)),
    ),
    row(
        "in a month, when the window has closed",
        DELETED,
        ask(notBefore=at(IN_A_MONTH)),
        refused("window-closed", window=OPEN, info=COMES_BACK, says=("was to begin",)),
    ),
    row(
        "in a week, and the user is purged before",
        DELETED,
        ask(notBefore=at(IN_A_WEEK)),
        replace(
            SCHEDULED,
            code="user-not-found",
            waits=(*SCHEDULED.waits, "directory"),
            plan=(),
            window=NO_WINDOW,
            sent=(),
            made=(0, 0),
            after={},
        ),
        then=(Then(DAY, "purge"),),
    ),
    row(
        "in a week, called off before",
        DELETED,
        ask(notBefore=at(IN_A_WEEK)),
        replace(
            SCHEDULED, code="cancelled", plan=(), window=None, sent=(), after={"deleted": True}
        ),
        then=(Then(DAY, "cancel"),),
    ),
]
SCHEDULES[-2:] = [replace(item, changes_before_deciding=True) for item in SCHEDULES[-2:]]

GONE = row(
    "seen before, and gone for good",
    replace(UNLICENSED, is_purged=True, observed=Seen(None)),
    ask(user=MEGAN),
    refused("user-purged", waits=("directory",)),
)


MEANWHILE_ROWS: list[Row] = [*MEANWHILE, *SCHEDULES, GONE]
MEANWHILE_VARIANTS: list[Row] = under(MEANWHILE[1:3], conflictStatus=(409,))
