"""Serve licences: assign, reprocess, details, SKUs, subscriptions.

Source: Microsoft "user: assignLicense"; msgraph-metadata v1.0 CSDL.
"""

from infra.local.graph.handlers.bodies import json_body
from infra.local.graph.odata import query
from infra.local.graph.odata.type_tenant import LICENSE, SKU, SUBSCRIPTION
from infra.local.graph.odata.type_user import USER
from infra.local.graph.rules import assign, group_licensing, licensing, reach
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Answer, Call, Json
from infra.local.graph.world import World


def assign_license(world: World, call: Call) -> Answer:
    """POST /users/{id}/assignLicense."""
    user = world.written_user(call)
    reach.refuse_restricted(world.tenant, user, call.roles)
    order = assign.read_order(json_body(call))
    before = {row["skuId"] for row in user["assignedLicenses"]}
    assign.apply_order(world.tenant, user, order, world.now, world.switches)
    stored = world.tenant.directory.peek(user["id"]) or {}
    old = stored.get("assignedLicenses")
    licensing.write(world.tenant, user, world.now, world.switches)
    after = {row["skuId"] for row in user["assignedLicenses"]}
    difference = {
        "changed": user["assignedLicenses"] != old,
        "added": sorted(after - before),
        "removed": sorted(before - after),
    }
    world.counters.took("assignLicense", user["id"], call, world.now, difference)
    return Answer(body=query.one(call, USER, "users", user))


def reprocess(world: World, call: Call) -> Answer:
    """POST /users/{id}/reprocessLicenseAssignment; group licences only.

    Source: Microsoft "user: reprocessLicenseAssignment".
    """
    user = world.written_user(call)
    reach.refuse_restricted(world.tenant, user, call.roles)
    group_licensing.inherit(world.tenant, user, world.now)
    changed = licensing.write(world.tenant, user, world.now, world.switches)
    difference: Json = {"changed": changed}
    world.counters.took("reprocessLicenseAssignment", user["id"], call, world.now, difference)
    return Answer(body=query.one(call, USER, "users", user))


def license_details(world: World, call: Call) -> Answer:
    """GET /users/{id}/licenseDetails; of a SKU that the tenant does not list, the id alone."""
    user = world.read_user(call)
    rows = [_detail(world.tenant, user["id"], row) for row in user["assignedLicenses"]]
    context = f"users('{user['id']}')/licenseDetails"
    return Answer(body=query.run(call, query.Source(LICENSE, context, rows)))


def list_skus(world: World, call: Call) -> Answer:
    """GET /subscribedSkus."""
    rows = [sku_row(world.tenant, sku) for sku in world.tenant.skus.values() if sku["listed"]]
    return Answer(body=query.run(call, query.Source(SKU, "subscribedSkus", rows)))


def get_sku(world: World, call: Call) -> Answer:
    """GET /subscribedSkus/{tenant}_{sku}."""
    sku = world.tenant.skus.get(call.params["id"].lower().rpartition("_")[2])
    if sku is None or not sku["listed"]:
        return Answer(404, {"error": {"code": "Request_ResourceNotFound", "message": "Not found."}})
    return Answer(body=query.one(call, SKU, "subscribedSkus", sku_row(world.tenant, sku)))


def list_subscriptions(world: World, call: Call) -> Answer:
    """GET /directory/subscriptions, small."""
    rows: list[Json] = [
        {
            "id": sku["skuId"],
            "commerceSubscriptionId": sku["skuId"],
            "createdDateTime": "2025-01-15T08:00:00Z",
            "isTrial": False,
            "nextLifecycleDateTime": sku["nextLifecycleDateTime"],
            "skuId": sku["skuId"],
            "skuPartNumber": sku["skuPartNumber"],
            "status": sku["capabilityStatus"],
            "totalLicenses": sku["enabled"],
        }
        for sku in world.tenant.skus.values()
        if sku["listed"]
    ]
    return Answer(body=query.run(call, query.Source(SUBSCRIPTION, "directory/subscriptions", rows)))


def sku_row(tenant: Tenant, sku: Json) -> Json:
    """Answer a SKU as Graph shows it. Source: msgraph-metadata v1.0 CSDL."""
    return {
        "accountName": tenant.name,
        "accountId": tenant.id,
        "appliesTo": sku["appliesTo"],
        "capabilityStatus": sku["capabilityStatus"],
        "consumedUnits": tenant.consumed(sku["skuId"]),
        "id": f"{tenant.id}_{sku['skuId']}",
        "skuId": sku["skuId"],
        "skuPartNumber": sku["skuPartNumber"],
        "subscriptionIds": [sku["skuId"]],
        "prepaidUnits": {
            name: sku[name] for name in ("enabled", "suspended", "warning", "lockedOut")
        },
        "servicePlans": [_plan(plan) for plan in sku["servicePlans"]],
    }


def _detail(tenant: Tenant, user_id: str, row: Json) -> Json:
    sku = tenant.skus.get(row["skuId"]) or {"skuPartNumber": None, "servicePlans": []}
    plans = [_plan(plan) for plan in sku["servicePlans"]]
    for plan in plans:
        if plan["servicePlanId"] in row["disabledPlans"]:
            plan["provisioningStatus"] = "Disabled"
    return {
        "id": f"{user_id}_{row['skuId']}",
        "skuId": row["skuId"],
        "skuPartNumber": sku["skuPartNumber"],
        "servicePlans": plans,
    }


def _plan(plan: Json) -> Json:
    names = ("servicePlanId", "servicePlanName", "provisioningStatus", "appliesTo")
    return {name: plan[name] for name in names}
