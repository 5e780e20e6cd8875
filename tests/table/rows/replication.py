"""The rows about what shows late, or not at all: users, licences, mailboxes."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.snapshot import Policy
from tests.builders import NOW, UPN
from tests.table.row import (
    BOTH_COME,
    RELICENSED,
    SHARED_COMES_BACK,
    Expected,
    Row,
    Then,
    ask,
    found,
    row,
    under,
)
from tests.table.rows.deleted import (
    BACK,
    MAILBOX_BACK,
    SHARED_RESTORED,
)
from tests.table.rows.faults import ONE, WAITED
from tests.table.rows.losses import BOTH_GIVEN, GIVEN, NAMED, observed
from tests.table.tenant import (
    ACTIVE,
    AUDITED,
    BOTH,
    DAY,
    DELETED,
    MEGAN,
    SALES,
    SHARED,
    Fault,
    Held,
    Seen,
    State,
)

SOON, LATE, LATEST = timedelta(minutes=10), timedelta(hours=2), timedelta(hours=48)
SHORT_DEADLINE = Policy(mailbox_deadline=timedelta(hours=1))


def slow(user_state: State, **switches: object) -> State:
    """The same tenant under these switches."""
    return replace(user_state, switches=switches)


LAGGING = slow(State((DELETED,)), replicationDelaySeconds=60)
LAGGING_BOTH = slow(State((replace(BOTH, audited=(NOW - 5 * DAY,)),)), replicationDelaySeconds=60)
SLOW_MAILBOX = slow(State((DELETED,)), mailboxDelaySeconds=SOON.total_seconds())
NEVER = slow(State((DELETED,)), mailboxDelaySeconds=LATEST.total_seconds())
REPLICATION = [
    row(
        "the restored user shows a minute later",
        LAGGING,
        ask(),
        replace(MAILBOX_BACK, waits=WAITED),
    ),
    row(
        "the restored user shows a minute later, and then the licence is assigned",
        LAGGING_BOTH,
        ask(**NAMED),
        replace(BOTH_GIVEN, waits=WAITED),
    ),
    row(
        "the licence shows a minute later",
        slow(State((AUDITED,)), replicationDelaySeconds=60),
        ask("license", **NAMED),
        replace(GIVEN, waits=WAITED),
    ),
    row(
        "the answer is lost, and the restored user shows a minute later",
        replace(LAGGING, faults=(Fault("restore_user", 500, after=True),)),
        ask(),
        replace(MAILBOX_BACK, waits=WAITED),
    ),
    row(
        "the mailbox answers ten minutes later",
        SLOW_MAILBOX,
        ask(),
        replace(MAILBOX_BACK, waits=("mailbox",)),
    ),
    row(
        "deleted again while the mailbox is waited for",
        SLOW_MAILBOX,
        ask(),
        replace(
            MAILBOX_BACK,
            code="lost-again",
            waits=("mailbox", "directory"),
            after={"deleted": True},
        ),
        then=(Then(timedelta(minutes=2), "delete", MEGAN),),
    ),
    row(
        "no mailbox answers until the deadline",
        NEVER,
        ask(),
        replace(MAILBOX_BACK, code="mailbox-not-seen", waits=("mailbox",), says=("an hour",)),
        policy=SHORT_DEADLINE,
    ),
    row(
        "a user without a licence, and perhaps never a mailbox: an hour is enough",
        slow(State((SHARED,)), mailboxDelaySeconds=LATE.total_seconds()),
        ask("user"),
        replace(
            SHARED_RESTORED,
            code="user-restored",
            waits=("mailbox",),
            warnings=("mailbox-not-verified",),
        ),
    ),
    row(
        "a shared mailbox takes its time to say so, and gets no licence",
        slow(
            State((observed(base=replace(SHARED, lost_at=NOW - 5 * DAY)),)),
            mailboxDelaySeconds=SOON.total_seconds(),
        ),
        ask(),
        Expected(
            "mailbox-restored",
            RELICENSED,
            ("open", "observed"),
            ONE,
            findings=found(info=tuple(x for x in BOTH_COME if not x.startswith("password"))),
            waits=("mailbox",),
            after={"enabled": False, "licenses": {}, "content": "original"},
        ),
    ),
]

# What a deleted user shows of its licences is not settled by a source.
HIDDEN = slow(State((DELETED,)), deletedKeepsLicenses=False)
HIDDEN_OBSERVED = slow(
    State((replace(DELETED, observed=Seen(NOW - 2 * DAY)),)), deletedKeepsLicenses=False
)
OF_GROUP = replace(DELETED, licenses=(Held(group=SALES),))
DELETED_STATES = [
    row(
        "the bin shows no licences, and they come back",
        HIDDEN,
        ask(),
        replace(
            MAILBOX_BACK,
            code="user-restored",
            findings=found(info=(*SHARED_COMES_BACK, "password-may-need-reset")),
        ),
    ),
    row(
        "the bin shows no licences, one was observed, and it comes back by itself",
        HIDDEN_OBSERVED,
        ask(),
        replace(
            MAILBOX_BACK,
            plan=RELICENSED,
            window=("open", "observed"),
            findings=found(info=BOTH_COME),
            details=("it was so already",),
        ),
    ),
    row("the licence comes back with its group", OF_GROUP, ask(), MAILBOX_BACK),
    row(
        "the group of the licence is gone as well",
        State((OF_GROUP,), deleted_groups=(SALES,)),
        ask(),
        replace(
            MAILBOX_BACK,
            code="mailbox-not-seen",
            warnings=("license-left-out",),
            waits=("directory", "mailbox"),
            after={"deleted": False, "licenses": {}},
        ),
        policy=SHORT_DEADLINE,
    ),
    *(
        row(
            f"sign-in of a shared mailbox is {word} after the restore",
            slow(State((SHARED,)), restoredAccountEnabled=enabled),
            ask(),
            replace(
                SHARED_RESTORED,
                after={"enabled": enabled},
                details=(f"sign-in is {word}",),
                warnings=("sign-in-open",) if enabled else (),
            ),
        )
        for word, enabled in {"allowed": True, "blocked": False}.items()
    ),
    row(
        "sign-in of a person stays as it was",
        slow(State((DELETED,)), restoredAccountEnabled=None),
        ask(),
        replace(MAILBOX_BACK, details=("sign-in is allowed",), after=BACK),
    ),
]

JUST_NOW = (Then(timedelta(0), "delete", MEGAN),)
JUST_DELETED = [
    replace(
        row(
            f"deleted this very minute, asked by {how}",
            ACTIVE,
            ask(user=user),
            replace(MAILBOX_BACK, findings=found(info=["already-active"])),
            then=JUST_NOW,
        ),
        changes_before_deciding=True,
    )
    for how, user in {"id": MEGAN, "name": UPN}.items()
]
BY_ID_IN_THE_GAP, BY_NAME_IN_THE_GAP = under(JUST_DELETED, indexDelaySeconds=(60,))
# The index that is searched by name does not know the user yet, and no other read can tell: it is
# searched again. Its groups, which the same index shows, are not to be seen yet once it is back.
LAGGING_INDEX = [
    BY_ID_IN_THE_GAP,
    replace(
        BY_NAME_IN_THE_GAP,
        expected=replace(
            BY_NAME_IN_THE_GAP.expected, waits=WAITED, warnings=("roles-not-checked",)
        ),
    ),
]


REPLICATION_ROWS: list[Row] = [*REPLICATION, *DELETED_STATES, *JUST_DELETED]
REPLICATION_VARIANTS: list[Row] = [
    *under(REPLICATION[:2], restoreVisibility=("neither", "both"), writesSeeReplica=(True,)),
    *under((REPLICATION[4], REPLICATION[6]), mailboxErrorAlternates=(True,)),
    *LAGGING_INDEX,
]
