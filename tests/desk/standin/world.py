"""Hold one scenario's tenant: who is lost, what was asked, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches

from tests.desk.standin.people import BASIC, E1, E3, Json, Loss, crowd, instant
from tests.desk.standin.restores import BATCH, ME, OTHER, Restore, an_id, the_past
from tests.desk.standin.scenario import Scenario
from tests.desk.standin.texts import say

_NAMES = ("id", "userPrincipalName", "mail", "displayName")


@dataclass(slots=True)
class Batch:
    """A batch: its items by the restore they became, or by the fault that they have."""

    id: str
    items: list[Restore | Json]
    created_at: datetime


@dataclass(slots=True)
class World:
    """What the double knows; nothing outlives the process."""

    scenario: Scenario
    now: datetime
    losses: list[Loss]
    restores: list[Restore]
    batches: dict[str, Batch] = field(default_factory=dict)
    guards: list[Json] = field(default_factory=list)
    subscriptions: list[Json] = field(default_factory=list)
    seen: list[Json] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    is_in: bool = False
    by_name: dict[str, list[Loss]] = field(default_factory=dict)

    def restore(self, restore_id: str) -> Restore | None:
        """A restore by its id."""
        return next((one for one in self.restores if one.id == restore_id), None)

    def find(self, user: str) -> list[Loss]:
        """The losses that a name, an address or an id means."""
        if not self.by_name:
            for loss in self.losses:
                for name in {str(loss.row[field]).lower() for field in _NAMES}:
                    self.by_name.setdefault(name, []).append(loss)
        return self.by_name.get(user.strip().lower(), [])

    def near(self, user: str) -> list[Loss]:
        """People who are called nearly so."""
        by_name = {
            loss.row["userPrincipalName"].partition("@")[0]: loss for loss in self.losses[:500]
        }
        wanted = user.lower().partition("@")[0].replace(" ", ".")
        by_part = [loss for name, loss in by_name.items() if wanted and wanted in name]
        close = [by_name[name] for name in get_close_matches(wanted, by_name, 3, 0.5)]
        return list({id(loss): loss for loss in [*by_part, *close]}.values())[:5]

    def start(self, request: Json, key: str | None) -> Restore:
        """The restore of a request; an equal key leads to the one that is there."""
        known = self.restore(self.keys.get(key or "", ""))
        if known is not None:
            return known
        found = self.find(request["user"])
        user = (
            {name: found[0].row[name] for name in ("id", "userPrincipalName", "displayName")}
            if found
            else request["user"]
        )
        case = found[0].row["case"] if found else ""
        plan = tuple(
            step
            for step, is_in in (
                ("restore-user", case.startswith("deleted")),
                ("assign-license", case != "deleted-user"),
                ("verify-user", True),
                ("verify-mailbox", True),
            )
            if is_in
        )
        made = Restore(
            an_id(9000 + len(self.restores)),
            user,
            "queued",
            self.now,
            ME,
            kind=request["kind"],
            plan=plan,
            window=found[0].row["window"] if found else None,
            reason=request.get("reason"),
            ticket=request.get("ticket"),
            is_live=True,
        )
        self.restores.insert(0, made)
        if key:
            self.keys[key] = made.id
        return made

    def start_batch(self, body: Json) -> Batch:
        """A batch of requests, each a restore of its own."""
        items: list[Restore | Json] = []
        for request in body["restores"]:
            made = self.start(request, None)
            made.batch_id = f"ba7c4000-0000-4000-8000-{len(self.batches) + 100:012d}"
            items.append(made)
        batch = Batch(f"ba7c4000-0000-4000-8000-{len(self.batches) + 100:012d}", items, self.now)
        self.batches[batch.id] = batch
        return batch


def build(scenario: Scenario, now: datetime) -> World:
    """The tenant of a scenario as it is when somebody opens the page."""
    losses = crowd(scenario.crowd, now)
    world = World(scenario, now, losses, the_past(losses, now), is_in=not scenario.is_out)
    if losses:
        world.guards = [_guard(world, at) for at in range(min(3, len(losses)))]
        world.subscriptions = [_subscription(world, at) for at in range(2)]
        items: list[Restore | Json] = [one for one in world.restores if one.batch_id == BATCH]
        world.batches[BATCH] = Batch(BATCH, items, now)
    return world


def licenses() -> list[Json]:
    """The tenant's SKUs that carry a mailbox."""
    seats = ((E3, 4, 120, True), (E1, 12, 40, True), (BASIC, 0, 25, False))
    return [
        {
            **sku,
            "freeSeats": free,
            "assignableUnits": units,
            "consumedUnits": units - free,
            "capabilityStatus": "Enabled",
            "mailboxPlans": ["EXCHANGE_S_ENTERPRISE"],
            "allowed": allowed,
        }
        for sku, free, units, allowed in seats
    ]


