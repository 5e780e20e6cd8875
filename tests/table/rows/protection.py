"""The rows about who is protected, and what the service is not allowed to do."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.approval_rules import ApprovalRules
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from tests.builders import NOW
from tests.table.row import (
    COMES_BACK,
    LICENSE_COMES,
    Expected,
    Row,
    ask,
    found,
    refused,
    row,
    under,
)
from tests.table.rows.conflicts import ALIAS, NAMESAKE, said_no
from tests.table.rows.deleted import MAILBOX_BACK, OPEN
from tests.table.rows.losses import GIVEN, NAMED
from tests.table.tenant import (
    AUDITED,
    DAY,
    DELETED,
    State,
)

ADMIN = replace(DELETED, roles=("Global Administrator",))
OPEN_TO_ADMINS = Policy(protect_privileged=False)
LONG_AGO = NOW - 31 * DAY
EVERYTHING = replace(ADMIN, synced=True, deleted_at=LONG_AGO, lost_at=LONG_AGO)

# Ninety minutes before the end of the window, where every kind wants an approval.
ALMOST_OVER = NOW - 30 * DAY + timedelta(minutes=90)
APPROVED_FIRST = Policy(approvals=ApprovalRules(kinds=tuple(RestoreKind)))

NOT_DECIDED = [
    replace(
        row(
            "nobody approves in time",
            replace(DELETED, deleted_at=ALMOST_OVER),
            ask(),
            Expected(
                "not-approved",
                (),
                ("closed", "deletedDateTime"),
                findings=found(info=(*COMES_BACK, "not-approved")),
                waits=("approval",),
                says=("the last moment for the mailbox",),
            ),
            policy=APPROVED_FIRST,
        ),
        changes_before_deciding=True,
    ),
]

PROTECTED = [
    row(
        "synchronised",
        replace(DELETED, synced=True),
        ask(),
        refused("synced-from-on-premises", window=OPEN, info=COMES_BACK),
    ),
    row(
        "synchronised, allowed",
        replace(DELETED, synced=True),
        ask(allowSynced=True),
        replace(
            MAILBOX_BACK,
            findings=found("warn next-sync", info=COMES_BACK),
            warnings=("next-sync",),
        ),
    ),
    row(
        "synchronised and active",
        replace(AUDITED, synced=True),
        ask("license", **NAMED),
        replace(
            GIVEN,
            findings=found("warn mailbox-may-be-on-premises", info=LICENSE_COMES),
            warnings=("mailbox-may-be-on-premises",),
        ),
    ),
    row(
        "an admin",
        ADMIN,
        ask(),
        refused("privileged-user", window=OPEN, info=COMES_BACK, says=("Global Administrator",)),
    ),
    row(
        "an admin, not protected: Graph's 403 is explained",
        ADMIN,
        ask(),
        said_no("out-of-reach", "User.DeleteRestore.All", "administrator role"),
        policy=OPEN_TO_ADMINS,
    ),
    row(
        "an active admin's licence",
        replace(AUDITED, roles=("User Administrator",)),
        ask("license", **NAMED),
        GIVEN,
    ),
    row(
        "everything at once",
        (EVERYTHING, replace(NAMESAKE, aliases=(ALIAS,))),
        ask(),
        refused(
            "window-closed",
            "block synced-from-on-premises",
            "block privileged-user",
            "block upn-conflict",
            "block address-conflict",
            window=("closed", "deletedDateTime"),
        ),
    ),
]
MAY_ACT = [
    replace(item, expected=MAILBOX_BACK) for item in under(PROTECTED[4], appHasAdminRole=(True,))
]

BY_GROUP = replace(DELETED, group_roles=("User Administrator",))
MAY_BECOME = replace(DELETED, eligible=("Global Administrator",))
TOLD_AFTER = replace(
    MAILBOX_BACK,
    warnings=("roles-not-checked", "privileged-user"),
    notes=("could not be seen before the restore", "User Administrator"),
)
NOT_SEEN_AT_FIRST = [
    row(
        "an admin who has yet to activate the role",
        MAY_BECOME,
        ask(),
        refused("privileged-user", window=OPEN, info=COMES_BACK, says=("Global Administrator",)),
    ),
    row(
        "an admin by a group, which the bin does not show",
        BY_GROUP,
        ask(),
        said_no("out-of-reach", "User.DeleteRestore.All", "administrator role"),
    ),
    row(
        "who may activate a role must not be seen",
        State(
            (MAY_BECOME,),
            lacks=("RoleManagement.Read.Directory",),
            has=("Directory.Read.All",),
        ),
        ask(),
        replace(
            MAILBOX_BACK,
            findings=found("warn roles-not-checked", info=COMES_BACK),
            warnings=("roles-not-checked",),
            notes=("may take up",),
        ),
    ),
]
SEEN_AFTER = [
    replace(item, expected=TOLD_AFTER)
    for item in under(NOT_SEEN_AT_FIRST[1], appHasAdminRole=(True,))
]
# Eligible roles are a matter of Entra ID P2; a tenant without it has none, and nothing is amiss.
WITHOUT_PIM = [
    replace(item, expected=MAILBOX_BACK)
    for item in under(NOT_SEEN_AT_FIRST[0], entraPremium=("P1", "free"))
]

CANNOT_READ = refused("permission-missing", window=None)
PERMISSIONS = [
    row(
        "no permission to restore",
        State((DELETED,), lacks=("User.DeleteRestore.All",)),
        ask(),
        said_no("permission-missing", "User.DeleteRestore.All"),
    ),
    row(
        "no permission to read users",
        State((DELETED,), lacks=("User.Read.All",)),
        ask(),
        replace(CANNOT_READ, says=("User.Read.All",)),
    ),
    row(
        "no permission to read subscriptions",
        State((DELETED,), lacks=("LicenseAssignment.Read.All", "LicenseAssignment.ReadWrite.All")),
        ask(),
        replace(CANNOT_READ, says=("LicenseAssignment.Read.All",)),
    ),
    row(
        "no permission to read roles",
        State((DELETED,), lacks=("RoleManagement.Read.Directory",)),
        ask(),
        replace(
            MAILBOX_BACK,
            findings=found("warn roles-not-checked", info=COMES_BACK),
            warnings=("roles-not-checked",),
        ),
    ),
    row(
        "no permission to look at mailboxes",
        State((DELETED,), lacks=("MailboxSettings.Read",)),
        ask(),
        replace(MAILBOX_BACK, code="user-restored", warnings=("mailbox-not-verified",)),
    ),
    row(
        "no permission to look at mailboxes: licence",
        State((AUDITED,), lacks=("MailboxSettings.Read",)),
        ask(**NAMED),
        replace(
            GIVEN,
            findings=found("warn mailbox-not-verified", info=LICENSE_COMES),
            warnings=("mailbox-not-verified",),
        ),
    ),
]


PROTECTION_ROWS: list[Row] = [*NOT_DECIDED, *PROTECTED, *NOT_SEEN_AT_FIRST, *PERMISSIONS]
PROTECTION_VARIANTS: list[Row] = [*MAY_ACT, *SEEN_AFTER, *WITHOUT_PIM]
