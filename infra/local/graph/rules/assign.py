"""Run `assignLicense`: every check Graph makes, in its words, then the change.

Source: Microsoft "user: assignLicense". The words: Entra docs "Identify and resolve license
assignment problems for a group" (plans); support.okta.com (location, inherited); azure-docs
issues 81269 (plan of another SKU) and 54426 (address); microsoft-graph-docs issue 2853 (no GUID);
microsoft-graph-docs-contrib issue 5644 (not for users); public scripts that match on them (no
seats). The other words are not confirmed by a source.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.local.graph.rules import names
from infra.local.graph.rules.licensing import HOLDING, assignment
from infra.local.graph.rules.plans import gives_mailbox, granted, mailbox_plan
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import instant
from infra.local.graph.tenant.directory import held_skus, smtp_addresses
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json, bad_request

_LOCATION_LENGTH = 2
_BAD_LOCATION = "License assignment cannot be done for user with invalid usage location."


@dataclass(frozen=True, slots=True)
class Order:
    """A well-formed body: plans disabled by SKU to add, and the SKUs to remove."""

    add: dict[str, list[str]]
    remove: list[str]


def read_order(body: Any) -> Order:
    """Read the body; both arrays are required; raises GraphError (400) otherwise."""
    document = body if isinstance(body, dict) else {}
    missing = [name for name in ("addLicenses", "removeLicenses") if document.get(name) is None]
    if missing:
        raise bad_request(
            "One or more parameters of the operation 'assignLicense' are missing from the request "
            f"payload. The missing parameters are: {', '.join(missing)}."
        )
    adding, removing = document["addLicenses"], document["removeLicenses"]
    if not isinstance(adding, list) or not isinstance(removing, list):
        raise bad_request("An unexpected node was found in the request payload.")
    add = dict(_added(row) for row in adding)
    return Order(add, [_guid(sku) for sku in removing])


def apply_order(
    tenant: Tenant, user: Json, order: Order, now: datetime, switches: Switches
) -> None:
    """Change the user's assignment states in place, or raise GraphError (400), nothing changed."""
    _check_skus(tenant, user, order, switches)
    _check_removals(user, order)
    new = [sku for sku in order.add if sku not in held_skus(user)]
    if order.add:
        _check_location(tenant, user, order, now)
    for sku in new:
        if tenant.free_seats(sku) <= 0 or _suspended(tenant, sku):
            raise bad_request(f"Subscription with SKU {sku} does not have any available licenses.")
    states = _resulting(user, order, now)
    active = [row for row in states if row["state"] in HOLDING]
    _check_plans(tenant, active)
    _check_addresses(tenant, user, active)
    user["licenseAssignmentStates"] = states


def _added(row: Any) -> tuple[str, list[str]]:
    if not isinstance(row, dict) or "skuId" not in row:
        raise bad_request("An unexpected node was found in the request payload.")
    plans = row.get("disabledPlans") or []
    if not isinstance(plans, list):
        raise bad_request("An unexpected node was found in the request payload.")
    return _guid(row["skuId"]), [_guid(plan) for plan in plans]


def _guid(value: Any) -> str:
    try:
        return str(uuid.UUID(value if isinstance(value, str) else ""))
    except ValueError as error:
        raise bad_request(
            "Cannot convert a primitive value to the expected type 'Edm.Guid'. "
            "See the inner exception for more details."
        ) from error


def _check_skus(tenant: Tenant, user: Json, order: Order, switches: Switches) -> None:
    for sku_id, disabled in order.add.items():
        sku = tenant.skus.get(sku_id)
        if sku is None or not sku["listed"]:
            raise bad_request(f"License {sku_id} does not correspond to a valid company License.")
        if sku["appliesTo"] != "User":
            raise bad_request(f"License {sku_id} cannot be assigned to a user.")
        known = {plan["servicePlanId"] for plan in sku["servicePlans"]}
        strange = [plan for plan in disabled if plan not in known]
        if strange:
            raise bad_request(
                f"Service plan {strange[0]} does not belong to the subscription {sku_id}."
            )
        row = {"skuId": sku_id, "disabledPlans": sorted(disabled)}
        if switches.same_license_again == "error" and row in user["assignedLicenses"]:
            raise bad_request(f"User already has license {sku_id} assigned.")


def _check_removals(user: Json, order: Order) -> None:
    for sku_id in order.remove:
        paths = [row for row in user["licenseAssignmentStates"] if row["skuId"] == sku_id]
        if not paths:
            raise bad_request("User does not have a corresponding license.")
        if all(row["assignedByGroup"] for row in paths):
            raise bad_request(
                "User license is inherited from a group membership and it cannot be removed "
                "directly from the user."
            )


def _check_location(tenant: Tenant, user: Json, order: Order, now: datetime) -> None:
    location, taken_at = user.get("usageLocation"), user.get("usageLocationTakenAt")
    if not isinstance(location, str) or len(location) != _LOCATION_LENGTH:
        raise bad_request(_BAD_LOCATION)
    if taken_at is not None and now < instant(taken_at):
        raise bad_request(_BAD_LOCATION)
    for sku_id in order.add:
        if location in tenant.skus[sku_id]["prohibitedIn"]:
            raise bad_request(
                f"License assignment failed because license {sku_id} is not allowed in the usage "
                f"location {location}."
            )


def _suspended(tenant: Tenant, sku_id: str) -> bool:
    return tenant.skus[sku_id]["capabilityStatus"] not in {"Enabled", "Warning"}


def _resulting(user: Json, order: Order, now: datetime) -> list[Json]:
    kept = [
        row
        for row in user["licenseAssignmentStates"]
        if row["assignedByGroup"] or row["skuId"] not in {*order.remove, *order.add}
    ]
    return kept + [assignment(sku, plans, now) for sku, plans in order.add.items()]


def _check_plans(tenant: Tenant, states: list[Json]) -> None:
    enabled = granted(tenant, states)
    for pair in tenant.exclusive_plans:
        if all(plan in enabled for plan in pair):
            both = ", ".join(enabled[plan].name for plan in pair)
            raise bad_request(
                f"License assignment failed because service plans {both} are mutually exclusive."
            )
    for plan, needed in tenant.plan_needs.items():
        missing = [other for other in needed if other not in enabled]
        if plan in enabled and missing:
            raise bad_request(
                f"License assignment failed because service plan {enabled[plan].name} depends on "
                f"the service plan(s) {', '.join(_plan_name(tenant, one) for one in missing)}."
            )


def _check_addresses(tenant: Tenant, user: Json, states: list[Json]) -> None:
    """Refuse a mailbox whose addresses somebody else has: they must be its own."""
    if mailbox_plan(user) is not None or not gives_mailbox(tenant, states):
        return
    wanted = {str(user["userPrincipalName"]).lower(), *smtp_addresses(user)}
    if any(names.is_held(tenant, one, beside=user["id"]) for one in wanted):
        raise bad_request("Uniqueness violation. Property: ProxyAddresses.")


def _plan_name(tenant: Tenant, plan_id: str) -> str:
    plans = (plan for sku in tenant.skus.values() for plan in sku["servicePlans"])
    return next((p["servicePlanName"] for p in plans if p["servicePlanId"] == plan_id), plan_id)
