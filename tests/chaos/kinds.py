"""List the kinds of restore that change something, each with its own people."""

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
    """One way to lose a mailbox, the request that brings it back, and what must come of it."""

    loss: Callable[[], Json]
    request: Json
    code: str
    effects: dict[str, int] = field(default_factory=lambda: {"restore": 1})


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
}
