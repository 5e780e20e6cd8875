"""List the plans that a user's licences grant, and the state of each.

A plan is as its subscription is: enabled, in grace (Warning), disabled (Suspended, LockedOut), or
gone. Source: Microsoft "assignedPlan resource type" and "subscribedSku resource type",
capabilityStatus; that one is the other's is not confirmed by a source. A person's plan may be put
into another state than its subscription: `planStates` of the user.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.catalog import carries_mailbox, service_of
from infra.local.graph.tenant.clock import iso_seconds
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json

WORKING = frozenset({"Enabled", "Warning"})
# Nothing is lost yet, and nobody can use it. Source: Microsoft "What happens to my data and
# access when my subscription ends".
DISABLED = frozenset({"Suspended", "LockedOut"})
_BEST_FIRST = ("Enabled", "Warning", "Suspended", "LockedOut", "Deleted")


@dataclass(frozen=True, slots=True)
class Grant:
    """A plan that a licence switches on: its name and its state."""

    name: str
    status: str


def granted(tenant: Tenant, licenses: list[Json]) -> dict[str, Grant]:
    """Answer the plans switched on by these licences, by id; of two states the better one."""
    found: dict[str, Grant] = {}
    for row in licenses:
        sku = tenant.skus.get(row["skuId"])
        for plan in sku["servicePlans"] if sku else []:
            plan_id = plan["servicePlanId"]
            if plan_id in row["disabledPlans"]:
                continue
            grant = Grant(plan["servicePlanName"], sku["capabilityStatus"] if sku else "")
            if plan_id not in found or _rank(grant.status) < _rank(found[plan_id].status):
                found[plan_id] = grant
    return {plan: grant for plan, grant in found.items() if grant.status != "Deleted"}


def assigned_plans(
    user: Json, grants: dict[str, Grant], now: datetime, switches: Switches
) -> list[Json]:
    """Answer the user's assignedPlans after a change; what was lost stays as Deleted."""
    states: dict[str, str] = user.get("planStates") or {}
    rows = {row["servicePlanId"]: dict(row) for row in user.get("assignedPlans") or []}
    for plan_id, row in rows.items():
        if plan_id not in grants and plan_id not in states and row["capabilityStatus"] != "Deleted":
            row["capabilityStatus"] = "Deleted"
            if switches.plans_date_follows_removal:
                row["assignedDateTime"] = iso_seconds(now)
    for plan_id, grant in grants.items():
        before = rows.get(plan_id)
        if before is None or before["capabilityStatus"] == "Deleted":
            before = rows[plan_id] = {
                "assignedDateTime": iso_seconds(now),
                "capabilityStatus": "Enabled",
                "service": service_of(grant.name),
                "servicePlanId": plan_id,
            }
        before["capabilityStatus"] = grant.status
    for plan_id, status in states.items():
        if plan_id in rows:
            rows[plan_id]["capabilityStatus"] = status
    return list(rows.values())


def provisioned_plans(user: Json, grants: dict[str, Grant]) -> list[Json]:
    """Answer the user's provisionedPlans: one row for each service, in its best state."""
    best: dict[str, str] = {}
    for row in user["assignedPlans"]:
        service, status = row["service"], row["capabilityStatus"]
        if row["servicePlanId"] in grants and (
            service not in best or _rank(status) < _rank(best[service])
        ):
            best[service] = status
    return [
        {"capabilityStatus": best[service], "provisioningStatus": "Success", "service": service}
        for service in sorted(best)
    ]


def gives_mailbox(tenant: Tenant, licenses: list[Json]) -> bool:
    """Tell whether licences, or assignment states, switch on a plan that carries a mailbox."""
    return carries_mailbox(granted(tenant, licenses))


def mailbox_plan(user: Json) -> str | None:
    """Answer the state of the user's best plan that carries a mailbox; None without one."""
    return best_state(row for row in user.get("assignedPlans") or [] if _carries(row))


def best_state(rows: Iterable[Json]) -> str | None:
    """Answer the best state of some rows of assignedPlans that is not Deleted, or None."""
    states = sorted({row["capabilityStatus"] for row in rows} - {"Deleted"}, key=_rank)
    return states[0] if states else None


def _carries(row: Json) -> bool:
    return carries_mailbox((row["servicePlanId"],))


def _rank(status: str) -> int:
    return _BEST_FIRST.index(status) if status in _BEST_FIRST else len(_BEST_FIRST)
