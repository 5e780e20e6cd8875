"""The endings about who is meant, and about who is protected."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.approval_rules import ApprovalRules
from shared.domain.requests.request import RestoreKind
from tests.builders import NOW, USER_ID, a_deleted_person
from tests.fakes import refusals
from tests.table.fixes import changes as its
from tests.table.fixes.endings import cancelled, rejected
from tests.table.fixes.engine import Case, Way
from tests.unit.world.people import DAY

AGAIN = "send the request again, with a new idempotencyKey"
TWIN = replace(a_deleted_person(), id=its.OTHER_ID)
APPROVED_FIRST = ApprovalRules(kinds=tuple(RestoreKind))
BY_HAND = "nothing that the service could still do"
NO_MORE_RULES = its.policy(approvals=ApprovalRules())
_FIND = "use the object ID"

BY_ID = {"user": USER_ID}
BY_NAME = {"user": a_deleted_person().user_principal_name}
_SPELT = (
    Way("check the spelling", "mailbox-restored", asks=BY_NAME),
    Way(_FIND, "mailbox-restored", asks=BY_ID),
)

PEOPLE = (
    Case(
        "user-not-found",
        its.deleted(),
        {"user": "zz.top@contoso.com"},
        {
            "fix": (
                Way(
                    "Check the spelling",
                    "mailbox-restored",
                    asks={"user": a_deleted_person().user_principal_name},
                ),
                Way(_FIND, "mailbox-restored", asks={"user": USER_ID}),
            ),
            "fix_read": (Way(_FIND, "mailbox-restored", asks={"user": USER_ID}),),
        },
    ),
    Case(
        "user-not-found/similar",
        its.deleted(),
        {"user": "megan.bown@contoso.com"},
        {
            "fix": (Way("use that id as user", "mailbox-restored", asks=BY_ID), *_SPELT),
            "fix_read": (
                Way("use the id of that one as user", "mailbox-restored", asks=BY_ID),
                *_SPELT,
            ),
        },
    ),
    Case(
        "user-not-found/display-name",
        its.deleted(),
        {"user": "Megan Bowen"},
        {
            "fix": (Way("use that id as user", "mailbox-restored", asks=BY_ID),),
            "fix_read": (
                Way("use the user name in brackets as user", "mailbox-restored", asks=BY_NAME),
            ),
        },
    ),
    Case(
        "user-not-found/elsewhere",
        its.both(its.deleted(), its.on("domains", frozenset({"contoso.com"}))),
        {"user": "zz.top@elsewhere.example"},
        {"fix": (Way("Check what stands after the @", "mailbox-restored", asks=BY_NAME), *_SPELT)},
    ),
    Case(
        "user-not-found/no-address",
        its.deleted(),
        {"user": "E-1007"},
        {
            "fix": (
                Way("Use the user name", "mailbox-restored", asks=BY_NAME),
                Way(_FIND, "mailbox-restored", asks=BY_ID),
            ),
            "fix_read": (
                Way(_FIND, "mailbox-restored", asks=BY_ID),
                Way("or the user name", "mailbox-restored", asks=BY_NAME),
            ),
        },
    ),
    Case(
        "user-not-found/by-id",
        its.deleted(),
        {"user": its.OTHER_ID},
        {
            "fix": (
                Way("Check the object ID", "mailbox-restored", asks={"user": USER_ID}),
                Way(
                    "use the user name",
                    "mailbox-restored",
                    asks={"user": a_deleted_person().user_principal_name},
                ),
            )
        },
    ),
    Case("user-purged", its.seen_with(), {"user": USER_ID}, hand="the account is gone for good"),
    Case(
        "user-purged/purging",
        its.both(its.deleted(), its.fails("restore_user", refusals.not_found(USER_ID), 20)),
        hand="the account is gone for good",
    ),
    Case(
        "ambiguous-user",
        its.put(a_deleted_person(), TWIN),
        ways={"fix": (Way("Use the id", "mailbox-restored", asks={"user": USER_ID}),)},
    ),
    Case(
        "user-is-deleted",
        its.deleted(),
        {"kind": RestoreKind.LICENSE},
        {
            "fix": (
                Way('Use kind "mailbox"', "mailbox-restored", asks={"kind": RestoreKind.MAILBOX}),
            )
        },
    ),
    Case(
        "synced-from-on-premises",
        its.deleted(synced=True),
        ways={
            "fix": (
                Way("restore it there", "already-active", its.active(synced=True)),
                Way("move it back into", "already-active", its.active(synced=True)),
                Way(
                    "have somebody with the role Restore.Override send the request with"
                    " allowSynced: true",
                    "mailbox-restored",
                    asks={"allow_synced": True},
                    by="override",
                ),
            ),
            "fix_override": (
                Way("set allowSynced: true", "mailbox-restored", asks={"allow_synced": True}),
            ),
            "fix_keys": (
                Way("restore it there", "already-active", its.active(synced=True)),
                Way(
                    "takes the role Restore.Override",
                    "mailbox-restored",
                    asks={"allow_synced": True},
                    by="override",
                ),
            ),
        },
    ),
    Case(
        "privileged-user",
        its.both(its.deleted(), its.on("roles", {USER_ID: ("Global Administrator",)})),
        ways={
            "fix": (
                Way(
                    "restore this user by hand",
                    "already-active",
                    its.active(),
                ),
            ),
            "fix_admin": (
                Way("restore this user by hand", "already-active", its.active()),
                Way(
                    "PROTECT_PRIVILEGED=false in its settings, and that role for its identity",
                    "mailbox-restored",
                    its.both(its.policy(protect_privileged=False), its.on("roles", {})),
                ),
            ),
        },
    ),
    Case(
        "not-approved",
        its.both(its.deleted(), its.policy(approvals=APPROVED_FIRST)),
        ways={"fix": (Way("Settle the matter", "mailbox-restored", NO_MORE_RULES),)},
        ending=rejected("not now"),
    ),
    Case(
        "not-approved/no-reason",
        its.both(its.deleted(), its.policy(approvals=APPROVED_FIRST)),
        ways={"fix": (Way("Settle the matter", "mailbox-restored", NO_MORE_RULES),)},
        ending=rejected(None),
    ),
    Case(
        "not-approved/too-late",
        its.both(
            its.deleted(deleted_at=NOW - 30 * DAY + timedelta(minutes=90)),
            its.policy(approvals=APPROVED_FIRST),
        ),
        hand="the window has closed",
    ),
    Case(
        "cancelled",
        its.deleted(),
        ways={"fix": (Way(AGAIN, "mailbox-restored"),)},
        ending=cancelled,
    ),
    Case(
        "out-of-reach",
        its.both(
            its.deleted(),
            its.granted("User.DeleteRestore.All"),
            its.fails("restore_user", refusals.denied()),
        ),
        ways={"fix": (Way("do it by hand", "already-active", its.active()),)},
    ),
    Case(
        "out-of-reach/unit",
        its.both(
            its.deleted(),
            its.granted("User.DeleteRestore.All"),
            its.fails(
                "restore_user",
                its.says(
                    403,
                    "Target object is a member of a restricted management administrative unit.",
                ),
            ),
        ),
        ways={
            "fix": (
                Way("do it by hand", "already-active", its.active()),
                Way("give this service's identity a role in it", "mailbox-restored"),
            )
        },
    ),
)
