"""The endings of what was tried, and of what could not be understood."""

from shared.domain.person import AssignedLicense
from tests.builders import UPN, a_person, a_sku
from tests.fakes import refusals
from tests.table.fixes import changes as its
from tests.table.fixes.endings import (
    died_out,
    died_out_later,
    key_taken,
    late,
    message,
    poisoned,
)
from tests.table.fixes.engine import Case, Way
from tests.unit.world.people import DAY

RETRY = "retry the restore"
_AGAIN = "send the request again, with a new idempotencyKey"
_ONCE_MORE = {
    "fix": (Way(_AGAIN, "mailbox-restored"),),
    "fix_admin": (Way(RETRY, "mailbox-restored", retries=True),),
}
_ALL_WELL = {
    "fix": (Way(_AGAIN, "already-active"),),
    "fix_admin": (Way(RETRY, "mailbox-restored", retries=True),),
}
_SEEN = its.forget_lag
_DELETED = a_sku(capability_status="Deleted", free_seats=0)
_UNPAID = a_sku(capability_status="Suspended", free_seats=0)
_RENEWED = its.both(its.skus(a_sku()), its.passes(3 * DAY))
_GIVEN = a_person(licenses=(AssignedLicense(its.P1_ID),))
_ANOTHER = Way(
    "Give the user another licence with a mailbox",
    "already-active",
    its.both(its.put(_GIVEN), its.forget_lag),
)
MESSAGES = ("queue",)

FAILURES = (
    Case(
        "directory-error",
        its.both(its.deleted(), its.fails("restore_user", its.says(400, "Words nobody knows."))),
        ways=_ONCE_MORE,
    ),
    Case(
        "directory-error/not-shown",
        its.both(its.deleted(), its.on("replication_delay", 3 * DAY)),
        ways={
            "fix": (Way(_AGAIN, "already-active", _SEEN),),
            "fix_admin": (Way(RETRY, "mailbox-restored", _SEEN, retries=True),),
        },
    ),
    Case(
        "directory-error/blank",
        its.active(licenses=(), license_states=(), plans=(), account_enabled=None),
        ways={
            "fix": (Way(_AGAIN, "already-active", its.active()),),
            "fix_admin": (Way(RETRY, "already-active", its.active(), retries=True),),
        },
    ),
    Case(
        "directory-error/not-looked",
        its.both(its.deleted(), its.down("mailbox")),
        ways=_ALL_WELL,
        ending=late(2 * DAY),
    ),
    Case("gave-up", its.deleted(), ways=_ONCE_MORE, ending=died_out),
    Case(
        "gave-up/touched",
        its.deleted(),
        ways={
            "fix": (Way(_AGAIN, "already-active", _SEEN),),
            "fix_admin": (Way(RETRY, "mailbox-restored", _SEEN, retries=True),),
        },
        ending=died_out_later,
    ),
    Case(
        "gave-up/blind",
        its.both(its.deleted(), its.down("ids")),
        hand="30 days have passed",
        ending=late(31 * DAY),
    ),
    Case(
        "gave-up/message",
        its.deleted(),
        {"user": UPN},
        {"fix": (Way("send a new message", "mailbox-restored"),)},
        callers=MESSAGES,
        ending=poisoned,
    ),
    Case(
        "invalid-request/message",
        its.deleted(),
        {"user": UPN},
        {"fix": (Way("send a new message", "mailbox-restored"),)},
        callers=MESSAGES,
        ending=message({"version": 1, "kind": "postbox", "user": UPN}),
    ),
    Case(
        "invalid-request/key-reused",
        its.deleted(),
        {"user": UPN},
        {"fix": (Way("with a key (idempotencyKey) of its own", "mailbox-restored"),)},
        callers=MESSAGES,
        ending=key_taken,
    ),
    Case(
        "permission-missing",
        its.both(its.lost(), its.fails("assign_licenses", refusals.denied())),
        ways=_ONCE_MORE,
    ),
    Case(
        "permission-missing/held",
        its.both(
            its.lost(),
            its.granted("User.Read.All", "LicenseAssignment.Read.All"),
            its.fails("skus", refusals.denied()),
        ),
        ways=_ONCE_MORE,
    ),
    Case(
        "permission-missing/restore",
        its.both(its.deleted(), its.fails("restore_user", refusals.denied())),
        ways={
            "fix": (
                Way("best restored by hand", "already-active", its.active()),
                Way("grant this service's identity that permission", "mailbox-restored"),
            ),
            "fix_admin": (
                Way("best restored by hand", "already-active", its.active()),
                Way(RETRY, "mailbox-restored", retries=True),
            ),
        },
    ),
    Case(
        "mailbox-not-seen",
        its.both(its.deleted(), its.on("mailbox_delay", 3 * DAY)),
        ways={
            "fix": (Way(_AGAIN, "already-active", its.passes(3 * DAY)),),
            "fix_admin": (Way(RETRY, "mailbox-restored", its.passes(3 * DAY), retries=True),),
        },
    ),
    Case(
        "mailbox-not-seen/licensed",
        its.both(its.active(), its.silent),
        ways={
            "fix": (Way(_AGAIN, "already-active", its.forget_lag),),
            "fix_admin": (Way(RETRY, "already-active", its.forget_lag, retries=True),),
        },
    ),
    Case(
        "mailbox-not-seen/subscription-deleted",
        its.both(its.active(), its.skus(_DELETED, its.P1), its.silent),
        ways={"fix": (_ANOTHER,)},
    ),
    Case(
        "mailbox-not-seen/came-without-subscription",
        its.both(its.deleted(), its.skus(_DELETED, its.P1), its.on("mailbox_delay", 3 * DAY)),
        ways={"fix": (_ANOTHER,)},
    ),
    Case(
        "mailbox-not-seen/came-unpaid",
        its.both(its.deleted(), its.skus(_UNPAID, its.P1), its.on("mailbox_delay", 3 * DAY)),
        ways={
            "fix": (
                Way("Renew the subscription", "already-active", _RENEWED),
                Way(
                    "give the user another licence with a mailbox",
                    "already-active",
                    its.both(its.put(_GIVEN), its.forget_lag),
                ),
            ),
            "fix_admin": (
                Way("Renew the subscription", "mailbox-restored", _RENEWED, retries=True),
            ),
        },
    ),
)
