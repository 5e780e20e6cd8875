"""Define a row: a tenant's state, a request, and the result expected."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.snapshot import Policy
from tests.builders import NOW, UPN
from tests.table.tenant import State, User

type Json = dict[str, Any]

RESTORE, ASSIGN = "restore-user", "assign-license"
VERIFY = ("verify-user", "verify-mailbox")
RESTORED, LICENSED = (RESTORE, *VERIFY), (ASSIGN, *VERIFY)
RELICENSED = (RESTORE, ASSIGN, *VERIFY)

NO_WINDOW = ("not-applicable", "none")
UNKNOWN = ("unknown", "none")
DEFAULT_POLICY = Policy()


@dataclass(frozen=True)
class Restoring:
    """A restore call: its two options."""

    rename: str | None = None
    drop: bool = False


@dataclass(frozen=True)
class Assigning:
    """An assignLicense call: (SKU id, disabled plans) of each licence added; none is removed."""

    licenses: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Removing:
    """An assignLicense call that takes these SKUs off, and gives back (SKU id, disabled plans)."""

    sku_ids: tuple[str, ...]
    before: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Deleting:
    """A call that deletes an active user."""


type Effect = Restoring | Assigning | Removing | Deleting


@dataclass(frozen=True)
class Then:
    """What happens this long after the beginning, while the restore is on its way.

    `what` is one of `seat` (`about` gives its licences back), `purge` (every deleted user),
    `delete` and `restore` (`about` by somebody else's hand), `give` (Plan 1 to `about`), `name` (a
    newcomer takes the name `about`), `mend` (all faults end), `cancel` (the caller) and `poison`
    (the host sets the work message aside).
    """

    after: timedelta
    what: str
    about: str = ""


@dataclass(frozen=True)
class Expected:
    """What must come of a row.

    `code` is the outcome, `window` verdict and evidence, `sent` the effects in
    order as they were sent (None: how often it was tried does not matter), `made` how often
    (restore, assignLicense) took effect, by default as often as sent. `findings` are those of the
    preflight, "severity code", in any order; None: Graph cannot be asked. `waits` are the reasons
    it was parked for, in order, each once in a row. `says`, `notes` and `details` must be in the
    texts of the outcome, the warnings and the steps. `after` is what the user then is, as far as
    it matters.
    """

    code: str
    plan: tuple[str, ...] = ()
    window: tuple[str, str] | None = NO_WINDOW
    sent: tuple[Effect, ...] | None = ()
    made: tuple[int, int] | None = None
    findings: frozenset[str] | None = frozenset()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    after: Mapping[str, object] = field(default_factory=dict)
    says: tuple[str, ...] = ()

    @property
    def effects(self) -> tuple[int, int]:
        """How often a restore and a licence assignment must have taken effect."""
        if self.made is not None:
            return self.made
        sent = self.sent or ()
        restores = sum(isinstance(item, Restoring) for item in sent)
        return restores, sum(isinstance(item, Assigning | Removing) for item in sent)


@dataclass(frozen=True)
class Row:
    """One row. The request is the contract's JSON; `body` stands for one that is not."""

    name: str
    state: State
    request: Json
    expected: Expected
    policy: Policy = DEFAULT_POLICY
    then: tuple[Then, ...] = ()
    now: datetime = NOW
    door: str = "http"
    body: bytes | None = None
    undo: tuple[Then, ...] | None = None
    """Whether the restore is taken back once it has ended, so long after what happens here."""
    changes_before_deciding: bool = False
    """Whether the run decides on another state than the preflight of the first instant."""

    @property
    def bytes(self) -> bytes:
        """The request as it comes in."""
        return self.body if self.body is not None else json.dumps(self.request).encode()


def row(  # noqa: PLR0913 - the columns of a row
    name: str,
    users: User | tuple[User, ...] | State,
    request: Json,
    expected: Expected,
    *,
    policy: Policy = DEFAULT_POLICY,
    then: tuple[Then, ...] = (),
    now: datetime = NOW,
) -> Row:
    """A row, with its state given by the users alone where nothing else matters."""
    if isinstance(users, User):
        users = (users,)
    state = users if isinstance(users, State) else State(users)
    return Row(name, state, request, expected, policy, then, now)


def ask(kind: str = "mailbox", user: str = UPN, **fields: object) -> Json:
    """A request of this kind for Megan, by name."""
    return {"kind": kind, "user": user, **fields}


def at(instant: datetime) -> str:
    """An instant as the contract writes it."""
    return instant.isoformat().replace("+00:00", "Z")


def under(rows: Row | Iterable[Row], **switches: tuple[object, ...]) -> list[Row]:
    """The same rows with each of these answers of a switch: the outcome must not change."""
    given = (rows,) if isinstance(rows, Row) else tuple(rows)
    return [
        replace(
            one,
            name=f"{one.name} [{switch} {answer}]",
            state=replace(one.state, switches=one.state.switches | {switch: answer}),
        )
        for one in given
        for switch, answers in switches.items()
        for answer in answers
    ]


def found(*codes: str, info: Iterable[str] = ()) -> frozenset[str]:
    """Findings: "block x" and "warn x" as they are, and those that only inform."""
    return frozenset((*codes, *(f"info {code}" for code in info)))


COMES_BACK = (
    "licenses-come-back",
    "groups-come-back",
    "not-looked-at",
    "sign-in-state",
    "password-may-need-reset",
    "mailbox-comes-back",
)
"""What the preflight tells of a licensed user that is deleted."""
SHARED_COMES_BACK = ("groups-come-back", "not-looked-at", "sign-in-state")
LICENSE_COMES = ("license-chosen", "seats-free", "mailbox-comes-back")
BOTH_COME = (
    "groups-come-back",
    "not-looked-at",
    "sign-in-state",
    "password-may-need-reset",
    *LICENSE_COMES,
)


def refused(
    code: str,
    *more: str,
    window: tuple[str, str] | None = NO_WINDOW,
    info: Iterable[str] = (),
    warnings: tuple[str, ...] = (),
    **fields: object,
) -> Expected:
    """Refused with this finding before anything was changed; `more` are findings beside it."""
    findings = found(f"block {code}", *more, info=info)
    plain = Expected(code, (), window, findings=findings, warnings=warnings)
    return replace(plain, **fields)  # type: ignore[arg-type]
