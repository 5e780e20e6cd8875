"""The rows of restores that are taken back: the world as they left it, and moved on since."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.snapshot import Policy
from tests.table.row import Deleting, Expected, Json, Removing, Row, Then, ask, row
from tests.table.rows.deleted import MAILBOX_BACK
from tests.table.rows.losses import BOTH_GIVEN, GIVEN, NAMED
from tests.table.tenant import AUDITED, BOTH, DELETED, E3, HOUR, MEGAN, User

LATER, AT_ONCE = Then(HOUR, "nothing"), Then(timedelta(0), "nothing")
ALLOWED = Policy(undo=True)
VERIFY = ("verify-user",)
GONE: Json = {"deleted": True}


def undone(
    name: str,
    user: User,
    request: Json,
    restored: Expected,
    expected: Expected,
    *since: Then,
) -> Row:
    """The restore comes to its end as `restored` says; what was sent then counts, too."""
    sent = (*(restored.sent or ()), *(expected.sent or ()))
    told = replace(expected, sent=sent, findings=restored.findings, window=None)
    one = row(f"taken back: {name}", user, request, told, policy=ALLOWED)
    return replace(one, undo=since or (LATER,), changes_before_deciding=True)


UNDONE = Expected("undone", ("delete-user", *VERIFY), sent=(Deleting(),), after=GONE)
UNLICENSED_AGAIN = replace(
    UNDONE,
    plan=("remove-license", *VERIFY),
    sent=(Removing((E3.id,)),),
    after={"deleted": False, "licenses": {}},
)
WENT = Expected("undo-refused", says=("not there any more",), after=GONE)

UNDO_ROWS: list[Row] = [
    undone("a user", DELETED, ask("user"), MAILBOX_BACK, UNDONE),
    undone("a licence", AUDITED, ask("license", **NAMED), GIVEN, UNLICENSED_AGAIN),
    undone(
        "both, the last first",
        replace(BOTH, audited=AUDITED.audited),
        ask(**NAMED),
        BOTH_GIVEN,
        replace(
            UNDONE,
            plan=("remove-license", "delete-user", *VERIFY),
            sent=(Removing((E3.id,)), Deleting()),
        ),
    ),
    undone(
        "while reads still lag behind it",
        DELETED,
        ask("user"),
        MAILBOX_BACK,
        replace(UNDONE, waits=("directory",)),
        AT_ONCE,
    ),
    undone(
        "whoever was deleted again since is not deleted twice",
        DELETED,
        ask("user"),
        MAILBOX_BACK,
        replace(WENT, waits=("directory",)),
        Then(HOUR, "delete", MEGAN),
    ),
]
