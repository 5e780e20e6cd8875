"""The rows about deleted users and shared mailboxes: who is meant, and what comes back."""

from dataclasses import replace

from shared.domain.snapshot import Policy
from tests.builders import NOW, UPN
from tests.table.row import (
    COMES_BACK,
    NO_WINDOW,
    RESTORE,
    RESTORED,
    SHARED_COMES_BACK,
    Expected,
    Restoring,
    Row,
    ask,
    found,
    refused,
    row,
    under,
)
from tests.table.tenant import (
    ACTIVE,
    ALEX,
    DAY,
    DELETED,
    E3,
    MEGAN,
    NOBODY,
    OTHER,
    SHARED,
    UNLICENSED,
    Seen,
    State,
    User,
)

OPEN = ("open", "deletedDateTime")
ONCE = (Restoring(),)
KINDS = {"user": "user-restored", "mailbox": "mailbox-restored"}
BACK = {
    "deleted": False,
    "upn": UPN,
    "enabled": True,
    "licenses": {E3.id: ()},
    "content": "original",
}
SHARED_BACK = {"deleted": False, "enabled": False, "licenses": {}, "content": "original"}

USER_BACK = Expected(
    "user-restored", RESTORED, OPEN, ONCE, findings=found(info=COMES_BACK), after=BACK
)
MAILBOX_BACK = replace(USER_BACK, code="mailbox-restored")
SHARED_RESTORED = Expected(
    "user-restored",
    RESTORED,
    OPEN,
    ONCE,
    findings=found(info=SHARED_COMES_BACK),
    after=SHARED_BACK,
)
ACTIVE_ALREADY = Expected(
    "already-active", window=NO_WINDOW, findings=found(info=["already-active"])
)
# Looked for again for two minutes: a user deleted a moment ago may not show yet.
NOT_FOUND = refused("user-not-found", waits=("directory",))
ALIAS = "megan@contoso.com"
NAMES = {
    "id": MEGAN,
    "ID in capitals": MEGAN.upper(),
    "name": UPN,
    "name in capitals": UPN.upper(),
    "mail": "m.bowen@contoso.com",
    "alias": ALIAS,
}

BY_NAME = [
    row(
        f"a deleted user by {how}: {kind}",
        replace(DELETED, mail="m.bowen@contoso.com"),
        ask(kind, name),
        USER_BACK if kind == "user" else MAILBOX_BACK,
    )
    for how, name in NAMES.items()
    for kind in KINDS
]
WITHOUT_PREFIX = under(BY_NAME, mangleUpn=(False,))
# Where Graph does not take the filter, name and mail are all that a deleted user is found by.
WITHOUT_ADDRESS_FILTER = [
    *under([item for item in BY_NAME if "alias" not in item.name], deletedAddressFilter=(False,)),
    *under(
        row("a deleted user by alias", DELETED, ask(user=ALIAS), NOT_FOUND),
        deletedAddressFilter=(False,),
    ),
]

MAILBOXES = [
    row(
        f"a deleted {purpose} mailbox: {kind}",
        replace(SHARED, mailbox=purpose),
        ask(kind),
        SHARED_RESTORED,
    )
    for purpose in ("shared", "room", "equipment")
    for kind in KINDS
]

NEVER_HAD_ONE = User(
    deleted_at=DELETED.deleted_at, licenses=(), mailbox=None, mail=None, aliases=()
)
SECOND = replace(
    DELETED,
    id=ALEX,
    name="Megan Bowen the second",
    deleted_at=NOW - 9 * DAY,
    lost_at=NOW - 9 * DAY,
    licenses=(),
)
TWO = (DELETED, SECOND)
PURGED = replace(OTHER, id=NOBODY, observed=Seen(None))
IS_ACTIVE = [
    row(f"active and licensed: {kind}", ACTIVE, ask(kind), ACTIVE_ALREADY)
    for kind in (*KINDS, "license")
]

WHO = [
    *IS_ACTIVE,
    row("active without a licence: user", UNLICENSED, ask("user"), ACTIVE_ALREADY),
    row("nobody of that name", OTHER, ask(user="nobody@contoso.com"), NOT_FOUND),
    row("nobody of that id", OTHER, ask(user=NOBODY), NOT_FOUND),
    row("a longer name with the same end", DELETED, ask(user="bowen@contoso.com"), NOT_FOUND),
    row("a hostile name", DELETED, ask(user="') or 1 eq 1"), replace(NOT_FOUND, waits=())),
    row(
        "a deleted user, and only its licence is asked for",
        DELETED,
        ask("license"),
        refused("user-is-deleted", window=NO_WINDOW, says=("deleted",)),
    ),
    row(
        "two deleted users of one name",
        TWO,
        ask(),
        refused("ambiguous-user", window=NO_WINDOW, says=("2 people",)),
    ),
    row("two of one name, one meant by its id", TWO, ask(user=MEGAN), MAILBOX_BACK),
]

REST = [
    row(
        "dry run",
        DELETED,
        ask(dryRun=True),
        Expected("dry-run", RESTORED, OPEN, findings=found(info=COMES_BACK), says=RESTORED),
    ),
    row(
        "a deleted user that never had a mailbox",
        NEVER_HAD_ONE,
        ask("user"),
        Expected(
            "user-restored",
            (RESTORE, "verify-user"),
            OPEN,
            ONCE,
            findings=found(
                info=(
                    "groups-come-back",
                    "not-looked-at",
                    "sign-in-state",
                    "password-may-need-reset",
                )
            ),
            after={"deleted": False, "licenses": {}},
        ),
    ),
    row(
        "nobody is to look at the mailbox",
        DELETED,
        ask(),
        replace(
            USER_BACK,
            plan=(RESTORE, "verify-user"),
            findings=found("warn mailbox-not-verified", info=COMES_BACK),
            warnings=("mailbox-not-verified",),
        ),
        policy=Policy(verify_mailbox=False),
    ),
    row(
        "a licence is named, and the user's own comes back",
        DELETED,
        ask(license={"skuPartNumbers": ["EXCHANGESTANDARD"]}),
        replace(
            MAILBOX_BACK,
            findings=found("warn license-not-used", info=COMES_BACK),
            warnings=("license-not-used",),
        ),
    ),
    row(
        "the licence comes back over the seat count",
        State((DELETED,), skus=(replace(E3, free=0),)),
        ask(),
        replace(
            MAILBOX_BACK,
            findings=found("warn seats-overdrawn", info=COMES_BACK),
            warnings=("seats-overdrawn",),
        ),
    ),
    row(
        "a default licence is set, and a shared mailbox gets none",
        SHARED,
        ask(),
        SHARED_RESTORED,
        policy=Policy(default_sku_ids=(E3.id,)),
    ),
]

DELETED_ROWS: list[Row] = [
    *BY_NAME,
    *MAILBOXES,
    *WHO,
    *REST,
]
DELETED_VARIANTS: list[Row] = [
    *WITHOUT_PREFIX,
    *WITHOUT_ADDRESS_FILTER,
    *under(
        [BY_NAME[0], BY_NAME[1]],
        restoreAnnotatesType=(False,),
        deletedDateFilter=(False,),
        restoreAfterWindow=(True,),
        plansDateFollowsRemoval=(True,),
        delayedDelicensing=(True,),
        quotas=(False,),
    ),
]
