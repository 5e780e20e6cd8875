"""The rows about licences that were lost: alone, and before the user was."""

from dataclasses import replace
from datetime import datetime

from tests.builders import NOW
from tests.table.row import (
    BOTH_COME,
    LICENSE_COMES,
    LICENSED,
    RELICENSED,
    SHARED_COMES_BACK,
    Assigning,
    Expected,
    Json,
    Restoring,
    Row,
    ask,
    at,
    found,
    refused,
    row,
    under,
)
from tests.table.tenant import (
    AUDITED,
    BOTH,
    DAY,
    E3,
    SHARED,
    UNLICENSED,
    Held,
    Seen,
    User,
)

BY_AUDIT = ("open", "audit")
BY_SIGHT = ("open", "observed")
NAMED: Json = {"license": {"skuPartNumbers": ["ENTERPRISEPACK"]}}
KINDS = {"license": "license-restored", "mailbox": "mailbox-restored"}


def assigned(*disabled: str, sku: str = E3.id) -> tuple[Assigning, ...]:
    """One assignment of one licence."""
    return (Assigning(((sku, disabled),)),)


E3_BACK: Json = {"deleted": False, "licenses": {E3.id: ()}, "content": "original"}
GIVEN = Expected(
    "license-restored",
    LICENSED,
    BY_AUDIT,
    assigned(),
    findings=found(info=LICENSE_COMES),
    after=E3_BACK,
)
SEEN_GIVEN = replace(GIVEN, window=BY_SIGHT)
BOTH_GIVEN = Expected(
    "mailbox-restored",
    RELICENSED,
    BY_AUDIT,
    (Restoring(), *assigned()),
    findings=found(info=BOTH_COME),
    after=E3_BACK,
)


def no_license(code: str, *, window: tuple[str, str], says: tuple[str, ...] = ()) -> Expected:
    """Refused, because there is no licence to assign."""
    return refused(code, window=window, info=["mailbox-comes-back"], says=says)


def hinted(expected: Expected) -> Expected:
    """The same, where the log says only that some licence was changed."""
    findings = (expected.findings or frozenset()) | {"warn window-not-proven"}
    return replace(expected, findings=findings, warnings=("window-not-proven", *expected.warnings))


def observed(*held: Held, base: User = UNLICENSED, lost_at: datetime = NOW - 5 * DAY) -> User:
    """The user with what the service saw before the loss."""
    return replace(base, observed=Seen(lost_at, held or (Held(),)))


LOST = [
    *(
        row(
            f"licence gone, named {how}: {kind}",
            AUDITED,
            ask(kind, license=choice),
            replace(GIVEN, code=code),
        )
        for kind, code in KINDS.items()
        for how, choice in {
            "by id": {"skuIds": [E3.id]},
            "by part number": {"skuPartNumbers": ["EnterprisePack"]},
        }.items()
    ),
    *(
        row(
            f"licence gone, as observed: {kind}",
            observed(),
            ask(kind),
            replace(SEEN_GIVEN, code=code),
        )
        for kind, code in KINDS.items()
    ),
    row(
        "licence first, user later: named",
        replace(BOTH, audited=(NOW - 5 * DAY,)),
        ask(**NAMED),
        BOTH_GIVEN,
    ),
    row(
        "licence first, user later: as observed",
        observed(base=BOTH),
        ask(),
        replace(BOTH_GIVEN, window=BY_SIGHT),
    ),
    row(
        "licence first, user later: by the caller's word",
        BOTH,
        ask(licenseRemovedAt=at(NOW - 5 * DAY), **NAMED),
        replace(
            BOTH_GIVEN,
            code="user-restored",
            window=("open", "declared"),
            findings=found("warn window-declared", info=BOTH_COME),
            warnings=("window-declared",),
        ),
    ),
    row(
        "licence first, user later: only the user is asked for",
        replace(BOTH, audited=(NOW - 5 * DAY,)),
        ask("user", **NAMED),
        replace(BOTH_GIVEN, code="user-restored", window=("open", "deletedDateTime")),
    ),
    row(
        "a licence was changed according to the log, of what may have been a shared mailbox",
        replace(SHARED, hinted=(NOW - 5 * DAY,)),
        ask(),
        refused(
            "license-unknown",
            "warn window-not-proven",
            window=BY_AUDIT,
            info=(*SHARED_COMES_BACK, "mailbox-comes-back"),
            warnings=("window-not-proven",),
        ),
    ),
    row(
        "an observed licence, and the restored mailbox is a shared one",
        observed(base=replace(SHARED, lost_at=NOW - 5 * DAY)),
        ask(),
        Expected(
            "mailbox-restored",
            RELICENSED,
            BY_SIGHT,
            (Restoring(),),
            findings=found(info=tuple(x for x in BOTH_COME if not x.startswith("password"))),
            after={"enabled": False, "licenses": {}, "content": "original"},
        ),
    ),
    row(
        "an active shared mailbox needs no licence",
        replace(UNLICENSED, mailbox="shared", lost_at=None),
        ask(),
        Expected("already-active", findings=found(info=["already-active"])),
    ),
]

LOSS_ROWS: list[Row] = LOST
LOSS_VARIANTS: list[Row] = under(
    [LOST[0], LOST[4], LOST[6]],
    sameLicenseAgain=("error",),
    plansDateFollowsRemoval=(True,),
    delayedDelicensing=(True,),
)
