"""List what each caller may expect of each operation, apart from the product's own table.

As openapi.json has it: Restore.Read sees all restores and the lists; Restore.Request checks,
starts, reads and cancels its own; Restore.Approve decides about what waits for that, and sees it;
Restore.Override goes on where the service would rather stop;
Restore.Admin retries, cancels any, keeps guards. None implies another.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy
from shared.restore.accept import accept
from tests.builders import UPN, a_request
from tests.unit.functions.askers import ADMIN, APPROVE, OVERRIDE, READ, REQUEST
from tests.unit.world.world import World

type Roles = frozenset[str]
type Statuses = frozenset[int]
type Arrange = Callable[[World, str | None], Awaitable[dict[str, str]]]

SOMEBODY_ELSE: Final = "5e0f6b1c-0000-4000-8000-0000000000ff"
NO_SUCH_ID: Final = "0" * 32
NOBODY_ID: Final = "00000000-0000-4000-8000-000000000000"

BODY: Final = {"user": UPN}
ANY_KIND: Final = {"kind": "user", **BODY}
URL: Final = "https://prod-00.westeurope.logic.azure.com/workflows/x"


async def _nothing(_world: World, _caller_id: str | None) -> dict[str, str]:
    return {}


async def _own(world: World, caller_id: str | None) -> dict[str, str]:
    return await _restore_of(RequestedBy(Door.HTTP, None, caller_id), world)


async def _foreign(world: World, _caller_id: str | None) -> dict[str, str]:
    return await _restore_of(RequestedBy(Door.HTTP, "Other", SOMEBODY_ELSE), world)


async def _refused(world: World, _caller_id: str | None) -> dict[str, str]:
    return {"restoreId": (await world.restore(a_request(user="nobody@contoso.com"))).id}


async def _restore_of(owner: RequestedBy, world: World) -> dict[str, str]:
    return {"restoreId": (await accept(order_of(a_request(), owner), world.deps)).record.id}


@dataclass(frozen=True)
class Situation:
    """One call: what it meets, and how it must be answered, by the roles of the caller."""

    operation: str
    answered: Callable[[Roles], int | Statuses]
    body: object = None
    route: dict[str, str] = field(default_factory=dict)
    arrange: Arrange = _nothing

    def expected(self, roles: Roles) -> Statuses:
        """The statuses that are right for a caller with these roles."""
        answer = self.answered(roles)
        return frozenset({answer}) if isinstance(answer, int) else answer


def one_of(*let_in: str, then: int | Statuses) -> Callable[[Roles], int | Statuses]:
    """Whoever has one of these roles is answered so, and everybody else 403."""
    return lambda roles: then if roles & set(let_in) else 403


def _both(*needed: str, then: int) -> Callable[[Roles], int]:
    return lambda roles: then if roles >= set(needed) else 403


def _reads_foreign(roles: Roles) -> int:
    if READ in roles:
        return 202
    # Not 403: who may not read it is not told that it exists.
    return 404 if roles & {REQUEST, APPROVE} else 403


def _reads_own(roles: Roles) -> int:
    if roles & {READ, REQUEST}:
        return 202
    return 404 if APPROVE in roles else 403


def _cancels_foreign(roles: Roles) -> int:
    if ADMIN in roles:
        return 200
    return 404 if REQUEST in roles and READ not in roles else 403


def _checks_override(roles: Roles) -> int:
    return 200 if roles >= {REQUEST, OVERRIDE} else 403


_BATCH = {"restores": [ANY_KIND]}
_GUARD = {"user": UPN, "kind": "mailbox", "act": "at-once"}
_GONE = frozenset({204, 404})

SITUATIONS: Final = {
    "health": Situation("GetHealth", lambda _: 200),
    "me": Situation("GetMe", lambda _: 200),
    "status": Situation("GetStatus", one_of(ADMIN, then=200)),
    "subscriptions": Situation("ListSubscriptions", one_of(READ, REQUEST, ADMIN, then=200)),
    "start": Situation("StartRestore", one_of(REQUEST, then=202), ANY_KIND),
    "start, synced": Situation(
        "StartRestore", _both(REQUEST, OVERRIDE, then=202), ANY_KIND | {"allowSynced": True}
    ),
    "start, unknown window": Situation(
        "StartRestore", _both(REQUEST, OVERRIDE, then=202), ANY_KIND | {"acceptUnknownWindow": True}
    ),
    "start, drop addresses": Situation(
        "StartRestore", _both(REQUEST, OVERRIDE, then=202), ANY_KIND | {"onAddressConflict": "drop"}
    ),
    "mailbox": Situation("RestoreMailbox", one_of(REQUEST, then=202), BODY),
    "mailbox, synced": Situation(
        "RestoreMailbox", _both(REQUEST, OVERRIDE, then=202), BODY | {"allowSynced": True}
    ),
    "user": Situation("RestoreUser", one_of(REQUEST, then=202), BODY),
    "license": Situation("RestoreLicense", one_of(REQUEST, then=202), BODY),
    "check": Situation("CheckRestore", one_of(REQUEST, then=200), ANY_KIND),
    "check, many": Situation(
        "CheckRestore", one_of(REQUEST, then=200), {"restores": [ANY_KIND, ANY_KIND]}
    ),
    "check, synced": Situation("CheckRestore", _checks_override, ANY_KIND | {"allowSynced": True}),
    "read own": Situation("GetRestore", _reads_own, arrange=_own),
    "read other's": Situation("GetRestore", _reads_foreign, arrange=_foreign),
    "read nothing": Situation(
        "GetRestore", one_of(READ, REQUEST, APPROVE, then=404), route={"restoreId": NO_SUCH_ID}
    ),
    "list": Situation("ListRestores", one_of(READ, then=200), arrange=_foreign),
    "journal": Situation("GetJournal", one_of(READ, REQUEST, then=200), arrange=_own),
    "cancel own": Situation("CancelRestore", one_of(REQUEST, ADMIN, then=200), {}, arrange=_own),
    "cancel other's": Situation("CancelRestore", _cancels_foreign, {}, arrange=_foreign),
    "retry": Situation("RetryRestore", one_of(ADMIN, then=202), {}, arrange=_refused),
    "retry own": Situation("RetryRestore", one_of(ADMIN, then=409), {}, arrange=_own),
    "retry many": Situation("RetryRestores", one_of(ADMIN, then=200), {"restoreIds": ["none"]}),
    "undo, turned off": Situation("UndoRestore", one_of(ADMIN, then=409), {}, arrange=_refused),
    "approve what does not wait": Situation(
        "ApproveRestore", one_of(APPROVE, then=409), {"planHash": "x"}, arrange=_foreign
    ),
    "reject what does not wait": Situation(
        "RejectRestore", one_of(APPROVE, then=409), {"reason": "no"}, arrange=_foreign
    ),
    "approve no batch": Situation(
        "ApproveBatch",
        one_of(APPROVE, then=404),
        {"planHash": "x"},
        route={"batchId": NO_SUCH_ID},
    ),
    "reject no batch": Situation(
        "RejectBatch", one_of(APPROVE, then=404), {}, route={"batchId": NO_SUCH_ID}
    ),
    "losses": Situation("ListLosses", one_of(READ, then=200)),
    "capacity": Situation("GetCapacity", one_of(READ, then=200)),
    "licenses": Situation("ListLicenses", one_of(REQUEST, then=200)),
    "batch": Situation("StartBatch", one_of(REQUEST, then=202), _BATCH),
    "read no batch": Situation(
        "GetBatch", one_of(READ, REQUEST, APPROVE, then=404), route={"batchId": NO_SUCH_ID}
    ),
    "guard": Situation("AddGuard", one_of(ADMIN, then=201), _GUARD),
    "guards": Situation("ListGuards", one_of(ADMIN, then=200)),
    "remove no guard": Situation(
        "RemoveGuard", one_of(ADMIN, then=404), route={"guardId": NO_SUCH_ID}
    ),
    "trail": Situation("GetTrail", one_of(READ, then=200)),
    "erase nobody": Situation("ErasePerson", one_of(ADMIN, then=204), route={"userId": NOBODY_ID}),
    "subscribe": Situation(
        "Subscribe",
        one_of(READ, REQUEST, then=201),
        {"notificationUrl": URL, "event": "restore.finished.v1"},
    ),
    "subscribe to people": Situation(
        "Subscribe",
        one_of(READ, then=201),
        {"notificationUrl": URL, "event": "restore.window-closing.v1"},
    ),
    "unsubscribe nothing": Situation(
        "Unsubscribe",
        one_of(READ, REQUEST, ADMIN, then=_GONE),
        route={"subscriptionId": NO_SUCH_ID},
    ),
}

# Who is let in at all: any one of these roles; nobody else is answered anything but 403.
LET_IN: Final[dict[str, set[str]]] = {
    "GetHealth": set(),
    "GetMe": set(),
    "GetStatus": {ADMIN},
    "ListSubscriptions": {READ, REQUEST, ADMIN},
    "StartRestore": {REQUEST},
    "RestoreMailbox": {REQUEST},
    "RestoreUser": {REQUEST},
    "RestoreLicense": {REQUEST},
    "CheckRestore": {REQUEST},
    "GetRestore": {READ, REQUEST, APPROVE},
    "ListRestores": {READ, APPROVE},
    "GetJournal": {READ, REQUEST},
    "ApproveRestore": {APPROVE},
    "RejectRestore": {APPROVE},
    "ApproveBatch": {APPROVE},
    "RejectBatch": {APPROVE},
    "CancelRestore": {READ, REQUEST, ADMIN},
    "RetryRestore": {ADMIN},
    "RetryRestores": {ADMIN},
    "UndoRestore": {ADMIN},
    "ListLosses": {READ},
    "GetCapacity": {READ},
    "ListLicenses": {REQUEST},
    "StartBatch": {REQUEST},
    "GetBatch": {READ, REQUEST, APPROVE},
    "AddGuard": {ADMIN},
    "ListGuards": {ADMIN},
    "RemoveGuard": {ADMIN},
    "GetTrail": {READ},
    "ErasePerson": {ADMIN},
    "Subscribe": {READ, REQUEST},
    "Unsubscribe": {READ, REQUEST, ADMIN},
}
