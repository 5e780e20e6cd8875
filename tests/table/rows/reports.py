"""The rows of states that administrators reported, and of their neighbours."""

from dataclasses import replace

from shared.domain.snapshot import Policy
from tests.builders import NOW, UPN
from tests.table.row import (
    BOTH_COME,
    COMES_BACK,
    LICENSE_COMES,
    NO_WINDOW,
    RESTORED,
    UNKNOWN,
    Expected,
    Row,
    ask,
    found,
    refused,
    row,
)
from tests.table.rows.deleted import MAILBOX_BACK, OPEN
from tests.table.rows.losses import BOTH_GIVEN, BY_AUDIT, GIVEN, NAMED, assigned
from tests.table.tenant import (
    ALEX,
    AUDITED,
    BOTH,
    DAY,
    DELETED,
    EXO,
    MEGAN,
    OTHER,
    TICK,
    UNLICENSED,
    Fault,
    State,
    User,
)

GUEST = replace(
    DELETED, upn="megan_fabrikam.com#EXT#@contoso.com", mail="megan@fabrikam.com", aliases=()
)
LOST_TOO = User(ALEX, UPN, "Newcomer", None, (), licenses=(), lost_at=NOW - DAY)
ANCHOR = "kC1Yy0xkSUmS5mSpLIG3xA=="
WORDS = "Another object with the same value for property {} already exists."
CHOSEN = ("license-chosen", "seats-free")


def updated(days: float, base: User = UNLICENSED) -> User:
    """Of whom the log has a record "Update user" alone."""
    return replace(base, updated=(NOW - days * DAY,))


def said(property_: str, code: str) -> Row:
    """Graph refuses the restore since somebody else has the same value of this property."""
    words = WORDS.format(property_)
    fault = Fault("restore_user", 400, "Request_BadRequest", words, calls=())
    return row(
        f"another object has the same {property_}",
        State((DELETED,), faults=(fault,)),
        ask(),
        replace(MAILBOX_BACK, code=code, made=(0, 0), after={"deleted": True}, says=(property_,)),
    )


