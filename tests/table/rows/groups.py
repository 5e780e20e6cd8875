"""The rows about licences that came from a group, and about several licences at once."""

from dataclasses import replace

from shared.domain.snapshot import Policy
from tests.builders import EXCHANGE_PLAN_ID
from tests.table.row import (
    LICENSE_COMES,
    LICENSED,
    Assigning,
    Expected,
    Row,
    Then,
    ask,
    found,
    refused,
    row,
)
from tests.table.rows.losses import BY_SIGHT, NAMED, SEEN_GIVEN, no_license, observed
from tests.table.tenant import (
    ACTIVE,
    ALEX,
    ARCHIVE,
    E3,
    EXO,
    FLOW,
    MEGAN,
    MINUTE,
    OTHER,
    SALES,
    Held,
    Licensing,
    Seen,
    State,
    User,
)

WITHIN = "0e0e0e0e-0000-4000-8000-00000000000e"
RULE = '(user.department -eq "Sales")'
SEES_GROUPS = ("GroupMember.Read.All",)
OF_SALES = Held(group=SALES)
GONE = observed(OF_SALES)


def waiting(error: str) -> User:
    """Megan, to whom the group cannot give its licence for this reason."""
    held = (Held(group=SALES, error=error),)
    return replace(GONE, licenses=held)


def why(name: str, user: User, *groups: Licensing, says: tuple[str, ...]) -> Row:
    """The group does not give it, and these words say why."""
    expected = no_license("license-from-group", window=BY_SIGHT, says=("Sales", *says))
    return row(
        f"a group's licence: {name}",
        State((user,), groups=groups, has=SEES_GROUPS),
        ask(),
        expected,
    )


EMPTY, OUTSIDE = Licensing(licenses=()), Licensing(members=())
WHY = [
    why("the group has lost it", GONE, EMPTY, says=("lost it",)),
    why("no member any more", GONE, OUTSIDE, says=("no longer a member",)),
    why("its rule does not fit", GONE, replace(OUTSIDE, rule=RULE), says=(RULE, "rule")),
    why(
        "in a group within it",
        GONE,
        Licensing(members=(WITHIN,)),
        Licensing(WITHIN, (), (MEGAN,)),
        says=("groups within groups",),
    ),
    why(
        "its mailbox part is off",
        GONE,
        Licensing(licenses=(Held(disabled=(EXCHANGE_PLAN_ID,)),)),
        says=("switched off",),
    ),
    why(
        "its mailbox part is off, and the country is the directory's",
        replace(GONE, usage_location=None),
        Licensing(licenses=(Held(disabled=(EXCHANGE_PLAN_ID,)),)),
        says=("switched off",),
    ),
    *(
        why(error, waiting(error), Licensing(), says=(words,))
        for error, words in {
            "MutuallyExclusiveViolation": "does not go together",
            "DependencyViolation": "a part of another licence",
            "ProhibitedInUsageLocationViolation": "usage location",
            "UniquenessViolation": "has an address of the user",
            "Other": "the reason Other",
        }.items()
    ),
]

FULL = (replace(E3, free=0), EXO, FLOW)
SEAT_OF_GROUP = Expected(
    "mailbox-restored",
    LICENSED,
    BY_SIGHT,
    findings=found("warn no-free-seat", info=["mailbox-comes-back"]),
    warnings=("no-free-seat",),
    waits=("seat",),
    after={"licenses": {E3.id: ()}, "content": "original"},
)
SHORT = State((waiting("CountViolation"), OTHER), FULL, groups=(Licensing(),), has=SEES_GROUPS)
SEATS = [
    row(
        "a group lacks a seat, and one comes free",
        SHORT,
        ask(),
        SEAT_OF_GROUP,
        then=(Then(3 * MINUTE, "seat", ALEX),),
    ),
    row(
        "a group lacks a seat, and the licence is named",
        replace(SHORT, skus=(E3, EXO, FLOW)),
        ask("license", **NAMED),
        SEEN_GIVEN,
    ),
    row(
        "called off while a group lacks a seat",
        SHORT,
        ask(),
        replace(SEAT_OF_GROUP, code="cancelled", after={"licenses": {}}),
        then=(Then(MINUTE, "cancel"),),
    ),
]

