"""What licences do to a user: plans, states per path (direct or by group), and group licensing.

`licenseAssignmentStates` is the truth here; the other properties follow from it.
Source: Microsoft "licenseAssignmentState resource type".
"""

from datetime import datetime

from infra.local.graph.rules import audit, mailbox
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.catalog import service_of
from infra.local.graph.tenant.clock import iso_seconds
from infra.local.graph.tenant.directory import held_skus
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json

_HOLDING = frozenset({"Active", "ActiveWithError"})


def assignment(sku_id: str, disabled: list[str], now: datetime, group: str | None = None) -> Json:
    """Answer one row of licenseAssignmentStates."""
    return {
        "skuId": sku_id,
        "assignedByGroup": group,
        "disabledPlans": disabled,
        "state": "Active",
        "error": "None",
        "lastUpdatedDateTime": iso_seconds(now),
    }


def follow(tenant: Tenant, user: Json, now: datetime, switches: Switches) -> None:
    """Derive licences, plans and mailbox from the assignment states, in place."""
    derive(tenant, user, now, switches)
    mailbox.settle(user, now, switches)


def derive(tenant: Tenant, user: Json, now: datetime, switches: Switches) -> None:
    """Derive licences and plans only, in place."""
    user["assignedLicenses"] = _licenses(user)
    enabled = enabled_plans(tenant, user["assignedLicenses"])
    user["assignedPlans"] = _plans(user, enabled, now, switches)
    user["provisionedPlans"] = [
        {"capabilityStatus": "Enabled", "provisioningStatus": "Success", "service": service}
        for service in sorted({service_of(name) for name in enabled.values()})
    ]


def write(tenant: Tenant, user: Json, now: datetime, switches: Switches) -> None:
    """Derive, store and log the user's changed licences."""
    before = tenant.directory.peek(user["id"])
    held_before = list(before["assignedLicenses"]) if before else []
    follow(tenant, user, now, switches)
    tenant.directory.put(user, now)
    if user["assignedLicenses"] != held_before:
        audit.license_changed(tenant, user, held_before, now)


def enabled_plans(tenant: Tenant, licenses: list[Json]) -> dict[str, str]:
    """Answer the plans switched on by these licences, name by id."""
    found: dict[str, str] = {}
    for row in licenses:
        sku = tenant.skus.get(row["skuId"])
        for plan in sku["servicePlans"] if sku else []:
            if plan["servicePlanId"] not in row["disabledPlans"]:
                found[plan["servicePlanId"]] = plan["servicePlanName"]
    return found


def inherit(tenant: Tenant, user: Json, now: datetime) -> None:
    """Put the user's group licences as the groups grant them now, in place.

    Source: Microsoft "user: reprocessLicenseAssignment". That a restore does the same is not
    confirmed by a source.
    """
    direct = [row for row in user["licenseAssignmentStates"] if not row["assignedByGroup"]]
    old = {
        (row["assignedByGroup"], row["skuId"]): row
        for row in user["licenseAssignmentStates"]
        if row["assignedByGroup"]
    }
    user["licenseAssignmentStates"] = direct
    held = held_skus(user)
    for group in tenant.groups_of(user["id"]):
        for granted in group["assignedLicenses"]:
            row = assignment(granted["skuId"], granted["disabledPlans"], now, group["id"])
            before = old.get((group["id"], granted["skuId"]))
            if before and before["disabledPlans"] == row["disabledPlans"]:
                row = before
            if granted["skuId"] not in held and tenant.free_seats(granted["skuId"]) <= 0:
                row = {**row, "state": "Error", "error": "CountViolation"}
            user["licenseAssignmentStates"].append(row)


def _licenses(user: Json) -> list[Json]:
    rows: dict[str, set[str]] = {}
    for state in user["licenseAssignmentStates"]:
        if state["state"] in _HOLDING:
            disabled = set(state["disabledPlans"])
            rows[state["skuId"]] = rows.get(state["skuId"], disabled) & disabled
    return [{"disabledPlans": sorted(plans), "skuId": sku} for sku, plans in rows.items()]


def _plans(user: Json, enabled: dict[str, str], now: datetime, switches: Switches) -> list[Json]:
    rows = {row["servicePlanId"]: dict(row) for row in user.get("assignedPlans") or []}
    for plan_id, row in rows.items():
        if plan_id not in enabled and row["capabilityStatus"] != "Deleted":
            row["capabilityStatus"] = "Deleted"
            if switches.plans_date_follows_removal:
                row["assignedDateTime"] = iso_seconds(now)
    for plan_id, name in enabled.items():
        if rows.get(plan_id, {}).get("capabilityStatus") != "Enabled":
            rows[plan_id] = {
                "assignedDateTime": iso_seconds(now),
                "capabilityStatus": "Enabled",
                "service": service_of(name),
                "servicePlanId": plan_id,
            }
    return list(rows.values())
