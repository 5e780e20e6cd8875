"""Give licences from groups to direct members, and imitate why that sometimes fails.

Members of a group within a group get nothing. Source: Entra docs "What is group-based licensing",
"Identify and resolve license assignment problems for a group"; Microsoft "licenseAssignmentState
resource type", error; the meanings of its values: microsoft-graph-docs pull request 3167.
"""

from datetime import datetime

from infra.local.graph.rules import license_records, licensing, names
from infra.local.graph.rules.plans import gives_mailbox, granted, mailbox_plan
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import iso_seconds
from infra.local.graph.tenant.directory import held_skus, smtp_addresses
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json

NO_SEAT = "CountViolation"
_REASONS = {
    NO_SEAT: "Not enough licenses are available to complete this operation.",
    "MutuallyExclusiveViolation": "License assignment failed because service plans are mutually "
    "exclusive.",
    "DependencyViolation": "License assignment failed because a service plan depends on another.",
    "ProhibitedInUsageLocationViolation": "License assignment failed because a service plan is "
    "not allowed in the user's usage location.",
    "UniquenessViolation": "License assignment failed because a proxy address is already taken.",
}


def inherit(tenant: Tenant, user: Json, now: datetime) -> None:
    """Put the user's group licences as the groups grant them now, in place.

    Source: Microsoft "user: reprocessLicenseAssignment". That a restore does the same is not
    confirmed by a source.
    """
    states = user["licenseAssignmentStates"]
    old = {(row["assignedByGroup"], row["skuId"]): row for row in states if row["assignedByGroup"]}
    user["licenseAssignmentStates"] = [row for row in states if not row["assignedByGroup"]]
    tenant.short_of_seats.discard(user["id"])
    for group in tenant.groups_of(user["id"]):
        for grant in group["assignedLicenses"]:
            row = _row(grant, group["id"], now, old.get((group["id"], grant["skuId"])))
            error = _obstacle(tenant, user, row)
            if error:
                row = {**row, "state": "Error", "error": error}
                _note_failure(tenant, user, row, now)
            elif row["state"] == "Error":
                row = licensing.assignment(row["skuId"], row["disabledPlans"], now, group["id"])
            user["licenseAssignmentStates"].append(row)


def give_seats(tenant: Tenant, now: datetime, switches: Switches) -> None:
    """Give those who wait for a seat the group licences that have one now."""
    if not any(_has_new_seat(tenant, sku_id) for sku_id in tenant.skus):
        tenant.remember_seats()
        return
    for user_id in sorted(tenant.short_of_seats):
        user = tenant.directory.get(user_id)
        if user is None or user["deletedDateTime"]:
            tenant.short_of_seats.discard(user_id)
            continue
        served = [row for row in waiting_for_seat(user) if _has_new_seat(tenant, row["skuId"])]
        for row in served:
            row.update(state="Active", error="None", lastUpdatedDateTime=iso_seconds(now))
        if served:
            if not waiting_for_seat(user):
                tenant.short_of_seats.discard(user_id)
            licensing.write(tenant, user, now, switches)
    tenant.remember_seats()


def waiting_for_seat(user: Json) -> list[Json]:
    """Answer the user's assignment states that lack nothing but a seat."""
    states = user["licenseAssignmentStates"]
    return [row for row in states if row["state"] == "Error" and row["error"] == NO_SEAT]


def _has_new_seat(tenant: Tenant, sku_id: str) -> bool:
    """Tell whether more seats are free than when somebody last looked.

    A document may show somebody without a seat although some are free; that stays so until one
    more is.
    """
    if sku_id not in tenant.skus:
        return False
    free = tenant.free_seats(sku_id)
    return free > 0 and free > tenant.seats_seen.get(sku_id, 0)


def _row(grant: Json, group_id: str, now: datetime, before: Json | None) -> Json:
    if before is not None and before["disabledPlans"] == grant["disabledPlans"]:
        return before
    return licensing.assignment(grant["skuId"], grant["disabledPlans"], now, group_id)


def _obstacle(tenant: Tenant, user: Json, row: Json) -> str | None:
    sku = tenant.skus.get(row["skuId"])
    if sku is None:
        return "Other"
    if row["skuId"] not in held_skus(user) and tenant.free_seats(row["skuId"]) <= 0:
        return NO_SEAT
    # Without a usage location, the tenant's counts: Entra docs "Assign licenses to a group".
    location = user.get("usageLocation") or tenant.country
    if location in sku["prohibitedIn"]:
        return "ProhibitedInUsageLocationViolation"
    return _plan_obstacle(tenant, user, row) or _address_obstacle(tenant, user, row)


def _plan_obstacle(tenant: Tenant, user: Json, row: Json) -> str | None:
    others = [one for one in user["licenseAssignmentStates"] if one["state"] in licensing.HOLDING]
    enabled = granted(tenant, [*others, row])
    if any(all(plan in enabled for plan in pair) for pair in tenant.exclusive_plans):
        return "MutuallyExclusiveViolation"
    for plan, needed in tenant.plan_needs.items():
        if plan in enabled and any(other not in enabled for other in needed):
            return "DependencyViolation"
    return None


def _address_obstacle(tenant: Tenant, user: Json, row: Json) -> str | None:
    if mailbox_plan(user) is not None or not gives_mailbox(tenant, [row]):
        return None
    taken = (names.is_held(tenant, one, beside=user["id"]) for one in smtp_addresses(user))
    return "UniquenessViolation" if any(taken) else None


def _note_failure(tenant: Tenant, user: Json, row: Json, now: datetime) -> None:
    if row["error"] == NO_SEAT:
        tenant.short_of_seats.add(user["id"])
        tenant.seats_seen[row["skuId"]] = max(0, tenant.free_seats(row["skuId"]))
    license_records.group_failed(tenant, user, _REASONS.get(row["error"], "Other"), now)