TWO = (E3, EXO, FLOW, ARCHIVE)
LOST_TWO = observed(Held(), Held(ARCHIVE.id))
LOST_ALL = observed(Held(), Held(ARCHIVE.id), Held(FLOW.id))
BOTH_GIVEN = (Assigning(((E3.id, ()), (ARCHIVE.id, ()))),)
SEVERAL = [
    row(
        "an archive lost with the mailbox",
        State((LOST_TWO,), TWO),
        ask("license"),
        replace(SEEN_GIVEN, sent=BOTH_GIVEN, after={"licenses": {E3.id: (), ARCHIVE.id: ()}}),
    ),
    row(
        "an archive lost with the mailbox, and no seat of it",
        State((LOST_TWO, OTHER), (E3, EXO, FLOW, replace(ARCHIVE, free=0))),
        ask("license"),
        replace(
            SEEN_GIVEN,
            sent=None,
            made=(0, 1),
            findings=found("warn no-free-seat", info=LICENSE_COMES),
            warnings=("no-free-seat", "license-left-out"),
        ),
    ),
    row(
        "what has nothing to do with the mailbox stays away",
        State((LOST_ALL,), TWO),
        ask("license"),
        replace(
            SEEN_GIVEN,
            sent=BOTH_GIVEN,
            findings=found("warn license-left-out", info=LICENSE_COMES),
            warnings=("license-left-out",),
            notes=("FLOW_FREE",),
            after={"licenses": {E3.id: (), ARCHIVE.id: ()}},
        ),
    ),
    row(
        "all that went, if that is asked for",
        State((LOST_ALL,), TWO),
        ask("license", license={"all": True}),
        replace(
            SEEN_GIVEN,
            sent=None,
            made=(0, 1),
            after={"licenses": {E3.id: (), ARCHIVE.id: (), FLOW.id: ()}},
        ),
    ),
    row(
        "named by the product's name",
        observed(),
        ask("license", license={"skuPartNumbers": ["office 365 e3"]}),
        SEEN_GIVEN,
    ),
]

UNPAID = (replace(E3, status="Suspended", free=0), EXO, FLOW)
ANY_EXO = Policy(allowed_sku_ids=(EXO.id,))
SUSPENDED = [
    row(
        "lost a licence whose subscription is suspended",
        State((observed(), OTHER), UNPAID),
        ask("license"),
        replace(
            SEEN_GIVEN,
            code="cancelled",
            sent=None,
            made=(0, 0),
            findings=found(
                "warn subscription-suspended", info=("license-chosen", "mailbox-comes-back")
            ),
            warnings=("subscription-suspended",),
            waits=("seat",),
            notes=("suspended",),
            after={"licenses": {}},
        ),
        policy=ANY_EXO,
        then=(Then(MINUTE, "cancel"),),
    ),
]

ACTIVE_WITHOUT = [
    row(
        "only the user is asked for, and the mailbox licence is gone",
        observed(),
        ask("user"),
        Expected(
            "already-active",
            findings=found("warn license-missing", info=["already-active"]),
            warnings=("license-missing",),
        ),
    ),
    row(
        "the archive's own licence is gone",
        State(
            (
                replace(
                    ACTIVE,
                    licenses=(Held(EXO.id),),
                    observed=Seen(None, (Held(EXO.id), Held(ARCHIVE.id))),
                ),
            ),
            TWO,
        ),
        ask(),
        Expected(
            "already-active",
            findings=found("warn archive-lost", info=["already-active"]),
            warnings=("archive-lost",),
        ),
    ),
    row(
        "a move to another tenant",
        replace(observed(), licenses=(Held("946ce899-873d-44bb-9d8b-671870cbfdbf"),)),
        ask("license"),
        refused(
            "license-unknown",
            "warn moved-to-another-tenant",
            window=BY_SIGHT,
            info=["mailbox-comes-back"],
            warnings=("moved-to-another-tenant",),
            says=("another tenant",),
        ),
    ),
]
GROUP_ROWS: list[Row] = [*WHY, *SEATS, *SEVERAL, *SUSPENDED, *ACTIVE_WITHOUT]
