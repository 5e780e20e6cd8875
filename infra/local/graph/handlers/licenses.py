"""Licences: assign, reprocess, details, SKUs, subscriptions.

Source: Microsoft "user: assignLicense"; msgraph-metadata v1.0 CSDL.
"""

from infra.local.graph.handlers.bodies import json_body
from infra.local.graph.odata import query
from infra.local.graph.odata.schema import SKU, USER
from infra.local.graph.rules import assign, licensing
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Answer, Call, Json
from infra.local.graph.world import World


def assign_license(world: World, call: Call) -> Answer:
    """POST /users/{id}/assignLicense."""
    user = world.active_user(call, for_write=True)
    order = assign.read_order(json_body(call))
    assign.apply_order(world.tenant, user, order, world.now, world.switches)
    licensing.write(world.tenant, user, world.now, world.switches)
    world.counters.effects["assignLicense"][user["id"]] += 1
    return Answer(body=query.one(call, USER, "users", user))


def reprocess(world: World, call: Call) -> Answer:
    """POST /users/{id}/reprocessLicenseAssignment; group licences only.

    Source: Microsoft "user: reprocessLicenseAssignment".
    """
    user = world.active_user(call, for_write=True)
    licensing.inherit(world.tenant, user, world.now)
    licensing.write(world.tenant, user, world.now, world.switches)
    world.counters.effects["reprocessLicenseAssignment"][user["id"]] += 1
    return Answer(body=query.one(call, USER, "users", user))


def license_details(world: World, call: Call) -> Answer:
    """GET /users/{id}/licenseDetails."""
    user = world.active_user(call)
    rows = [_detail(world.tenant, user["id"], row) for row in user["assignedLicenses"]]
    context = f"{call.base_url}/$metadata#users('{user['id']}')/licenseDetails"
    return Answer(body={"@odata.context": context, "value": rows})


def list_skus(world: World, call: Call) -> Answer:
    """GET /subscribedSkus."""
    rows = [sku_row(world.tenant, sku_id) for sku_id in world.tenant.skus]
    return Answer(body=query.run(call, query.Source(SKU, "subscribedSkus", rows)))


def get_sku(world: World, call: Call) -> Answer:
    """GET /subscribedSkus/{tenant}_{sku}."""
    wanted = call.params["id"].lower().rpartition("_")[2]
    if wanted not in world.tenant.skus:
        return Answer(404, {"error": {"code": "Request_ResourceNotFound", "message": "Not found."}})
    return Answer(body=query.one(call, SKU, "subscribedSkus", sku_row(world.tenant, wanted)))


def list_subscriptions(world: World, call: Call) -> Answer:
    """GET /directory/subscriptions, small."""
    rows = [
        {
            "id": sku_id,
            "commerceSubscriptionId": sku_id,
            "createdDateTime": "2025-01-15T08:00:00Z",
            "isTrial": False,
            "nextLifecycleDateTime": None,
            "skuId": sku_id,
            "skuPartNumber": sku["skuPartNumber"],
            "status": sku["capabilityStatus"],
            "totalLicenses": sku["enabled"],
        }
        for sku_id, sku in world.tenant.skus.items()
    ]
    context = f"{call.base_url}/$metadata#directory/subscriptions"
    return Answer(body={"@odata.context": context, "value": rows})


def sku_row(tenant: Tenant, sku_id: str) -> Json:
    """Answer a SKU as Graph shows it. Source: msgraph-metadata v1.0 CSDL."""
    sku = tenant.skus[sku_id]
    return {
        "accountName": tenant.name,
        "accountId": tenant.id,
        "appliesTo": sku["appliesTo"],
        "capabilityStatus": sku["capabilityStatus"],
        "consumedUnits": tenant.consumed(sku_id),
        "id": f"{tenant.id}_{sku_id}",
        "skuId": sku_id,
        "skuPartNumber": sku["skuPartNumber"],
        "subscriptionIds": [sku_id],
        "prepaidUnits": {
            name: sku[name] for name in ("enabled", "suspended", "warning", "lockedOut")
        },
        "servicePlans": [_plan(plan) for plan in sku["servicePlans"]],
    }


def _detail(tenant: Tenant, user_id: str, row: Json) -> Json:
    sku = tenant.skus[row["skuId"]]
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
