"""The rows of states beside those that administrators reported."""

from dataclasses import replace

from tests.builders import NOW
from tests.table.row import (
    COMES_BACK,
    LICENSED,
    NO_WINDOW,
    Expected,
    Json,
    Restoring,
    Row,
    ask,
    found,
    refused,
    row,
    under,
)
from tests.table.rows.conflicts import MADE_UP, NEW_NAME, RENAME
from tests.table.rows.deleted import MAILBOX_BACK, OPEN
from tests.table.rows.losses import NAMED, assigned
from tests.table.rows.reports import GUEST, LOST_TOO
from tests.table.tenant import (
    ARCHIVE,
    AUDITED,
    DAY,
    DELETED,
    E3,
    EXO,
    FLOW,
    MEGAN,
    OTHER,
    SHARED,
    TICK,
    UNLICENSED,
    Held,
    Seen,
    State,
    User,
)

FIVE, LONG_AGO = NOW - 5 * DAY, NOW - 40 * DAY
CONVERTED = replace(UNLICENSED, mailbox="shared", lost_at=None)
TOLD = Expected(
    "already-active",
    findings=found("warn shared-unlicensed", info=["already-active"]),
    warnings=("shared-unlicensed",),
)
SHARED_ROWS = [
    row(
        "a shared mailbox lost a licence that only the log knows",
        replace(CONVERTED, audited=(FIVE,)),
        ask(),
        replace(TOLD, notes=("Office 365 E3",)),
    ),
    row(
        "the same by another record of the log, beside one without content",
        replace(CONVERTED, hinted=(FIVE,), updated=(FIVE,)),
        ask(),
        replace(TOLD, notes=("Office 365 E3",)),
    ),
    row(
        "the same, and nothing says which licence it was",
        replace(CONVERTED, hinted=(FIVE,)),
        ask(),
        replace(TOLD, notes=("which of them is not known",)),
    ),
    row(
        "the same: the last microsecond of an archive",
        replace(CONVERTED, hinted=(NOW - 30 * DAY + TICK,)),
        ask(),
        TOLD,
    ),
    row(
        "the same: 30 days to the microsecond",
        replace(CONVERTED, hinted=(NOW - 30 * DAY,)),
        ask(),
        Expected("already-active", findings=found(info=["already-active"])),
    ),
    row(
        "the log may not be read, which decides nothing here",
        State((replace(CONVERTED, audited=(FIVE,)),), lacks=("AuditLog.Read.All",)),
        ask(),
        Expected("already-active", findings=found(info=["already-active"])),
    ),
    row(
        "a shared mailbox is asked for a licence, which it needs to lose nothing",
        replace(CONVERTED, audited=(FIVE,)),
        ask("license"),
        TOLD,
    ),
]

NOTHING_LOST = Expected("already-active", findings=found(info=["already-active"]))
STILL_THERE = Expected(
    "license-restored",
    LICENSED,
    ("open", "mailbox"),
    assigned(),
    findings=found(info=("mailbox-still-there", "license-chosen", "seats-free")),
    after={"deleted": False, "content": "original"},
)
LIVING = replace(CONVERTED, enabled=False)
LIVING_ROWS = [
    row(
        "a shared mailbox that never had a licence is given one",
        LIVING,
        ask(**NAMED),
        STILL_THERE,
    ),
    row(
        "a shared mailbox gets back the licence that it lost five days ago",
        replace(LIVING, observed=Seen(FIVE)),
        ask(**NAMED),
        replace(
            STILL_THERE,
            code="mailbox-restored",
            window=("open", "observed"),
            findings=found(info=("mailbox-comes-back", "license-chosen", "seats-free")),
        ),
    ),
    row(
        "a shared mailbox whose licence went more than 30 days ago has lost nothing",
        replace(LIVING, observed=Seen(LONG_AGO)),
        ask(**NAMED),
        STILL_THERE,
    ),
    row(
        "the same of a mailbox that does not answer any more",
        replace(UNLICENSED, mailbox="user", lost_at=LONG_AGO, observed=Seen(LONG_AGO)),
        ask(**NAMED),
        refused("window-closed", window=("closed", "observed")),
    ),
    row(
        "a deleted shared mailbox with a licence on it",
        replace(SHARED, licenses=(Held(),)),
        ask(),
        replace(
            MAILBOX_BACK,
            says=("shared, room or equipment",),
            after={"enabled": False, "content": "original"},
        ),
    ),
    row(
        "an active person is asked for as a user, whose licence went by the log",
        replace(UNLICENSED, audited=(FIVE,)),
        ask("user"),
        Expected(
            "already-active",
            findings=found("warn license-missing", info=["already-active"]),
            warnings=("license-missing",),
        ),
    ),
    row(
        "a guest without a mailbox is asked for a licence",
        replace(GUEST, deleted_at=None, lost_at=None, licenses=(), mailbox=None),
        ask("license", user=MEGAN),
        NOTHING_LOST,
    ),
]

