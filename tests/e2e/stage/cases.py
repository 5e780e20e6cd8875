"""List every way to lose a mailbox with every kind of request, and the result each must have."""

from dataclasses import dataclass

from tests.e2e.stage.people import (
    SKU,
    Json,
    a_deleted_shared_mailbox,
    a_deleted_unlicensed_user,
    a_deleted_user,
    a_user,
    an_unlicensed_user,
)

RESTORE = "restore-user"
ASSIGN = "assign-license"
VERIFY = ("verify-user", "verify-mailbox")
NAMED: Json = {"license": {"skuPartNumbers": [SKU]}}

_RESTORED = ((RESTORE, *VERIFY), {"restore": 1}, "deletedDateTime")
_LICENSED = ((ASSIGN, *VERIFY), {"assignLicense": 1}, "audit")
_NOTHING_TO_DO: tuple[tuple[str, ...], dict[str, int], str] = ((), {}, "none")


@dataclass(frozen=True)
class Case:
    """One loss, one request, and what must come of them."""

    user: Json
    request: Json
    code: str
    does: tuple[tuple[str, ...], dict[str, int], str]
    by_id: bool = False

    @property
    def plan(self) -> tuple[str, ...]:
        """The steps, in order."""
        return self.does[0]

    @property
    def effects(self) -> dict[str, int]:
        """The changes, and how often each is made."""
        return self.does[1]

    @property
    def evidence(self) -> str:
        """What the window is judged by."""
        return self.does[2]


CASES = {
    "user, deleted, by name": Case(a_deleted_user(), {"kind": "user"}, "user-restored", _RESTORED),
    "user, deleted, by id": Case(
        a_deleted_user(), {"kind": "user"}, "user-restored", _RESTORED, by_id=True
    ),
    "license, removed": Case(
        an_unlicensed_user(), {"kind": "license", **NAMED}, "license-restored", _LICENSED
    ),
    "mailbox, deleted user": Case(
        a_deleted_user(), {"kind": "mailbox"}, "mailbox-restored", _RESTORED
    ),
    "mailbox, licence removed": Case(
        an_unlicensed_user(), {"kind": "mailbox", **NAMED}, "mailbox-restored", _LICENSED
    ),
    # Nobody has seen this one with a mailbox before: it answers, and no more is promised.
    "mailbox, deleted shared": Case(
        a_deleted_shared_mailbox(), {"kind": "mailbox"}, "user-restored", _RESTORED
    ),
    "mailbox, deleted and unlicensed": Case(
        a_deleted_unlicensed_user(),
        {"kind": "mailbox", **NAMED},
        "mailbox-restored",
        ((RESTORE, ASSIGN, *VERIFY), {"restore": 1, "assignLicense": 1}, "audit"),
    ),
    "dry run": Case(
        a_deleted_user(),
        {"kind": "mailbox", "dryRun": True},
        "dry-run",
        ((RESTORE, *VERIFY), {}, "deletedDateTime"),
    ),
    "user, already active": Case(a_user(), {"kind": "user"}, "already-active", _NOTHING_TO_DO),
    "license, already active": Case(
        a_user(), {"kind": "license"}, "already-active", _NOTHING_TO_DO
    ),
    "mailbox, already active": Case(
        a_user(), {"kind": "mailbox"}, "already-active", _NOTHING_TO_DO
    ),
}

# Requests to Graph for one restore: made, and the least that would do.
#
# The least is one request for each fact, or for several that can be asked for at one moment, from
# Graph alone, nothing kept from restores before:
#   who         by name one search of both lists and one read of the hit by id, since searches run
#               on an index that lags; by id one read of the list where the user is
#   what for    the SKUs, unless the user holds no licence at all; of a deleted user, with
#               them, the clashes, the roles and the tenant's domains, one of which may be gone;
#               of a lost licence the audit log and the mailbox, which may be a shared one; of an
#               active person the licences, one of which may be gone, and whether the mailbox
#               answers
#   what then   each change, a look before a second one, one look at user and mailbox each, and of
#               a user who is back one at the roles that come by groups, which show only now
# A batch counts as one request here. Graph meters each call in it, so it saves time, not quota.
GRAPH_CALLS = {
    "user, deleted, by name": (8, 7),
    "user, deleted, by id": (7, 6),
    "license, removed": (9, 7),
    "mailbox, deleted user": (8, 7),
    "mailbox, licence removed": (10, 8),
    "mailbox, deleted shared": (10, 6),
    "mailbox, deleted and unlicensed": (12, 10),
    "dry run": (3, 3),
    "user, already active": (4, 3),
    "license, already active": (3, 2),
    "mailbox, already active": (5, 4),
}
