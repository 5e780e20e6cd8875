"""The rows about people who are not to be brought back, and names that are a successor's by now."""

from dataclasses import replace

from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.snapshot import Policy
from tests.table.row import COMES_BACK, LICENSE_COMES, Json, Row, ask, found, refused, row, under
from tests.table.rows.conflicts import (
    ALIAS,
    HAS_ALIAS,
    MOVED,
    NAMESAKE,
    RENAME,
    RENAMED,
    TAKEN,
)
from tests.table.rows.deleted import MAILBOX_BACK, OPEN
from tests.table.rows.losses import GIVEN, NAMED
from tests.table.tenant import AUDITED, DELETED, SALES, Licensing, State

KNOWN = replace(MOVED, employee_id="4711")
SUCCESSOR = replace(NAMESAKE, employee_id="4712")
ACCEPTED: Json = {"acceptRehire": True}

SUCCESSORS = [
    row(
        "the name is a successor's: another employee number",
        (KNOWN, SUCCESSOR),
        ask(),
        refused(
            "rehire-blocked",
            "block upn-conflict",
            window=OPEN,
            info=COMES_BACK,
            warnings=("upn-conflict",),
            says=("employee number", "Newcomer"),
        ),
    ),
    row(
        "another name does not help against a successor",
        (KNOWN, SUCCESSOR),
        ask(**RENAME),
        refused("rehire-blocked", "warn user-renamed", window=OPEN, info=COMES_BACK),
    ),
    row("a successor, accepted", (KNOWN, SUCCESSOR), ask(**RENAME, **ACCEPTED), RENAMED),
    row(
        "accepted, and the name is taken all the same",
        (KNOWN, SUCCESSOR),
        ask(**ACCEPTED),
        TAKEN,
    ),
    row(
        "the same person under a second account: the numbers are one",
        (KNOWN, replace(SUCCESSOR, employee_id=" 4711 ")),
        ask(),
        TAKEN,
    ),
    row("nobody knows the number of the holder", (KNOWN, NAMESAKE), ask(), TAKEN),
    row("nobody knows the number of the deleted", (MOVED, SUCCESSOR), ask(), TAKEN),
    row(
        "an address is a successor's",
        (replace(DELETED, employee_id="4711"), replace(HAS_ALIAS, employee_id="4712")),
        ask(),
        refused(
            "rehire-blocked",
            "block address-conflict",
            window=OPEN,
            info=COMES_BACK,
            warnings=("address-conflict",),
            says=(ALIAS,),
        ),
    ),
]

BY_PROPERTY = Policy(do_not_restore=MarkRule(None, "extensionAttribute15", "leaver"))
BY_GROUP = Policy(do_not_restore=MarkRule(SALES))
LEAVER = replace(DELETED, attribute="Leaver ")
IN_GROUP = State((DELETED,), groups=(Licensing(licenses=()),))
NOT_SEEN = replace(
    MAILBOX_BACK,
    findings=found("warn conflicts-not-checked", info=COMES_BACK),
    warnings=("conflicts-not-checked",),
    notes=(SALES,),
)
BLOCKED = refused("rehire-blocked", window=OPEN, info=COMES_BACK)

MARKED = [
    row(
        "marked by a property",
        LEAVER,
        ask(),
        replace(BLOCKED, says=("extensionAttribute15=leaver",)),
        policy=BY_PROPERTY,
    ),
    row("marked, accepted", LEAVER, ask(**ACCEPTED), MAILBOX_BACK, policy=BY_PROPERTY),
    row(
        "another value is no mark",
        replace(DELETED, attribute="sales"),
        ask("user"),
        replace(MAILBOX_BACK, code="user-restored"),
        policy=BY_PROPERTY,
    ),
    row(
        "marked and active: no licence either",
        replace(AUDITED, attribute="leaver"),
        ask("license", **NAMED),
        refused("rehire-blocked", window=GIVEN.window, info=LICENSE_COMES),
        policy=BY_PROPERTY,
    ),
    row(
        "a member of the group",
        IN_GROUP,
        ask(),
        replace(BLOCKED, says=(SALES,)),
        policy=BY_GROUP,
    ),
    row(
        "an active member of the group",
        replace(IN_GROUP, users=(AUDITED,)),
        ask("license", **NAMED),
        refused("rehire-blocked", window=GIVEN.window, info=LICENSE_COMES),
        policy=BY_GROUP,
    ),
    row(
        "active and no member of the group",
        replace(IN_GROUP, users=(AUDITED,), groups=(Licensing(licenses=(), members=()),)),
        ask("license", **NAMED),
        GIVEN,
        policy=BY_GROUP,
    ),
    row(
        "groups may not be looked at",
        replace(IN_GROUP, lacks=("GroupMember.Read.All",)),
        ask(),
        NOT_SEEN,
        policy=BY_GROUP,
    ),
    row(
        "deleted, and not told to be a member, which proves nothing",
        replace(IN_GROUP, groups=(Licensing(licenses=(), members=()),)),
        ask(),
        NOT_SEEN,
        policy=BY_GROUP,
    ),
]

GROUPS_UNTOLD = [
    replace(item, expected=NOT_SEEN) for item in under(MARKED[4], deletedGroups=("none", "refused"))
]

REHIRE_ROWS: list[Row] = [*SUCCESSORS, *MARKED]
REHIRE_VARIANTS: list[Row] = GROUPS_UNTOLD
