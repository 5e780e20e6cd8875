"""The rows about waiting for a seat, and how such a wait ends."""

from dataclasses import replace

from tests.builders import NOW
from tests.table.row import (
    LICENSED,
    Expected,
    Row,
    Then,
    ask,
    found,
    row,
)
from tests.table.rows.losses import BOTH_GIVEN, NAMED
from tests.table.tenant import (
    ALEX,
    AUDITED,
    BOTH,
    DAY,
    E3,
    EXO,
    MEGAN,
    MINUTE,
    OTHER,
    SECOND,
    State,
)

FULL = (replace(E3, free=0),)
OVERDRAWN = (replace(E3, free=-1),)
NO_SEAT_INFO = ("license-chosen", "mailbox-comes-back")
SEAT_COMES = Expected(
    "license-restored",
    LICENSED,
    ("open", "audit"),
    sent=None,
    made=(0, 1),
    findings=found("warn no-free-seat", info=NO_SEAT_INFO),
    warnings=("no-free-seat",),
    waits=("seat",),
    after={"licenses": {E3.id: ()}, "content": "original"},
)
CLOSES_AT = NOW + 5 * MINUTE
CLOSING = replace(AUDITED, lost_at=CLOSES_AT - 30 * DAY, audited=(CLOSES_AT - 30 * DAY,))
FREED = Then(3 * MINUTE, "seat", ALEX)
GIVEN_BY_HAND, LATER = Then(2 * MINUTE, "give", MEGAN), Then(20 * MINUTE, "seat", ALEX)
TOO_LATE = Then(6 * MINUTE, "seat", ALEX)
NO_SEAT = replace(
    SEAT_COMES, code="no-seat", window=("closed", "audit"), made=(0, 0), after={"licenses": {}}
)

SEATS = [
    row(
        "no seat, then one is given back",
        State((AUDITED, OTHER), FULL),
        ask("license", **NAMED),
        SEAT_COMES,
        then=(FREED,),
    ),
    row(
        "more seats are taken than there are, then one is given back and another",
        State(
            (
                AUDITED,
                OTHER,
                replace(OTHER, id=ALEX.replace("1", "2"), upn="b@contoso.com", mail=None),
            ),
            OVERDRAWN,
        ),
        ask("license", **NAMED),
        SEAT_COMES,
        then=(FREED, Then(4 * MINUTE, "seat", ALEX.replace("1", "2"))),
    ),
    row(
        "no seat until the window closes",
        State((CLOSING, OTHER), FULL),
        ask("license", **NAMED),
        NO_SEAT,
    ),
    row(
        "a seat comes free when the window has closed",
        State((CLOSING, OTHER), FULL),
        ask("license", **NAMED),
        NO_SEAT,
        then=(TOO_LATE,),
    ),
    row(
        "the user comes back, and its licence waits for a seat",
        State((replace(BOTH, audited=(NOW - 5 * DAY,)), OTHER), FULL),
        ask(**NAMED),
        replace(
            BOTH_GIVEN,
            sent=None,
            made=(1, 1),
            waits=("seat",),
            findings=found(
                "warn no-free-seat",
                info=(
                    "groups-come-back",
                    "not-looked-at",
                    "sign-in-state",
                    "password-may-need-reset",
                    *NO_SEAT_INFO,
                ),
            ),
            warnings=("no-free-seat",),
        ),
        then=(FREED,),
    ),
    row(
        "the user is deleted while the licence waits for a seat",
        State((AUDITED, OTHER), FULL),
        ask("license", **NAMED),
        replace(
            SEAT_COMES,
            code="user-is-deleted",
            made=(0, 0),
            waits=("seat", "directory"),
            says=("was deleted while",),
            after={"deleted": True},
        ),
        then=(Then(2 * MINUTE, "delete", MEGAN),),
    ),
    row(
        "somebody gives another licence while it waits for a seat, and one is enough",
        State((AUDITED, OTHER), (*FULL, EXO)),
        ask(**NAMED),
        replace(
            SEAT_COMES,
            code="mailbox-restored",
            made=(0, 0),
            warnings=("no-free-seat", "license-left-out"),
            notes=("Office 365 E3 (ENTERPRISEPACK): another licence",),
            after={"licenses": {EXO.id: ()}, "content": "original"},
        ),
        then=(GIVEN_BY_HAND, LATER),
    ),
    row(
        "the same, and it is this licence that is asked for",
        State((AUDITED, OTHER), (*FULL, EXO)),
        ask("license", **NAMED),
        replace(SEAT_COMES, after={"licenses": {E3.id: (), EXO.id: ()}, "content": "original"}),
        then=(GIVEN_BY_HAND, LATER),
    ),
    row(
        "called off while it waits for a seat",
        State((AUDITED, OTHER), FULL),
        ask("license", **NAMED),
        replace(SEAT_COMES, code="cancelled", made=(0, 0), after={"licenses": {}}),
        then=(Then(90 * SECOND, "cancel"), FREED),
    ),
    row(
        "five workers die over it while it waits for a seat",
        State((AUDITED, OTHER), FULL),
        ask("license", **NAMED),
        replace(SEAT_COMES, code="gave-up", made=(0, 0), after={"licenses": {}}),
        then=(Then(90 * SECOND, "deaths"), FREED),
    ),
]


SEAT_ROWS: list[Row] = SEATS
