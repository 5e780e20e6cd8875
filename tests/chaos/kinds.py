"""List the kinds of restore that change something, and what is taken back, each with people."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.stage.cases import NAMED
from tests.e2e.stage.people import (
    Json,
    a_deleted_shared_mailbox,
    a_deleted_unlicensed_user,
    a_deleted_user,
    an_unlicensed_user,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to lose a mailbox, the request that brings it back, and what must come of it.

    `effects` are by the name of the call; to give a licence and to take it off is `assignLicense`.
    """

    loss: Callable[[], Json]
    request: Json
    code: str
    effects: dict[str, int] = field(default_factory=lambda: {"restore": 1})
    is_undone: bool = False
    """Whether the restore is taken back once it has ended; `code` is then the undo's."""


KINDS = {
    "user": Kind(a_deleted_user, {"kind": "user"}, "user-restored"),
    "license": Kind(
        an_unlicensed_user, {"kind": "license", **NAMED}, "license-restored", {"assignLicense": 1}
    ),
    "mailbox": Kind(a_deleted_user, {"kind": "mailbox"}, "mailbox-restored"),
    "mailbox-unlicensed": Kind(
        an_unlicensed_user, {"kind": "mailbox", **NAMED}, "mailbox-restored", {"assignLicense": 1}
    ),
    "mailbox-shared": Kind(a_deleted_shared_mailbox, {"kind": "mailbox"}, "user-restored"),
    "mailbox-both": Kind(
        a_deleted_unlicensed_user,
        {"kind": "mailbox", **NAMED},
        "mailbox-restored",
        {"restore": 1, "assignLicense": 1},
    ),
    "undo-user": Kind(
        a_deleted_user, {"kind": "user"}, "undone", {"restore": 1, "delete": 1}, is_undone=True
    ),
    "undo-license": Kind(
        an_unlicensed_user,
        {"kind": "license", **NAMED},
        "undone",
        {"assignLicense": 2},
        is_undone=True,
    ),
    "undo-both": Kind(
        a_deleted_unlicensed_user,
        {"kind": "mailbox", **NAMED},
        "undone",
        {"restore": 1, "assignLicense": 2, "delete": 1},
        is_undone=True,
    ),
}