LOG_ROWS = [
    row(
        "the log has no change of licences, and says in another record what went",
        updated(5),
        ask("license", **NAMED),
        GIVEN,
    ),
    row(
        "the same: the last microsecond",
        replace(UNLICENSED, updated=(NOW - 30 * DAY + TICK,)),
        ask("license", **NAMED),
        replace(GIVEN, window=("closing", "audit")),
    ),
    row(
        "the same: 30 days to the microsecond, and nobody knows what came and went since",
        State((updated(30),), switches={"auditRetentionDays": 60}),
        ask("license", **NAMED),
        refused("window-unknown", window=UNKNOWN, info=CHOSEN, waits=("directory",)),
    ),
    row(
        "the same of somebody who was deleted later",
        updated(5, BOTH),
        ask(**NAMED),
        BOTH_GIVEN,
    ),
    row(
        "the same, and nobody names a licence: its origin is unknown",
        updated(5),
        ask(),
        refused("license-unknown", window=("open", "audit"), info=["mailbox-comes-back"]),
    ),
]
NAMESAKE_ROWS = [
    row(
        "the name is another's now, who lost a licence by the log",
        (DELETED, replace(LOST_TOO, hinted=(NOW - DAY,))),
        ask(),
        refused("ambiguous-user", window=NO_WINDOW, says=("2 people",)),
    ),
    row(
        "the same: that record says that nothing with a mailbox went",
        (DELETED, replace(LOST_TOO, lost_at=None, mailbox=None)),
        ask(),
        refused(
            "upn-conflict",
            "block address-conflict",
            window=OPEN,
            info=COMES_BACK,
            warnings=("address-conflict",),
        ),
    ),
]
GUEST_ROWS = [
    row(
        "a guest with a mailbox of its own keeps its address elsewhere",
        GUEST,
        ask(user=MEGAN),
        replace(MAILBOX_BACK, after={"upn": GUEST.upn, "addresses": GUEST.addresses}),
    ),
    row(
        "the same address of somebody who is no guest",
        replace(GUEST, upn=UPN),
        ask(user=MEGAN),
        refused("address-conflict", window=OPEN, info=COMES_BACK, says=("megan@fabrikam.com",)),
    ),
]
COUNTRY_ROWS = [
    row(
        "no country, deleted: it can be set once the user is back",
        replace(BOTH, usage_location=None, audited=(NOW - 5 * DAY,)),
        ask(**NAMED),
        refused(
            "usage-location-missing",
            window=("open", "audit"),
            info=BOTH_COME,
            says=("as long as the user is deleted",),
        ),
    ),
    row(
        "no country, and nothing tells which licence: both are told at once",
        replace(AUDITED, usage_location=None),
        ask("license"),
        refused(
            "license-unknown",
            "block usage-location-missing",
            window=BY_AUDIT,
            info=["mailbox-comes-back"],
            warnings=("usage-location-missing",),
        ),
    ),
    row(
        "no country, deleted, and the licence named is not in the tenant",
        replace(BOTH, usage_location=None, audited=(NOW - 5 * DAY,)),
        ask(license={"skuPartNumbers": ["SPE_E5"]}),
        refused(
            "license-not-in-tenant",
            "block usage-location-missing",
            window=BY_AUDIT,
            info=[one for one in BOTH_COME if one not in CHOSEN],
            warnings=("usage-location-missing",),
        ),
    ),
]
KIND_USER_ROWS = [
    row(
        "kind user: a change of licences whose own clock is nearly over",
        replace(BOTH, hinted=(NOW - 30 * DAY + TICK,), lost_at=NOW - 30 * DAY + TICK),
        ask("user"),
        Expected(
            "user-restored",
            RESTORED,
            OPEN,
            MAILBOX_BACK.sent,
            findings=found(
                "warn license-missing",
                info=(
                    "groups-come-back",
                    "not-looked-at",
                    "sign-in-state",
                    "password-may-need-reset",
                ),
            ),
            warnings=("license-missing", "mailbox-not-verified"),
            waits=("mailbox",),
            notes=("can come back until",),
            after={"deleted": False, "licenses": {}},
        ),
    ),
]
ANCHOR_ROWS = [
    row(
        "another user has the same link to Active Directory",
        (replace(DELETED, anchor=ANCHOR), replace(OTHER, anchor=ANCHOR)),
        ask(),
        refused("immutable-id-conflict", window=OPEN, info=COMES_BACK, says=("Alex",)),
    ),
    row(
        "another user has another link",
        (replace(DELETED, anchor=ANCHOR), replace(OTHER, anchor=ANCHOR[::-1])),
        ask(),
        MAILBOX_BACK,
    ),
    said("onPremisesImmutableId", "immutable-id-conflict"),
    said("employeeId", "property-conflict"),
    said("userPrincipalName", "upn-conflict"),
]


def by_queue(name: str, user: User, expected: Expected, policy: Policy = Policy()) -> Row:  # noqa: B008 - frozen
    """Plan 1 is named by a message, whose sender has no right to name any licence."""
    asked = ask("license", license={"skuIds": [EXO.id]}) | {"version": 1}
    one = row(f"named by a message: {name}", user, asked, expected, policy=policy)
    return replace(one, door="queue")


EXO_GIVEN = replace(
    GIVEN,
    sent=assigned(sku=EXO.id),
    findings=found("warn license-smaller", info=LICENSE_COMES),
    warnings=("license-smaller",),
    after={"deleted": False, "licenses": {EXO.id: ()}, "content": "original"},
)
LOST = replace(UNLICENSED, audited=(NOW - 5 * DAY,))
RIGHT_ROWS = [
    by_queue(
        "not one that the person was seen with",
        LOST,
        replace(refused("license-not-allowed", window=("open", "audit")), says=("Plan 1",)),
    ),
    by_queue("allowed for everybody", LOST, EXO_GIVEN, Policy(allowed_sku_ids=(EXO.id,))),
    by_queue("the one for everybody", LOST, EXO_GIVEN, Policy(default_sku_ids=(EXO.id,))),
    row(
        "Plan 1 is named by somebody who may name any",
        LOST,
        ask("license", license={"skuIds": [EXO.id]}),
        EXO_GIVEN,
    ),
]

REPORT_ROWS: list[Row] = [
    *LOG_ROWS,
    *NAMESAKE_ROWS,
    *GUEST_ROWS,
    *COUNTRY_ROWS,
    *KIND_USER_ROWS,
    *ANCHOR_ROWS,
    *RIGHT_ROWS,
]