def capacity(world: World) -> list[Json]:
    """The seats that bringing all of them back needs."""
    gone = [loss.row for loss in world.losses if loss.row["case"] != "deleted-user"]
    needed = Counter(sku["skuId"] for row in gone for sku in row["licenses"])
    ends = [row["window"]["endsAt"] for row in gone if row["window"]["endsAt"]]
    free = {sku["skuId"]: sku["freeSeats"] for sku in licenses()}
    return [
        {
            **sku,
            "needed": needed[sku["skuId"]],
            "free": free[sku["skuId"]],
            "short": max(needed[sku["skuId"]] - free[sku["skuId"]], 0),
            "firstWindowEndsAt": min(ends, default=None),
        }
        for sku in (E3, E1, BASIC)
        if needed[sku["skuId"]]
    ]


def preflight(world: World, request: Json, *, danish: bool) -> Json:
    """What a check of this request finds."""
    found = world.find(request["user"])
    if len(found) != 1:
        return _nobody(world, request["user"], found, danish=danish)
    loss = found[0]
    answered = {
        "upn-conflict": "newUserPrincipalName" in request,
        "address-conflict": request.get("onAddressConflict") == "drop",
        "window-unknown": bool(
            request.get("acceptUnknownWindow") or request.get("licenseRemovedAt")
        ),
        "license-unknown": "license" in request,
        "rehire-blocked": bool(request.get("acceptRehire")),
        "synced-from-on-premises": bool(request.get("allowSynced")),
    }
    findings = [_finding(*one, danish=danish) for one in loss.findings if not answered.get(one[0])]
    case = loss.row["case"]
    steps = (
        ("restore-user", case.startswith("deleted")),
        ("assign-license", case != "deleted-user"),
    )
    plan = [name for name, is_in in steps if is_in]
    is_blocked = any(finding["severity"] == "block" for finding in findings)
    return {
        "restorable": not is_blocked,
        "case": case,
        "window": loss.row["window"],
        "plan": [*plan, "verify-user", "verify-mailbox"],
        "findings": findings,
        "candidates": [],
    }


def _nobody(world: World, user: str, several: list[Loss], *, danish: bool) -> Json:
    code = "ambiguous-user" if several else "user-not-found"
    near = [loss.row for loss in several or world.near(user)]
    names = ("id", "userPrincipalName", "displayName", "case", "window")
    return {
        "restorable": False,
        "case": "not-found",
        "window": None,
        "plan": [],
        "findings": [_finding(code, "block", danish=danish)],
        "candidates": [
            {**{name: row[name] for name in names}, "deletedDateTime": row["deletedAt"]}
            for row in near
        ],
    }


def _finding(code: str, severity: str, *, danish: bool) -> Json:
    return {
        "code": code,
        "severity": severity,
        "message": say(code, danish),
        "fix": say(f"{code}/fix", danish),
    }


def _guard(world: World, at: int) -> Json:
    row = world.losses[at].row
    states = ("watching", "lost", "unresolved")
    blocks = [("privileged-user", "block")] if at == 0 else []
    return {
        "id": an_id(7000 + at),
        "user": row["userPrincipalName"],
        "userId": row["id"],
        "kind": "mailbox",
        "act": ("when-closing", "at-once")[at % 2],
        "reason": "Board member",
        "ticket": None,
        "createdAt": instant(world.now),
        "createdBy": OTHER,
        "lastSeenAt": instant(world.now),
        "state": states[at],
        "lastLoss": {"at": row["lostAt"], "evidence": "observed", "restoreId": an_id(3)}
        if at == 1
        else None,
        "findings": [_finding(*one, danish=False) for one in blocks],
        "links": {},
    }


def _subscription(world: World, at: int) -> Json:
    return {
        "id": an_id(8000 + at),
        "event": ("restore.finished.v1", "restore.window-closing.v1")[at],
        "host": ("prod-21.westeurope.logic.azure.com", "hooks.contoso.example")[at],
        "since": instant(world.now),
        "expiresAt": instant(world.now.replace(year=world.now.year + 1)) if at else None,
        "requestedBy": {"door": "http", **(OTHER if at else ME)},
        "links": {},
    }