PLAN_1 = User(licenses=(Held(EXO.id),), observed=Seen(None, (Held(EXO.id), Held(ARCHIVE.id))))
WITH_ARCHIVE = State((PLAN_1,), (E3, EXO, FLOW, ARCHIVE))
NAMES_ARCHIVE: Json = {"license": {"skuIds": [ARCHIVE.id]}}
ARCHIVE_ROWS = [
    row(
        "an archive lost alone is named with the kind that does not give it",
        WITH_ARCHIVE,
        ask(**NAMES_ARCHIVE),
        Expected(
            "already-active",
            findings=found("warn license-not-used", "warn archive-lost", info=["already-active"]),
            warnings=("license-not-used", "archive-lost"),
        ),
    ),
    row(
        "the same, done as the fix says",
        WITH_ARCHIVE,
        ask("license", **NAMES_ARCHIVE),
        Expected(
            "license-restored",
            LICENSED,
            NO_WINDOW,
            assigned(sku=ARCHIVE.id),
            findings=found(info=("license-chosen", "seats-free")),
            after={"licenses": {EXO.id: (), ARCHIVE.id: ()}},
        ),
    ),
    row(
        "an archive is named for somebody without a mailbox",
        replace(WITH_ARCHIVE, users=(replace(AUDITED, observed=PLAN_1.observed),)),
        ask("license", **NAMES_ARCHIVE),
        refused(
            "license-without-mailbox", window=("open", "observed"), info=["mailbox-comes-back"]
        ),
    ),
]

KEPT_AWAY = "m.bowen@contoso.com"
REMOVED = replace(DELETED, upn=MADE_UP, mail=KEPT_AWAY, aliases=())
TAKING = replace(OTHER, upn=KEPT_AWAY, mail=None)
NAME_ROWS = [
    row(
        "deleted in Exchange, and somebody else has the old name",
        (REMOVED, TAKING),
        ask(user=MEGAN),
        refused(
            "upn-conflict",
            "block address-conflict",
            "warn removed-in-exchange",
            window=OPEN,
            info=COMES_BACK,
            warnings=("address-conflict", "removed-in-exchange"),
        ),
    ),
    row(
        "the same, and it is to come back under another name, to which no mailbox comes",
        # Only the stand-in knows of mailboxes that stay away.
        State((REMOVED, TAKING), switches={"exRemovedMailboxReturns": True}),
        ask(user=MEGAN, onAddressConflict="drop", **RENAME),
        replace(
            MAILBOX_BACK,
            code="mailbox-not-seen",
            sent=(Restoring(NEW_NAME, drop=True),),
            findings=found(
                "warn user-renamed",
                "warn removed-in-exchange",
                "warn addresses-dropped",
                info=COMES_BACK,
            ),
            warnings=("addresses-dropped", "removed-in-exchange"),
            notes=(KEPT_AWAY,),
            waits=("mailbox",),
            after={"deleted": False, "upn": NEW_NAME},
        ),
    ),
]

UPDATED_NAMESAKE = replace(LOST_TOO, updated=(NOW - DAY,))
NAMESAKE_ROWS = [
    row(
        "the name is another's now, who lost a licence by a record of another kind alone",
        (DELETED, UPDATED_NAMESAKE),
        ask(),
        refused("ambiguous-user", window=NO_WINDOW, says=("2 people",)),
    ),
]
NEIGHBOUR_ROWS: list[Row] = [*SHARED_ROWS, *LIVING_ROWS, *ARCHIVE_ROWS, *NAME_ROWS, *NAMESAKE_ROWS]
NEIGHBOUR_VARIANTS: list[Row] = under(NAME_ROWS[-1], exRemovedMailboxReturns=(False,))
